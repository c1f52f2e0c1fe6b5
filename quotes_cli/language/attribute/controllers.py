"""A participle or infinitive without a subject passes through here and comes out with whose it is, from the clause that
it hangs on."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.tokens import MARKS, Tokens

from .animacy import RELATED, can_speak, is_be, is_speaker, is_usable
from .context import PAUSES, Quote
from .cues import FINITE, SPEAKING, STRONG

#: Verbs that may be passive and have their source as the subject: "Ortiz was quoted as saying".
QUOTED = frozenset({"quote", "cite", "hear", "record"})
#: Verbs whose object says what stands behind "as": "quoted Ortiz as saying".
QUOTING = QUOTED | {"remember", "recall", "describe"}
#: Verbs whose object says what the participle right behind it says: a clip showed Ortiz *telling* them.
SHOWING = frozenset("show capture film catch see hear recall remember".split())
#: Verbs whose object does what the infinitive behind it says: "heard Ortiz call it".
OBJECT_CONTROL = frozenset("hear have quote lead prompt cause force let make see catch watch need".split())
#: What makes somebody say it.
CAUSING = frozenset("prompt lead cause force".split())
#: Relations of the preposition before a participle: for calling it so.
MARKING = frozenset({"mark", "case"})
#: Classes of verbs that a participle behind a comma goes on with.
MAIN = STRONG | {"act"}
#: What only one does who has spoken.
ADDING = frozenset({"add", "continue", "conclude"})
#: Prepositions of whom one hits out at.
BLAMING = (["at"], ["against"])
LONGEST_OWNER = 4  # words up from the one before a participle to whom "with" joins to it
#: Verbs by which "it" leaves what follows to somebody: it fell to Ortiz to say; it took Ortiz to say.
FALLING = frozenset({"fall", "leave", "take"})


def participle_behind_comma(quote: Quote, verb: int) -> int | None:
    """The subject of the sentence's reporting main clause, wherever the parse hangs the participle.

    "Lee wrote the agents were ready, saying ..." - Lee; the last clause's subject ("the agents") only where the main
    verb does not report. Of "It said the agents were ready, adding ..." whom "it" means.
    """
    tokens = quote.tokens
    if tokens.tag[verb] != "VBG" or not _pause_before(tokens, verb):
        return None
    beside = verb - 2 if tokens.words[verb - 1] == "," else -1  # it was over, Ortiz *added*, saying
    if beside >= 0 and quote.cues.is_finite(beside) and quote.cues.verb_class(beside) in SPEAKING:
        teller = next((i for i in tokens.having(beside, labels.SUBJECT) if i < beside and is_speaker(quote, i)), None)
        if teller is not None:
            return teller
    subjects = (i for main in reversed(_main_verbs(quote, verb)) for i in tokens.having(main, labels.SUBJECT))
    fit = (i for i in subjects if i < verb and tokens.lower[i] not in RELATED)
    return next((i for i in fit if is_speaker(quote, i) or (tokens.lower[i] == "it" and is_usable(quote, i))), None)


def is_passive(quote: Quote, verb: int) -> bool:
    tokens = quote.tokens
    if any(tokens.words[i] != "IS" for i in tokens.having(verb, labels.PASSIVE_AUXILIARY)):
        return True  # IS commander Ortiz declared it
    if is_told(tokens, verb):
        return True
    if not tokens.having(verb, labels.PASSIVE_SUBJECT):
        return False
    finite = quote.cues.is_finite(verb)  # "Ortiz added" is no passive
    return bool(tokens.having(verb, labels.AUXILIARY)) or not finite


def is_told(tokens: Tokens, verb: int) -> bool:
    """Is nobody told behind the verb, so that its subject is: Fund was 'his own', tribunal *told*?"""
    last = tokens.ends_paragraph(verb) or tokens.pos[verb + 1] == "PUNCT"
    return last and tokens.lower[verb] == "told" and not tokens.having(verb, labels.OBJECT)


def tense_of(tokens: Tokens, verb: int) -> str:
    """The tag of a verb, or of the auxiliary that bears its tense: *is* hoping."""
    return next(
        (tokens.tag[i] for i in tokens.having(verb, labels.AUXILIARY) if tokens.tag[i] in FINITE), tokens.tag[verb]
    )


def quoted_object(quote: Quote, verb: int) -> int | None:
    """Whom somebody quotes *as* saying it; behind an utterance also without: "We lost," the radio quoted him."""
    tokens = quote.tokens
    if tokens.lemma[verb] not in QUOTED or is_passive(quote, verb):
        return None
    objects = [i for i in tokens.having(verb, labels.OBJECT | labels.SUBJECT) if i > verb and is_speaker(quote, i)]
    if not objects:
        return None
    behind = tokens.behind(max(tokens.subtree(objects[0])))
    alone = tokens.lemma[verb] == "quote" and quote.last < verb and not behind[:1].isalnum()
    return objects[0] if behind == "as" or alone else None


def beside_with(quote: Quote, verb: int) -> int | None:
    """Whom "with" joins to a participle: there was anger, with *the union* saying it was so."""
    tokens = quote.tokens
    if tokens.tag[verb] != "VBG" or not quote.cues.verb_class(verb):
        return None
    noun = verb - 1
    for _ in range(LONGEST_OWNER):
        if noun < 1 or "with" in tokens.cases(noun):
            break
        noun = tokens.head[noun] if tokens.head[noun] < verb else -1
    if noun < 1 or "with" not in tokens.cases(noun) or max(i for i in tokens.subtree(noun) if i < verb) != verb - 1:
        return None
    return noun if is_speaker(quote, noun) and quote.cues.noun_class(noun) is None else None


def _main_verbs(quote: Quote, participle: int) -> list[int]:
    """The verbs above a participle that report; all of them where the parse hangs it on a thing."""
    tokens, noun = quote.tokens, quote.tokens.head[participle]
    reported = tokens.dep[noun] in labels.CONTENT
    above = [i for i in tokens.ancestors(participle) if tokens.is_verb(i) and not quote.barred(i)]
    if tokens.dep[participle] in labels.NOUN_CLAUSE and noun != participle and not can_speak(tokens, noun):
        return above
    return [i for i in above if quote.cues.verb_class(i) in (MAIN | {"think"} if reported else MAIN)]


def _pause_before(tokens: Tokens, verb: int) -> bool:
    """Does a comma or dash stand before the verb, with no more than an adverb or conjunction between?"""
    i = tokens.run_before(verb, lambda k: tokens.pos[k] in ("ADV", "CCONJ"), verb - 2) - 1
    i -= i > 0 and tokens.words[i] in MARKS  # it was "over," | saying
    return i >= 0 and tokens.paragraph[i] == tokens.paragraph[verb] and tokens.words[i] in PAUSES


def whom_it_falls_to(quote: Quote, verb: int) -> int | None:
    """Whom "it" leaves an infinitive to: it fell to Ortiz to call it "a disgrace"; it took Ortiz to do so."""
    tokens = quote.tokens
    to = next((i for i in tokens.having(verb, frozenset({"mark", "aux"})) if tokens.lower[i] == "to"), -1)
    if to < 1:
        return None
    above = [to - 1, *tokens.ancestors(to - 1)]
    main = next((i for i in above if tokens.is_verb(i) and tokens.lemma[i] in FALLING), -1)
    if main < 0 or not any(tokens.lower[i] == "it" and i < main for i in tokens.children[main]):
        return None
    noun = above[above.index(main) - 1] if above.index(main) else -1
    return noun if noun > main and tokens.is_nominal(noun) and is_speaker(quote, noun) else None


def controlling_object(quote: Quote, verb: int) -> int | None:
    """The object of the verb above, where that controls this one."""
    tokens = quote.tokens
    relation, head = tokens.dep[verb], tokens.head[verb]
    marks = [tokens.lower[i] for i in tokens.having(verb, MARKING) if i < verb]
    if tokens.tag[verb] == "VBG" and ("for" in marks or ("of" in marks and tokens.lemma[head] == "accuse")):
        blamed = [i for i in tokens.having(head, labels.OBJECT) if i < verb]
        blamed += [i for i in tokens.having(head, labels.OBLIQUE) if i < verb and tokens.cases(i)[:1] in BLAMING]
        blamed = [i for i in blamed if can_speak(tokens, i) and not quote.barred(i)]
        if blamed and not is_be(tokens, head):
            return blamed[-1]  # Lee blamed Ortiz, hit out at Ortiz for calling it "a farce"
    whom = tokens.head[verb - 1] if tokens.dep[verb - 1] in labels.NAME_PART else verb - 1
    bare = tokens.lower[verb] == tokens.lemma[verb]
    if tokens.is_a(whom, labels.OBJECT) and (bare or tokens.tag[verb] == "VBG"):
        controls = tokens.lemma[tokens.head[whom]] in (OBJECT_CONTROL if bare else SHOWING)
        if controls and is_speaker(quote, whom):
            return whom  # hearing Ortiz say, wherever it hangs
    if relation == "advcl" and tokens.tag[verb] == "VB" and tokens.lemma[head] in CAUSING:
        relation = "xcomp"  # it led Ortiz, the mayor, to call it "a farce"
    if relation not in labels.CONTROLLED or tokens.lemma[head] not in (
        OBJECT_CONTROL if relation == "xcomp" else QUOTING
    ):
        return None
    if relation == "advcl" and "," in tokens.words[max(verb - 2, 0) : verb] and tokens.lower[verb - 1] != "as":
        return None  # they described Lee as "calm", adding: ...
    objects = [i for i in tokens.having(head, labels.OBJECT) if i < verb and not quote.barred(i)]
    return objects[-1] if objects and is_speaker(quote, objects[-1]) else None


def goes_on_speaking(quote: Quote, verb: int) -> bool:
    """Does whoever said something go on with the verb: Ortiz said [they were safe] and *added* it, and *told* them:
    "..."?"""
    tokens, cues = quote.tokens, quote.cues
    colon = quote.left >= 0 and tokens.words[quote.left] == ":" and verb < quote.left
    return tokens.lemma[verb] in ADDING or (colon and quote.capital and cues.verb_class(verb) in SPEAKING)


def governor(quote: Quote, verb: int) -> int:
    """What the verb hangs on; of a conjunct that agrees with the clause above its own in tense, and not with its own,
    that: Ortiz said [she would not comment] and *added* ..."""
    tokens = quote.tokens
    head = tokens.head[verb]
    above = tokens.head[head]
    if tokens.dep[verb] in labels.CONJUNCT and quote.cues.verb_class(verb) in SPEAKING:
        same = next((i for i in tokens.ancestors(head) if tokens.lower[i] == tokens.lower[verb]), None)
        if same is not None and not quote.barred(same):
            return same  # Ortiz says it is no news to her that Lee came, and *says* ...
    if (
        tokens.dep[verb] not in labels.CONJUNCT
        or tokens.dep[head] not in labels.CONTENT
        or tense_of(tokens, above) not in FINITE
    ):
        return head
    if quote.cues.verb_class(above) in SPEAKING and goes_on_speaking(quote, verb):
        return above
    helpers = {tokens.tag[i] for i in tokens.having(head, labels.AUXILIARY)}
    joint = tokens.run_before(verb, lambda i: tokens.tag[i] == "RB") - 1
    pause = max(joint - 1 - (tokens.words[joint - 1] in MARKS), 0)
    apart = tokens.words[pause] == "," or tokens.lemma[verb] == tokens.lemma[above]
    agrees = tokens.tag[verb] == tokens.tag[head] or (tokens.tag[verb] in helpers and not apart)
    return head if agrees or tense_of(tokens, verb) != tense_of(tokens, above) else above

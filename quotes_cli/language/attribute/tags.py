"""A quotation passes through here and is looked at beside its tag: the reporting clause next to it."""

from __future__ import annotations

from dataclasses import replace

from quotes_cli.language import labels
from quotes_cli.language.nouns import denotes

from .animacy import can_speak, is_time, is_usable
from .beside import ends_subordinate, is_title_of, is_told_too, person_beside, tag_proper
from .context import DASHES, FINAL, Finding, Quote
from .controllers import is_told, quoted_object
from .cues import FINITE, SPEAKING, STRONG
from .nominals import head_among, nominal_before
from .sources import source_of
from .surroundings import GOING_ON, INNER, dates_another, leads_to_cue, tag_behind, tag_beside, told_before
from .telling import telling_noun
from .vetoes import has_content, has_object

#: Names of the rules that find a whole utterance's own tag.
TAG_RULES = frozenset({"quote_cue_subject", "quote_subject_cue", "interrupted"})
#: What one does with another's question.
ANSWERING = frozenset({"answer", "reply", "respond", "retort"})
LONGEST_SUBJECT = 6  # tokens before a verb that the tagger took for a noun: a voice in the film states
#: Tokens of a tag before a verb by which one may do else than speak: "Rope," a tale of a man who *took on* the port.
FURTHEST_ACT = 8
HEARERS = frozenset({"him", "them", "me", "us", "himself", "herself"})


def interrupted(quote: Quote) -> Finding | None:
    """The second half of an interrupted quotation."""
    other = quote.sibling
    if other is None or other.last_paragraph != quote.paragraph or other.ending not in GOING_ON:
        return None
    if quote.left < 0 or quote.tokens.words[quote.left] not in DASHES | {",", "..."}:
        return None
    found = other.finding
    if found is None or found.rule not in TAG_RULES or not found.cue:
        return None
    return replace(found) if _only_tag_between(quote, other, found.cue) else None


def _only_tag_between(quote: Quote, other: Quote, cue: tuple[int, ...]) -> bool:
    """Does no more than the tag of the other quotation stand between the two, neither a full stop nor a second tag?"""
    tokens, context = quote.tokens, quote.context
    between = [i for i in range(other.last + 1, quote.first) if not context.mark[i]]
    if cue[0] not in between or any(map(context.ends_sentence, between)):
        return False
    joined = next((i for i in between if i > cue[-1] and tokens.lower[i] in ("and", "but")), None)
    return joined is None or not any(_has_own_tag(quote, i) for i in between if i > joined)


def _has_own_tag(quote: Quote, verb: int) -> bool:
    """Is the word a reporting verb with a subject ("... and Lee answered, ...")?"""
    return quote.cues.verb_class(verb) in STRONG and bool(quote.tokens.having(verb, labels.SUBJECT))


def quote_cue_subject(quote: Quote) -> Finding | None:
    """The tag after the quotation, verb first."""
    tokens, cues, tag = quote.tokens, quote.cues, tag_behind(quote)
    while len(tag) > 1 and tokens.pos[tag[0]] == "ADV" and cues.verb_lemma(tag[0]) is None:
        tag = tag[1:]
    if not tag:
        return None
    verb, *behind = tag
    if cues.verb_lemma(verb) is None or tokens.pos[verb] in ("ADP", "SCONJ", "PRON", "ADV", "ADJ", "DET"):
        return None
    if cues.tense(verb).isdisjoint({"past", "third"}) or tokens.tag[verb] == "VBG":
        return None
    if len(behind) > 1 and tokens.tag[behind[0]] == "PRP" and tokens.tag[behind[1]] in FINITE | {"MD"}:
        return None  # Ortiz, who called it "mad", said | she was tired
    subjects = tokens.having(verb, labels.SUBJECT)
    begins = quote.capital and not quote.sentence_before
    if not begins and any(i < quote.first for i in subjects) and tokens.having(verb, labels.OBJECT):
        return None  # Ortiz, who calls it "mad," described | the harm
    subjects = [i for i in subjects if i > verb]
    if not subjects and not quote.capital and _goes_on_with(quote, verb):
        return None
    source = subjects[0] if subjects else _first_noun(quote, behind)
    person = person_beside(quote, behind)
    if person is not None and not is_title_of(quote, source, person):
        source = person
    if source is None or not is_usable(quote, source) or tokens.lower[source] in HEARERS:
        return None
    if _may_do_else(quote, verb) and not can_speak(tokens, source):
        return None  # the plan, code-named "Fox," took two days
    return Finding(source, cues.with_particle(verb))


def _goes_on_with(quote: Quote, verb: int) -> bool:
    """Is it what a subject before the marks does next, to a thing: Ortiz called it "mad," *condemned* the plan?"""
    tokens = quote.tokens
    taken = tokens.having(verb, labels.OBJECT)
    joined = tokens.dep[verb] in labels.CONJUNCT and tokens.head[verb] < quote.first
    return joined and any(not can_speak(tokens, i) or quote.cues.noun_class(i) is not None for i in taken)


def _first_noun(quote: Quote, behind: list[int]) -> int | None:
    """The head of the noun phrase right behind the cue, where the parse made no subject of it."""
    tokens = quote.tokens
    for i in behind[:8]:
        if tokens.tag[i] in ("IN", "TO", "WDT", "CC", "MD") or tokens.is_verb(i) or tokens.words[i] in (",", ":"):
            break
        if tokens.is_nominal(i) and tokens.dep[i] not in INNER and not _counts(quote, i):
            return i
    return behind[0] if behind and tokens.is_name_like(behind[0]) else None


def _counts(quote: Quote, i: int) -> bool:
    """Does a number stand before what it counts: read one | placard?"""
    return quote.tokens.dep[i] == "nummod" and quote.tokens.head[i] > i


def quote_subject_cue(quote: Quote) -> Finding | None:
    """The tag after the quotation, subject first, also with material between."""
    tokens, cues, tag = quote.tokens, quote.cues, tag_behind(quote)
    if not tag:
        return None
    if _is_small_word_for_name(quote, tag):
        return Finding(tag[0], cues.with_particle(tag[1]), mention=(tokens.start[tag[0]], tokens.end[tag[0]]))
    promised = tokens.lower[tag[0]] == "as" and tag_beside(quote)  # Lee said, "It will rain," as Ortiz had promised
    tag = tag_proper(quote, tag)
    if promised or tokens.pos[tag[0]] in ("CCONJ", "SCONJ"):
        return None
    if tokens.pos[tag[0]] == "ADP" and any(tokens.tag[i] == "WDT" for i in tag[1:3]):
        return None  # "We lost," at which point Ortiz cried
    if tokens.lower[tag[0]] in ("that", "who", "which", "when", "where") or ends_subordinate(quote):
        return None
    if telling_noun(quote) is not None:
        return None  # despite Lee's promise that none would be "left out", three have closed
    for place, verb in enumerate(tag):
        kind = cues.verb_class(verb) or class_of_plural(quote, tag, place)
        if kind is None and _has_other_verb(quote, tag, place):
            return None
        if kind is None or (tokens.head[verb] in tag and _modifies(quote, verb, tag)):
            continue
        far = place >= FURTHEST_ACT and not (quote.ending == "," and tokens.pos[tag[0]] == "PROPN")
        if far and (kind not in SPEAKING or _may_do_else(quote, verb)):
            if any(i in tag and tokens.dep[i] in labels.RELATIVE for i in tokens.ancestors(verb)):
                continue  # one docker, who did not want to be named, said
            return None
        if _reports_something_else(quote, verb, kind):
            return None
        source = _source_before(quote, tag, place)
        if source is None:
            continue
        if (quote.ending not in GOING_ON or _tells_more(quote, verb)) and quote.vetoed(has_content, verb):
            return None
        return Finding(source, cues.with_particle(verb))
    return None


def _is_small_word_for_name(quote: Quote, tag: list[int]) -> bool:
    """Is a small word with a capital the whole subject, right behind a comma in the marks ("We lost," Will said)?"""
    tokens = quote.tokens
    name = tag[0]
    if quote.ending != "," or name != quote.right or len(tag) < 2 or not quote.cues.is_finite(tag[1]):
        return False
    return (
        tokens.words[name].istitle()
        and not tokens.is_nominal(name)
        and tokens.tag[name] in ("IN", "MD", "JJ", "RB", "CC", "VB", "VBD")
    )


def _reports_something_else(quote: Quote, verb: int, kind: str) -> bool:
    """Does the verb report something else than the quotation, or nothing?"""
    if any("for" in quote.tokens.cases(i) for i in quote.tokens.having(verb, labels.SUBJECT)):
        return True  # it leaves room for small firms to continue
    asked = quote.ending == "?" and "asked" in [quote.tokens.lower[i] for i in quote.sentence_before[:2]]
    if asked and quote.cues.verb_lemma(verb) in ANSWERING:
        return True  # One asked, "Who pays?" Ortiz replied ...
    if is_told(quote.tokens, verb):
        return True
    if not quote.capital:
        if kind not in SPEAKING or dates_another(quote, verb) or told_before(quote, verb):
            return True
        if is_told_too(quote, verb):
            return True
        if quote.left >= 0 and quote.vetoed(has_object, verb):
            return True
    if quote.ending in FINAL and kind not in SPEAKING and quote.vetoed(has_object, verb):
        return True  # "Go!" Many saw it in her face
    return quote.ending in FINAL and tag_beside(quote)


def _source_before(quote: Quote, tag: list[int], place: int) -> int | None:
    """The source in the tag before its verb: by grammar, or else the last noun there; behind it, whom it quotes."""
    before = tag[:place]
    if (quoted := quoted_object(quote, tag[place])) is not None:
        return quoted
    name = _name_with_apposition(quote, before)
    if name is not None:
        return name
    source = source_of(quote, tag[place])
    if source is not None and source > tag[place] and place and quote.tokens.words[tag[place - 1]] == ",":
        return None  # "It is hard" for the port to survive, said Ortiz
    if source not in before:
        source = before[-1] if _is_text(quote, tag, place) else nominal_before(quote, before)
    if source not in before or (_may_do_else(quote, tag[place]) and not can_speak(quote.tokens, source)):
        return None  # "Will it?" Talks are to begin
    return source


def _may_do_else(quote: Quote, verb: int) -> bool:
    """Is to speak but one sense of the verb, as it is not of what a text "reads"?"""
    lemma = quote.cues.verb_lemma(verb) or ""
    return "weak" in quote.cues.lexicon.flags_of(lemma) and lemma != "read"


def _name_with_apposition(quote: Quote, before: list[int]) -> int | None:
    """The person that opens the tag, where no more than appositions stand before the verb: Ana Ortiz, head of a firm, a
    bank in Linz said."""
    tokens = quote.tokens
    end = next((k for k, i in enumerate(before) if tokens.entity[i] != "PERSON"), len(before))
    if not 0 < end < len(before) - 1 or tokens.words[before[end]] != ",":
        return None
    commas = [i for i in before if tokens.words[i] == ","]
    if len(commas) == 2 and commas[1] == before[-1] and tokens.tag[before[end + 1]] == "DT":
        return head_among(quote, before[:end])  # Ana Ortiz, a baker who hopes to be mayor, said
    for left, i in zip(before[end:], before[end + 1 :], strict=False):
        other = tokens.entity[i] == "PERSON" and tokens.words[left] == ","
        if other or tokens.tag[i] in FINITE | {"VB", "MD", "CC", "WP", "WDT", "WRB", "PRP"}:
            return None
    return head_among(quote, before[:end])


def class_of_plural(quote: Quote, tag: list[int], place: int) -> str | None:
    """Class of a reporting verb that the tagger took for a noun: "the narrator asks.", "the two write on Monday."

    No more than a subject stands before it: "... turnout in the coastal states." reports nothing. Where it does not
    end the tag, a name or pronoun stands before it and a particle, preposition or time behind.
    """
    tokens, cues, verb, subject = quote.tokens, quote.cues, tag[place], tag[place - 1]
    if not 0 < place <= LONGEST_SUBJECT or not tokens.words[verb].islower():
        return None
    if not (tokens.is_nominal(subject) or _is_text(quote, tag, place)):
        return None
    form = {"NNS": "third", "NN": "base"}.get(tokens.tag[verb])
    if form not in cues.tense(verb) or (form == "base" and tokens.tag[subject] not in ("CD", "NNS", "NNPS", "PRP")):
        return None
    if verb != tag[-1] and tokens.words[tag[place + 1]] != ",":
        follows = tokens.tag[tag[place + 1]] in ("IN", "TO", "RP", "RB") or is_time(tokens, tag[place + 1])
        if not follows or tokens.tag[subject] not in ("NNP", "NNPS", "PRP", "CD"):
            return None
    lemma = cues.verb_lemma(verb)
    return cues.lexicon.verbs[lemma] if lemma else None


def _is_text(quote: Quote, tag: list[int], place: int) -> bool:
    """Is it a noun for a text that the tagger took for an adjective: "It is over," the *brief* states?"""
    tokens, noun = quote.tokens, tag[place - 1]
    alone = place == 2 and place + 1 == len(tag) and quote.ending == "," and tokens.tag[tag[0]] == "DT"
    return alone and denotes(tokens.folded[noun], "NN") == "document"


def _has_other_verb(quote: Quote, tag: list[int], place: int) -> bool:
    """Is the word a main verb that neither reports nor leads to one that does?"""
    tokens, verb = quote.tokens, tag[place]
    if place == 0 or tokens.tag[verb] not in FINITE or tokens.pos[verb] != "VERB":
        return False
    return tokens.dep[verb] not in labels.RELATIVE and not leads_to_cue(quote, verb, tag[place + 1 :])


def _modifies(quote: Quote, verb: int, tag: list[int]) -> bool:
    """Does the verb belong to a noun of the tag ("a man who said", "a man called Lee"), and is no lost main verb?"""
    tokens = quote.tokens
    if tokens.dep[verb] in labels.RELATIVE | {"case"}:
        return True
    if tokens.dep[verb] not in labels.NOUN_CLAUSE or tokens.tag[verb] == "VBD":
        return False
    only_verb = tokens.tag[verb] == "VBN" and not any(tokens.tag[i] in FINITE | {"MD"} for i in tag)
    return not only_verb  # "a group of protesters shouted"


def _tells_more(quote: Quote, verb: int) -> bool:
    """Is it a sentence of its own, behind a question or exclamation: "We did!" Ortiz said she had cried?"""
    tokens, whole = quote.tokens, quote.capital and quote.ending in "?!"
    told = (i for i in tokens.having(verb, labels.CONTENT) if whole and i > verb and not quote.holds(i))
    return any("," not in tokens.words[verb:i] and tokens.having(i, labels.SUBJECT) for i in told)

"""What a rule has found passes through here, and may be thrown out: vetoes, which `quotes explain` tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quotes_cli.language import labels
from quotes_cli.language.words.lists import column

from .animacy import can_speak
from .context import PAUSES, Quote
from .controllers import quoted_object
from .cues import FINITE, STRONG

#: Words that open a clause which only dates or qualifies the reporting one.
SUBORDINATORS = frozenset(
    "as when while after before if because although though since until whether why how where".split()
)
#: Verbs of a decision, whose infinitive says a deed: agreed to build a "model farm".
DECIDING = frozenset("agree offer decide refuse decline consent volunteer plan intend".split())
#: What an author does with another's words: as I recall, "We will rebuild."
REMEMBERING = frozenset("remember recall forget recollect love like hear".split())
#: What no thing does but by those who answer for it.
ANSWERING_FOR = frozenset("say tell add announce confirm insist apologise apologize".split())
INSTRUMENTS = frozenset({"gauge", "clock", "dial", "scale", "needle"})  # beside those in -er: the meter
#: What a thing does on which words stand.
BEARING = frozenset("read say state proclaim declare".split())


def mute(quote: Quote, source: int) -> bool:
    """The source is a thing that neither speaks nor is written, and better nobody than that; or the author who only
    remembers what another said."""
    tokens = quote.tokens
    if tokens.lower[source] == "i" and tokens.lemma[tokens.head[source]] in REMEMBERING:
        return True
    if not tokens.tag[source].startswith("NN") or not tokens.words[source].islower():
        return False
    if tokens.lower[source] in ("percent", "percentage") or can_speak(tokens, source):  # of those asked
        return False
    if _bears_words(quote, source) or _says_itself(quote, source) or _stands_for_people(quote, source):
        return False
    covered = quote.context.cover
    below = [i for i in tokens.subtree(source) if covered[i] < 0 and tokens.tag[i].startswith(("NN", "PRP"))]
    named = any(tokens.pos[i] == "PROPN" for i in below if i < source)  # "Ortiz's language", "the Times piece"
    named = named or any(_is_apposed(quote, source, i) for i in below if i > source)
    counted = any(
        i != source and tokens.cases(i) == ["of"] and can_speak(tokens, i) for i in below
    )  # "most of the men"
    return not (named or counted)


def _is_apposed(quote: Quote, source: int, i: int) -> bool:
    """Does a person's name stand between commas behind the source, before its verb: his pick as envoy, *Ana Ortiz*,
    said?"""
    tokens = quote.tokens
    if tokens.entity[i] != "PERSON" or tokens.dep[i] not in labels.APPOSITION or tokens.words[i - 1] != ",":
        return False
    end = tokens.run_from(i, lambda k: tokens.entity[k] == "PERSON", len(tokens) - 1)
    return tokens.words[end] == "," and tokens.tag[end + 1] in FINITE if end + 1 < len(tokens) else False


def _stands_for_people(quote: Quote, source: int) -> bool:
    """Is it a thing of which only those can be meant who run it, no instrument: *the zoo* said it was "over"?"""
    tokens, verb = quote.tokens, quote.tokens.head[source]
    if tokens.folded[source] in INSTRUMENTS or tokens.folded[source] in column("lifeless_nouns.txt"):
        return False
    speaks = tokens.lemma[verb] in ANSWERING_FOR and tokens.tag[verb] in FINITE and tokens.tag[source] == "NN"
    return speaks and tokens.is_a(source, labels.SUBJECT - labels.PASSIVE_SUBJECT)


def _bears_words(quote: Quote, source: int) -> bool:
    """Do the words stand on the thing? They wore shirts that read "No bridge"."""
    tokens, verb = quote.tokens, quote.left
    while verb > source and tokens.words[verb] in (",", ":"):
        verb -= 1
    if verb <= source or tokens.lemma[verb] not in BEARING:
        return False
    reading = tokens.tag[verb] == "VBG" and source == verb - 1  # a boat *reading* "No bridge"
    subjects = tokens.having(verb, labels.SUBJECT)
    if not subjects and tokens.dep[verb] in labels.CONJUNCT:  # the sign is old and reads "No bridge"
        subjects = tokens.having(tokens.head[verb], labels.SUBJECT)
    return reading or any(i == source or tokens.lower[i] in ("that", "which") for i in subjects)


def _says_itself(quote: Quote, source: int) -> bool:
    """Is it a text that is nobody's and says something by itself: *a cable* makes it clear, *the appeal* says it?"""
    tokens, kind = quote.tokens, quote.cues.noun_class(source)
    if kind is None or tokens.having(source, labels.POSSESSOR):
        return False
    return kind == "document" or (tokens.is_a(source, labels.SUBJECT) and tokens.lemma[tokens.head[source]] in BEARING)


def weak(quote: Quote, verb: int) -> bool:
    """To speak is only one of the verb's senses, and the quotation does not stand where that sense has it.

    "Rated it as "false"" speaks, because `rate` has the flag `as`; "rated the "blue" team" does not.
    """
    lemma = quote.cues.verb_lemma(verb)
    if lemma == "call" and _summons(quote, verb):
        return True
    flags = quote.cues.lexicon.flags_of(lemma) if lemma else frozenset()
    if "weak" not in flags or (quote.left >= 0 and quote.tokens.lower[quote.left] in flags):
        return False
    if flags.issuperset(("hearer", "to")) and _is_bidden(quote, verb):
        return False
    return not (_tells_how(quote, verb, flags) or ("as" in flags and _is_behind_as(quote, verb)))


def _is_bidden(quote: Quote, verb: int) -> bool:
    """Do the marks hold how, when or what for somebody is to do it: ordered the firm to halt it "at once"?"""
    tokens = quote.tokens
    done = {
        i for top in quote.tops for i in tokens.ancestors(top) if tokens.tag[i] == "VB" and tokens.before(i) == "to"
    }
    whom = any(verb < i < quote.first for i in tokens.having(verb, labels.OBJECT))
    return whom and tokens.tag[quote.left] != "DT" and any(tokens.head[i] == verb for i in done if i < quote.first)


def _tells_how(quote: Quote, verb: int, flags: frozenset[str]) -> bool:
    """Does a clause with a question word stand behind the verb's preposition: talked about how it was "over"?"""
    question = {"how", "what", "why", "whether"}.intersection(quote.tokens.lower[verb + 2 : verb + 3])
    return bool(question) and quote.tokens.lower[verb + 1] in flags


def _is_behind_as(quote: Quote, verb: int) -> bool:
    """Do the marks stand in what the verb's "as" gives: sees it as a return to the "old days"?"""
    tokens = quote.tokens
    for i in quote.sentence_before:
        if i <= verb or tokens.tag[i] in FINITE or tokens.words[i] in PAUSES:
            return False
        if tokens.lower[i] == "as":
            return tokens.before(i) not in ("so", "such", "well")
    return False


def deed(quote: Quote, verb: int) -> bool:
    """Does the verb say what somebody agreed to do, and the marks hold only a thing in that?

    The marks report where they hold the infinitive itself: agreed "to look again".
    """
    tokens = quote.tokens
    if quote.capital or quote.cues.verb_lemma(verb) not in DECIDING:
        return False
    between = range(verb + 1, quote.first)
    done = next((i for i in tokens.having(verb, frozenset({"xcomp"})) if i in between), None)
    if done is None or tokens.tag[done] != "VB" or quote.cues.verb_class(done) in STRONG:
        return False
    return not any(tokens.is_verb(i) and tokens.tag[i] in FINITE for i in between)


def _summons(quote: Quote, verb: int) -> bool:
    """Does `call` only bring together ("call a "special" meeting")? Then nothing stands between that it names."""
    tokens = quote.tokens
    between = range(verb + 1, quote.left + 1)
    if verb > quote.left or any(
        tokens.tag[i] not in ("DT", "JJ", "CD", "PRP$") or tokens.is_nominal(i) for i in between
    ):
        return False
    if not between or tokens.lower[verb + 1] in ("this", "that", "these", "those"):
        return False
    if tokens.tag[verb] == "VBN" or tokens.dep[verb] in labels.RELATIVE:
        return False
    if any(map(quote.holds, tokens.having(verb, frozenset({"xcomp"})))):
        return False  # a game many are calling a "classic"
    return not any(word in ("what", "which", "whom", "that") for word in tokens.lower[max(0, verb - 8) : verb])


def subordinate(quote: Quote, verb: int) -> bool:
    """The verb stands in a clause that only dates or qualifies another."""
    tokens = quote.tokens
    node = verb
    for _ in range(4):
        if any(tokens.lower[child] in SUBORDINATORS and child < node for child in tokens.children[node]):
            return True
        relation = tokens.dep[node]
        if relation in labels.RELATIVE or relation not in labels.CLAUSE | labels.CONJUNCT or tokens.head[node] == node:
            return False
        node = tokens.head[node]
    return False


def has_content(quote: Quote, verb: int) -> bool:
    """The verb has what it reports elsewhere: a clause, or another quotation behind it."""
    tokens = quote.tokens
    return any(child > verb and not quote.holds(child) for child in tokens.having(verb, labels.CONTENT))


def has_object(quote: Quote, verb: int) -> bool:
    """The verb has an object behind it that is no hearer ("expressed a desire"; not "told reporters")."""
    tokens, cues = quote.tokens, quote.cues
    lemma = cues.verb_lemma(verb)
    if lemma is None or "hearer" in cues.lexicon.flags_of(lemma) or quoted_object(quote, verb) is not None:
        return False
    return any(i > verb and tokens.words[i] not in ('"', "“") for i in tokens.having(verb, frozenset({"obj"})))


@dataclass(frozen=True, slots=True)
class Veto:
    """A reason to throw out what a rule found: `holds` looks at the reporting verb or, of `mute`, at the source's head.

    In the example it throws out what would be found for the last quotation.
    """

    name: str
    holds: Callable[[Quote, int], bool]
    example: str


VETOES = (
    Veto("mute", mute, 'The bridge called for "patience".'),
    Veto("weak", weak, 'They rated the "blue" team.'),
    Veto("deed", deed, 'Ortiz agreed to build a "model farm".'),
    Veto("subordinate", subordinate, 'When Ortiz spoke, Lee had only one thing in mind: "Leave."'),
    Veto("has_content", has_content, '"Hope", Ortiz said they knew.'),
    Veto("has_object", has_object, 'It is "over", Ortiz expressed a hope.'),
)

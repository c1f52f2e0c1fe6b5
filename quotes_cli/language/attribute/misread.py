"""Words that the parse or the tagger took for something else pass through here, and come out as what they are."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column

from .animacy import can_speak, is_speaker
from .context import Quote
from .cues import SPEAKING

#: What somebody takes, has or uses to say something, and that says nothing itself.
CHANCES = frozenset("chance opportunity occasion time moment".split())
LONGEST_NAME = 10  # words of a body's
BODIES = "organisation_nouns.txt"
#: What one does with one's own text.
ISSUING = frozenset("write publish run print release issue air broadcast send post email sign leave".split())


def whole_of_some(tokens: Tokens, some: int, end: int) -> int:
    """Of whom some are told of between commas, where the parse took those for the subject: *residents* of the street,
    many of whom were ill, called it so."""
    if (
        tokens.lower[some + 1 : some + 3] not in (["of", "whom"], ["of", "which"])
        or some < 2
        or tokens.words[some - 1] != ","
    ):
        return some
    whole = some - 2
    while tokens.dep[whole] in labels.NAME_PART | {"nmod"} and tokens.head[whole] < whole:
        whole = tokens.head[whole]
    apart = "," in tokens.words[some:end] or tokens.lower[some + 2] == "which"
    return whole if apart and tokens.is_nominal(whole) else some


def owned_by(tokens: Tokens, owner: int) -> int:
    """What the owner's is, where the parse took that for the subject: *Ana Ortiz* of the Harbour Party's Ana Ortiz, who
    had left, said; the owner itself elsewhere."""
    end = tokens.run_from(owner + 1, lambda i: tokens.pos[i] == "PROPN", min(owner + LONGEST_NAME, len(tokens)))
    if end >= len(tokens) or tokens.tag[end] != "POS":
        return owner
    return next((i for i in tokens.children[owner] if i > end and tokens.is_nominal(i)), owner)


def is_known_by(tokens: Tokens, one: int, other: int) -> bool:
    """Is the other the object of a relative clause of the one, where the parse took it for the subject of the verb
    behind: a man who knew *Ortiz* said so?"""
    verb = min(tokens.subtree(other)) - 1
    relative = verb > one and tokens.dep[verb] in labels.RELATIVE and tokens.head[verb] == one
    return relative and not tokens.having(verb, labels.OBJECT)


def issuer_before(quote: Quote, verb: int) -> int | None:
    """Who opens the sentence and issues a text, where the parse takes the verb behind that for the text's participle:
    *the port* in a message to its crews called it "over"."""
    tokens, noun = quote.tokens, quote.tokens.head[verb]
    if tokens.tag[verb] != "VBN" or not quote.cues.is_finite(verb):
        return None
    while tokens.is_nominal(noun) and tokens.head[noun] < noun:
        issued = "in" in tokens.cases(noun) and quote.cues.noun_class(noun) is not None
        noun = tokens.head[noun]
        if issued and tokens.dep[noun] in labels.ROOT and tokens.is_nominal(noun):
            return noun if is_speaker(quote, noun) else None
    return None


def writer_of(quote: Quote, text: int) -> int | None:
    """Whose text it is that somebody writes or prints: *the Harbour Post* ran a piece that called it "over"."""
    tokens, verb = quote.tokens, quote.tokens.head[text]
    issued = tokens.is_a(text, labels.OBJECT) and tokens.lemma[verb] in ISSUING
    if not issued or quote.cues.noun_class(text) != "document" or tokens.folded[text] in column(BODIES):
        return None  # Ortiz runs a magazine
    return next((i for i in tokens.having(verb, labels.SUBJECT) if i < verb and is_speaker(quote, i)), None)


def says_beside(quote: Quote, participle: int, thing: int) -> bool:
    """Does the participle say what somebody does beside a thing, on which the parse hangs it: Ortiz began the debate
    *saying* it was "over", took the chance *to say* so?"""
    tokens = quote.tokens
    if tokens.lower[thing] in CHANCES and tokens.is_a(thing, labels.OBJECT):
        return tokens.tag[participle] == "VB"
    if tokens.tag[participle] != "VBG" or quote.cues.verb_class(participle) not in SPEAKING:
        return False
    if tokens.cases(thing) == ["to"] and quote.cues.verb_class(tokens.head[thing]) in SPEAKING:
        return tokens.lower[participle + 1] in ("him", "them", "her")  # Ortiz wrote to the crews | asking them
    if quote.left != participle and not tokens.having(participle, labels.CONTENT):
        return False  # had guests discussing Ortiz's "no" vote
    return tokens.is_a(thing, labels.OBJECT) and tokens.pos[thing] == "NOUN" and not can_speak(tokens, thing)


def addresses(tokens: Tokens, letter: int, person: int) -> bool:
    """Is the second subject whom the first is for, though the parse saw an infinitive: a note from Lee *to school head
    Ana Ortiz* says?"""
    opening = min(tokens.subtree(person))
    if letter < opening < person and tokens.tag[opening] in ("IN", "TO"):
        return True
    clauses = [i for i in tokens.having(letter, labels.NOUN_CLAUSE) if letter < i < person and tokens.tag[i] == "VB"]
    return any(tokens.before(i) == "to" and all(map(tokens.is_nominal, range(i + 1, person))) for i in clauses)


def is_misread_verb(tokens: Tokens, noun: int) -> bool:
    """Is a plural behind a name, joined with a verb of the present tense, a verb as well: Ortiz *smiles* and says?"""
    joined = any(tokens.tag[i] == "VBZ" for i in tokens.having(noun, labels.CONJUNCT))
    plural = tokens.tag[noun] == "NNS" and tokens.words[noun].islower()
    return joined and plural and tokens.tag[noun - 1] == "NNP" and tokens.head[noun - 1] == noun


def noun_of_participle(tokens: Tokens, i: int) -> int:
    """The noun where the parse took its participle for the subject ("Ortiz, clad in red, said")."""
    if tokens.is_verb(i) and tokens.words[i].islower():
        return next((k for k in tokens.having(i, labels.SUBJECT) if tokens.is_nominal(k)), i)
    return i


def of_whole_name(tokens: Tokens, i: int) -> int:
    """The source where the parse takes but the end of a body's name for the subject: *Ana Ortiz*, head of Linden
    Holdings Co | Ltd, says."""
    if tokens.entity[i] != "ORG" or tokens.begins_entity[i]:
        return i
    first = tokens.run_before(i, lambda k: tokens.entity[k] == "ORG" and not tokens.begins_entity[k], i - LONGEST_NAME)
    noun = next((tokens.head[k] for k in range(first - 1, i) if tokens.head[k] < first - 1), i)
    if not tokens.is_nominal(noun) or "," in tokens.words[noun + 1 : i]:
        return i
    return tokens.head[noun] if tokens.is_a(noun, labels.APPOSITION) and tokens.head[noun] < noun else noun


def bearer(quote: Quote, verb: int) -> int | None:
    """The thing right before "reading", on which the words stand: waving flags and *kites* reading "No bridge"."""
    tokens, thing = quote.tokens, verb - 1
    if (
        tokens.lower[verb] != "reading"
        or not 0 < verb <= quote.left <= verb + 1
        or tokens.tag[thing] not in ("NN", "NNS")
    ):
        return None
    return None if quote.barred(thing) or denotes(tokens.folded[thing], tokens.tag[thing]) == "person" else thing


def text_before(quote: Quote, verb: int, noun: int) -> int:
    """The text where the parse hangs its clause on where it is or whom it is for: *a sign* on the doors that reads
    "No bridge"; the noun itself otherwise."""
    tokens, text = quote.tokens, quote.tokens.head[noun]
    placed = tokens.cases(noun) in (["to"], ["on"], ["at"], ["in"], ["for"]) and quote.cues.noun_class(noun) is None
    that = any(tokens.lower[i] in ("that", "which") for i in tokens.having(verb, labels.SUBJECT))
    bears = placed and that and text < noun and quote.cues.noun_class(text) == "document"
    return text if bears and tokens.is_nominal(text) else noun


def reads_on(quote: Quote, verb: int) -> bool:
    """Is it the second thing told of what bears words: the sign has six letters and *reads* "no boats"?"""
    tokens = quote.tokens
    if tokens.lemma[verb] != "read" or tokens.dep[verb] not in labels.CONJUNCT:
        return False
    subjects = tokens.having(tokens.head[verb], labels.SUBJECT)
    return any(tokens.tag[i] == "NN" and denotes(tokens.folded[i], "NN") in ("document", "unknown") for i in subjects)

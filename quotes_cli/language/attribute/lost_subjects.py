"""A reporting verb passes through here and comes out with a subject that the parse has not, by where it stands."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.tokens import Tokens

from .animacy import can_speak, is_speaker, is_usable
from .context import FULL_STOPS, PAUSES, Quote
from .cues import FINITE, SPEAKING

#: Tags of the words of a noun phrase without prepositions.
PHRASE_TAGS = frozenset("DT JJ NN NNS NNP NNPS PRP PRP$ POS CD".split())
#: Words that open a free relative.
RELATIVES = frozenset({"what", "which"})
#: Words between a subject and its verb.
HELPERS = frozenset("has have had later often then also once".split())
#: Tokens between "what" and the verb of a free relative: "what Ortiz, the head of the port, called".
LONGEST_FREE_RELATIVE = 20
#: Tokens between a name and the second of the two commas behind it: Ortiz, which has built trams for years, said.
LONGEST_INSERTION = 25


def inserted_subject(quote: Quote, verb: int) -> int | None:
    """The noun phrase that stands with the verb between two pauses: Lee, the mayor said, was "late"; a person's name
    behind it: the council, said Ortiz, was "late"."""
    tokens = quote.tokens
    if not quote.cues.is_finite(verb) or quote.cues.verb_class(verb) not in SPEAKING:
        return None
    if tokens.behind(verb) != ",":
        return _person_behind(quote, verb)
    first = tokens.run_before(verb, lambda i: tokens.entity[i] == "PERSON" or tokens.tag[i] in PHRASE_TAGS)
    if first == verb or first == 0 or tokens.words[first - 1] not in PAUSES or tokens.begins_paragraph[first]:
        return None
    heads = (i for i in range(first, verb) if not first <= tokens.head[i] < verb or tokens.head[i] == i)
    head = next((i for i in heads if tokens.is_nominal(i)), verb - 1)
    return head if is_speaker(quote, head) else None


def _person_behind(quote: Quote, verb: int) -> int | None:
    """The person who alone stands between the verb and a pause, where one stands before the verb, too."""
    tokens, name = quote.tokens, verb + 1
    end = tokens.run_from(name, lambda i: tokens.entity[i] == "PERSON", min(name + 5, len(tokens) - 1))
    if end == name or tokens.words[end] not in PAUSES or verb == 0 or tokens.words[verb - 1] not in PAUSES:
        return None
    return name if is_speaker(quote, name) and not quote.barred(verb - 1) else None


def subject_of_free_relative(quote: Quote, verb: int) -> int | None:
    """The person right behind "what" or "which", the object of the verb, whatever stands between: what Ortiz, the head
    of the port, called "late"; also a noun that the parse joined with it: in what *critics* called "a mess"."""
    tokens = quote.tokens
    noun = tokens.run_before(verb, lambda i: tokens.lower[i] in HELPERS)
    if tokens.tag[verb] not in FINITE and not (tokens.tag[verb] == "VBN" and tokens.tag[noun] in FINITE):
        return None
    first = tokens.run_before(noun, lambda i: tokens.tag[i] in PHRASE_TAGS and not quote.barred(i))
    if 0 < first < noun and tokens.lower[first - 1] == "what" and not tokens.begins_paragraph[first]:
        return noun - 1 if can_speak(tokens, noun - 1) else None
    if RELATIVES.isdisjoint(tokens.lower[max(verb - LONGEST_FREE_RELATIVE, 0) : verb]):
        return None
    for i in range(verb - 2, max(verb - LONGEST_FREE_RELATIVE, -1), -1):
        if tokens.begins_paragraph[i + 1] or (tokens.tag[i + 1] in FINITE and tokens.pos[i + 1] == "VERB"):
            return None
        if tokens.lower[i] in RELATIVES and tokens.entity[i + 1] == "PERSON":
            return i + 1 if is_speaker(quote, i + 1) else None
        if tokens.lower[i] == "what":  # what her own auditor, in a report, had called
            end = tokens.run_from(i + 1, lambda k: tokens.tag[k] in PHRASE_TAGS and not quote.barred(k), noun)
            return end - 1 if end > i + 1 and tokens.words[end] == "," and is_speaker(quote, end - 1) else None
    return None


def lost_subject(quote: Quote, verb: int) -> int | None:
    """A name before a finite verb, which the parse attached as part of the verb, or the tagger took for an adverb or a
    common noun."""
    tokens = quote.tokens
    if tokens.tag[verb] not in FINITE and tokens.having(verb, labels.SUBJECT):
        return None
    for i in tokens.having(verb, labels.NAME_PART):
        if i < verb and tokens.pos[i] == "PROPN" and is_speaker(quote, i):
            return i
    if not quote.cues.is_finite(verb) and not _has_finite_auxiliary(tokens, verb):
        return None
    i = verb - 1
    while i > 0 and tokens.words[i].islower() and tokens.pos[i] in ("ADV", "AUX", "PART"):
        i -= 1
    i = _before_brackets(tokens, i)
    if i > 0 and tokens.words[i] in PAUSES and not tokens.having(verb, labels.SUBJECT):
        return _before_insertion(quote, i)
    if i < 0 or tokens.paragraph[i] != tokens.paragraph[verb] or quote.barred(i):
        return None
    dated = tokens.dep[verb] == "advcl" and i + 1 == verb and tokens.cases(i) in (["after"], ["before"], ["since"])
    if dated and tokens.is_nominal(i) and can_speak(tokens, i):
        return i  # after an official told the radio
    return i if tokens.is_name_like(i) and is_usable(quote, i) else None


def _has_finite_auxiliary(tokens: Tokens, verb: int) -> bool:
    return any(tokens.tag[i] in FINITE for i in tokens.having(verb, labels.AUXILIARY))


def _before_insertion(quote: Quote, comma: int) -> int | None:
    """The name before what two commas or dashes insert, of which this is the second: Ortiz, which builds trams, said;
    Ortiz, the city's own firm, said; or the person that is named there: his brother, Bo Ortiz, said."""
    tokens = quote.tokens
    for opening in range(comma - 2, max(comma - LONGEST_INSERTION, 0), -1):
        if tokens.begins_paragraph[opening] or tokens.words[opening] in FULL_STOPS or quote.barred(opening):
            return None
        if tokens.words[opening] not in PAUSES or (tokens.words[opening] == ",") != (tokens.words[comma] == ","):
            continue
        related = tokens.lower[opening + 1] in ("which", "who", "whose")
        if not related and any(tokens.tag[i] in FINITE | {"MD"} for i in range(opening + 1, comma)):
            return None
        heads = (_head_before(tokens, opening - 1), opening - 1)
        if tokens.entity[comma - 1] == "PERSON" and not related:  # one of the owners, Bo Ortiz, said
            heads = (heads[0], _head_before(tokens, comma - 1))
        return next((i for i in heads if tokens.is_nominal(i) and is_speaker(quote, i)), None)
    return None


def _head_before(tokens: Tokens, i: int) -> int:
    """The head, to the left, of the noun phrase that ends at a token: the *leader* of the union."""
    while tokens.dep[i] in labels.NAME_PART | {"nmod"} and tokens.head[i] < i:
        i = tokens.head[i]
    return i


def _before_brackets(tokens: Tokens, i: int) -> int:
    """The token before brackets of a few words that end at a token, or the token itself: Ana Ortiz (D-Ore.) said."""
    within = range(i, max(i - 8, 0), -1) if tokens.words[i] in (")", "]") else ()
    name = next((k for k in within if tokens.words[k] in ("(", "[")), i + 1) - 1
    inner = name < i and tokens.dep[name] in labels.NAME_PART and tokens.head[name] < name
    return tokens.head[name] if inner else name


def lost_subject_of_finite(quote: Quote, verb: int) -> int | None:
    """`lost_subject`, for a verb with a finite tag only, on which the reporting verb hangs."""
    finite = quote.tokens.tag[verb] in FINITE or _has_finite_auxiliary(quote.tokens, verb)
    return lost_subject(quote, verb) if finite else None

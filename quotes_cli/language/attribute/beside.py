"""The tokens behind a cue or the marks in, what stands there out: a person past a title, a tag, what is told too."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.designations import LONGEST_OFFICE, SMALL_INSIDE, TITLE_PREFIXES
from quotes_cli.language.words.vocabulary import words

from .animacy import is_speaker
from .context import FULL_STOPS, PAUSES, Finding, Quote
from .cues import FINITE, SPEAKING, STRONG
from .nominals import head_among
from .vetoes import SUBORDINATORS

#: Words that open a clause which may be the subject: where it went is "a riddle," Ortiz said.
ASKING = frozenset({"whether", "why", "how", "where"})
#: Tags of the words of a title.
OF_TITLES = frozenset({"NNP", "NN", "JJ", "VBG"})


def person_beside(quote: Quote, behind: list[int]) -> int | None:
    """The person right behind the cue, past a title, wherever the parse sees its subject: said Ortiz, reading from
    papers; said Fire Capt. Ana Ortiz."""
    tokens = quote.tokens
    name = next((k for k, i in enumerate(behind[:LONGEST_OFFICE]) if tokens.entity[i] == "PERSON"), None)
    if name is None or not (_names_office(quote, behind[:name]) or all(_is_of_title(quote, i) for i in behind[:name])):
        return None
    end = next((k for k in range(name, len(behind)) if tokens.entity[behind[k]] != "PERSON"), len(behind))
    person, following = behind[name:end], behind[end] if end < len(behind) else None
    if following is not None and tokens.tag[following] in ("NN", "NNP", "POS") and tokens.head[person[-1]] >= following:
        return None  # said former Ortiz adviser | Bo Lee; said Mr Ortiz's | lawyer
    return head_among(quote, person) if name or (following is not None and tokens.words[following] in PAUSES) else None


def _is_of_title(quote: Quote, i: int) -> bool:
    """Is the word of a title by its tag, or by its prefix: said ex-mayor Ana Ortiz?"""
    first, hyphen, rest = quote.tokens.lower[i].partition("-")
    return quote.tokens.tag[i] in OF_TITLES or (bool(hyphen) and first in TITLE_PREFIXES and rest in words().titles)


def _names_office(quote: Quote, phrase: list[int]) -> bool:
    """Is a phrase before a person an office of several words: Acting Deputy Secretary of State?"""
    tokens = quote.tokens
    capitals = all(tokens.words[i][:1].isupper() or tokens.words[i] in SMALL_INSIDE for i in phrase)
    return capitals and bool(phrase) and tokens.lower[phrase[0]] in words().title_words


def is_title_of(quote: Quote, source: int | None, person: int) -> bool:
    """Is the source the person, or the title right before that governs it ("said Mayor Ana Ortiz")?"""
    tokens = quote.tokens
    if source is None or not source <= person:
        return False
    ranked = any(tokens.lower[i] in words().titles for i in range(source + 1, person))  # "Fire | Capt. Ana Ortiz"
    return source == person or (source in tokens.ancestors(person) and not ranked)


def contrasted(quote: Quote) -> Finding | None:
    """Lee said it was late, *while Ortiz* called on them to work "by night", wherever the parse hangs the marks."""
    tokens, cues, region = quote.tokens, quote.cues, quote.sentence_before
    clause = region[: next((k for k, i in enumerate(region) if tokens.words[i] in PAUSES), 0)]
    if not clause or tokens.lower[clause[-1]] not in ("while", "whereas"):
        return None
    verb = next((i for i in reversed(clause) if tokens.tag[i] in FINITE and cues.verb_class(i)), -1)
    subjects = tokens.having(verb, labels.SUBJECT) if verb >= 0 else []
    source = next((i for i in subjects if clause[-1] < i < verb and is_speaker(quote, i)), None)
    return Finding(source, cues.with_particle(verb)) if source is not None else None


def is_told_too(quote: Quote, verb: int) -> bool:
    """Is the verb told by one before the fragment: Ortiz said that while it was "over", Lee *agreed* with it?"""
    tokens, head = quote.tokens, quote.tokens.head[verb]
    told = tokens.dep[verb] in labels.CONTENT and head < quote.first and tokens.behind(verb) not in FULL_STOPS | PAUSES
    return told and not quote.barred(head) and quote.cues.verb_class(head) in SPEAKING


def tag_proper(quote: Quote, tag: list[int]) -> list[int]:
    """What stands behind the words that join a tag: "We lost," *as* Ortiz said; "We lost," *is what* Ortiz said."""
    words = quote.tokens.lower[tag[0] : tag[0] + 2]
    if words[0] == "as" and quote.ending == "," and len(tag) > 2:
        return tag[1:]
    return tag[2:] if len(tag) > 3 and words[0] in ("is", "was") and words[1] in ("what", "how") else tag


def ends_subordinate(quote: Quote) -> bool:
    """Does the quotation end a clause that opens the sentence: While some shouted, "Shame," Ortiz spoke? When Lee asked
    "Who pays?" Ortiz left."""
    tokens, region = quote.tokens, quote.sentence_before
    comma = quote.right >= 0 and quote.tokens.words[quote.right] == "," and not quote.capital
    if not region or not (comma or quote.ending in (",", "?", "!")):
        return False
    opening = next((i for i in reversed(region) if tokens.lower[i] not in ("even", "but", "and", "yet")), region[-1])
    if tokens.lower[opening] not in (SUBORDINATORS if quote.capital else SUBORDINATORS - ASKING):
        return False
    classes = STRONG if quote.capital else STRONG | {"act"}
    verb = next((i for i in region[:14] if quote.cues.verb_class(i) in classes), None)
    return verb is not None and not any(tokens.words[i] == "," for i in region[1:])

"""Quotations that lost a mark pass through here: the tag beside them tells where it must have stood.

`“The dam holds, Ortiz said.` ends before its tag; `The dam holds,” Ortiz said.` began with its sentence.
"""

from __future__ import annotations

import re
from functools import cache

from quotes_cli.language.words.cues import load_lexicon

#: Classes of verbs whose tags are looked for.
SPEAKING = ("say", "ask")
#: The end of a sentence with a tag: what follows begins one.
_SENTENCE = re.compile(r"[.!?]\s+(?=[\"“A-Z])")
#: Characters at most from a tag's first to the end of its sentence.
LONGEST_TAG = 120


@cache
def _tag() -> re.Pattern[str]:
    """A tag: said Ana Ortiz, Ana Ortiz said, the mayor later told; no more than six words before the verb."""
    lexicon = load_lexicon()
    forms = {
        form
        for form, lemmas in lexicon.by_form.items()
        for lemma in lemmas
        if " " not in lemma and lexicon.verbs[lemma] in SPEAKING and "weak" not in lexicon.flags[lemma]
        if "past" in lexicon.tense(form) or form == "says"  # states, claims and reports are nouns as well
    }
    verbs = "|".join(sorted(forms, key=lambda form: (-len(form), form)))
    more = r"(?:,?\s[\w.'’-]{1,30}){0,5}?,?"
    subject = rf"(?:[Hh]e|[Ss]he|[Tt]hey|(?:[A-Z][\w.'’-]{{0,30}}|(?:[Tt]he|an?|his|her|their)\s[\w'’-]{{1,30}}){more})"
    named = r"(?:[A-Z]|the\s|an?\s|one\s|his\s|her\s|their\s)"
    return re.compile(rf"\s(?:(?:{verbs})\s{named}|{subject}\s(?:[a-z]+ly\s|later\s|also\s|then\s)?(?:{verbs})\b)")


_PRONOUN = re.compile(r"\s(?:he|she|they|one|I|we)\b", re.IGNORECASE)
_PAUSE = re.compile(r"[,?!](?=\s)")


def is_before_tag(text: str, at: int) -> bool:
    """Does a tag follow at a place?"""
    return _tag().match(text, at) is not None


def end_before_tag(text: str, start: int, end: int, *, whole: bool = False, named: bool = False) -> int | None:
    """Where a quotation without a closing mark ends: behind the first comma, question or exclamation mark with a tag
    behind it; None where no tag is.

    With `whole` the tag must fill the rest of the sentence that ends at `end`, with `named` it must have no pronoun.
    """
    for pause in _PAUSE.finditer(text, start, end):
        tag = _tag().match(text, pause.end(), end)
        if tag is None or (named and _PRONOUN.match(tag.group())):
            continue
        if not whole:
            return pause.end()
        rest = text[tag.end() : end].rstrip()
        short = end - pause.end() <= LONGEST_TAG and rest.endswith(".")
        return pause.end() if short and _SENTENCE.search(rest) is None else None
    return None


def end_of_fragment(text: str, start: int, end: int) -> int:
    """Where a fragment ends at the latest: with its sentence. What begins with a capital may run on."""
    sentence = _SENTENCE.search(text, start, end) if text[start].islower() else None
    return sentence.start() + 1 if sentence is not None else end


def begin_of_sentence(text: str, start: int, end: int, *, behind_tag: bool) -> int | None:
    """Where a quotation without an opening mark begins that is closed at `end`: at `start`, or behind the sentence of
    the tag there."""
    if not behind_tag:
        return start
    sentence = _SENTENCE.search(text, start, min(end, start + LONGEST_TAG))
    return sentence.end() if sentence is not None else None

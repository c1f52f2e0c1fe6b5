"""What the language model is asked and what it answers, whoever runs it: `fast`, or spaCy (`parse.reference`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from .forms.tokenizer import Word

__all__ = ["Analyser", "Annotated", "Shown", "Word"]


class Shown(NamedTuple):
    """A text as the model is to see it, never empty: a list a column, and how deep it is to be analysed."""

    words: Sequence[str]
    spaces: Sequence[bool]  #: does white space follow?
    starts: Sequence[int]  #: a sentence must begin with the word (1), must not (-1), or may (0)
    parsed: bool  #: are heads, relations and lemmas wanted?
    named: bool  #: are names wanted?


class Annotated(NamedTuple):
    """What the model says of a text, a list a column. `head` is an index, the word's own for a root, and empty without
    a parse, as `dep` is; `iob` is B-PERSON, I-PERSON, O."""

    tag: Sequence[str]
    pos: Sequence[str]
    lemma: Sequence[str]
    head: Sequence[int]
    dep: Sequence[str]
    iob: Sequence[str]


@runtime_checkable
class Analyser(Protocol):
    """A language model that is ready to work."""

    def words(self, line: str) -> Sequence[Word]:
        """The words of a line; white space but one space between two words is a word, too."""
        ...

    def annotate(self, texts: Sequence[Shown]) -> Iterator[Annotated]:
        """The annotation of each text."""
        ...

"""The few exceptions of the library; every message names the input and the remedy."""

from __future__ import annotations


class QuotesError(Exception):
    """Base of all errors that the command line turns into a message and an exit code."""


class InputError(QuotesError):
    """One input cannot be read; the others can."""


class OutputError(QuotesError):
    """The result cannot be written."""


class UsageError(QuotesError):
    """The options contradict one another or name what does not exist."""


class ModelError(QuotesError):
    """The language model is missing or does not fit."""


class LexiconError(QuotesError):
    """A lexicon file has a line that cannot be understood."""

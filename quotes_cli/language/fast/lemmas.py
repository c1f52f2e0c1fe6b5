"""A word with its part of speech in, its lemma out: spaCy's rule lemmatizer (`lemmatizer.py`) on the model's tables.

The shipped model has no morphological features, by which spaCy would know a base form: part of speech and word decide.
"""

from __future__ import annotations

from .files import number, read

KEPT = 50_000  # lemmas that are remembered


class Lemmas:
    """The tables, by part of speech, and what was looked up."""

    def __init__(self) -> None:
        tables = read("lemmatizer/lookups/lookups.bin")
        self._known: dict[int, frozenset[str]] = {pos: frozenset(words) for pos, words in tables["lemma_index"].items()}
        self._irregular: dict[int, dict[str, list[str]]] = tables["lemma_exc"]
        self._endings: dict[int, list[tuple[str, str]]] = tables["lemma_rules"]
        self._kept: dict[tuple[str, str], str] = {}

    def lemma(self, word: str, pos: str) -> str:
        """The lemma of a word: an irregular form's, else a known word by changing the ending, else a likely one."""
        found = self._kept.get((word, pos))
        if found is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            found = self._kept[word, pos] = self._look_up(word, pos.lower())
        return found

    def _look_up(self, word: str, pos: str) -> str:
        table, low = number(pos), word.lower()
        known, irregular, endings = self._known.get(table), self._irregular.get(table), self._endings.get(table)
        if not (known or irregular or endings):
            return word if pos == "propn" else low
        forms: list[str] = []
        unknown: list[str] = []
        for old, new in endings or ():
            if low.endswith(old) and (form := low[: len(low) - len(old)] + new):
                if known and form in known:
                    forms.insert(0, form)
                elif form.isalpha():
                    unknown.append(form)
                else:
                    forms.append(form)
        for form in (irregular or {}).get(low, ()):
            if form not in forms:
                forms.insert(0, form)
        return next(iter(forms or unknown), word)

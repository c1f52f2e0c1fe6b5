"""The lexicon of cues: data files in, one `Lexicon` out: verbs, nouns, frames with their class, and the verbs' forms.

Every file has one entry a line, columns divided by a tab, `#` comments and blank lines; all else is a `LexiconError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from quotes_cli.errors import LexiconError

VERB_CLASSES = ("say", "ask", "write", "name", "think", "gesture", "act")
NOUN_CLASSES = ("utterance", "document")
FRAME_CLASSES = ("object", "slot", "passive", "lead", "announce", "reject")
PREPOSITIONS = frozenset(["about", "against", "as", "at", "for", "in", "of", "on", "over", "to", "with"])
FLAGS = PREPOSITIONS | {"hearer", "inf", "light", "obj", "weak"}
LARGEST = 10_000_000  # bytes of a list of the user's own

_ENTRY = re.compile(r"(?:\*|[^\W\d_](?:[\w'-]*\w)?)(?: (?:\*|[^\W_](?:[\w'-]*\w)?))*")
# One syllable, one vowel letter, one consonant that doubles: nod, quip, yap, scrub; not bow, mix, stay, roar, rant.
_DOUBLES = re.compile(r"y?(?:qu|[^aeiouy])*[aeiouy][^aeiouwxy]")


class Conjugation(NamedTuple):
    """The forms of one verb; the verb itself is its base form. A particle follows each form."""

    base: frozenset[str]
    third: frozenset[str]
    past: frozenset[str]
    participle: frozenset[str]
    gerund: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Every key is lower case with straight apostrophes and single spaces.

    `verbs`: lemma, or lemma and particle ("point out"), to class.
    `nouns`: singular, possibly of several words ("press release"), to class.
    `frames`: phrase, `*` for the source ("as * put it"), to class (see cue_frames.txt).
    `flags`: the verbs that have frame flags (see cue_verbs.txt).
    `by_form`: one word as it stands ("pointed") to the lemmas it may begin ("point out"), those with a particle first.
    `tenses`: the same words to `base`, `third`, `past`, `participle`, `gerund`.
    """

    verbs: dict[str, str]
    nouns: dict[str, str]
    frames: dict[str, str]
    flags: dict[str, frozenset[str]]
    by_form: dict[str, tuple[str, ...]]
    tenses: dict[str, frozenset[str]]

    def flags_of(self, lemma: str) -> frozenset[str]:
        """Return the frame flags of a verb: prepositions, and `hearer`, `inf`, `light`, `obj`, `weak`."""
        return self.flags.get(lemma, frozenset())

    def match_verb(self, form: str, following: Sequence[str] = ()) -> str | None:
        """Return the lemma that a word begins, given the few words after it; one whose particle is there goes first.

        `match_verb("pointed", ["it", "out"])` is "point out"; `match_verb("pointed")` is "point", a gesture.
        """
        for lemma in self.by_form.get(form, ()):
            particle = lemma.partition(" ")[2]
            if not particle or particle in following:
                return lemma
        return None

    def tense(self, form: str) -> frozenset[str]:
        """Return what a word may be as a cue verb: `base`, `third`, `past`, `participle`, `gerund`; empty for none."""
        return self.tenses.get(form, frozenset())


@lru_cache(maxsize=1)
def _default() -> Lexicon:
    return _assemble(_package_entries())


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """Return the package's lexicon (read once), or one where a user's own entries join or replace the package's."""
    if extra is None:
        return _default()
    text = own_list(extra, "cues", "name a text file with one `word TAB class` a line")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _assemble([*_package_entries(), *_entries(text, str(extra), VERB_CLASSES + NOUN_CLASSES + FRAME_CLASSES)])


def own_list(path: Path, what: str, remedy: str) -> str:
    """Return the text of a list of the user's own. Raises LexiconError where it cannot be read or is no such thing."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)  # no more: it may be a device without end
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise LexiconError(f"{path}: cannot read the list of {what} ({reason}); {remedy}") from error
    if len(data) > LARGEST:
        raise LexiconError(f"{path}: the list of {what} is larger than {LARGEST // 1_000_000} MB; {remedy}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: the list of {what} is not UTF-8; save it as UTF-8 text") from error


def forms(lemma: str) -> set[str]:
    """Return all inflected forms of a verb lemma, its particle behind each: `forms("point out")` has "pointed out"."""
    return set().union(*conjugate(lemma))


@lru_cache(maxsize=4096)
def conjugate(lemma: str) -> Conjugation:
    """Conjugate by the table of irregular verbs, else by spelling: nod/nodded, note/noting, cry/cried, hiss/hisses."""
    head, _, particle = lemma.partition(" ")
    irregular = _irregular_verbs().get(head)
    past = participle = frozenset({_with_ed(head)})
    gerund = frozenset({_with_ing(head)})
    if irregular is not None:
        past, participle = irregular.past, irregular.participle
        gerund = irregular.gerund or gerund
    third = {"be": "is", "have": "has"}.get(head, _with_s(head))
    base = {"be": frozenset({"be", "am", "are"})}.get(head, frozenset({head}))
    plain = Conjugation(base, frozenset({third}), past, participle, gerund)
    return Conjugation(*(frozenset(f"{form} {particle}".rstrip() for form in part) for part in plain))


def _with_s(verb: str) -> str:
    if verb.endswith("z"):
        return _doubled(verb) + "es"
    if verb.endswith(("s", "x", "ch", "sh")) or re.search(r"[^aeiou]o$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def _with_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _with_ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    return verb + verb[-1] if _DOUBLES.fullmatch(verb.rpartition("-")[2]) else verb


class _Entry(NamedTuple):
    word: str
    cls: str
    flags: frozenset[str]


class _Irregular(NamedTuple):
    past: frozenset[str]
    participle: frozenset[str]
    gerund: frozenset[str]


def _read(name: str) -> str:
    return files("quotes_cli").joinpath("data", name).read_text(encoding="utf-8")


def _package_entries() -> list[_Entry]:
    return [
        *_entries(_read("cue_verbs.txt"), "cue_verbs.txt", VERB_CLASSES),
        *_entries(_read("cue_nouns.txt"), "cue_nouns.txt", NOUN_CLASSES),
        *_entries(_read("cue_frames.txt"), "cue_frames.txt", FRAME_CLASSES),
    ]


@lru_cache(maxsize=1)
def _irregular_verbs() -> dict[str, _Irregular]:
    name = "irregular_verbs.txt"
    table: dict[str, _Irregular] = {}
    for number, line in _lines(_read(name)):
        cells = line.split("\t")
        if len(cells) not in (3, 4) or not all(cells):
            raise _error(
                name, number, "expected `verb TAB past TAB participle`, optionally TAB and the -ing form", line
            )
        if cells[0] in table:
            raise _error(name, number, f"{cells[0]!r} stands here twice; delete one of the lines")
        past, participle, *gerund = (frozenset(cell.split("/")) for cell in cells[1:])
        table[cells[0]] = _Irregular(past, participle, gerund[0] if gerund else frozenset())
    return table


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line number from 1, line) without comments and blank lines."""
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.partition("#")[0].rstrip()
        if line:
            yield number, line


def _entries(text: str, name: str, classes: tuple[str, ...]) -> Iterator[_Entry]:
    """Yield the checked entries of one file, called `name` in errors. A word may be verb, noun and frame, each once."""
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, line in _lines(text):
        word, *rest = (cell.strip() for cell in line.split("\t"))
        if not 1 <= len(rest) <= 2:
            raise _error(
                name, number, "expected `word TAB class`, optionally TAB and flags, with real tab characters", line
            )
        cls, cue_flags = rest[0], frozenset(rest[1].split()) if len(rest) == 2 else frozenset()
        if cls not in classes:
            raise _error(name, number, f"unknown class {cls!r}; use one of {', '.join(classes)}")
        word = word.lower().replace("’", "'")
        if not _ENTRY.fullmatch(word):
            raise _error(name, number, f"{word!r} is no cue; write words of letters with single spaces between them")
        family = _family(cls)
        if "*" in word.split() and family is not FRAME_CLASSES:
            raise _error(
                name, number, f"`*` stands in a {cls!r} entry; only frames ({', '.join(FRAME_CLASSES)}) have it"
            )
        if cls == "slot" and word.split().count("*") != 1:
            raise _error(name, number, f"{word!r} is a slot frame; write one `*` where the source stands")
        if cue_flags and family is not VERB_CLASSES:
            raise _error(name, number, f"{cls!r} entries take no flags; delete the third column")
        if unknown := cue_flags - FLAGS:
            raise _error(name, number, f"unknown flag {min(unknown)!r}; use some of {' '.join(sorted(FLAGS))}")
        if (before := seen.setdefault((word, family), number)) != number:
            raise _error(name, number, f"{word!r} stands already on line {before}; delete one of the lines")
        yield _Entry(word, cls, cue_flags)


def _family(cls: str) -> tuple[str, ...]:
    return next(family for family in (VERB_CLASSES, NOUN_CLASSES, FRAME_CLASSES) if cls in family)


def _error(name: str, number: int, problem: str, line: str | None = None) -> LexiconError:
    found = "" if line is None else f"; found {line!r}"
    return LexiconError(f"{name}, line {number}: {problem}{found}")


def _assemble(entries: Iterable[_Entry]) -> Lexicon:
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    frames: dict[str, str] = {}
    flags: dict[str, frozenset[str]] = {}
    for word, cls, cue_flags in entries:
        if cls in VERB_CLASSES:
            verbs[word], flags[word] = cls, cue_flags
        else:
            (nouns if cls in NOUN_CLASSES else frames)[word] = cls
    lemmas: dict[str, set[str]] = {}
    tenses: dict[str, set[str]] = {}
    for verb in verbs:
        for tense, variants in conjugate(verb.partition(" ")[0])._asdict().items():
            for form in variants:
                lemmas.setdefault(form, set()).add(verb)
                tenses.setdefault(form, set()).add(tense)
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        frames=frames,
        flags={verb: cue_flags for verb, cue_flags in flags.items() if cue_flags},
        by_form={
            form: tuple(sorted(found, key=lambda lemma: (" " not in lemma, lemma))) for form, found in lemmas.items()
        },
        tenses={form: frozenset(found) for form, found in tenses.items()},
    )

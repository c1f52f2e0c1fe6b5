"""The lists of cues in, one `Lexicon` out: verbs, nouns and frames with their class, and the verbs' forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .lists import Row, package_text, parse, parts, rows, user_text

VERB_CLASSES = ("say", "ask", "write", "name", "think", "gesture", "act")
NOUN_CLASSES = ("utterance", "document")
FRAME_CLASSES = ("object", "slot")
#: Classes and flags that a user's list may still have, from the time when it could; they decide nothing.
OLD_CLASSES = ("passive", "lead", "announce", "reject")
OLD_FLAGS = ("inf", "light", "obj")
FLAGS = ("hearer", "weak", "about", "against", "as", "at", "for", "in", "of", "on", "over", "to", "with")

_CUE = re.compile(r"(?:\*|[^\W\d_](?:[\w'-]*\w)?)(?: (?:\*|[^\W_](?:[\w'-]*\w)?))*")
# One syllable, one vowel letter, one consonant that doubles: nod, quip, yap, scrub; not bow, mix, stay, roar, rant.
_DOUBLES = re.compile(r"y?(?:qu|[^aeiouy])*[aeiouy][^aeiouwxy]")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Every key is lower case with straight apostrophes and single spaces.

    `verbs`: lemma, or lemma and particle ("point out"), to class.
    `nouns`: singular, possibly of several words ("press release"), to class.
    `frames`: phrase, `*` for the source ("as * put it"), to class (see cue_frames.txt).
    `flags`: of each verb (see cue_verbs.txt).
    `by_form`: one word as it stands ("pointed") to the lemmas it may begin ("point out"), those with a particle first.
    """

    verbs: dict[str, str]
    nouns: dict[str, str]
    frames: dict[str, str]
    flags: dict[str, frozenset[str]]
    by_form: dict[str, tuple[str, ...]]

    def flags_of(self, lemma: str) -> frozenset[str]:
        """The flags of a verb: `hearer`, `weak` and the latter's prepositions."""
        return self.flags.get(lemma, frozenset())

    def tense(self, form: str) -> frozenset[str]:
        """What a word may be as a cue verb: `base`, `third`, `past`, `participle`, `gerund`; empty for none."""
        return _tense(form, self.by_form.get(form, ()))


@lru_cache(maxsize=1)
def _package_cues() -> tuple[Row, ...]:
    files = ("cue_verbs.txt", VERB_CLASSES), ("cue_nouns.txt", NOUN_CLASSES), ("cue_frames.txt", FRAME_CLASSES)
    return tuple(row for name, classes in files for row in parse_cues(package_text(name), name, classes))


@lru_cache(maxsize=1)
def _package_lexicon() -> Lexicon:
    return _assemble(_package_cues())


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """Return the package's lexicon (read once), or one where a user's own entries join or replace the package's."""
    if extra is None:
        return _package_lexicon()
    text = user_text(extra, "cues", "name a text file with one `word TAB class` a line")
    own = parse_cues(text, str(extra), (*VERB_CLASSES, *NOUN_CLASSES, *FRAME_CLASSES, *OLD_CLASSES))
    return _assemble([*_package_cues(), *(row for row in own if row[1] not in OLD_CLASSES)])


def parse_cues(text: str, name: str, classes: tuple[str, ...]) -> list[Row]:
    """The checked entries (word, class, flags) of one list. A word may be verb, noun and frame, each once."""
    return parse(
        text,
        name,
        "word class [flags]",
        {"class": classes},
        spell=lambda text: text.lower().replace("’", "'"),
        key=lambda row: (row[0], _part(row[1])),
        check=_problem,
    )


def _part(group: str) -> str:
    return "verb" if group in VERB_CLASSES else "noun" if group in NOUN_CLASSES else "frame"


def _problem(row: Row) -> str | None:
    word, group, flags = (*row, "")[:3]
    if not _CUE.fullmatch(word):
        return f"{word!r} is no cue; write words of letters with single spaces between them"
    if "*" in word.split() and _part(group) != "frame":
        return f"`*` stands in a {group!r} entry; only frames ({', '.join(FRAME_CLASSES)}) have it"
    if group == "slot" and word.split().count("*") != 1:
        return f"{word!r} is a slot frame; write one `*` where the source stands"
    if flags and _part(group) != "verb":
        return f"{group!r} entries take no flags; delete the third column"
    if unknown := [flag for flag in flags.split() if flag not in FLAGS + OLD_FLAGS]:
        return f"unknown flag {unknown[0]!r}; use some of {' '.join(FLAGS)}"
    return None


def _assemble(entries: Iterable[Row]) -> Lexicon:
    known: dict[str, dict[str, str]] = {"verb": {}, "noun": {}, "frame": {}}
    flags: dict[str, frozenset[str]] = {}
    for word, group, listed in entries:
        known[_part(group)][word] = group
        if _part(group) == "verb":
            flags[word] = frozenset(listed.split())
    by_form: dict[str, tuple[str, ...]] = {}
    for lemma in sorted(known["verb"], key=lambda lemma: (" " not in lemma, lemma)):
        for form in {form for forms in conjugate(lemma.partition(" ")[0]).values() for form in forms}:
            by_form[form] = (*by_form.get(form, ()), lemma)
    return Lexicon(known["verb"], known["noun"], known["frame"], flags, by_form)


@lru_cache(maxsize=4096)
def _tense(form: str, lemmas: tuple[str, ...]) -> frozenset[str]:
    conjugated = [conjugate(lemma.partition(" ")[0]) for lemma in lemmas]
    return frozenset(tense for forms in conjugated for tense, variants in forms.items() if form in variants)


@lru_cache(maxsize=1)
def _irregular_verbs() -> dict[str, list[list[str]]]:
    listed = rows("irregular_verbs.txt", "verb past participle [gerund] [third] [base]")
    return {verb: [parts(cell) for cell in cells] for verb, *cells in listed}


def conjugate(verb: str) -> dict[str, list[str]]:
    """The forms of a verb of one word, by the table of irregular verbs, else by spelling: nod/nodded, note/noting,
    cry/cried, hiss/hisses."""
    doubled = verb + verb[-1] if _DOUBLES.fullmatch(verb.rpartition("-")[2]) else verb
    past, participle, gerund, third, base = _irregular_verbs().get(verb, ([], [], [], [], []))
    return {
        "base": base or [verb],
        "third": third or [_with_s(verb, doubled)],
        "past": past or [_with_ed(verb, doubled)],
        "participle": participle or [_with_ed(verb, doubled)],
        "gerund": gerund or [_with_ing(verb, doubled)],
    }


def _with_s(verb: str, doubled: str) -> str:
    if verb.endswith("z"):
        return doubled + "es"
    if verb.endswith(("s", "x", "ch", "sh")) or _behind_consonant(verb, "o"):
        return verb + "es"
    return verb[:-1] + "ies" if _behind_consonant(verb, "y") else verb + "s"


def _with_ed(verb: str, doubled: str) -> str:
    if _behind_consonant(verb, "y"):
        return verb[:-1] + "ied"
    return verb + "d" if verb.endswith("e") else doubled + "ed"


def _with_ing(verb: str, doubled: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else doubled + "ing"


def _behind_consonant(verb: str, end: str) -> bool:
    return verb.endswith(end) and verb[-2:-1] not in "aeiou"

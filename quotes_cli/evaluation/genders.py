"""Articles pass through the pipeline here, and each *he* and *she* that went to a person of the other gender is listed:
`python -m quotes_cli.evaluation.genders --gold DIR`.

Counted are the quotations whose mention is a pronoun of one gender and whose speaker is of the other: by a given name
that is the other gender's in 95 of 100 bearers, or by a title (`Mr.`, `Lady`) that stands before the person's full
name, or before the surname where the article names nobody else by it (Mr. Clinton beside Mrs. Clinton is somebody).

Not counted is what the article itself says, and it says so only where, outside quotation marks, either a title or noun
of the pronoun's gender stands right before the full name or behind it and a comma (`Ms. Marty Walz`, `spokeswoman Marty
Walz`, `Marty Walz, a mother of two`); or two sentences or more name the person and no other person, and have a pronoun
of that gender behind the name, and no such sentence has one of the other gender. Exit code 1 where any is counted.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from quotes_cli.language.personal_names import Key, given_odds, key_of, surname
from quotes_cli.language.resolve.entities import GENDERED
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import words
from quotes_cli.records import Article, Quotation

SENTENCES = 2  # that say the other gender before an article is believed

_nlp: Any = None


class Wrong(NamedTuple):
    """A pronoun that went to a person of the other gender, and what tells that gender."""

    source: str
    line: int
    pronoun: str
    speaker: str
    why: str


def gender_of(pronoun: str | None) -> str:
    """`m`, `f` or `-` of a mention."""
    return GENDERED.get(words().pronouns.get((pronoun or "").lower(), ""), "-")


def wrong_genders(tokens: Tokens, rows: Sequence[Quotation], share: float = 0.95) -> tuple[int, list[Wrong]]:
    """How many quotations of an article have a *he* or *she* for their mention, and those that went wrong.

    `share` of the bearers of a given name make it the other gender's.
    """
    said = [row for row in rows if row.kind != "other" and gender_of(row.mention) != "-"]
    quoted = {i for row in rows for i in range(*tokens.range_of(row.start, row.end))}
    found = []
    for row in said:
        if row.speaker is None or row.speaker_type != "person":
            continue
        key, gender = key_of(row.speaker.split()), gender_of(row.mention)
        why = belies(tokens, key, gender, share)
        if why and not says(tokens, key, gender, quoted):
            found.append(Wrong(row.source, row.line, str(row.mention), row.speaker, why))
    return len(said), found


def belies(tokens: Tokens, key: Key, gender: str, share: float) -> str | None:
    """What tells that a person is not of this gender: the given name or a title; None where nothing does."""
    odds = given_odds(key)
    if (odds if gender == "m" else -odds) >= math.log(share / (1 - share)):
        return f"given name, odds {odds:+.1f}"
    titles = {title_gender(word): word for first, _ in occurrences(tokens, key) if (word := tokens.before(first))}
    others = set(titles) - {"-"}
    return f"title {titles[others.pop()]}" if len(others) == 1 and gender not in others else None


def title_gender(word: str) -> str:
    """`m`, `f` or `-`: of `Mr.`, `Lady`; of no `chairman` or `spokesman`, which are said of women, too."""
    return "-" if word.endswith("man") else words().titles.get(word, "-")


def occurrences(tokens: Tokens, key: Key) -> Iterator[tuple[int, int]]:
    """The tokens [first, last) of each full name, and of the bare surname where all names with it are this one."""
    folded, last_name = tokens.folded, surname(key)
    full = list(_find(folded, key)) if len(key) > 1 else []
    inside = {i for first, last in full for i in range(first, last)}
    bare = [(first, last) for first, last in _find(folded, last_name) if first not in inside]
    if all(_stands_alone(tokens, first) for first, _ in bare):
        full += bare
    yield from sorted(full)


def _find(folded: Sequence[str], key: Key) -> Iterator[tuple[int, int]]:
    for i in range(len(folded) - len(key) + 1):
        if folded[i] == key[0] and tuple(folded[i : i + len(key)]) == key:
            yield i, i + len(key)


def _stands_alone(tokens: Tokens, i: int) -> bool:
    """Whether no other name stands before a surname: *Obama*, Mrs. *Obama*; not Michelle *Obama*."""
    before = tokens.before(i)
    return tokens.begins_paragraph[i] or before in words().title_words or not tokens.words[i - 1][:1].isupper()


def says(tokens: Tokens, key: Key, gender: str, quoted: set[int]) -> bool:
    """Whether the article itself says, as the module tells, that a person is of this gender."""
    named = [place for place in occurrences(tokens, key) if place[0] not in quoted]
    nouns = words().titles | words().persons
    for first, last in named:
        if last - first < min(len(key), 2):
            continue
        behind = range(last + 1, min(last + 6, len(tokens))) if tokens.behind(last - 1) == "," else range(0)
        near = [
            tokens.before(first),
            *(tokens.folded[i] for i in behind if tokens.sentence[i] == tokens.sentence[last - 1]),
        ]
        if gender in {nouns.get(word, "-") for word in near}:
            return True
    told = {sentence: genders for sentence, genders in _sentences(tokens, named, quoted) if genders}
    return len(told) >= SENTENCES and all(genders == {gender} for genders in told.values())


def _sentences(tokens: Tokens, named: Sequence[tuple[int, int]], quoted: set[int]) -> Iterator[tuple[int, set[str]]]:
    """Each sentence that names this person alone, and the genders of the pronouns behind the name."""
    own = {i for first, last in named for i in range(first, last)}
    for first, last in named:
        sentence = tokens.sentence[first]
        begin, end = bisect_left(tokens.sentence, sentence), bisect_right(tokens.sentence, sentence)
        if all(tokens.entity[i] != "PERSON" or i in own for i in range(begin, end)):
            yield sentence, {gender_of(tokens.words[i]) for i in range(last, end) if i not in quoted} - {"-"}


def _load() -> None:
    from quotes_cli.language.pipeline import load_model

    global _nlp
    _nlp = load_model()


def _check(path: Path, share: float) -> tuple[int, list[Wrong]]:
    from quotes_cli.language.parse import parse
    from quotes_cli.language.pipeline import attribute_and_resolve, records
    from quotes_cli.language.segment import segment

    text = path.read_bytes().decode("utf-8")
    spans = segment(text)
    (tokens,) = parse(_nlp, [text], [spans])
    rows = records(Article(path.name, text), spans, *attribute_and_resolve(tokens, spans))
    return wrong_genders(tokens, rows, share)


def main() -> int:
    parser = argparse.ArgumentParser(description="List the pronouns that went to a person of the other gender.")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0 for one a core")
    parser.add_argument("--share", type=float, default=0.95, help="of its bearers that make a name one gender's")
    options = parser.parse_args()
    paths = sorted((options.gold / "polnear-text").glob("*.txt"))
    with ProcessPoolExecutor(options.jobs or os.cpu_count() or 1, initializer=_load) as pool:
        checked = list(pool.map(partial(_check, share=options.share), paths, chunksize=4))
    wrong = [one for _, found in checked for one in found]
    for one in wrong:
        print(f"{one.source}:{one.line}  {one.pronoun} -> {one.speaker} ({one.why})")
    print(
        f"{len(wrong)} of {sum(said for said, _ in checked)} he or she in {len(paths)} articles are of the wrong gender"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""Short texts of our own through the whole pipeline with the shipped model: who is named, kind, and rule.

The table is tests/data/attribution.tsv: construction, text (`¶` a blank line, `↵` a line break), and for each marked
stretch, divided by ` | `, the words of the mention (`-` for none), the kind, and the rule (empty where any rule will
do). The last column is the reason of a known failure, which makes the row a strict xfail.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from parses import tsv
from shipped import quotations
from spacy.language import Language

from quotes_cli.library import extract

TABLE = Path(__file__).parent / "data" / "attribution.tsv"


ROWS = tsv(TABLE)


def _params() -> list[object]:
    return [
        pytest.param(
            text.replace("¶", "\n\n").replace("↵", "\n"),
            mentions.split(" | "),
            kinds.split(" | "),
            rules.split(" | ") if rules else None,
            id=construction.replace(" ", "-"),
            marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else [],
        )
        for construction, text, mentions, kinds, rules, reason in ROWS
    ]


@pytest.mark.parametrize(("text", "mentions", "kinds", "rules"), _params())
def test_attribution_of_a_text(text: str, mentions: list[str], kinds: list[str], rules: list[str] | None) -> None:
    found = quotations(text)

    assert [(q.mention or "-", q.kind) for q in found] == list(zip(mentions, kinds, strict=True))
    if rules is not None:
        assert [q.rule or "-" for q in found] == rules
    for q in found:
        assert text[q.start : q.end] == q.quote
        if q.mention is not None:
            assert text[q.mention_start : q.mention_end] == q.mention
        if q.cue is not None:
            assert text[q.cue_start : q.cue_end] == q.cue


def test_extract_leaves_out_what_is_no_quotation(nlp: Language) -> None:
    text = 'She sang the song "Harbour Lights". "It is an old one," Karlsen said.'
    assert [(q.id, q.quote, q.mention) for q in extract(text, nlp=nlp)] == [(1, "It is an old one,", "Karlsen")]


def test_the_table_is_whole() -> None:
    assert all(len(row) == 6 for row in ROWS)
    assert len(ROWS) >= 150
    for column in (0, 1):
        repeated = [value for value, count in Counter(row[column] for row in ROWS).items() if count > 1]
        assert repeated == []
    known = sum(bool(row[5]) for row in ROWS)
    assert known <= len(ROWS) // 10, "one row in ten may be a known failure"


def test_an_i_within_a_quotation_is_whoever_speaks(nlp: Language) -> None:
    text = "\"I said to her, 'You are late,' and she said, 'The bus was late,'\" Lena Fox said."
    found = extract(text, nlp=nlp, nested=True)
    assert [(q.quote, q.speaker) for q in found[1:]] == [("You are late,", "Lena Fox"), ("The bus was late,", None)]

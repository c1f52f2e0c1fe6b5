"""What the resolver leaves undone changes no answer of these articles: whom words far from quotations mean, and the
features of choices of which nobody asks."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from shipped import parsed, quotations

from quotes_cli.language.attribute import attribute
from quotes_cli.language.resolve import narration, prepare, ranker
from quotes_cli.language.resolve.discourse import Discourse
from quotes_cli.language.resolve.narration import BEFORE, way
from quotes_cli.language.resolve.ranker import Features, Spell
from quotes_cli.language.segment import segment

TABLES = [Path(__file__).parent / "data" / f"{name}.txt" for name in ("speakers", "described")]
BEHIND = "\n\nThe union met him in Linden. She had called it a loss. They left."


def texts(table: Path) -> list[str]:
    """The articles of a table, some more behind each."""
    blocks = table.read_text("utf-8").split("\n## ")[1:]
    return [block.partition("\n")[2].rpartition("\n= ")[0].strip() + BEHIND for block in blocks]


def speakers(table: Path) -> list[list[str | None]]:
    return [[quotation.speaker for quotation in quotations(text)] for text in texts(table)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_the_walk_through_everything_answers_the_same(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = speakers(table)
    monkeypatch.setattr(narration, "near_open", lambda *_: None)
    assert short == speakers(table)
    assert any(map(any, short))


def test_far_from_quotations_the_walk_stops_at_names_alone() -> None:
    near = "Then more fell. " * (BEFORE - 3) + "It fell. A mayor ate. He ran. “We lost,” she said. They ran."
    text = f"Ana Ortiz left. She ran. {near} Bo Lee sat. He left."
    spans = segment(text)
    tokens = parsed(text, tuple(spans))
    walk, _ = prepare(tokens, spans, attribute(tokens, spans))
    known = walk.inventory, walk.focus.speakers, walk.traits, walk.described
    assert [tokens.words[i] for i in way(*known, walk.open_at)] == ["Ortiz", "It", "mayor", "He", "she", "They", "Lee"]
    assert tokens.words[way(*known, None)[1]] == "She"


def test_where_a_name_speaks_the_walk_stops_at_names_alone() -> None:
    text = "Ana Ortiz left. She ran. “We lost,” Ortiz said. A mayor ate. “We won.” He ran. It fell."
    spans = segment(text)
    tokens = parsed(text, tuple(spans))
    found = attribute(tokens, spans)
    named = prepare(tokens, spans[:1], found[:1])[0]
    assert not named.open_at
    stops = way(named.inventory, named.focus.speakers, named.traits, named.described, named.open_at)
    assert [tokens.words[i] for i in stops] == ["Ortiz", "Ortiz"]
    unsourced = [replace(found[0], mention=None)]
    assert {tokens.words[i] for i in prepare(tokens, spans[:1], unsourced)[0].open_at} == {"“", "Ortiz"}


class Both(Discourse):
    """A walk that has the features of each choice weighed and spelled out."""

    seen: list[tuple[str, list[float], list[Features]]]

    def decide(self, i: int, choice: str, candidates: list[Any], spell: Spell, doubtful: Any = None) -> Any:
        self.seen.append((choice, spell(choice), spell(None)))
        return super().decide(i, choice, candidates, spell, doubtful)


def test_what_is_weighed_is_what_is_spelled_out() -> None:
    choices = set()
    for text in chain.from_iterable(map(texts, TABLES)):
        spans = segment(text)
        tokens = parsed(text, tuple(spans))
        walk, _ = prepare(tokens, spans, attribute(tokens, spans), walk=Both)
        assert isinstance(walk, Both)
        walk.seen = []
        walk.run(everywhere=True)
        for choice, weighed, spelled in walk.seen:
            choices.add(choice)
            known = ranker.weights()[choice]
            assert weighed == [pytest.approx(sum(known.get(f, 0.0) for f in own)) for own in spelled]
    assert choices == {*ranker.CHOICES} - {"context"}

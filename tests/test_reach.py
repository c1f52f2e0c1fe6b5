"""What the resolver leaves undone changes no answer: the walk behind the last mention that hangs on it, and the
features of choices of which nobody asks."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from shipped import parsed, quotations

from quotes_cli.language import resolve
from quotes_cli.language.attribute import attribute
from quotes_cli.language.resolve import prepare, ranker
from quotes_cli.language.resolve.discourse import Discourse
from quotes_cli.language.resolve.ranker import Features, Spell
from quotes_cli.language.resolve.reach import end_of_walk
from quotes_cli.language.segment import segment

TABLES = [Path(__file__).parent / "data" / f"{name}.txt" for name in ("speakers", "described")]
BEHIND = "\n\nThe union met him in Linden. She had called it a loss. They left."


def texts(table: Path) -> list[str]:
    """The articles of a table, some more behind each."""
    blocks = table.read_text("utf-8").split("\n## ")[1:]
    return [block.partition("\n")[2].rpartition("\n= ")[0].strip() + BEHIND for block in blocks]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_the_walk_to_its_end_answers_the_same(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = [quotations(text) for text in texts(table)]
    monkeypatch.setattr(resolve, "end_of_walk", lambda *_: None)
    assert short == [quotations(text) for text in texts(table)]
    assert any(map(bool, short))


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("Ana Ortiz left. “We lost,” Ana Ortiz said.", ""),
        ("Ana Ortiz left. “We lost,” she said. Bo Lee smiled. It rained. Nobody in the whole town went out.", " said"),
        ("“We lost.”\n\nIt rained.", "lost.”"),
    ],
)
def test_where_the_walk_may_end(text: str, behind: str) -> None:
    spans = segment(text)
    tokens = parsed(text, tuple(spans))
    attributions = attribute(tokens, spans)
    walk, mentions = prepare(tokens, spans, attributions)
    end = end_of_walk(walk.inventory, spans, attributions, mentions)
    assert end is not None
    assert end < len(tokens)
    assert behind in tokens.span(0, end)
    assert (end == 0) == (not behind)


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
        walk.run()
        for choice, weighed, spelled in walk.seen:
            choices.add(choice)
            known = ranker.weights()[choice]
            assert weighed == [pytest.approx(sum(known.get(f, 0.0) for f in own)) for own in spelled]
    assert choices == {*ranker.CHOICES} - {"context"}

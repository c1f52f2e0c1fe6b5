"""`quotes explain`: the arcs, the path through the parse, the rules tried, the command; words of our own."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import factory
import pytest
import spacy
from page_articles import COUNCIL, FERRY, HOSTILE, NOTHING, article
from spacy.tokens import Doc
from test_export import ESCAPES
from typer.testing import CliRunner

from quotes_cli.app import cli
from quotes_cli.commands import explain
from quotes_cli.language import explanation as explaining
from quotes_cli.language.attribute.rules import RULES
from quotes_cli.language.explanation import Arc, Explanation, Reason, Thrown
from quotes_cli.language.explanation import Path as Way
from quotes_cli.language.pipeline import SHIPPED, load_model
from quotes_cli.language.resolve.sieves import SIEVES
from quotes_cli.language.tokens import Tokens
from quotes_cli.records import Quotation, Vetoed
from quotes_cli.screen.arcs import draw
from quotes_cli.screen.article import ArticlePrinter
from quotes_cli.screen.explanation import ExplanationWriter

# Arcs


@pytest.mark.parametrize(
    ("words", "arcs", "drawn"),
    [
        (
            ["rebuild", "said", "Ortiz"],
            [Arc(1, 0, "ccomp"), Arc(1, 2, "nsubj")],
            """
   ┌─ ccomp ─┐ ┌─ nsubj ─┐
   ▼         │ │         ▼
rebuild  …   said      Ortiz
""",
        ),
        (
            ["lost", "Ortiz", "said"],
            [Arc(2, 0, "ccomp"), Arc(2, 1, "nsubj")],
            """
 ┌────── ccomp ──────┐
 │       ┌─ nsubj ─┐ │
 ▼       ▼         │ │
lost … Ortiz       said
""",
        ),
        (["alone"], [], "\nalone\n"),
    ],
)
def test_arcs(words: list[str], arcs: list[Arc], drawn: str) -> None:
    *lines, under = draw(words, ["…"] + [""] * (len(words) - 2) if len(words) > 1 else [], arcs, [""] * len(words))
    assert "\n".join(lines) == drawn.strip("\n")
    assert under == ""


def test_every_arc_has_its_label_and_its_arrow() -> None:
    """A path up and down over five words, one of them with three arcs."""
    words = ["a", "b", "c", "d", "e"]
    arcs = [Arc(2, 0, "advcl:relcl"), Arc(2, 1, "nsubj:pass"), Arc(2, 4, "obl"), Arc(4, 3, "case")]
    lines = draw(words, ["…"] * 4, arcs, ["", "", "cue", "", "mention"])
    picture = "\n".join(lines)
    assert all(f" {arc.label} " in picture for arc in arcs)
    assert picture.count("▼") == 4
    assert picture.count("┌") == picture.count("┐") == 4
    assert lines[-1].split() == ["cue", "mention"]
    assert lines[-2].split() == ["a", "…", "b", "…", "c", "…", "d", "…", "e"]


# The path, on hand-built parses


def tree(words: str, heads: list[int], deps: str, tags: str) -> Tokens:
    nlp = spacy.blank("en")
    doc = Doc(nlp.vocab, words=words.split(), heads=heads, deps=deps.split(), pos=tags.split())
    return Tokens.of(doc)


TAG = tree(
    "“ We lost , ” said Ana Ortiz .",
    [2, 2, 5, 5, 2, 5, 5, 6, 5],
    "punct nsubj ccomp punct punct ROOT nsubj flat punct",
    "PUNCT PRON VERB PUNCT PUNCT VERB PROPN PROPN PUNCT",
)


def quotation(t: Tokens, quote: str, cue: str | None, mention: str | None) -> Quotation:
    def place(words: str | None) -> tuple[int, int] | tuple[None, None]:
        return (t.text.index(words), t.text.index(words) + len(words)) if words else (None, None)

    facts: dict[str, Any] = {"quote": quote, "cue": cue, "mention": mention}
    for what, words in (("", quote), ("cue_", cue), ("mention_", mention)):
        facts[f"{what}start"], facts[f"{what}end"] = place(words)
    return factory.quotation(speaker="Ana Ortiz", rule="x", **facts)


def test_the_path_joins_mention_cue_and_quotation() -> None:
    path, reason = explaining.path_of(TAG, quotation(TAG, "We lost ,", "said", "Ana Ortiz"))
    assert reason == ""
    assert path == Way(
        ("lost", "said", "Ana Ortiz"),
        ("quotation", "cue", "mention"),
        (False, True),
        (Arc(1, 0, "ccomp"), Arc(1, 2, "nsubj")),
    )


def test_a_path_through_words_between() -> None:
    t = tree("Ortiz went on to say “ no ”", [1, 1, 1, 4, 1, 6, 4, 6], "nsubj ROOT advmod mark xcomp punct obj punct",
             "PROPN VERB ADV PART VERB PUNCT INTJ PUNCT")  # fmt: skip
    path, _ = explaining.path_of(t, quotation(t, "no", "say", "Ortiz"))
    assert path is not None
    assert path.words == ("Ortiz", "went", "say", "no")
    assert [arc.label for arc in path.arcs] == ["nsubj", "xcomp", "obj"]


def test_what_the_parse_does_not_join() -> None:
    t = tree("Ortiz spoke . “ No . ”", [1, 1, 1, 4, 4, 4, 4], "nsubj ROOT punct punct ROOT punct punct",
             "PROPN VERB PUNCT PUNCT INTJ PUNCT PUNCT")  # fmt: skip
    path, reason = explaining.path_of(t, quotation(t, "No .", "spoke", "Ortiz"))
    assert path is not None
    assert path.words == ("Ortiz", "spoke")
    assert reason == "The parse does not join the cue and the quotation."
    assert explaining.path_of(t, quotation(t, "No .", None, "Ortiz")) == (
        None,
        "There is no cue, and the parse does not join the mention and the quotation.",
    )
    assert explaining.path_of(t, quotation(t, "No .", None, None)) == (None, "")
    path, reason = explaining.path_of(t, quotation(t, "Ortiz", "No", "spoke"))
    assert path is None or path.words
    assert reason == "The parse does not join the mention and the cue."


# Rules


def test_every_rule_says_what_it_does_and_shows_an_example() -> None:
    for rule in (*explaining.rules(), *explaining.tests()):
        assert rule.says, rule.name
        assert rule.example, rule.name
        assert "\n" not in rule.says + rule.example


def test_what_vetoes_threw_out_is_told_once() -> None:
    text = "They rated the blue team."
    vetoed = [Vetoed(rule, "weak", (5, 10)) for rule in ("reported_clause", "nearest_cue")]
    (thrown,) = explaining.thrown_out(text, [*vetoed, vetoed[0]])
    assert (thrown.rules, thrown.words, thrown.veto.name) == (("reported_clause", "nearest_cue"), "rated", "weak")
    assert thrown.veto.says.startswith("To speak is only one of the verb's senses")


def test_rules_tried() -> None:
    names = [rule.name for rule in RULES]
    fired, before = explaining.tried_before(names[2], "direct")
    assert fired is not None
    assert fired.name == names[2]
    assert [rule.name for rule in before] == names[:2]
    assert explaining.tried_before(None, "direct") == (None, explaining.rules())
    assert explaining.tried_before("a rule of tomorrow", "direct") == (Reason("a rule of tomorrow"), ())
    fired, before = explaining.tried_before("nickname", "other")
    assert fired is not None
    assert fired.example
    assert "nickname" not in [rule.name for rule in before]


def test_sieves_are_known() -> None:
    for row in SIEVES:
        sieve = explaining.sieve(row.name)
        assert sieve is not None
        assert (sieve.name, sieve.example) == (row.name, row.example)
        assert sieve.says
        assert "*" not in sieve.says
    assert explaining.sieve(None) is None
    assert explaining.sieve("level") == Reason("level")


# On the terminal


def explanations(article: Any) -> list[Explanation]:
    way = Way(("wall", "said", "Ana Ortiz"), ("quotation", "cue", "mention"), (False, True), (Arc(1, 0, "ccomp"),))
    thrown = (Thrown(("aside", "frame"), "rated", Reason("weak", "To speak is one sense")),)
    rule = Reason("quote_cue_subject", "The tag after", '"We lost," said Lee.')
    return [
        Explanation(q, rule, (Reason("interrupted"),), Reason("exact name"), way, thrown=thrown) for q in article[1]
    ]


def written(article: Any, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.StringIO()
    ExplanationWriter(ArticlePrinter(stream, False)).write(article[0], explanations(article), article[1])
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_an_explanation_says_it_all_and_fits(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = written(COUNCIL, width, monkeypatch)
    assert max(map(len, text.splitlines())) <= width
    words = " ".join(text.split())
    for part in ("Quotation 1 council/harbour.txt, line 3", "speaker Ana Ortiz", "cue said", "resolved by exact name",
                 '"We lost," said Lee.', "tried before interrupted", "ccomp", "[1 AO]",
                 "vetoed “rated”, found by aside and frame, vetoed by weak: To speak is one sense"):  # fmt: skip
        assert part in words, part


@pytest.mark.parametrize("width", range(40, 70))
def test_the_word_line_stays_with_its_number(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one = replace(COUNCIL[1][0], line=41, source="news/council/harbour.txt")
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.StringIO()
    found = [replace(explanations(COUNCIL)[0], quotation=one)]
    ExplanationWriter(ArticlePrinter(stream, False)).write(replace(COUNCIL[0], source=one.source), found, [one])
    assert "line 41\n" in stream.getvalue()
    assert max(map(len, stream.getvalue().splitlines())) <= width


def test_context_reaches_to_cue_and_mention_only(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(COUNCIL, 80, monkeypatch).partition("Quotation 2")[0]
    assert "on Tuesday" in first
    assert "Ben Adeyemi" not in first


def test_of_a_paragraph_without_end_what_is_around_the_quotation_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "They talked of the wall for hours. "
    long = article("a.txt", f"{told * 200}“⟦We lost⟧{{Ana|said|Ana}},” Ana said. {told * 200}")
    text = " ".join(written(long, 80, monkeypatch).partition("speaker")[0].split())
    assert re.search(r"line 1 … \w+\.? .* “We lost \[1 AN\],” Ana said\. They .* \w+\.? …$", text)
    assert 1000 < len(text) < 1500
    assert text.count("They talked of the wall for hours.") > 25


def test_a_path_too_wide_is_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    stream = io.StringIO()
    way = Way(("a" * 30, "b" * 30), ("cue", "mention"), (False,), (Arc(0, 1, "nsubj"),))
    found = Explanation(COUNCIL[1][0], None, (), None, way)
    ExplanationWriter(ArticlePrinter(stream, False)).write(COUNCIL[0], [found], COUNCIL[1])
    assert re.search(r"a{30} ── nsubj ─→ b{30}", stream.getvalue())


def test_nothing_acts_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not ESCAPES.search(written(HOSTILE, 80, monkeypatch))


# The command


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """A file whose explanations are the council's, without a model."""
    article, _ = COUNCIL
    path = tmp_path / "harbour.txt"
    path.write_text(article.text, "utf-8")
    monkeypatch.setattr(explain, "load_explainer", lambda options: lambda read: explanations(COUNCIL))
    return ["explain", str(path)]


def run(*arguments: str, **options: Any) -> Any:
    return CliRunner().invoke(cli.app, list(arguments), **options)


def test_the_command(explained: list[str]) -> None:
    every = run(*explained)
    assert (every.exit_code, every.stderr) == (0, "")
    assert len(re.findall(r"^Quotation \d+\s", every.stdout, re.MULTILINE)) == len(COUNCIL[1])
    one = run(*explained, "7")
    assert re.findall(r"^Quotation (\d+)\s", one.stdout, re.MULTILINE) == ["7"]
    assert "[7 HO]" in one.stdout


def test_numbers_that_are_none(explained: list[str]) -> None:
    for wanted in ("0", "99"):
        result = run(*explained, wanted)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            f"quotes: there is no quotation {wanted}: they count from 1 to 12; --all counts what is no quotation too\n"
        )
    assert run("explain", "missing.txt", "3").exit_code == 1
    assert run("explain").exit_code == 2


def test_filters(explained: list[str]) -> None:
    said_by = [(q.id, q.speaker) for q in COUNCIL[1]]
    hers = [id for id, speaker in said_by if speaker == "Ana Ortiz"]
    assert 0 < len(hers) < len(said_by)
    shown = run(*explained, "--speaker", "ortiz").stdout
    assert re.findall(r"^Quotation (\d+)\s", shown, re.MULTILINE) == [str(id) for id in hers]
    others = next(id for id, speaker in said_by if speaker != "Ana Ortiz")
    result = run(*explained, str(others), "--speaker", "ortiz")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"there is no quotation {others}: the filters leave {', '.join(map(str, hers))}; " in result.stderr
    assert run(*explained, "--kind", "sung").exit_code == 2


def test_nothing_to_explain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "load_explainer", lambda options: lambda read: [])
    assert run("explain", "-", input=NOTHING[0].text).stdout == "no quotations\n"
    assert "there is none" in run("explain", "-", "1", input=NOTHING[0].text).stderr


SAID = '“We will mend the wall,” said Ana Ortiz, the mayor.\n\nShe said it was “a hard year”. He reads "Ulysses".\n'


@pytest.mark.skipif(not SHIPPED.exists(), reason="the model is not in this checkout; run: make model")
def test_with_the_shipped_model(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SAID, "utf-8")
    words = " ".join(run("explain", str(path), "1").stdout.split())
    for part in ("speaker Ana Ortiz", "cue said", "rule quote_cue_subject", "ccomp", "nsubj", "quotation cue mention"):
        assert part in words, part
    assert "resolved by pronoun" in " ".join(run("explain", str(path), "2").stdout.split())
    assert [one.quotation.quote for one in explaining.explain(FERRY[0], load_model())] == [q.quote for q in FERRY[1]]

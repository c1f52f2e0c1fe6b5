"""An article of nothing but quotations, or marks in marks, costs time by its length and not by its square."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import pytest
from factory import quotation
from growth import STEEPEST, TIMES, assert_linear, seconds, steepest
from spacy.language import Language
from spacy.tokens import Doc

from quotes_cli.language.parse import Reference
from quotes_cli.language.parse.paragraph import tokenise
from quotes_cli.language.pipeline import extract_article
from quotes_cli.language.segment import segment
from quotes_cli.records import Article
from quotes_cli.screen.article import ArticlePrinter
from quotes_cli.screen.explanation import Explanation, ExplanationWriter

FEW = 50


def spell(number: int) -> str:
    """A name of its own for each number."""
    return f"Ort{number:b}".replace("0", "a").replace("1", "i")


ARTICLES: dict[str, Callable[[int], str]] = {
    "tags": lambda n: "“We will,” he said. " * n,
    "one_paragraph": lambda n: "“We will.” " * n,
    "paragraphs": lambda n: "“We will,” Ana Ortiz said.\n\n" * n,
    "names": lambda n: "".join(f"“We will,” Ana {spell(i)} said.\n" for i in range(n)),
    "standing_alone": lambda n: "".join(
        f"“We will rebuild this old town {spell(i)} again.”\n\n“No.”\n\n" for i in range(n)
    ),
    "nested": lambda n: "“" * 10 * n + "a" + "”" * 10 * n,
    "in_turn": lambda n: "“‘" * (n // 2) + "a" + "’”" * (n // 2),
    "run_on": lambda n: "“It came.\n\n" * 4 * n,
    "one_around_all": lambda n: "“And then " + "‘we will,’ he said, " * n + "and left,” Ortiz said.",
    "sentences_in_one": lambda n: "“It began. " + "‘We will,’ he said. " * n + "And they left,” Ortiz said.",
    "roles": lambda n: "".join(
        f"“We will,” Ana Ortiz, the {spell(i)} mayor, said. “No,” the mayor said.\n" for i in range(n)
    ),
    "one_office": lambda n: "".join(
        f"Mayor {spell(i)} {spell(7 * i + 3)} left. “No,” the mayor said.\n" for i in range(n)
    ),
    "one_surname": lambda n: "".join(f"“No,” {spell(i)} Smith told Smith.\n" for i in range(n)),
    "joined": lambda n: "“We lost,” Ortiz said, " + "and x " * 6 * n + ", “but we learned.”",
    "unsourced": lambda n: "Ana Ortiz walked to the “old, old pier” of Linden. " * n,
    "one_word": lambda n: '"' + "a" * 200 * n + '," he said.',
}


@pytest.mark.parametrize("kind", ARTICLES)
def test_time_grows_with_the_text_and_not_faster(kind: str, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model's time and all other time, each by itself: the model takes the most and would hide a step of ours."""
    model, times = nlp.pipe, [0.0]

    def timed(docs: Iterable[Doc], **options: int) -> list[Doc]:
        made, parsed = list(docs), []
        times[0] += seconds(lambda: parsed.extend(model(made, **options)))
        return parsed

    def measure(number: int) -> tuple[float, float]:
        article = Article("a.txt", ARTICLES[kind](number))
        times[0] = 0.0
        total = seconds(lambda: extract_article(article, nlp, nested=True))
        return times[0], total - times[0]

    monkeypatch.setattr(nlp, "pipe", timed)
    measure(10)  # word lists are read
    found = steepest(measure, FEW)
    assert found < STEEPEST, f"{TIMES} times the text takes {found:.1f} times the time"


def test_explaining_grows_with_the_text_and_not_faster() -> None:
    def prepare(number: int) -> Callable[[], object]:
        names = [f"Ana {spell(i)}" for i in range(number)]
        text = "".join(f"“We will,” {name} said. " for name in names)
        found, at = [], 0
        for i, name in enumerate(names):
            at = text.index(name, at)
            facts = {"speaker": name, "mention": name, "mention_start": at, "mention_end": at + len(name)}
            found.append(quotation(id=i + 1, quote="We will", start=at - 10, end=at - 3, **facts))
        asked = [Explanation(q, None, (), None, None) for q in found[::8]]
        return lambda: ExplanationWriter(ArticlePrinter(io.StringIO(), True)).write(
            Article("a.txt", text), asked, found
        )

    prepare(10)()
    assert_linear(prepare, FEW)


def test_a_word_without_end_is_cut_and_nothing_of_it_lost(nlp: Language) -> None:
    text = "Ana said: “" + "rebuild" * 200 + "” and " + "“" * 500 + "left."
    (paragraph,) = tokenise(Reference(nlp), text, segment(text))
    assert max(len(word) for word in paragraph.words) <= 200
    tokens = paragraph.tokens
    assert [text[start:end] for start, end in zip(tokens.start, tokens.end, strict=True)] == tokens.words
    assert "".join(paragraph.words) == text.replace(" ", "")

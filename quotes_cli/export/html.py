"""Records in, one page to look at out: self-contained, nothing fetched, every character of the articles escaped.

The page is put together when all articles are known. Its style and its script are files of `page/`, allowed by their
hash in a Content-Security-Policy that allows nothing else. The articles' texts stand in the page itself, and are there
without its script; the script draws the lists and the table from the records, which are data of JSON in the page.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from importlib.resources import files
from typing import Any

from quotes_cli.records import KINDS, Article, Quotation
from quotes_cli.visible import visible, visible_line

from .headline import headline, readable_date
from .highlight import Speaker, by_speaker, marked_text, safe_line
from .registry import Settings, Writer
from .repeated import repeated
from .sink import Sink
from .tally import counted

OPEN_ARTICLES = 3  # so many articles stand open; of more, each opens by a click
FIRST_SPEAKERS = 20  # so many are listed before one asks for more
# What one page bears: Chromium on two cores opens 2,000 articles with 23,000 quotations in 2.5 seconds.
MOST_ARTICLES, MOST_QUOTATIONS = 3_000, 35_000
# name of the column (the class of its cells too), heading
_COLUMNS = (
    ("id", "No."),
    ("source", "Article"),
    ("who", "Speaker"),
    ("quote", "Quotation"),
    ("mention-cell", "Named as"),
    ("cue-cell", "Cue"),
    ("kind", "Kind"),
    ("rule", "Rule"),
    ("sure", "Sure"),
    ("line", "Line"),
)
_NUMBERS = {"id", "sure", "line"}
Articles = Sequence[tuple[Article, Sequence[Quotation]]]


class HtmlWriter(Writer):
    """Keeps the articles and writes the page at the end: the last article may still change its list of speakers."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        super().__init__(sink, settings)
        self._articles: list[tuple[Article, Sequence[Quotation]]] = []

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        self._articles.append((article, quotations))

    def end(self) -> None:
        self.sink.stream.writelines(page(self._articles))


def page(articles: Articles) -> Iterator[str]:
    """The page in pieces."""
    articles = [(article, [_across(one) for one in quotations]) for article, quotations in articles]
    speakers = by_speaker(articles)
    several = len(articles) != 1
    total = sum(len(quotations) for _, quotations in articles)
    called = [headline(article, min((one.start for one in quoted), default=None)) for article, quoted in articles]
    heading = f"Who said what in {counted(len(articles), 'article')}" if several else called[0][0]
    counts = [counted(total, "quotation"), counted(sum(speaker.known for speaker in speakers.values()), "speaker")]
    where = [] if several or articles[0][0].source == heading else [safe_line(articles[0][0].source)]
    style, script = _file("page.css"), _file("page.js")
    kinds = {quotation.kind for _, quotations in articles for quotation in quotations}
    values: dict[str, Iterable[str]] = {  # in pieces: long parts are not built as one string
        "policy": [policy(style, script)],
        "title": [safe_line(heading), " · quotes"],
        "shape": ["several" if several else "single"],
        "heading": [safe_line(heading)],
        "sum": [" · ".join(counts + _dates(articles) if several else _about(articles[0][0]) + counts + where)],
        "notice": _notice(len(articles), total),
        "style": [style],
        "script": [script],
        "kinds": (f'<option value="{kind}">{kind}</option>' for kind in KINDS if kind in kinds),
        "speakers": _listed(speakers) if speakers else ["<li>nobody is quoted</li>\n"],
        "columns": _headings(several),
        "articles": (
            piece
            for number, (article, quotations) in enumerate(articles, 1)
            for piece in _article(number, article, called[number - 1], quotations, speakers, several, len(articles))
        ),
        "data": _data(articles, [title for title, _ in called], speakers),
    }
    for number, part in enumerate(re.split(r"\$(\w+)", _file("page.html"))):
        yield from values[part] if number % 2 else (part,)


def _across(quotation: Quotation) -> Quotation:
    """With the speaker's name across articles, where it is known, so that one person is one on the page."""
    person = quotation.person
    return quotation if person is None or person == quotation.speaker else replace(quotation, speaker=person)


def _file(name: str) -> str:
    return files(__package__).joinpath("page", name).read_text("utf-8")


def policy(style: str, script: str) -> str:
    """Nothing may load, run or be sent but this one style and this one script."""

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _about(article: Article) -> list[str]:
    """Where an article appeared, who wrote it, and when."""
    date = readable_date(article.published) if article.published else ""
    return [safe_line(part) for part in (article.outlet or "", article.author or "", date) if part]


def _dates(articles: Articles) -> list[str]:
    dates = sorted(article.published for article, _ in articles if article.published)
    first, last = (safe_line(readable_date(date)) for date in (dates[0], dates[-1])) if dates else ("", "")
    return [first if first == last else f"{first} – {last}"] if dates else []


def _notice(articles: int, quotations: int) -> list[str]:
    if articles <= MOST_ARTICLES and quotations <= MOST_QUOTATIONS:
        return []
    return [
        f'<p class="notice">{counted(articles, "article")} and {counted(quotations, "quotation")} are more than a page'
        f" bears: above {MOST_ARTICLES:,} articles or {MOST_QUOTATIONS:,} quotations browsers open it slowly. A"
        " database has no such limit: <code>quotes extract … -o quotes.db</code>, then"
        " <code>quotes search quotes.db WORDS</code> or <code>datasette quotes.db</code>.</p>\n"
    ]


def _listed(speakers: dict[str | None, Speaker]) -> Iterator[str]:
    """The first speakers at the side, for who reads without the script; it draws them anew, with the others."""
    for speaker in list(speakers.values())[:FIRST_SPEAKERS]:
        words = counted(speaker.spoken.words, "word")
        yield (
            f'<li class="speaker {speaker.classes}"><span class="name">{escape(speaker.shown)}</span>'
            f'<span class="count">{speaker.spoken.quotations:,}</span><span class="role">{words}</span></li>\n'
        )
    if len(speakers) > FIRST_SPEAKERS:
        yield f"<li>and {len(speakers) - FIRST_SPEAKERS:,} more</li>\n"


def _headings(several: bool) -> Iterator[str]:
    for name, heading in _COLUMNS:
        if name != "source" or several:
            number = " num" if name in _NUMBERS else ""
            yield f'<th scope="col" class="{name}{number}"><button type="button">{heading}</button></th>'


def _article(
    number: int,
    article: Article,
    called: tuple[str, int],
    quotations: Sequence[Quotation],
    speakers: dict[str | None, Speaker],
    several: bool,
    of: int,
) -> Iterator[str]:
    title, rest = called
    if several:
        opened = " open" if of <= OPEN_ARTICLES else ""
        yield f'<details class="article" data-a="{number}"{opened}>'
        about = [*_about(article), counted(len(quotations), "quotation"), *_quoted(quotations, speakers)]
        yield f'<summary><h2 id="a{number}">{safe_line(title)}</h2>'
        yield f'<span class="meta">{" · ".join(about)}</span></summary>\n'
        yield f'<p class="meta">{safe_line(article.source)}</p>'
    else:
        yield f'<article class="article" data-a="{number}" aria-label="The article">'
    yield '\n<div class="text">\n'
    yield from marked_text(number, article.text, rest, quotations, speakers)
    yield "</div>\n</details>\n" if several else "</div>\n</article>\n"


def _quoted(quotations: Sequence[Quotation], speakers: dict[str | None, Speaker]) -> list[str]:
    """The labels of an article's three most quoted, and how many more there are."""
    names = {quotation.speaker for quotation in quotations} - {None}
    labels = [safe_line(speakers[name].label) for name in sorted(names, key=lambda name: speakers[name].number)]
    more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
    return [", ".join(labels[:3]) + more] if labels else []


def _data(articles: Articles, titles: list[str], speakers: dict[str | None, Speaker]) -> Iterator[str]:
    """The records for the script, as JSON that no markup ends: rows in the order that `page.js` names."""
    again = repeated(articles)
    yield '{"speakers":['
    yield ",".join(
        _json([one.shown, visible_line(one.label), one.classes, visible_line(one.spoken.role or ""),
               one.spoken.words, one.spoken.share])
        for one in speakers.values()
    )  # fmt: skip
    yield '],"articles":['
    yield ",".join(
        _json([visible_line(title), visible_line(article.published or ""),
               visible_line(readable_date(article.published)) if article.published else "",
               visible_line(article.source), visible_line(article.outlet or "")])
        for (article, _), title in zip(articles, titles, strict=True)
    )  # fmt: skip
    yield '],"quotations":['
    between = ""
    for number, (_, quotations) in enumerate(articles, 1):
        for one in quotations:
            texts = (visible_line(text or "") for text in (one.mention, one.cue, one.kind, one.rule))
            row = [number, one.id, speakers[one.speaker].number, visible(one.quote), *texts, one.confidence, one.line]
            same = again.get((number, one.id))
            yield between + _json([*row, *([same.statement, same.changes] if same else [])])
            between = ",\n"
    yield "]}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

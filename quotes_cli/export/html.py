"""Records in, one page to look at out: self-contained, nothing fetched, every character of the articles escaped.

The page is put together when all articles are known. Its style and its script are files of `page/`, allowed by their
hash in a Content-Security-Policy that allows nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from quotes_cli.records import KINDS, Article, Quotation

from .highlight import Speaker, by_speaker, marked_text, safe, safe_line
from .registry import Settings, Writer
from .sink import Sink
from .tally import counted

OPEN_ARTICLES = 3  # so many articles stand open; of more, each opens by a click
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


class HtmlWriter(Writer):
    """Keeps the articles and writes the page at the end: the last article may still change its list of speakers."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        super().__init__(sink, settings)
        self._articles: list[tuple[Article, Sequence[Quotation]]] = []

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        self._articles.append((article, quotations))

    def end(self) -> None:
        self.sink.stream.writelines(page(self._articles))


def page(articles: Sequence[tuple[Article, Sequence[Quotation]]]) -> Iterator[str]:
    """The page in pieces."""
    speakers = by_speaker(quotation for _, quotations in articles for quotation in quotations)
    several = len(articles) > 1
    total = sum(len(quotations) for _, quotations in articles)
    named = sum(speaker.name is not None for speaker in speakers.values())
    heading = f"Quotations of {counted(len(articles), 'article')}" if len(articles) != 1 else title(articles[0][0])
    counts = [counted(total, "quotation"), counted(named, "speaker")] + (
        [counted(len(articles), "article")] if several else []
    )
    style, script = _file("page.css"), _file("page.js")
    kinds = {quotation.kind for _, quotations in articles for quotation in quotations}
    values: dict[str, Iterable[str]] = {  # in pieces: long parts are not built as one string
        "policy": [policy(style, script)],
        "title": [safe_line(heading), " · quotes"],
        "heading": [safe_line(heading)],
        "sum": [" · ".join(counts)],
        "style": [style],
        "script": [script],
        "kinds": (f'<option value="{kind}">{kind}</option>' for kind in KINDS if kind in kinds),
        "speakers": _listed(speakers) if speakers else ["<li>nobody is quoted</li>\n"],
        "columns": _headings(several),
        "index": _index(articles, speakers) if several else [],
        "articles": (
            piece
            for number, (article, quotations) in enumerate(articles, 1)
            for piece in _article(number, article, quotations, speakers, several, len(articles) <= OPEN_ARTICLES)
        ),
        "rows": (
            _row(number, article, quotation, speakers[quotation.speaker], several)
            for number, (article, quotations) in enumerate(articles, 1)
            for quotation in quotations
        ),
    }
    for number, part in enumerate(re.split(r"\$(\w+)", _file("page.html"))):
        yield from values[part] if number % 2 else (part,)


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


def title(article: Article) -> str:
    """What an article is called on the page."""
    if article.title:
        return article.title
    return "Standard input" if article.source == "-" else article.source


def _listed(speakers: dict[str | None, Speaker]) -> Iterator[str]:
    """The list at the side: the most quoted first, who is not known last."""
    most = max((len(speaker.said) for speaker in speakers.values() if speaker.name is not None), default=1)
    for speaker in sorted(
        speakers.values(),
        key=lambda speaker: (speaker.name is None, -len(speaker.said), -speaker.words, speaker.number),
    ):
        role = next((quotation.role for quotation in speaker.said if quotation.role), None)
        words = counted(speaker.words, "word")
        below = f"{safe_line(role)} · {words}" if role else words
        yield (
            f'<li><button type="button" class="speaker {speaker.classes}" data-s="{speaker.key}" aria-pressed="false">'
            f"{speaker.chip()}"
            f'<span class="name">{escape(speaker.shown)}</span>'
            f'<span class="count">{len(speaker.said):,}{_unseen(" quoted")}</span>'
            f'<span class="role">{below}</span>'
            '<svg class="bar" aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none">'
            '<rect class="back" width="100" height="8"/>'
            f'<rect class="part" width="{min(100 * len(speaker.said) / most, 100):.4g}" height="8"/></svg>'
            "</button></li>\n"
        )


def _unseen(text: str) -> str:
    """For screen readers."""
    return f'<span class="unseen">{escape(text)}</span>'


def _headings(several: bool) -> Iterator[str]:
    for name, heading in _COLUMNS:
        if name != "source" or several:
            number = " num" if name in _NUMBERS else ""
            yield f'<th scope="col" class="{name}{number}"><button type="button">{heading}</button></th>'


def _index(
    articles: Sequence[tuple[Article, Sequence[Quotation]]], speakers: dict[str | None, Speaker]
) -> Iterator[str]:
    dated = any(article.published for article, _ in articles)
    yield '<section class="index" id="index" aria-labelledby="index-head">\n<h2 id="index-head">Articles</h2>\n'
    yield '<table><thead><tr><th scope="col">Article</th>'
    yield '<th scope="col" class="when">Published</th>' if dated else ""
    yield '<th scope="col" class="num">Quotations</th><th scope="col">Speakers</th></tr></thead>\n<tbody>\n'
    for number, (article, quotations) in enumerate(articles, 1):
        when = f'<td class="when">{safe_line(article.published or "")}</td>' if dated else ""
        names = dict.fromkeys(quotation.speaker for quotation in quotations if quotation.speaker is not None)
        chips = " ".join(
            f'<span title="{escape(speaker.shown)}">{speaker.chip()}{_unseen(speaker.shown)}</span>'
            for speaker in map(speakers.__getitem__, names)
        )
        yield (
            f'<tr data-a="{number}"><td><a href="#a{number}">{safe_line(title(article))}</a></td>{when}'
            f'<td class="num count">{len(quotations)}</td><td>{chips}</td></tr>\n'
        )
    yield "</tbody></table>\n</section>\n"


def _article(
    number: int,
    article: Article,
    quotations: Sequence[Quotation],
    speakers: dict[str | None, Speaker],
    several: bool,
    opened: bool,
) -> Iterator[str]:
    name, meta = safe_line(title(article)), _meta(article, quotations)
    if several:
        yield f'<details class="article" data-a="{number}"{" open" if opened else ""}>'
        yield f'<summary><h2 id="a{number}">{name}</h2></summary>'
    else:
        yield f'<article class="article" data-a="{number}" aria-label="The article">'
    yield f'\n<p class="meta">{meta}</p>\n<div class="text">\n'
    yield from marked_text(number, article.text, quotations, speakers)
    yield "</div>\n</details>\n" if several else "</div>\n</article>\n"


def _row(number: int, article: Article, quotation: Quotation, speaker: Speaker, several: bool) -> str:
    """A line of the table."""
    key = f"{number}-{quotation.id}"
    cells = {
        "id": f'<a href="#q{key}" aria-label="Quotation {quotation.id} in the text">{quotation.id}</a>',
        "source": f'<a href="#a{number}">{safe_line(title(article))}</a>',
        "who": f'{speaker.chip()} <span class="name">{escape(speaker.shown)}</span>',
        "quote": safe(quotation.quote),
        "mention-cell": safe_line(quotation.mention or ""),
        "cue-cell": safe_line(quotation.cue or ""),
        "kind": safe_line(quotation.kind),
        "rule": safe_line(quotation.rule or ""),
        "sure": "" if quotation.confidence is None else f"{quotation.confidence:.2f}",
        "line": str(quotation.line),
    }
    sorted_by = {"id": f' data-v="{number}.{quotation.id:09}"', "source": f' data-v="{number:09}"'}
    row = "".join(
        f'<td class="{name}{" num" if name in _NUMBERS else ""}"{sorted_by.get(name, "")}>{cells[name]}</td>'
        for name, _ in _COLUMNS
        if name != "source" or several
    )
    data = f'data-q="{key}" data-s="{speaker.key}" data-kind="{safe_line(quotation.kind)}"'
    return f'<tr id="r{key}" class="{speaker.classes}" {data}>{row}</tr>\n'


def _meta(article: Article, quotations: Sequence[Quotation]) -> str:
    about = [article.published or "", article.source if article.title else "", counted(len(quotations), "quotation")]
    return " · ".join(safe_line(part) for part in about if part)

"""An article's text and its quotations in, the paragraphs of a page out: quotations marked, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from quotes_cli.language.segment import paragraphs
from quotes_cli.records import INDIRECT, Quotation, word_count
from quotes_cli.visible import visible, visible_line

from .spans import CUE, NOBODY, QUOTATION, Initials, Marked, Stretch

_COLOURS, _PATTERNS = 8, 5  # of page.css


def safe(text: str) -> str:
    """Text of an article for any place of the page: markup escaped, what acts on terminals or directions spelt out."""
    return escape(visible(text))


def safe_line(text: str) -> str:
    return escape(visible_line(text))


@dataclass(slots=True)
class Speaker:
    """A speaker of all articles; `number` counts by first appearance and decides colour and pattern."""

    name: str | None
    number: int
    short: str = "?"
    said: list[Quotation] = field(default_factory=list)

    @property
    def key(self) -> str:
        return "x" if self.name is None else str(self.number)

    @property
    def words(self) -> int:
        """Of all that is quoted of them."""
        return sum(word_count(quotation.quote) for quotation in self.said)

    @property
    def classes(self) -> str:
        """Colour and underline pattern; the second eight speakers get the colours again with other patterns."""
        if self.name is None:
            return "sx u3"
        return f"s{self.number % _COLOURS} u{(self.number % _COLOURS + self.number // _COLOURS) % _PATTERNS}"

    @property
    def shown(self) -> str:
        return NOBODY if self.name is None else visible_line(self.name)

    def chip(self) -> str:
        """Initials on the speaker's colour; for the eye only, the name stands beside it."""
        return f'<span class="chip {self.classes}" aria-hidden="true">{safe_line(self.short)}</span>'


def by_speaker(quotations: Iterable[Quotation]) -> dict[str | None, Speaker]:
    """By name, in order of first appearance, as the table on a terminal gives them their colours."""
    found: dict[str | None, Speaker] = {}
    initials = Initials()
    for quotation in quotations:
        name = quotation.speaker
        if name not in found:
            found[name] = Speaker(name, len(initials), "?" if name is None else initials.meet(name))
        found[name].said.append(quotation)
    return found


def marked_text(
    number: int, text: str, quotations: Sequence[Quotation], speakers: dict[str | None, Speaker]
) -> Iterator[str]:
    """The paragraphs of an article, its quotations marked and each followed by its speaker's initials."""
    by_id = {quotation.id: quotation for quotation in quotations}
    marked = Marked(text, quotations)
    begun: set[int] = set()

    def opening(stretch: Stretch) -> str:
        keys = " ".join(f"{number}-{id}" for id in stretch.ids)
        if stretch.what != QUOTATION:
            return f'<span class="{"cue" if stretch.what == CUE else "mention"}" data-q="{keys}">'
        quotation = by_id[stretch.ids[0]]
        # A quotation over paragraphs is several elements, and the first is what links lead to.
        anchor = "" if quotation.id in begun else f' id="q{number}-{quotation.id}"'
        begun.add(quotation.id)
        classes = f"{speakers[quotation.speaker].classes}{' indirect' if quotation.kind == INDIRECT else ''}"
        return f'<mark{anchor} class="{classes}" data-q="{keys}">'

    def closing(stretch: Stretch) -> str:
        return "</mark>" if stretch.what == QUOTATION else "</span>"

    for start, end in paragraphs(text):
        yield "<p>"
        nested = 0
        for here, there, over, noted in marked.pieces(start, end):
            yield from map(opening, over[nested:])
            yield safe(text[here:there])
            own = {id for stretch in over if stretch.what == QUOTATION for id in stretch.ids}
            yield from (_note(number, by_id[id], speakers) for id in noted if id not in own)
            nested = next((at for at, stretch in enumerate(over) if there in (stretch.end, end)), len(over))
            yield from map(closing, reversed(over[nested:]))
            yield from (_note(number, by_id[id], speakers) for id in noted if id in own)  # behind its mark, not in it
        yield "</p>\n"


def _note(number: int, quotation: Quotation, speakers: dict[str | None, Speaker]) -> str:
    """The initials behind a quotation: what the keyboard and screen readers stop at."""
    speaker = speakers[quotation.speaker]
    label = escape(f"Quotation {quotation.id}: {speaker.shown}")
    attributes = f'type="button" class="tag {speaker.classes}" data-q="{number}-{quotation.id}" aria-label="{label}"'
    return f"<button {attributes}>{safe_line(speaker.short)}</button>"

"""Speakers in, bars for human eyes out: who is quoted, how often, how many words, and what share of all."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.style import Style
from rich.text import Text

from quotes_cli.export.sink import Sink
from quotes_cli.export.tally import Spoken, counted
from quotes_cli.visible import visible_line

from .table import DASH, GREY, PALETTE, bare_table, console_of

_EIGHTHS = " ▏▎▍▌▋▊▉"
_ROOM_FOR_ROLES = 90


def bar(part: float, width: int, plain: bool = False) -> str:
    """A bar of `part` (0 to 1) of the width, to the eighth of a character; at least a sliver."""
    eighths = max(round(part * width * 8), 1)
    if plain:
        return "#" * max(eighths // 8, 1)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def percent(share: float) -> str:
    """`12%`; `<1%` for what would round to nothing."""
    return f"{share:.0%}" if share >= 0.005 or not share else "<1%"


def write_bars(speakers: Sequence[Spoken], sink: Sink) -> None:
    """A line a speaker, then the sum."""
    console = console_of(sink)
    wide = console.width >= _ROOM_FOR_ROLES
    table = bare_table(padding=(0, 2, 0, 0), expand=True)
    table.add_column("speaker", max_width=console.width // 3, overflow="fold")
    if wide:
        table.add_column("role", style=GREY, max_width=console.width // 4, overflow="fold")
    table.add_column("quotes", justify="right", no_wrap=True)
    table.add_column("words", justify="right", no_wrap=True)
    table.add_column("share", justify="right", no_wrap=True)
    table.add_column("", ratio=1, no_wrap=True)
    most = max((speaker.share for speaker in speakers), default=1.0) or 1.0
    for number, spoken in enumerate(speakers):
        style = GREY if spoken.speaker is None else Style(color=f"color({PALETTE[number % len(PALETTE)]})", bold=True)
        cells = [Text(DASH if spoken.speaker is None else visible_line(spoken.speaker), style)]
        if wide:
            cells.append(Text(visible_line(spoken.role or "")))
        cells += [Text(str(spoken.quotations)), Text(str(spoken.words)), Text(percent(spoken.share))]
        table.add_row(*cells, _Bar(spoken.share / most, style))
    if speakers:
        console.print(table)
        console.print()
    known = sum(spoken.speaker is not None for spoken in speakers)
    counts = [counted(known, "speaker"), counted(sum(spoken.quotations for spoken in speakers), "quotation")]
    console.print(Text(" · ".join(counts) if speakers else "no quotations", style=GREY))


class _Bar:
    """Rich asks it how wide it may be, and draws it so."""

    def __init__(self, part: float, style: Style) -> None:
        self._part = part
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        plain = not console.encoding.lower().startswith("utf")
        yield Text(bar(self._part, options.max_width, plain), Style(color=self._style.color))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(8, options.max_width)

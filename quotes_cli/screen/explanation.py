"""An `Explanation` in, its words on a terminal out: the quotation in context, the path, the rule, what was tried."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text

from quotes_cli.language.explanation import Explanation, Reason
from quotes_cli.records import Article, Quotation
from quotes_cli.visible import visible_line

from .arcs import draw
from .reader import Reader
from .table import GREY

BOLD, UNBOLD = Style(bold=True), Style(bold=False)
NAMES = 14  # columns for what a line is about


class ExplanationWriter:
    """Writes explanations with the reader's colours."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._console = reader.console

    def write(self, article: Article, explanations: Sequence[Explanation], all_of_it: Sequence[Quotation]) -> None:
        """The asked ones; `all_of_it`, the whole article's quotations, gives the speakers their steady colours."""
        self._reader.meet(all_of_it)
        for explanation in explanations:
            self._one(article, explanation)

    def _one(self, article: Article, e: Explanation) -> None:
        q = e.quotation
        head = Text(f"Quotation {q.id}", style="bold underline")
        head.append(f"  {visible_line(article.source)}, line {q.line}", UNBOLD + Style(underline=False) + GREY)
        self._console.print(head, overflow="fold")
        self._console.print()
        places = (q.start, q.end, q.cue_start, q.cue_end, q.mention_start, q.mention_end)
        known = [place for place in places if place is not None]
        for text in self._reader.paragraphs(article.text, [q], near=known):
            self._reader.show(text)
            self._console.print()
        for name, value in self._facts(e):
            self._fact(name, value)
        self._console.print()
        if e.path is not None:
            for line in self._drawn(e):
                self._console.print(line, soft_wrap=True)
        if e.no_path:
            self._reader.show(Text(e.no_path, style=GREY))
        self._console.print()

    def _fact(self, name: str, value: Text) -> None:
        lines = value.wrap(self._console, max(self._reader.width - NAMES - 2, 10), overflow="fold")
        for number, line in enumerate(lines):
            line.rstrip()
            told = Text.assemble((f"  {'' if number else name:<{NAMES}}", GREY), line)
            self._console.print(told, soft_wrap=True)

    def _facts(self, e: Explanation) -> list[tuple[str, Text]]:
        q = e.quotation
        nobody = Text("not told", style=GREY)
        style = self._reader.style(q.speaker) + BOLD
        speaker = Text.assemble((visible_line(q.speaker), style)) if q.speaker else nobody
        if q.speaker and q.role:
            speaker.append(f"  {visible_line(q.role)}", GREY)
        sure = "not measured" if q.confidence is None else f"{q.confidence:.2f}, how often this rule is right"
        found: list[tuple[str, Text]] = [("speaker", speaker)]
        if q.mention:
            found.append(("mention", Text(visible_line(q.mention))))
        if e.sieve is not None:
            found.append(("resolved by", Text.assemble((e.sieve.name, BOLD), _said(e.sieve))))
        found.append(("cue", Text(visible_line(q.cue)) if q.cue else nobody))
        found.append(("kind", Text(q.kind)))
        what = "test" if q.kind == "other" else "rule"
        if e.rule is not None:
            found.append((what, Text.assemble((e.rule.name, BOLD), _said(e.rule))))
            if e.rule.example:
                found.append(("for example", Text(e.rule.example, Style(italic=True))))
            if q.kind != "other":
                found.append(("confidence", Text(sure)))
        else:
            found.append(("rule", Text("none of the rules found a source", GREY)))
        tried = ", ".join(rule.name for rule in e.tried)
        found.append(("tried before", Text(tried or "nothing: it is the first", GREY)))
        for thrown in e.thrown:
            words, by = visible_line(thrown.words), " and ".join(thrown.rules)
            veto = (thrown.veto.name, BOLD)
            found.append(("vetoed", Text.assemble(f"“{words}”, found by {by}, vetoed by ", veto, _said(thrown.veto))))
        return found

    def _drawn(self, e: Explanation) -> list[Text]:
        """The arcs; where they are wider than the screen, a relation a line."""
        path = e.path
        assert path is not None
        style = self._reader.style(e.quotation.speaker) + BOLD
        words = [visible_line(word) for word in path.words]
        gaps = ["" if adjacent else "…" for adjacent in path.adjacent]
        lines = draw(words, gaps, path.arcs, path.roles)
        if max(map(len, lines), default=0) <= self._reader.width - 2:
            *drawn, written, roles = lines
            told = [Text(f"  {line}", GREY) for line in drawn]
            body = Text("  ").append(written)
            body.stylize(BOLD)
            return [*told, body, Text(f"  {roles}", GREY)]
        return [
            Text("  ")
            .append(words[arc.head], style)
            .append(f" ── {arc.label} ─→ ", GREY)
            .append(words[arc.child], style)
            for arc in path.arcs
        ]


def _said(reason: Reason) -> str:
    return f": {reason.says}" if reason.says else ""

"""An `Explanation` in, its words on a terminal out: the quotation in context, the path, the rule, what was tried."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text

from quotes_cli.export.spans import stretches
from quotes_cli.language.explanation import Explanation, Reason, Weighed
from quotes_cli.records import INDIRECT, Article, Quotation
from quotes_cli.visible import visible_line

from .arcs import draw
from .article import GLUE, ArticlePrinter
from .table import GREY

BOLD, UNBOLD = Style(bold=True), Style(bold=False)
NAMES = 14  # columns for what a line is about


class ExplanationWriter:
    """Writes explanations with the colours of the article."""

    def __init__(self, printer: ArticlePrinter) -> None:
        self._printer = printer
        self._console = printer.console

    def write(self, article: Article, explanations: Sequence[Explanation], all_of_it: Sequence[Quotation]) -> None:
        """The asked ones; `all_of_it`, the whole article's quotations, gives the speakers their steady colours."""
        self._printer.meet(all_of_it)
        for explanation in explanations:
            self._one(article, explanation)

    def _one(self, article: Article, explanation: Explanation) -> None:
        quotation = explanation.quotation
        head = Text(f"Quotation {quotation.id}", style="bold underline")
        place = f"  {visible_line(article.source)}, line{GLUE}{quotation.line}"
        head.append(place, UNBOLD + Style(underline=False) + GREY)
        self._printer.show(head, margin="")
        self._console.print()
        places = [place for part in stretches([quotation]) for place in (part.start, part.end)]
        for text in self._printer.paragraphs(article.text, [quotation], near=places):
            self._printer.show(text)
            self._console.print()
        for name, value in self._facts(explanation):
            self._fact(name, value)
        self._console.print()
        if explanation.path is not None:
            for line in self._drawn(explanation):
                self._console.print(line, soft_wrap=True)
        if explanation.no_path:
            self._printer.show(Text(explanation.no_path, style=GREY))
        self._console.print()

    def _fact(self, name: str, value: Text) -> None:
        lines = value.wrap(self._console, max(self._printer.width - NAMES - 2, 10), overflow="fold")
        for number, line in enumerate(lines):
            line.rstrip()
            described = Text.assemble((f"  {'' if number else name:<{NAMES}}", GREY), line)
            self._console.print(described, soft_wrap=True)

    def _facts(self, explanation: Explanation) -> list[tuple[str, Text]]:
        quotation = explanation.quotation
        unknown = Text("unknown", style=GREY)
        style = self._printer.style(quotation.speaker) + BOLD
        speaker = Text.assemble((visible_line(quotation.speaker), style)) if quotation.speaker else unknown
        if quotation.speaker and quotation.role:
            speaker.append(f"  {visible_line(quotation.role)}", GREY)
        confidence = quotation.confidence
        sure = "none without a speaker" if confidence is None else f"{confidence:.2f}, how often such answers are right"
        found: list[tuple[str, Text]] = [("speaker", speaker)]
        if quotation.mention:
            found.append(("mention", Text(visible_line(quotation.mention))))
        if explanation.sieve is not None:
            found += _row("resolved by", explanation.sieve)
        found += [("candidates" if not k else "", _candidate(one)) for k, one in enumerate(explanation.candidates)]
        found.append(("cue", Text(visible_line(quotation.cue)) if quotation.cue else Text("none", style=GREY)))
        found.append(("kind", Text(quotation.kind)))
        what = "test" if quotation.kind == "other" else "rule"
        if explanation.rule is not None:
            found += _row(what, explanation.rule)
        else:
            found.append(("rule", Text("none of the rules found a source", GREY)))
        if quotation.kind != "other":
            found.append(("confidence", Text(sure)))
        if quotation.kind != INDIRECT:  # whose constructions are weighed, not tried in turn
            tried = ", ".join(rule.name for rule in explanation.tried)
            found.append(("tried before", Text(tried or "nothing: it is the first", GREY)))
        for thrown in explanation.thrown:
            words, by = visible_line(thrown.words), " and ".join(thrown.rules)
            veto = (thrown.veto.name, BOLD)
            found.append(("vetoed", Text.assemble(f"“{words}”, found by {by}, vetoed by ", veto, _said(thrown.veto))))
        return found

    def _drawn(self, explanation: Explanation) -> list[Text]:
        """The arcs; where they are wider than the screen, a relation a line."""
        path = explanation.path
        assert path is not None
        style = self._printer.style(explanation.quotation.speaker) + BOLD
        words = [visible_line(word) for word in path.words]
        gaps = ["" if adjacent else "…" for adjacent in path.adjacent]
        lines = draw(words, gaps, path.arcs, path.roles)
        if max(map(len, lines), default=0) <= self._printer.width - 2:
            *drawn, written, roles = lines
            arcs = [Text(f"  {line}", GREY) for line in drawn]
            body = Text("  ").append(written)
            body.stylize(BOLD)
            return [*arcs, body, Text(f"  {roles}", GREY)]
        relations = [(words[arc.head], f" ── {arc.label} ─→ ", words[arc.child]) for arc in path.arcs]
        return [Text.assemble("  ", (head, style), (label, GREY), (child, style)) for head, label, child in relations]


def _row(what: str, reason: Reason) -> list[tuple[str, Text]]:
    """A row of a table of rules or sieves, and its example where it has one."""
    example = [("for example", Text(reason.example, Style(italic=True)))] if reason.example else []
    return [(what, Text.assemble((reason.name, BOLD), _said(reason))), *example]


def _candidate(one: Weighed) -> Text:
    """A candidate of the ranker's on a line."""
    name = visible_line(one.name) if one.name is not None else "nobody"
    return Text.assemble((name, BOLD), f" {100 * one.probability:.0f} %", (f"  {'; '.join(one.reasons)}", GREY))


def _said(reason: Reason) -> str:
    return f": {reason.says}" if reason.says else ""

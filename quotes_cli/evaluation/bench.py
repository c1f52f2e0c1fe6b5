"""Articles pass through our pipeline, spaCy's own and textacy's here, against the clock: `make bench`.

Everything is told as a ratio of two measurements of one run, taken in turns on the same articles, with the same model,
on one core and warm: seconds differ between machines, ratios hardly do.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quotes_cli.records import Article

from .measure import BATCH, cost, exponent, machine, one_core, peak, plot, processor, race, wall

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes_cli.language.analysis import Analyser, Annotated, Shown

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
GOLD = ROOT.parent / "shared" / "gold" / "polnear-text"
CUT = 1_000  # characters of the articles that jobs are measured on, and half as many for memory: else it takes an hour
MARKS = "\"'“”‘’«»„"
TIMEOUT = 60.0  # seconds, as the command has it
STAGES = ("segment", "parse", "attribute", "resolve")

#: What anyone would write who only wants the article parsed.
FIVE_LINES = """
import pathlib, sys, spacy
nlp = spacy.load(sys.argv[1])
for path in sys.argv[2:]:
    nlp(pathlib.Path(path).read_text(encoding="utf-8"))
"""


class Row(NamedTuple):
    """A line of the table: two figures, how they compare, and what is asked for."""

    what: str
    ours: str
    other: str
    ratio: str
    target: str = ""


class Scale(NamedTuple):
    """How much is measured."""

    articles: int
    jobs: int
    memory: tuple[int, int]
    lengths: tuple[int, ...]
    starts: int


FULL = Scale(120, 2000, (1000, 10_000), (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 5_000_000), 7)
QUICK = Scale(25, 100, (50, 100), (1_000, 3_000, 10_000, 30_000), 3)


def read_articles(folder: Path) -> list[str]:
    """The texts of a folder's `.txt` files, by name."""
    return [path.read_bytes().decode("utf-8", "replace") for path in sorted(folder.glob("*.txt"))]


def spread(texts: Sequence[str], count: int) -> list[str]:
    """At most `count` of the texts, evenly from first to last."""
    count = min(count, len(texts))
    return [texts[i * len(texts) // count] for i in range(count)]


def words(texts: Sequence[str]) -> int:
    """Words between white space."""
    return sum(len(text.split()) for text in texts)


def stages(analyser: Analyser, texts: Sequence[str]) -> dict[str, float]:
    """Seconds in each stage, and `model` for the part of `parse` that is the model's own."""
    from quotes_cli.language.attribute import attribute
    from quotes_cli.language.parse import parse
    from quotes_cli.language.resolve import resolve
    from quotes_cli.language.segment import segment

    seconds = dict.fromkeys((*STAGES, "model"), 0.0)
    clock = time.perf_counter

    class Timed:
        """The analyser, with a clock beside its model."""

        words = staticmethod(analyser.words)

        def annotate(self, texts: Sequence[Shown]) -> Iterator[Annotated]:
            begin = clock()
            annotated = list(analyser.annotate(texts))
            seconds["model"] += clock() - begin
            return iter(annotated)

    for text in texts:
        times = [clock()]
        spans = segment(text)
        times.append(clock())
        if spans:
            (tokens,) = parse(Timed(), [text], [spans])
            times.append(clock())
            attributions = attribute(tokens, spans)
            times.append(clock())
            resolve(tokens, spans, attributions)
            times.append(clock())
        for stage, begin, end in zip(STAGES, times, times[1:], strict=False):
            seconds[stage] += end - begin
    return seconds


def command_run(load: Callable[[], Analyser]) -> Callable[[Sequence[str]], int]:
    """What the command does with articles that are read, in one process; each call asks for an analyser.

    A run counts the quotations that have a speaker.
    """
    from quotes_cli.language.pipeline import extract_articles
    from quotes_cli.read import ReadOptions
    from quotes_cli.work.tasks import Step, TaskOptions, serially

    def run(texts: Sequence[str]) -> int:
        steps = (Step(None, task=Article(str(k), text)) for k, text in enumerate(texts))
        extractor = partial(extract_articles, nlp=load())
        events = (event for _, event in serially(steps, lambda: extractor, TaskOptions(ReadOptions(), TIMEOUT)))
        found = chain.from_iterable(event[1] for event in events if isinstance(event, tuple))
        return sum(quotation.kind != "other" and quotation.speaker is not None for quotation in found)

    return run


def textacy_run(nlp: Language) -> Callable[[Sequence[str]], int] | str:
    """textacy's `direct_quotations` over parsed paragraphs, or why it cannot be run.

    By paragraph, because it refuses a text with an odd number of marks, and in an article that is the rule.
    """
    from quotes_cli.language.segment import paragraphs

    try:
        extract = importlib.import_module("textacy.extract.triples").direct_quotations
    except ImportError as error:
        return f"not installed ({error})"

    def run(texts: Sequence[str]) -> int:
        found = 0
        for doc in nlp.pipe(text[a:b] for text in texts for a, b in paragraphs(text)):
            try:
                found += len(list(extract(doc)))
            except ValueError:  # an odd number of marks
                continue
        return found

    try:
        run(['"We will not give up any of it," she said on Monday.'])
    except Exception as error:  # whatever another's package does on our model belongs into the table
        return f"cannot run ({type(error).__name__}: {error})"
    return run


def quotes_command() -> list[str]:
    """The installed script beside this Python, or the module."""
    script = Path(sys.executable).with_name("quotes")
    return [str(script)] if script.exists() else [sys.executable, "-m", "quotes_cli"]


def speed_rows(texts: Sequence[str], count: int) -> list[Row]:
    """Words a second, with quotations and without, and where the time goes.

    The others run the shipped model as anyone loads it, by `spacy.load`; and once more, for the indented rows, as
    `load_model` does, which multiplies by another library. All articles are new to ours, which remembers no word when
    it begins, or, in a long run, those of other articles.
    """
    import spacy

    from quotes_cli.language.pipeline import SHIPPED, load_analyser, load_model
    from quotes_cli.language.segment import segment
    from quotes_cli.language.threads import one_thread_of_blas

    plain, faster = spacy.load(SHIPPED), load_model()
    sample = spread(texts, count)
    sample *= -(-BATCH // len(sample))
    seen = {*sample}
    others = [text for text in texts if text not in seen][: 2 * BATCH]
    warm_up, new, kept = load_analyser(), load_analyser(), load_analyser()
    news = chain([warm_up], repeat(new))  # the race warms up first
    cold, long = command_run(lambda: next(news)), command_run(lambda: kept)
    long(others)

    def whole(nlp: Language) -> Callable[[Sequence[str]], int]:
        return lambda batch: sum(1 for _ in nlp.pipe(batch))

    runs = {"cold": cold, "long": long, "nlp.pipe": whole(plain), "nlp.pipe, ours": whole(faster)}
    peers = {"textacy": textacy_run(plain), "textacy, ours": textacy_run(faster)}
    runs |= {name: run for name, run in peers.items() if not isinstance(run, str)}
    with one_thread_of_blas():  # all of them: a second thread's waiting would count as theirs
        laps, total = race(runs, sample), words(sample)
    print(f"{len(sample)} articles, {total:,} words", file=sys.stderr)
    seconds = {name: lap.seconds for name, lap in laps.items()}
    rows = []
    for name, peer in (("nlp.pipe", "nlp.pipe over the whole text"), ("textacy", "textacy, by paragraph")):
        if name in seconds:
            rows.append(_rates(f"words/s: ours, unseen / {peer}", total, seconds["cold"], seconds[name], "≥ 3"))
            rows.append(_rates("  in a long run", total, seconds["long"], seconds[name], "≥ 4"))
            rows.append(
                _rates("  in a long run / on our load_model()", total, seconds["long"], seconds[f"{name}, ours"])
            )
        else:
            rows.append(Row(f"words/s: ours, unseen / {peer}", "", str(peers[name]), "", "≥ 3"))
    if "textacy" in laps:
        ours_found, its = laps["cold"].found, laps["textacy"].found
        rows.append(Row("quotations with a speaker", f"{ours_found:,}", f"{its:,}", f"{ours_found / max(1, its):.2f}"))
    # Where every article has quotations, the same without their marks.
    unquoted = [t for t in texts if not segment(t)] or [t.translate(dict.fromkeys(map(ord, MARKS))) for t in texts]
    quiet = race({"ours": long, "nlp.pipe": whole(plain)}, unquoted)
    title = f"words/s, {len(unquoted)} articles without quotation: ours / nlp.pipe"
    rows.append(_rates(title, words(unquoted), quiet["ours"].seconds, quiet["nlp.pipe"].seconds, "≥ 150"))
    times = stages(kept, spread(sample, 50))
    parts = {s: times[s] / sum(times[stage] for stage in STAGES) for s in times}
    parts["parse"] -= parts["model"]
    for label, part in (
        ("segment", "segment"),
        ("parse: the model", "model"),
        ("parse: around it", "parse"),
        ("attribute", "attribute"),
        ("resolve", "resolve"),
    ):
        rows.append(Row(f"share of time: {label}", "", "", f"{100 * parts[part]:.1f} %"))
    return rows


def _rates(what: str, count: int, ours: float, other: float, target: str = "") -> Row:
    return Row(what, f"{count / ours:,.0f}", f"{count / other:,.0f}", f"{other / ours:.2f}", target)


def start_rows(times: int) -> list[Row]:
    """How soon it answers."""
    from quotes_cli.language.pipeline import SHIPPED

    python, seeds = sys.executable, [str(path) for path in sorted(SEEDS.glob("*.txt"))]
    load = "from quotes_cli.language.pipeline import load_analyser; load_analyser()"
    pairs = {
        "quotes --version / import typer, rich": (
            [*quotes_command(), "--version"],
            [python, "-c", "import typer, rich"],
            "≤ 1.5",
        ),
        "import and load the model / import spacy": ([python, "-c", load], [python, "-c", "import spacy"], ""),
    }
    if seeds:
        script = [python, "-c", FIVE_LINES, str(SHIPPED), *seeds]
        extract = [*quotes_command(), "extract", "--quiet", *seeds]
        pairs["quotes extract seeds/*.txt / five lines"] = (extract, script, "≤ 0.9")
    rows = []
    for what, (ours, other, target) in pairs.items():
        found = wall({"ours": ours, "other": other}, times)
        a, b = found["ours"], found["other"]
        rows.append(Row(f"start, s: {what}", f"{a:.2f}", f"{b:.2f}", f"{a / b:.2f}", target))
    return rows


def many_rows(texts: Sequence[str], jobs: int, counts: tuple[int, int], longest: int) -> list[Row]:
    """Many articles: how much sooner two processes have them, and whether memory grows with their number.

    Where there are too few, they come again under other names.
    """
    rows = []
    with tempfile.TemporaryDirectory() as work:

        def command(count: int, cut: int, *more: str) -> list[str]:
            folder = Path(work) / f"{count}-{cut}"
            if not folder.exists():
                folder.mkdir()
                for i in range(count):
                    (folder / f"{i:05}.txt").write_bytes(texts[i % len(texts)][:cut].encode("utf-8"))
            return [*quotes_command(), "extract", "--quiet", *more, "--output", f"{folder}.jsonl", str(folder)]

        found = wall({"one": command(jobs, CUT), "two": command(jobs, CUT, "--jobs", "2")}, 1)
        one, two = found["one"], found["two"]
        what = f"s: {jobs:,} articles, --jobs 2 / one process"
        rows.append(Row(what, f"{two:.1f}", f"{one:.1f}", f"{one / two:.2f}", "≥ 1.7"))
        book = Path(work) / "book.txt"
        whole = "\n\n".join(texts)
        book.write_text((whole * -(-longest // len(whole)))[:longest], "utf-8", newline="")
        reading = [*quotes_command(), "extract", "--quiet", "--timeout", "0", "--output", f"{work}/book.jsonl"]
        few, many, size = peak([*(command(count, CUT // 2) for count in counts), [*reading, str(book)]])
        what = f"peak memory, MB: {counts[1]:,} / {counts[0]:,} articles"
        rows.append(Row(what, f"{many:.0f}", f"{few:.0f}", f"{many / few:.2f}", "≤ 1.20"))
        rows.append(Row(f"peak memory, MB: one article of {longest:,} characters", f"{size:.0f}", "", ""))
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description="How fast it is, as ratios.")
    parser.add_argument("--articles", type=Path, default=GOLD if GOLD.is_dir() else SEEDS, help="folder of .txt files")
    parser.add_argument("--quick", action="store_true", help="a minute instead of ten, and rougher")
    options = parser.parse_args()
    texts = read_articles(options.articles)
    if not texts:
        print(f"{options.articles} has no .txt file; name a folder with --articles", file=sys.stderr)
        return 2
    from rich.console import Console
    from rich.table import Table

    from quotes_cli.language.pipeline import extract_article, load_analyser

    scale, begin = QUICK if options.quick else FULL, time.monotonic()
    heading, analyser = machine(), load_analyser()
    rows: list[Row] = []

    def add(*found: Row) -> None:
        """Keep them, and tell at once, so that a run cut short has told something."""
        rows.extend(found)
        for row in found:
            print(*(part for part in row[:4] if part), sep="  ", file=sys.stderr)

    with one_core():
        add(*start_rows(scale.starts))
        add(*speed_rows(texts, scale.articles))
        points = cost(lambda text: extract_article(Article("-", text), analyser), texts, scale.lengths)
        add(Row("cost against length: exponent", "", "", f"{exponent(points):.2f}", "0.9 to 1.1"))
    add(*many_rows(texts, scale.jobs, scale.memory, scale.lengths[-1]))
    table = Table("", "ours", "other", "ratio", "wanted", title=f"{options.articles.name}, {processor()}")
    for row in rows:
        table.add_row(*row)
    console = Console(width=None if sys.stdout.isatty() else 125)
    console.print(heading, highlight=False)
    console.print(table)
    console.print(f"Cost against length\n{plot(points)}", highlight=False)
    console.print(f"measured in {time.monotonic() - begin:.0f} s", highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`quotes extract`: inputs and options in, each article's quotations handed to a writer as soon as they are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..errors import InputError, UsageError
from ..export.output import open_output
from ..export.registry import AUTO, Settings, choose
from ..export.sink import STDOUT, same_file
from ..read import STDIN, Input, check_encoding, find_inputs, read_articles
from ..records import KINDS, Article, Quotation
from ..status import ExitStatus, Streams

Extractor = Callable[[Article], list[Quotation]]


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """What the user asked for, one field an option; the README says what each does."""

    inputs: tuple[str, ...] = ()
    format: str = AUTO
    output: str | None = None
    encoding: str | None = None
    globs: tuple[str, ...] = ()
    model: str | None = None
    kinds: tuple[str, ...] = ()
    all_kinds: bool = False
    min_confidence: float = 0.0
    raw_cells: bool = False
    strict: bool = False

    def check(self) -> None:
        """Raise `UsageError` where the options make no sense, before any work is done."""
        for kind in self.kinds:
            if kind not in KINDS:
                raise UsageError(f"--kind: there is no kind {kind!r}; one of {', '.join(KINDS)}")
        if self.kinds and self.all_kinds:
            raise UsageError("--all and --kind contradict one another; leave one out")
        if not 0 <= self.min_confidence <= 1:
            raise UsageError(f"--min-confidence: {self.min_confidence} is not between 0 and 1")
        if self.encoding is not None:
            check_encoding(self.encoding)


def load_extractor(model: str | None) -> Extractor:
    """The pipeline with its language model; here, and not at import, because both take a second to load."""
    from ..pipeline import extract_article, load_model

    nlp = load_model(model)
    return lambda article: extract_article(article, nlp)


def extract_command(options: ExtractOptions, streams: Streams) -> ExitStatus:
    """Do it. Inputs that cannot be read are told on stderr and make the status `FAILED`; the others are done."""
    options.check()
    to_stdout = options.output in (None, STDOUT)
    chosen = choose(options.format, None if to_stdout else options.output, to_stdout and streams.stdout.isatty())
    inputs = find_inputs(_named(options.inputs, streams), options.globs)
    if not to_stdout and options.output is not None:
        _spare_inputs(inputs, options.output, streams)
    settings = Settings(raw_cells=options.raw_cells, several=len(inputs) > 1)
    status = ExitStatus.DONE
    extractor: Extractor | None = None
    with open_output(chosen, options.output, settings, streams.stdout) as output:
        for article in read_articles(inputs, options.encoding, getattr(streams.stdin, "buffer", None)):
            if isinstance(article, InputError):
                if options.strict:
                    raise article
                streams.talk(article)
                status = ExitStatus.FAILED
                continue
            extractor = extractor or load_extractor(options.model)
            output.write(article, wanted(extractor(article), options))
    return status


def wanted(quotations: Iterable[Quotation], options: ExtractOptions) -> list[Quotation]:
    """The quotations that the filters let through.

    What is no quotation (`other`) is not counted unless asked for; otherwise an id stays the same whatever the filters.
    """
    found = list(quotations)
    if not options.all_kinds and "other" not in options.kinds:
        kept = (quotation for quotation in found if quotation.kind != "other")
        found = [replace(quotation, id=number) for number, quotation in enumerate(kept, 1)]
    if options.kinds:
        found = [quotation for quotation in found if quotation.kind in options.kinds]
    if options.min_confidence > 0:
        found = [quotation for quotation in found if (quotation.confidence or 0.0) >= options.min_confidence]
    return found


def _named(names: tuple[str, ...], streams: Streams) -> tuple[str, ...]:
    """The inputs; stdin where none is named and something is piped in."""
    if names:
        return names
    if streams.stdin is None or streams.stdin.isatty():
        raise UsageError("no article named; try: quotes extract article.txt, or a folder, or pipe a text in")
    return (STDIN,)


def _spare_inputs(inputs: Iterable[Input | InputError], output: str, streams: Streams) -> None:
    """Raise `UsageError` if the output is one of the inputs, by whatever name, stdin from a file included."""
    for item in inputs:
        if isinstance(item, Input) and same_file(streams.stdin if item.path is None else item.path, output):
            raise UsageError(f"--output: {output} is an input and would be overwritten; choose another name")

"""Texts in, their quotations out, for programs that import the package: `extract` one, `extract_many` a stream of them.

`read_articles` gives the articles of files.

Any number of threads may call both at once. The model is loaded by the first call that needs it, and kept.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes_cli.commands.filters import Filters
from quotes_cli.errors import InputError, UsageError
from quotes_cli.language.pipeline import extract_articles, load_analyser
from quotes_cli.language.resolve.people import load_people
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.read import Input, PassedOverError, ReadOptions, find_inputs, read_input
from quotes_cli.read.formats import AUTO
from quotes_cli.read.options import MAX_SIZE, parse_size
from quotes_cli.records import INDIRECT, KINDS, Article, Quotation

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes_cli.language.analysis import Analyser
    from quotes_cli.work.tasks import Extractor

BATCH = 16  # texts that the model sees together: more are no faster
FilePath = str | os.PathLike[str]

_loading = threading.Lock()
_models: dict[str | None, Analyser] = {}


def extract(
    text: str | Article,
    *,
    nlp: Language | Analyser | None = None,
    source: str = "-",
    model: str | None = None,
    people: FilePath | None = None,
    cues: FilePath | None = None,
    nested: bool = False,
    block_quotes: bool = False,
    indirect: bool = False,
    attitudes: bool = False,
    kinds: Iterable[str] = (),
    min_confidence: float = 0.0,
) -> list[Quotation]:
    """Quotations of a text with their speakers, in text order, numbered from 1.

    What is no quotation (kind `other`) is left out, unless `kinds` names it; with `kinds` all others are left out, and
    with `min_confidence` (0 to 1) those whose speaker is less sure. With `indirect` also what is reported without
    marks, and with `attitudes` thoughts and wishes among it; with `nested` quotations inside quotations; with
    `block_quotes` block quotations without marks.

    `model` is a folder or package of a spaCy pipeline, the shipped one unless you say; it is loaded once, and kept.
    `nlp` is a pipeline that you have loaded yourself. `people` and `cues` are files as the command takes them, read
    again when they change. `source` is the text's name in the records; an `Article` has its own.

    Raises `TypeError` for what is no text, `UsageError` for options that make no sense, `ModelError`, `LexiconError`.
    """
    asked = _Asked(nlp, model, people, cues, nested, block_quotes, indirect, attitudes, kinds, min_confidence)
    article = _article(text, source)
    return asked.keep(asked.extractor()([article])[0])


def extract_many(
    texts: Iterable[str | Article],
    *,
    batch_size: int = BATCH,
    jobs: int = 1,
    nlp: Language | Analyser | None = None,
    model: str | None = None,
    people: FilePath | None = None,
    cues: FilePath | None = None,
    nested: bool = False,
    block_quotes: bool = False,
    indirect: bool = False,
    attitudes: bool = False,
    kinds: Iterable[str] = (),
    min_confidence: float = 0.0,
) -> Iterator[list[Quotation]]:
    """The quotations of each text, as `extract` finds them, in the order of the texts and as soon as they are found.

    Of the texts, which may come from a generator without end, so many are taken at a time as are analysed together: at
    most `batch_size`, fewer long ones. Of each you get one list, also of one without quotations. `jobs` is the number
    of processes that work (0: one a core), each with its own model; start them where no other threads run.

    Raises what `extract` does, and `InputError` where a process dies of a text; the lists before it are good.
    """
    if isinstance(texts, (str, bytes, Article)) or not isinstance(texts, Iterable):
        raise TypeError(f"extract_many takes several texts, not {_kind_of(texts)}; put them into a list")
    if batch_size < 1:
        raise UsageError(f"batch_size: {batch_size} is less than one; give a number from 1")
    if jobs < 0:
        raise UsageError(f"jobs: {jobs} is less than nothing; give a number, or 0 for all cores")
    asked = _Asked(nlp, model, people, cues, nested, block_quotes, indirect, attitudes, kinds, min_confidence)
    articles = (_article(text, "-", f"text {number}: ") for number, text in enumerate(texts, 1))
    return _in_this_process(articles, asked, batch_size) if jobs == 1 else _in_others(articles, asked, batch_size, jobs)


def read_articles(
    *names: FilePath,
    globs: Iterable[str] = (),
    input_format: str = AUTO,
    encoding: str | None = None,
    text_column: str | None = None,
    id_column: str | None = None,
    text_format: str = AUTO,
    keep: Iterable[str] = (),
    max_size: str = MAX_SIZE,
    failures: list[InputError] | None = None,
) -> Iterator[Article]:
    """The articles of files, folders and addresses, in order, one at a time, as `quotes extract` reads them.

    `text` of each is what the `line`, `start` and `end` of its records count in: of a page, a PDF or a table's cell
    what was taken out of it. Of folders the files are read that `globs` match, all kinds of articles unless you say;
    what quotes itself wrote there is passed over.

    Raises `UsageError` for options that make no sense. What cannot be read raises `InputError`; where `failures` is a
    list it is put there, and the others are read. `TypeError` for what is no name, as a list of names.
    """
    options = ReadOptions(
        input_format, encoding, text_column, id_column, parse_size(max_size), text_format, tuple(keep)
    )
    options.check()
    if others := [name for name in names if not isinstance(name, (str, os.PathLike))]:
        raise TypeError(
            f"a file is named by a str or path, not {_kind_of(others[0])}; of a list: read_articles(*names)"
        )
    found = find_inputs([str(name) for name in names], tuple(globs), with_own=options.any_table)
    return _read_all(found, options, failures)


def _read_all(
    inputs: Iterable[Input | InputError], options: ReadOptions, failures: list[InputError] | None
) -> Iterator[Article]:
    for item in inputs:
        if isinstance(item, PassedOverError):
            continue
        for found in [item] if isinstance(item, InputError) else read_input(item, options):
            if isinstance(found, Article):
                yield found
            elif failures is None:
                raise found
            else:
                failures.append(found)


def _in_this_process(articles: Iterable[Article], asked: _Asked, most: int) -> Iterator[list[Quotation]]:
    from quotes_cli.work.tasks import batches

    extractor = asked.extractor()
    for batch in batches(articles, lambda article: len(article.text), most):
        yield from map(asked.keep, extractor(batch))


def _in_others(articles: Iterable[Article], asked: _Asked, most: int, jobs: int) -> Iterator[list[Quotation]]:
    from quotes_cli.work.cores import cores
    from quotes_cli.work.pool import Pool
    from quotes_cli.work.tasks import Step, TaskOptions

    steps = (Step(None, task=article) for article in articles)
    with Pool(jobs or cores(), asked.extractor, TaskOptions(ReadOptions(), together=most)) as pool:
        for _, event in pool.run(steps):
            if isinstance(event, InputError):
                raise event
            if isinstance(event, tuple):
                yield asked.keep(event[1])


@dataclass(frozen=True)
class _Asked:
    """What the caller wants. Raises `UsageError` where that makes no sense."""

    nlp: Language | Analyser | None
    model: str | None
    people: FilePath | None
    cues: FilePath | None
    nested: bool
    block_quotes: bool
    indirect: bool
    attitudes: bool
    kinds: Iterable[str]
    min_confidence: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", (self.kinds,) if isinstance(self.kinds, str) else tuple(self.kinds))
        for kind in self.kinds:
            if kind not in KINDS:
                raise UsageError(f"kinds: there is no kind {kind!r}; some of {', '.join(KINDS)}")
        if not 0 <= self.min_confidence <= 1:
            raise UsageError(f"min_confidence: {self.min_confidence} is not between 0 and 1")
        if self.nlp is not None and self.model is not None:
            raise UsageError("nlp and model contradict one another; leave one out")

    def keep(self, found: list[Quotation]) -> list[Quotation]:
        """Those of an article that are wanted."""
        return Filters(kinds=tuple(self.kinds), min_confidence=self.min_confidence).keep(found)

    def extractor(self) -> Extractor:
        """What finds the quotations of several articles."""
        return partial(
            extract_articles,
            lexicon=_read(load_lexicon, self.cues) if self.cues is not None else None,
            people=_read(load_people, self.people) if self.people is not None else None,
            nlp=self.nlp or _kept(self.model),
            nested=self.nested,
            block_quotes=self.block_quotes,
            indirect=self.indirect or self.attitudes or INDIRECT in self.kinds,
            attitudes=self.attitudes,
        )


def _kept(name: str | None) -> Analyser:
    """A model, loaded once for all threads; one that cannot be loaded is tried again the next time."""
    nlp = _models.get(name)
    if nlp is None:
        with _loading:
            nlp = _models.get(name)
            if nlp is None:
                nlp = _models[name] = load_analyser(name)
    return nlp


def _read(load: Callable[[Path], Any], path: FilePath) -> Any:
    """What is in a list of the user's own, as it is now."""
    try:
        seen = os.stat(path)
    except (OSError, ValueError):
        return load(Path(path))  # says what is wrong
    return _read_once(load, Path(path), seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=16)
def _read_once(load: Callable[[Path], Any], path: Path, changed: int, size: int) -> Any:
    return load(path)


def _article(text: str | Article, source: str, which: str = "") -> Article:
    """Raises `TypeError` where the text is none."""
    if isinstance(text, Article):
        _article(text.text, source, which)
        return text
    if not isinstance(text, str):
        remedy = "decode them first, as with .decode('utf-8')" if isinstance(text, bytes) else "give a str"
        raise TypeError(f"{which}an article is text, not {_kind_of(text)}; {remedy}")
    return Article(source, text)


def _kind_of(thing: object) -> str:
    if isinstance(thing, (str, Article)):
        return "a single one"
    return "None" if thing is None else type(thing).__name__

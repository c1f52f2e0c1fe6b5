"""The whole way: an article in, its `Quotation` records out. The only module that knows every stage."""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes_cli.errors import ModelError
from quotes_cli.records import INDIRECT, Article, Attribution, MarkedSpan, Quotation, Resolution

from .analysis import Analyser
from .attribute import attribute
from .attribute.indirect import statements
from .confidence import confidence as sure
from .confidence import doubted
from .parse import Reference, parse
from .parts import MOST, in_parts, stretches
from .resolve import resolve
from .segment import line_breaks, paragraphs, segment
from .threads import one_thread_of_blas
from .tokens import Tokens
from .words.cues import Lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

    from .resolve.people import Person

SHIPPED = Path(__file__).parent.parent / "model"
_TOKENIZER, _UNFILLED = "spacy.Tokenizer.v1", "quotes.Unfilled.v1"


def load_analyser(name: str | None = None, *, fast: bool = True) -> Analyser:
    """The shipped model, which does not need spaCy if `fast`; or another, by its folder or installed package's name.

    Raises `ModelError` as `load_model` does.
    """
    if name is not None or not fast:
        return Reference(load_model(name))
    from .fast import Fast

    try:
        return Fast()
    except Exception as error:  # the files may hold anything
        raise _unloadable("the shipped model", error, "reinstall quotes-cli") from error


def load_model(name: str | None = None) -> Language:
    """Load the shipped pipeline, or another by its folder or installed package's name.

    Raises `ModelError` where it is missing or broken, was made for another spaCy, or is no English parser.
    """
    import spacy
    from thinc.api import NumpyOps, get_current_ops, use_ops

    what = "the shipped model" if name is None else f"model {name}"
    remedy = "reinstall quotes-cli" if name is None else "name a folder or an installed package of a spaCy pipeline"
    plain = type(get_current_ops()) is NumpyOps  # no graphics card, no library of Apple's
    try:
        with (
            warnings.catch_warnings(),
            use_ops("numpy", use_blis=False) if plain else nullcontext(),  # numpy multiplies two to five times as fast
        ):
            warnings.filterwarnings("error", message=r"\[W09[45]\]")  # made for another minor version
            if name is None:
                _register()
                nlp = spacy.load(SHIPPED, config={"nlp.tokenizer.@tokenizers": _UNFILLED})
                nlp.config["nlp"]["tokenizer"]["@tokenizers"] = _TOKENIZER  # so that it can be saved for anyone
            else:
                nlp = spacy.load(name)
    except Exception as error:  # spaCy and its files raise whatever they like
        if isinstance(error, UserWarning):
            fits = ".".join(spacy.about.__version__.split(".")[:2])
            raise ModelError(f"{what} was made for another spaCy; install one made for spaCy {fits}") from error
        raise _unloadable(what, error, remedy) from error
    if nlp.lang != "en" or "parser" not in nlp.pipe_names:
        raise ModelError(f"{what} has no English parser; name a pipeline with a tagger and a parser for English")
    if not {"tagger", "morphologizer"} & set(nlp.pipe_names):
        raise ModelError(f"{what} has no tagger; name a pipeline with a tagger and a parser for English")
    if name is None:
        index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined] # no common type
        for pos, lemmas in index.items():
            index[pos] = dict.fromkeys(lemmas)  # lists in the file; each word is looked up in them (a set is not saved)
    return nlp


@cache
def _register() -> None:
    """Tell spaCy of a tokenizer to read the shipped one's rules into: its own would read its rules first, a fifth of
    the load."""
    from spacy.tokenizer import Tokenizer
    from spacy.util import registry

    @registry.tokenizers(_UNFILLED)  # type: ignore[untyped-decorator] # catalogue has no types
    def unfilled() -> Callable[[Language], Tokenizer]:
        return lambda nlp: Tokenizer(nlp.vocab)


def _unloadable(what: str, error: Exception, remedy: str) -> ModelError:
    reason = " ".join(str(error).split())[:150] or type(error).__name__
    return ModelError(f"{what} cannot be loaded ({reason}); {remedy}")


def attribute_and_resolve(
    tokens: Tokens,
    spans: Sequence[MarkedSpan],
    lexicon: Lexicon | None = None,
    people: Sequence[Person] | None = None,
) -> tuple[list[Attribution], list[Resolution]]:
    """Attribution and resolution of each span of a parsed article."""
    attributions = attribute(tokens, spans, lexicon)
    found = resolve(tokens, spans, attributions, people)
    return attributions, list(map(doubted, attributions, found))


def add_indirect(
    tokens: Tokens,
    spans: Sequence[MarkedSpan],
    found: tuple[list[Attribution], list[Resolution]],
    lexicon: Lexicon | None = None,
    people: Sequence[Person] | None = None,
    *,
    attitudes: bool = False,
) -> tuple[list[MarkedSpan], list[Attribution], list[Resolution]]:
    """What was found for the marked spans, and in text order between them what a fully parsed article reports without
    marks; with `attitudes` thoughts and wishes, too."""
    reported = statements(tokens, spans, lexicon, attitudes=attitudes)
    every = [*spans, *(one.span for one in reported)]
    attributions = [*found[0], *(one.attribution for one in reported)]
    resolved = resolve(tokens, every, attributions, people)[len(spans) :]  # who is quoted in marks stays as it is
    answers = [*found[1], *map(doubted, attributions[len(spans) :], resolved)]
    order = sorted(range(len(every)), key=lambda i: (every[i].start, -every[i].end))
    return [every[i] for i in order], [attributions[i] for i in order], [answers[i] for i in order]


def extract_article(article: Article, nlp: Language | Analyser, **options: Any) -> list[Quotation]:
    """`extract_articles` of one article."""
    return extract_articles([article], nlp, **options)[0]


def extract_articles(
    articles: Sequence[Article],
    nlp: Language | Analyser,
    *,
    lexicon: Lexicon | None = None,
    people: Sequence[Person] | None = None,
    nested: bool = False,
    block_quotes: bool = False,
    indirect: bool = False,
    attitudes: bool = False,
) -> list[list[Quotation]]:
    """All marked stretches of each article in text order, also those of kind `other`; inner ones only with `nested`.

    With `indirect` also what is reported without marks, for which the whole text is analysed; with `attitudes` thoughts
    and wishes among it. Several articles at once are faster: the model sees their paragraphs together. One of more than
    `parts.MOST` quotations is read in parts.
    """
    together = partial(
        _together,
        nlp=nlp,
        lexicon=lexicon,
        people=people,
        nested=nested,
        block_quotes=block_quotes,
        indirect=indirect,
        attitudes=attitudes,
    )
    long = [stretches(article.text) > MOST for article in articles]
    short = iter(together([article for article, is_long in zip(articles, long, strict=True) if not is_long]))
    return [
        in_parts(article, lambda part: together([part])[0]) if is_long else next(short)
        for article, is_long in zip(articles, long, strict=True)
    ]


def _together(
    articles: Sequence[Article],
    *,
    nlp: Language | Analyser,
    lexicon: Lexicon | None,
    people: Sequence[Person] | None,
    nested: bool,
    block_quotes: bool,
    indirect: bool,
    attitudes: bool,
) -> list[list[Quotation]]:
    """The same of articles each of which is read as a whole."""
    spans = [segment(article.text, block_quotes=block_quotes) for article in articles]
    quoting = [i for i, own in enumerate(spans) if own or (indirect and articles[i].text.strip())]
    with one_thread_of_blas():
        tables = parse(nlp, [articles[i].text for i in quoting], [spans[i] for i in quoting], fully=indirect)
    found: list[list[Quotation]] = [[] for _ in articles]
    for i, tokens in zip(quoting, tables, strict=True):
        answers = attribute_and_resolve(tokens, spans[i], lexicon, people)
        every: tuple[Sequence[MarkedSpan], list[Attribution], list[Resolution]] = (spans[i], *answers)
        if indirect and len(tokens):
            every = add_indirect(tokens, spans[i], answers, lexicon, people, attitudes=attitudes)
        found[i] = records(articles[i], *every, nested=nested)
    return found


def records(
    article: Article,
    spans: Sequence[MarkedSpan],
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
    *,
    nested: bool = False,
) -> list[Quotation]:
    """The rows of the quote table; ids count from 1 in text order."""
    text = article.text
    found: list[Quotation] = []
    starts = [start for start, _ in paragraphs(text)]
    line, counted = 1, 0
    utterances: dict[tuple[str, int], int] = {}
    for span, attribution, resolution in zip(spans, attributions, resolutions, strict=True):
        if span.parent is not None and not nested and attribution.kind != INDIRECT:
            continue
        line += line_breaks(text, counted, span.start)
        counted = span.start
        cue, mention = attribution.cue, attribution.mention
        place = ("tag", cue[0]) if cue else ("tag", mention[0]) if mention else ("alone", span.start)
        said = attribution.kind != "other"
        found.append(
            Quotation(
                source=article.source,
                id=len(found) + 1,
                quote=text[span.start : span.end],
                speaker=resolution.speaker,
                cue=text[slice(*cue)] if cue else None,
                mention=text[slice(*mention)] if mention else None,
                kind=attribution.kind,
                rule=attribution.rule or (resolution.sieve if resolution.speaker else None),
                confidence=sure(attribution, resolution),
                line=line,
                start=span.start,
                end=span.end,
                cue_start=cue[0] if cue else None,
                cue_end=cue[1] if cue else None,
                mention_start=mention[0] if mention else None,
                mention_end=mention[1] if mention else None,
                speaker_type=resolution.speaker_type,
                role=resolution.role,
                paragraph=bisect_right(starts, span.start),
                utterance=utterances.setdefault(place, len(utterances) + 1) if said else None,
                person=resolution.speaker if resolution.known else None,
                named=("yes" if resolution.named else "no") if resolution.speaker else None,
                gender=resolution.gender,
            )
        )
    return [replace(q, holds=_held(q, found)) if q.kind == INDIRECT else q for q in found]


def _held(statement: Quotation, quotations: Sequence[Quotation]) -> str | None:
    """The ids of the quotations in marks, given in text order, that are a part of what the same cue or speaker is
    reported to have said."""
    first, last = (
        bisect_left(quotations, place, key=attrgetter("start")) for place in (statement.start, statement.end)
    )
    held = [
        str(q.id)
        for q in quotations[first:last]
        if q.kind in ("direct", "mixed")
        and q.start < q.end <= statement.end
        and (q.cue_start == statement.cue_start or (q.speaker is not None and q.speaker == statement.speaker))
    ]
    return "; ".join(held) or None

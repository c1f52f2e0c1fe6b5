"""Annotated texts pass through the walk of the resolver here; what it had to choose from, and what is right, comes out.

Right is known for the pronouns and descriptions of the coreference corpora, for mentions and unsourced quotations of
the name gold, for unsourced quotations of PolNeAR, whose sources are annotated, and for those of its descriptions that
`descriptions.tsv` labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language

from quotes_cli.evaluation.accuracy import scorer
from quotes_cli.language.attribute import attribute
from quotes_cli.language.confidence import features
from quotes_cli.language.parse import parse
from quotes_cli.language.personal_names import bare, key_of
from quotes_cli.language.resolve import prepare, resolutions, resolve
from quotes_cli.language.resolve.discourse import Candidate, Discourse
from quotes_cli.language.resolve.entities import Entity
from quotes_cli.language.resolve.phrases import mention_of
from quotes_cli.language.resolve.ranker import Spell
from quotes_cli.language.resolve.unsourced import CONTEXT, suggest
from quotes_cli.language.segment import segment
from quotes_cli.language.tokens import Tokens
from quotes_cli.records import MarkedSpan

from . import coreference, labelled
from .coreference import Annotated

NAMES = ("names-polnear", "names-press-train", "names-dev")  # the gold of names that may be learnt from
DESCRIPTIONS = Path(__file__).parent / "descriptions.tsv"
NOBODY = "-"  # in it: nobody whom the article named or described before
TOGETHER = 20  # texts that are parsed at a time

Right = Callable[[Discourse, int, str, Sequence[Any]], "list[bool] | None"]


class Example(NamedTuple):
    """Candidates of one mention by their features, which of them are right, and whether the text is news."""

    choice: str
    candidates: list[list[str]]
    right: list[bool]
    news: bool
    source: str


@dataclass
class Text:
    """A parsed text with its quotations, and the function that knows the right candidates of a mention, None if not."""

    name: str
    tokens: Tokens
    spans: Sequence[MarkedSpan]
    right: Right
    news: bool = False
    golds: Sequence[dict[str, Any]] = ()


class Taught(Discourse):
    """A walk that goes on from the right candidate and writes down what it had to choose from."""

    text: Text
    examples: list[Example]

    def decide(
        self,
        i: int,
        choice: str,
        candidates: list[Candidate],
        spell: Spell,
        doubtful: Candidate | None = None,
    ) -> Candidate:
        chosen = super().decide(i, choice, candidates, spell, doubtful)
        right = self.text.right(self, i, choice, candidates)
        if not right or not any(right):
            return chosen
        every = list(map(list, spell(None)))
        self.examples.append(Example(choice, every, right, self.text.news, self.text.name))
        return chosen if right[candidates.index(chosen)] else candidates[right.index(True)]


def examples_of(text: Text) -> list[Example]:
    """What the walk through one text had to choose, with the present weights."""
    attributions = attribute(text.tokens, text.spans)
    walk, mentions = prepare(text.tokens, text.spans, attributions, walk=Taught)
    assert isinstance(walk, Taught)
    walk.text, walk.examples = text, []
    walk.run(everywhere=not text.news)
    suggest(walk, text.spans, attributions, resolutions(walk, mentions))
    return walk.examples


def judged(text: Text, score: Any) -> Iterator[tuple[dict[str, float], bool]]:
    """The features of each speaker that is given in a text with gold names, and whether it is right exactly."""
    attributions = attribute(text.tokens, text.spans)
    found = resolve(text.tokens, text.spans, attributions)
    predictions: list[dict[str, Any]] = [
        {"start": span.start, "end": span.end, "speaker": resolution.speaker, "mention_start": None, "answer": answer}
        for answer, (span, attribution, resolution) in enumerate(zip(text.spans, attributions, found, strict=True))
        if attribution.kind != "other" and span.parent is None
    ]
    _, rows = score.score([{"doc": text.name, "quotes": text.golds}], {text.name: predictions})
    right = {row["pred"]["answer"]: row["strict"] for row in rows if row["pred"] is not None}
    for prediction in predictions:
        if prediction["speaker"] is not None:
            k = prediction["answer"]
            yield features(attributions[k], found[k]), right.get(k, False)


def of_clusters(annotated: Annotated, tokens: Tokens) -> Right:
    """Right is a candidate whose last mention has a cluster of the pronoun's or description's."""
    clusters: dict[int, set[str]] = defaultdict(set)
    for cluster, stretches in annotated.clusters.items():
        for start, end in stretches:
            first, last = tokens.range_of(start, end)
            if first < last:
                clusters[tokens.leftmost_top(first, last)].add(cluster)

    def right(walk: Discourse, i: int, choice: str, candidates: Sequence[Any]) -> list[bool] | None:
        if i not in clusters or choice == CONTEXT:
            return None
        traces = walk.focus.traces
        last = [traces[entity].token if entity in traces else -1 for entity in candidates]
        found = [not clusters[i].isdisjoint(clusters.get(token, ())) for token in last]
        if candidates[-1].tokens == [i] and not any(found):  # a description of nobody before
            found[-1] = True
        return found

    return right


def of_speakers(golds: Sequence[dict[str, Any]], mentions: dict[int, int], quotations: dict[int, int]) -> Right:
    """Right is a candidate that bears the name of the quotation's speaker; `mentions` and `quotations` give the gold
    quotation (its index) of a mention's head and of a quotation's first token."""

    def right(walk: Discourse, i: int, choice: str, candidates: Sequence[Any]) -> list[bool] | None:
        known = quotations if choice == CONTEXT else mentions
        if i not in known:
            return None
        gold = golds[known[i]]
        keys = {bare(key_of(name.split())) for name in gold["speakers"] if name and ";" not in name}
        if choice == CONTEXT:
            found = [name is not None and bare(key_of(name.split())) in keys for name in candidates]
            return found if any(found) else [name is None for name in candidates]
        found = [not keys.isdisjoint(_keys(entity)) for entity in candidates]
        if candidates[-1].tokens == [i] and not any(found):
            found[-1] = all(keys.isdisjoint(_keys(entity)) for entity in walk.inventory.entities)
        return found

    return right


def of_mentions(golds: Sequence[dict[str, Any]], tokens: Tokens, quotations: dict[int, int]) -> Right:
    """For unsourced quotations alone: right is the candidate whom the gold's words for the source name."""

    def right(walk: Discourse, i: int, choice: str, candidates: Sequence[Any]) -> list[bool] | None:
        if choice != CONTEXT or i not in quotations:
            return None
        meant = {
            walk.at[k].name
            for source in golds[quotations[i]]["sources"]
            for k in range(*tokens.range_of(source["start"], source["end"]))
            if k in walk.at
        }
        found = [name is not None and name in meant for name in candidates]
        return found if any(found) else [name is None for name in candidates]

    return right


def of_descriptions(names: dict[int, str], tokens: Tokens, others: Right) -> Right:
    """Right is a candidate that bears the name of the description's character in `names`, or nobody before it for `-`;
    `others` knows what is right for all else."""

    def right(walk: Discourse, i: int, choice: str, candidates: Sequence[Any]) -> list[bool] | None:
        if choice != "description":
            return others(walk, i, choice, candidates)
        name = names.get(tokens.start[i])
        if name is None:
            return None
        *before, last = candidates
        new = last.tokens == [i]
        if name == NOBODY:
            return [*(False for _ in before), True] if new else None
        return [*(one.name == name for one in before), last.name == name and not new]

    return right


def read_descriptions() -> dict[str, dict[int, str]]:
    """Article to the character of each description that is labelled there, and whom it means."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for line in DESCRIPTIONS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            article, start, name = line.split("\t")
            found[article][int(start)] = name
    return found


def _keys(entity: Entity) -> list[tuple[str, ...]]:
    name = entity.name
    return [bare(key_of(name.split()))] if name else []


def read_coreference(data: Path, nlp: Language) -> Iterator[Text]:
    """GUM, GAP and LitBank."""
    annotated = list(coreference.read(data))
    for found, (spans, tokens) in zip(annotated, _parsed(nlp, [a.text for a in annotated], fully=True), strict=True):
        yield Text(found.name, tokens, spans, of_clusters(found, tokens))


def read_names(gold: Path, nlp: Language) -> Iterator[Text]:
    """The articles with the names of their speakers."""
    score = scorer(gold)
    golds = [(name, article) for name in NAMES for article in score.read(gold / f"{name}.jsonl")]
    folder = gold / "names-text"
    texts = [(folder / f"{article['doc']}.txt").read_text(encoding="utf-8") for _, article in golds]
    yield from _named(score, nlp, [f"{name} {a['doc']}" for name, a in golds], [a["quotes"] for _, a in golds], texts)


def read_labelled(work: Path, gold: Path, nlp: Language) -> Iterator[Text]:
    """The articles that readers labelled: to learn from, never to be held out."""
    names, golds, texts = zip(*labelled.articles(work, gold), strict=True)
    for text in _named(scorer(gold), nlp, names, golds, texts):
        yield replace(text, golds=())


def _named(
    score: Any, nlp: Language, names: Sequence[str], golds: Sequence[list[dict[str, Any]]], texts: Sequence[str]
) -> Iterator[Text]:
    """Parsed articles of which the speakers' names are known."""
    for name, quotes, (spans, tokens) in zip(names, golds, _parsed(nlp, texts), strict=True):
        attributions = attribute(tokens, spans)
        mentions: dict[int, int] = {}
        quotations: dict[int, int] = {}
        for j, k in _matched(score, quotes, spans).items():
            quotations.setdefault(tokens.range_of(spans[k].start, spans[k].end)[0], j)
            found, quote = attributions[k], quotes[j]
            if found.mention and quote["kind"] == "speech" and quote["speakers"]:
                said = tokens.text[slice(*found.mention)].lower()
                wanted = (quote.get("mention") or said).lower()
                if wanted in said or said in wanted:
                    mentions.setdefault(mention_of(tokens, *(found.antecedent or found.mention)).head, j)
        yield Text(name, tokens, spans, of_speakers(quotes, mentions, quotations), news=True, golds=quotes)


def read_polnear(gold: Path, nlp: Language) -> Iterator[Text]:
    """PolNeAR's training articles that have no names of speakers, with what is labelled of their descriptions."""
    described = read_descriptions()
    score = scorer(gold)
    named = {article["doc"] for name in NAMES for article in score.read(gold / f"{name}.jsonl")}
    named.update(name.removeprefix(labelled.POLNEAR) for name in labelled.labels())
    golds = [article for article in score.read(gold / "polnear-train.jsonl") if article["doc"] not in named]
    texts = [(gold / "polnear-text" / f"{article['doc']}.txt").read_text(encoding="utf-8") for article in golds]
    for article, (spans, tokens) in zip(golds, _parsed(nlp, texts), strict=True):
        matched = _matched(score, article["quotes"], spans)
        quotations = {tokens.range_of(spans[k].start, spans[k].end)[0]: j for j, k in reversed(matched.items())}
        unsourced = of_mentions(article["quotes"], tokens, quotations)
        right = of_descriptions(described.get(article["doc"], {}), tokens, unsourced)
        yield Text(f"polnear {article['doc']}", tokens, spans, right, news=True)


def _parsed(nlp: Language, texts: Sequence[str], fully: bool = False) -> Iterator[tuple[list[MarkedSpan], Tokens]]:
    for k in range(0, len(texts), TOGETHER):
        some = texts[k : k + TOGETHER]
        spans = [segment(text) for text in some]
        yield from zip(spans, parse(nlp, some, spans, fully=fully), strict=True)


def _matched(score: Any, golds: Sequence[dict[str, Any]], spans: Sequence[MarkedSpan]) -> dict[int, int]:
    """Index of each gold quotation to that of its span."""
    found: dict[int, int] = score.match([{"start": span.start, "end": span.end} for span in spans], golds)
    return found

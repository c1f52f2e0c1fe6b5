"""An article in, an `Explanation` of each of its quotations out: the rule, those before it, the path in the parse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quotes_cli.errors import InputError
from quotes_cli.records import INDIRECT, Article, Attribution, MarkedSpan, Quotation, Ranking, Resolution, Vetoed

from .analysis import Analyser
from .attribute.indirect.rules import TABLE
from .attribute.kinds import OTHER
from .attribute.rules import RULES
from .attribute.turns import EXAMPLE, TURN, turn
from .attribute.vetoes import VETOES
from .parse import parse
from .parts import MOST, stretches
from .pipeline import add_indirect, attribute_and_resolve, records
from .resolve.ranker import weights
from .resolve.sieves import SIEVES
from .segment import segment
from .tokens import Tokens
from .words.cues import Lexicon

if TYPE_CHECKING:
    from spacy.language import Language

    from .resolve.people import Person


CANDIDATES, REASONS = 4, 4  # as many are shown
UNLIKELY = 0.005  # what rounds to nothing is not shown


@dataclass(frozen=True, slots=True)
class Arc:
    """Word `child` depends on word `head` (indices) by the relation `label`."""

    head: int
    child: int
    label: str

    @property
    def ends(self) -> tuple[int, int]:
        return min(self.head, self.child), max(self.head, self.child)


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule, test, sieve or veto: its name, what it says of itself, and its example where it has one."""

    name: str
    says: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Thrown:
    """What rules, by name, found, as words of the text, and the veto that threw it out."""

    rules: tuple[str, ...]
    words: str
    veto: Reason


@dataclass(frozen=True, slots=True)
class Path:
    """The words of a dependency path in text order, with what each is (`mention`, `cue`, `quotation` or nothing)."""

    words: tuple[str, ...]
    roles: tuple[str, ...]
    adjacent: tuple[bool, ...]  # does word i + 1 follow word i in the text?
    arcs: tuple[Arc, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate of the ranker's: its name, its probability, and what spoke most for it against the best other one."""

    name: str | None
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a quotation has its speaker. `paths` lead from the mention to the cue, and from the cue to the quotation.

    `tried` are the rules that had no answer; `sieve` is what resolved the mention. `no_path` says what the parse
    does not join. `thrown` is what rules found and vetoes threw out. `candidates` are those of a pronoun, a
    description or an unsourced quotation, the likeliest first.
    """

    quotation: Quotation
    rule: Reason | None
    tried: tuple[Reason, ...]
    sieve: Reason | None
    path: Path | None
    no_path: str = ""
    thrown: tuple[Thrown, ...] = ()
    candidates: tuple[Weighed, ...] = ()


def reason(name: str, function: Callable[..., Any], example: str = "") -> Reason:
    """A row of a table of rules: the function's docstring, its first paragraph, says what it does."""
    says = (function.__doc__ or "").split("\n\n")[0]
    return Reason(name, _plain(says).rstrip("."), example.replace("\n\n", " / "))


def _plain(text: str) -> str:
    """One line; what docstrings put in *asterisks* in quotation marks."""
    return re.sub(r"\*(.+?)\*", r"“\1”", " ".join(text.split()))


def rules() -> tuple[Reason, ...]:
    """All rules in the order in which they are tried."""
    return tuple(reason(rule.name, rule.find, rule.example) for rule in RULES)


def constructions() -> tuple[Reason, ...]:
    """The constructions of what is reported without marks; none goes before another."""
    return tuple(
        reason(name, row.find, example) for row in TABLE for name, example in zip(row.names, row.examples, strict=True)
    )


def tests() -> tuple[Reason, ...]:
    """All tests that say the marks hold no quotation, in their order."""
    return tuple(reason(test.name, test.holds, test.example) for test in OTHER)


def sieve(name: str | None) -> Reason | None:
    """The sieve of that name; a name alone where it is none's ("context")."""
    rows = (reason(row.name, row.find, row.example) for row in SIEVES if row.name == name)
    return next(rows, None) or (Reason(name) if name else None)


def tried_before(rule: str | None, kind: str) -> tuple[Reason | None, tuple[Reason, ...]]:
    """The rule (or test, for what is no quotation) that fired, and those before it: all of them where none fired."""
    if rule == TURN:
        return reason(TURN, turn, EXAMPLE), ()
    if kind == INDIRECT:
        return next((one for one in constructions() if one.name == rule), None), ()
    every = tests() if kind == "other" else rules()
    for number, one in enumerate(every):
        if one.name == rule:
            return one, every[:number]
    return (Reason(rule), ()) if rule is not None else (None, every)


def thrown_out(text: str, vetoed: Sequence[Vetoed]) -> tuple[Thrown, ...]:
    """What vetoes threw out, once where several rules found it."""
    rules: dict[tuple[str, tuple[int, int]], dict[str, None]] = {}
    for one in vetoed:
        rules.setdefault((one.veto, one.place), {})[one.rule] = None
    vetoes = {veto.name: reason(veto.name, veto.holds, veto.example) for veto in VETOES}
    return tuple(Thrown(tuple(names), text[slice(*place)], vetoes[veto]) for (veto, place), names in rules.items())


def weighed(ranking: Ranking | None) -> tuple[Weighed, ...]:
    """The likeliest candidates with their decisive features: those by whose weights each is ahead of its best rival."""
    if ranking is None:
        return ()
    known = weights()[ranking.choice]
    found: list[Weighed] = []
    for one in ranking.candidates[:CANDIDATES]:
        if found and one.probability < UNLIKELY:
            break
        rival = next((other for other in ranking.candidates if other is not one), None)
        against = set(rival.features) if rival else set()
        own = {name: known.get(name, 0.0) for name in one.features if name not in against}
        best = sorted((name for name in own if own[name] > 0), key=lambda name: (-own[name], name))
        found.append(Weighed(one.name, one.probability, tuple(best[:REASONS])))
    return tuple(found)


def explain(
    article: Article,
    nlp: Language | Analyser,
    *,
    lexicon: Lexicon | None = None,
    people: Sequence[Person] | None = None,
    nested: bool = False,
    block_quotes: bool = False,
    indirect: bool = False,
    attitudes: bool = False,
) -> list[Explanation]:
    """Explanations of all marked stretches, in text order; the quotations are those of `pipeline.extract_article`.

    Raises `InputError` for a text that is read in parts.
    """
    if stretches(article.text) > MOST:
        raise InputError(f"{article.source}: of more than {MOST:,} quotations none is explained; make a file of a part")
    spans = segment(article.text, block_quotes=block_quotes)
    if not spans and not indirect:
        return []
    (tokens,) = parse(nlp, [article.text], [spans], fully=indirect)
    answers = attribute_and_resolve(tokens, spans, lexicon, people)
    every: tuple[Sequence[MarkedSpan], list[Attribution], list[Resolution]] = (spans, *answers)
    if indirect and len(tokens):
        every = add_indirect(tokens, spans, answers, lexicon, people, attitudes=attitudes)
    spans, attributions, resolutions = list(every[0]), every[1], every[2]
    found = records(article, spans, attributions, resolutions, nested=nested)
    resolved = {(s.start, s.end): r for s, r in zip(spans, resolutions, strict=True)}
    vetoed = {(s.start, s.end): a.vetoed for s, a in zip(spans, attributions, strict=True)}
    explanations = []
    for q in found:
        rule, before = tried_before(q.rule, q.kind)
        path, no_path = path_of(tokens, q)
        thrown = thrown_out(article.text, vetoed[q.start, q.end])
        answer = resolved[q.start, q.end]
        candidates = weighed(answer.ranking() if answer.ranking is not None else None)
        explanations.append(Explanation(q, rule, before, sieve(answer.sieve), path, no_path, thrown, candidates))
    return explanations


def path_of(tokens: Tokens, quotation: Quotation) -> tuple[Path | None, str]:
    """The relations from mention over cue to quotation as far as the parse joins them, or why there are none."""
    mentioned, cued, quoted = (
        range(*tokens.range_of(start, end)) if start is not None and end is not None else range(0)
        for start, end in (
            (quotation.mention_start, quotation.mention_end),
            (quotation.cue_start, quotation.cue_end),
            (quotation.start, quotation.end),
        )
    )
    mention, cue, inside = (
        tokens.tops_by_size(mentioned)[:1],
        tokens.tops_by_size(cued)[:1],
        tokens.tops_by_size(quoted),
    )
    if not mention:
        return None, ""
    ways, reason = _ways(tokens, mention, cue if cued else None, inside)
    if not ways:
        return None, reason
    joined = sorted({*ways, *ways.values()})
    roles = {**dict.fromkeys(inside, "quotation"), **dict.fromkeys(cue, "cue"), **dict.fromkeys(mention, "mention")}
    shown = [_shown(i, joined, (mentioned, cued)) for i in joined]
    place = {token: number for number, token in enumerate(joined)}
    path = Path(
        tuple(tokens.text[tokens.start[part[0]] : tokens.end[part[-1]]] for part in shown),
        tuple(roles.get(i, "") for i in joined),
        tuple(following[0] == part[-1] + 1 for part, following in pairwise(shown)),
        tuple(Arc(place[head], place[child], tokens.dep[child]) for child, head in sorted(ways.items())),
    )
    return path, reason


def _ways(
    tokens: Tokens, mention: Sequence[int], cue: Sequence[int] | None, inside: Sequence[int]
) -> tuple[dict[int, int], str]:
    """Each dependent with its head on the ways from mention to cue to quotation, and which of the two is missing."""
    if cue is None:
        found = _shortest(tokens, mention, inside)
        reason = "There is no cue, and the parse does not join the mention and the quotation."
        return found or {}, "" if found is not None else reason
    to_cue, on = _shortest(tokens, mention, cue), _shortest(tokens, cue, inside)
    reason = "" if on is not None else "The parse does not join the cue and the quotation."
    if to_cue is None:
        reason = "The parse does not join the mention and the cue."
    return {**(to_cue or {}), **(on or {})}, reason


def _shown(i: int, path: Sequence[int], stretches: Iterable[range]) -> range:
    """The tokens to write for one on a path: the whole mention or cue where it is the only one of it there."""
    whole = (part for part in stretches if i in part and not any(k in part for k in path if k != i))
    return next(whole, range(i, i + 1))


def _shortest(tokens: Tokens, ones: Sequence[int], others: Sequence[int]) -> dict[int, int] | None:
    """The shortest way between two sets of tokens: each dependent on it with its head; None where there is none."""
    best: dict[int, int] | None = None
    for one in ones:
        above = [one, *tokens.ancestors(one)]
        for other in others:
            way: dict[int, int] = {}
            at = other
            while at not in above and tokens.head[at] != at:
                way[at] = tokens.head[at]
                at = tokens.head[at]
            if at in above:
                way |= {i: tokens.head[i] for i in above[: above.index(at)]}
                if best is None or len(way) < len(best):
                    best = way
    return best

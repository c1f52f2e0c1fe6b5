"""The constructions in which something is reported without marks, a row each: the table that a reader wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quotes_cli.language.attribute.context import Context

from . import constructions, phrases
from .statement import Statement

#: The least probability of a statement that is kept: of a clause that the parse gives; of one that it does not; of an
#: infinitive; of a noun with an owner ("her claim that"), which is often nobody's statement; of a noun phrase; of a tag
#: that ends its sentence, *according to* and a colon, of which grammar leaves less doubt than the few examples. Chosen
#: each by itself in steps of 0.05 for the sum of the F1; where two thirds of the training articles choose, the third
#: has 0.2 more of overlap F1 than by one choice for all clauses, and 0.1 more end to end.
CLAUSE, LOOSE, INFINITIVE, NOUN, PHRASE, UNMISTAKABLE = 0.35, 0.4, 0.45, 0.6, 0.5, 0.35
#: The same of a noun phrase behind a verb that seldom reports.
WEAK = 0.75


@dataclass(frozen=True, slots=True)
class Construction:
    """A row: the rules' names in the record, the function that proposes what the word at a token may report, and an
    example of each rule, in which Ortiz is the source.
    """

    names: tuple[str, ...]
    find: Callable[[Context, int], Iterator[Statement]]
    examples: tuple[str, ...]
    least: float = CLAUSE


VERBAL = (
    Construction(("complement",), constructions.complement, ("Ortiz said that the bridge would close.",)),
    Construction(("loose_clause",), constructions.loose_clause, ("Ortiz asked if the bridge would close.",), LOOSE),
    Construction(
        ("infinitive", "predicate"),
        constructions.infinitive,
        ("Ortiz promised to rebuild the bridge.", "Ortiz recalled having built the bridge."),
        INFINITIVE,
    ),
    Construction(("tag",), constructions.tag, ("The bridge, Ortiz said, would close in May.",)),
    Construction(
        ("as_reported",), constructions.as_reported, ("As Ortiz noted, the bridge will close in May.",), LOOSE
    ),
    Construction(
        ("object", "oblique"),
        constructions.object_of,
        ("Ortiz criticized the closing of the bridge.", "Ortiz warned of a closing of the bridge."),
        PHRASE,
    ),
    Construction(("rest_behind",), constructions.rest_behind, ("Ortiz: said, the bridge will close.",), LOOSE),
    Construction(
        ("closing_tag",), constructions.closing_tag, ("The bridge will close in May, Ortiz said.",), UNMISTAKABLE
    ),
    Construction(
        ("rest_before",), constructions.rest_before, ("The bridge will close in May, Ortiz said in Linz.",), LOOSE
    ),
)
NOMINAL = (
    Construction(
        ("noun_clause", "noun_to", "noun_of"),
        constructions.noun_clause,
        (
            "Ortiz's claim that the bridge was safe surprised them.",
            "Ortiz's promise to rebuild the bridge surprised them.",
            "Ortiz's criticism of the closing surprised them.",
        ),
        NOUN,
    ),
    Construction(("colon",), constructions.colon, ("Ortiz's verdict: the bridge must go.",), UNMISTAKABLE),
)
MARKS = (Construction(("heading",), constructions.heading, ("Ortiz: The bridge must go",), LOOSE),)
PHRASAL = (
    Construction(
        ("according_to",), phrases.according_to, ("The bridge will close in May, according to Ortiz.",), UNMISTAKABLE
    ),
)
FRAMES = (
    Construction(
        ("in_view",), phrases.in_view, ("In Ortiz's view, the bridge should have been closed.",), UNMISTAKABLE
    ),
)
TABLE = (*VERBAL, *NOMINAL, *MARKS, *PHRASAL, *FRAMES)
LEAST = {name: row.least for row in TABLE for name in row.names}

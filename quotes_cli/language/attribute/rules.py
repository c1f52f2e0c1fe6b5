"""A quotation passes through the rules here, in the order of `RULES`; the first that finds a source wins.

The constructions and their names follow the literature on quotation attribution: Pouliquen et al. 2007, Krestel et
al. 2008, O'Keefe et al. 2012, Pareti 2015 (PARC), Newell et al. 2018 (PolNeAR).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .clauses import according_to, aside, frame, nearest_cue, noun_cue, possessor, reported_clause
from .context import Finding, Quote
from .neighbours import continuation, lead_in, previous_paragraph
from .tags import (
    dash_byline,
    interrupted,
    quote_cue_subject,
    quote_subject_cue,
    sentence_tag,
    subject_cue_quote,
    transcript_label,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: the name in the record, the function that finds the source, and an example in whose last
    quotation it finds Ortiz.

    A tag is a whole utterance's own, and its subject speaks whatever noun it is ("the tycoon said"): the veto `mute` is
    not asked.
    """

    name: str
    find: Callable[[Quote], Finding | None]
    example: str
    tag: bool = False


RULES = (
    Rule("transcript_label", transcript_label, 'MAYOR ORTIZ: "We will rebuild."'),
    Rule("interrupted", interrupted, '"We lost," Ortiz said, "but we learned."', tag=True),
    Rule("quote_cue_subject", quote_cue_subject, '"We will rebuild," said Ortiz.', tag=True),
    Rule("quote_subject_cue", quote_subject_cue, '"We lost," Ortiz, who owns two farms, told reporters.', tag=True),
    Rule("subject_cue_quote", subject_cue_quote, 'Ortiz told reporters on Monday, "We will rebuild."'),
    Rule("dash_byline", dash_byline, '"Well done." — Ana Ortiz'),
    Rule("reported_clause", reported_clause, 'Ortiz said it was "a hard year".'),
    Rule("sentence_tag", sentence_tag, 'There were "five or six" who came, Ortiz recalled.'),
    Rule("nearest_cue", nearest_cue, 'Ortiz told host Ben Lee a loss is "increasingly likely."'),
    Rule("according_to", according_to, 'Costs had "doubled", according to Ortiz.'),
    Rule("frame", frame, 'In the words of Ortiz, it is time to "rebuild".'),
    Rule("aside", aside, '"Many would call that a failure" for the town, said Ana Ortiz, the mayor.'),
    Rule("noun_cue", noun_cue, 'Ortiz\'s claim that it was "over" surprised them.'),
    Rule("continuation", continuation, '"We lost," Ortiz said. "We will win."'),
    Rule("possessor", possessor, 'Ortiz\'s "rebuild first" plan failed.'),
    Rule("lead_in", lead_in, 'Ortiz was angry about it. "They knew."'),
    Rule("previous_paragraph", previous_paragraph, '"We will rebuild," Ortiz said.\n\n"And we mean it."'),
)

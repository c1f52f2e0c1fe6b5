"""A quotation passes through the rules here, in the order of `RULES`; the first that finds a source wins.

The constructions and their names follow the literature on quotation attribution: Pouliquen et al. 2007, Krestel et
al. 2008, O'Keefe et al. 2012, Pareti 2015 (PARC), Newell et al. 2018 (PolNeAR).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .beats import beat
from .bylines import dash_byline, headline_label, headline_lead, transcript_label
from .clauses import according_to, aside, frame, nearest_cue, reported_clause
from .complements import complement
from .context import Finding, Quote
from .heard import heard
from .neighbours import continuation, lead_in, previous_paragraph
from .noun_cues import noun_cue
from .sentence_tags import sentence_tag
from .tags import (
    interrupted,
    quote_cue_subject,
    quote_subject_cue,
)
from .tags_before import subject_cue_quote
from .telling import possessor
from .vetoes import deed, has_content, has_object, mute, subordinate, weak


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: the name in the record, the function that finds the source, an example in whose last
    quotation it finds Ortiz, and the vetoes that may throw out what it finds.

    Only `mute` is asked from here, of the source, after `find`. The others `find` asks itself, of the cues that it
    comes upon; they are listed for the reader, and a test holds them to the list. The rules of a tag behind a whole
    utterance go without `mute`: there any noun speaks ("the tycoon said"). `heard` may also find that nobody is named.
    """

    name: str
    find: Callable[[Quote], Finding | None]
    example: str
    vetoes: tuple[Callable[[Quote, int], bool], ...] = (mute,)


RULES = (
    Rule("heard", heard, 'Lee left to shouts of "Liar!" from Ortiz.', ()),
    Rule("transcript_label", transcript_label, 'MAYOR ORTIZ: "We will rebuild."'),
    Rule("headline_label", headline_label, "Ortiz on floods: Dam is 'very old'"),
    Rule("interrupted", interrupted, '"We lost," Ortiz said, "but we learned."', ()),
    Rule("quote_cue_subject", quote_cue_subject, '"We will rebuild," said Ortiz.', ()),
    Rule("quote_subject_cue", quote_subject_cue, '"We lost," Ortiz, tired, told us.', (has_object, has_content)),
    Rule(
        "subject_cue_quote",
        subject_cue_quote,
        'Ortiz told reporters, "We will rebuild."',
        (weak, deed, subordinate, mute),
    ),
    Rule("dash_byline", dash_byline, '"Well done." — Ana Ortiz'),
    Rule("reported_clause", reported_clause, 'Ortiz said it was "a hard year".', (weak, deed, mute)),
    Rule(
        "sentence_tag",
        sentence_tag,
        'Half of the land is "more or less" theirs; a third of the water is not, Ortiz states.',
        (has_content, mute),
    ),
    Rule(
        "nearest_cue",
        nearest_cue,
        'If Ortiz says that it leaks, then a "very old" wall leaks.',
        (weak, deed, mute),
    ),
    Rule("according_to", according_to, 'Costs had "doubled", according to Ortiz.'),
    Rule("frame", frame, 'In the words of Ortiz, it is time to "rebuild".'),
    Rule("aside", aside, 'It is the "loophole" Ortiz cited.', (has_content, mute)),
    Rule("noun_cue", noun_cue, 'Ortiz\'s claim that it was "over" surprised them.'),
    Rule("possessor", possessor, 'Ortiz\'s "rebuild first" plan failed.'),
    Rule("headline_lead", headline_lead, "Dam 'will hold'\n\nThe dam will hold, Ortiz has said."),
    Rule("complement", complement, 'Ortiz sold the plan to them as "a gift".', ()),
    Rule("continuation", continuation, '"We lost," Ortiz said. "We will win."'),
    Rule("lead_in", lead_in, 'Ortiz was angry about it. "They knew."'),
    Rule("previous_paragraph", previous_paragraph, '"We will rebuild," Ortiz said.\n\n"And we mean it."'),
    Rule("beat", beat, '"We have lost it all." Ortiz shook her head.', ()),
)

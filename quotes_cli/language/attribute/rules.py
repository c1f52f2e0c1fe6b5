"""A quotation in its context passes through the rules here, in the order of `RULES`; the first that finds a source
wins.

The constructions and their names follow the literature on quotation attribution: Pouliquen et al. 2007, Krestel et
al. 2008, O'Keefe et al. 2012, Pareti 2015 (PARC), Newell et al. 2018 (PolNeAR).
"""

from __future__ import annotations

from collections.abc import Callable

from .clauses import according_to, aside, frame, nearest_cue, noun_cue, possessor, reported_clause
from .context import Context, Found, Quote
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

Rule = Callable[[Quote, Context], Found | None]

#: Rules that find a whole utterance's own tag, whose subject speaks whatever noun it is ("the tycoon said").
TAGS = frozenset({quote_cue_subject, quote_subject_cue, interrupted})

RULES: tuple[Rule, ...] = (
    transcript_label,
    interrupted,
    quote_cue_subject,
    quote_subject_cue,
    subject_cue_quote,
    dash_byline,
    reported_clause,
    sentence_tag,
    nearest_cue,
    according_to,
    frame,
    aside,
    noun_cue,
    continuation,
    possessor,
    lead_in,
    previous_paragraph,
)

"""What a noun denotes: a table of words, each beside others that look like it, and the list of those that deceive."""

from __future__ import annotations

import pytest

from quotes_cli.language.nouns import PERSONAL, denotes
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

TABLE = {
    "person": (
        "doctor coroner banker major cleric juror donor tutor creditor terrorist cellist civilian applicant nominee "
        "postman policewoman layperson technocrat kayaker vlogger mayor dane democrat republican senator detective "
        "respondent vice-chairman co-founder then-president ex-firefighter ombudsman human winner elder peer justice"
    ),
    "group": "crowd police family staff majority everybody",
    "body": "ministry team agency bank court newspaper restaurant subcommittee insurer",
    "document": "letter report order e-mail",
    "unknown": (
        "door corner floor error color factor fist wrist median elephant plant degree tree number water river "
        "computer dinner summer power matter talisman table bridge moment in-person two-man outdoor "
        "trapdoor cross-border beer chandelier blister boredom"
    ),
}
PLURALS = {
    "group": (
        "doctors coroners bankers majors jurors builders kayakers trainees residents students witnesses spies women "
        "children danes democrats crowds families minorities teams co-founders caucus-goers policewomen"
    ),
    "body": "ministries agencies companies cities newspapers",
    "document": "reports studies words ads minutes",
    "unknown": (
        "doors corners floors colors fists elephants degrees trees numbers events tables lives headquarters incentives"
    ),
}


@pytest.mark.parametrize(
    ("word", "tag", "denoted"),
    [(word, "NN", denoted) for denoted, listed in TABLE.items() for word in listed.split()]
    + [(word, "NNS", denoted) for denoted, listed in PLURALS.items() for word in listed.split()],
)
def test_what_a_noun_denotes(word: str, tag: str, denoted: str) -> None:
    assert denotes(word, tag) == denoted


@pytest.mark.parametrize(
    ("word", "tag", "denoted"),
    [
        ("aides", "VBZ", "group"),  # a plural that the tagger took for a verb
        ("aide", "VB", "person"),
        ("democrats", "NNPS", "group"),
        ("sailors", "NNS", "group"),
        ("older", "JJR", "unknown"),  # an ending tells something of nouns only
        ("over", "IN", "unknown"),
        ("rather", "RB", "unknown"),
        ("person", "NN", "person"),
        ("-", "NN", "unknown"),
        ("", "NN", "unknown"),
    ],
)
def test_what_the_tag_tells(word: str, tag: str, denoted: str) -> None:
    assert denotes(word, tag) == denoted


def test_the_list_of_those_that_deceive_holds_no_others() -> None:
    lifeless = column("lifeless_nouns.txt")
    assert all(word.endswith(PERSONAL) and len(word) > 3 for word in lifeless)
    assert not lifeless & (words().persons.keys() | column("group_nouns.txt") | words().peoples)
    assert {"door", "floor", "corner"} <= lifeless

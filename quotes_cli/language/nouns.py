"""A common noun in, what it denotes out: a person, several, a body, a document, or nothing that could speak."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from .words.lists import column
from .words.vocabulary import singular, words

Denotation = Literal["person", "group", "body", "document", "unknown"]

#: Endings of nouns for persons, new ones too ("kayaker"); what else ends so stands in lifeless_nouns.txt.
PERSONAL = ("er", "or", "ist", "ian", "ant", "ee", "man", "woman", "person", "crat")


#: Nouns in the names of newspapers, and without a capital documents: a review by the bank.
PRINTED = frozenset({"mail", "post", "review"})
#: The 28-year-old, a mother-of-two.
AGED = re.compile(r"\d{1,3}-year-old|(?:grand)?(?:mother|father|mum|mom|dad|parent)-of-\w+")
#: Kin of somebody: great-grandfather, half-sister, mother-in-law.
KIN = re.compile(
    "(?:great-)*(?:grand|god|step|half-)?(?:father|mother|son|daughter|brother|sister|parent|child|dad|mum|mom)"
    "(?:-in-law)?|(?:great-)*(?:uncle|aunt)|husband|wife|widow|widower|spouse|cousin|nephew|niece|ancestor|forebear|"
    "forefather|gran|granny|grandad|twin|girlfriend|boyfriend|fiance|fiancee"
)


@lru_cache(maxsize=16384)
def denotes(word: str, tag: str) -> Denotation:
    """What a folded word of that tag (Penn Treebank's) denotes: by the lists, else by its ending.

    Of persons the part behind the last hyphen counts: a vice-chairman, a co-founder.
    """
    lex = words()
    single = singular(word)
    tail = single.rpartition("-")[2]
    if AGED.fullmatch(word):
        return "person"
    plural = tag in ("NNS", "NNPS") or (single != word and tag not in ("NN", "NNP"))
    if not column("group_nouns.txt").isdisjoint((word, single)):
        return "group"
    if single in lex.persons or single in lex.peoples or tail in lex.office_heads:
        return "group" if plural else "person"
    if tag == "NN" and word in PRINTED:
        return "document"
    if not lex.organisations.isdisjoint((word, single)):
        return "group" if plural and single == "team" else "body"
    if not column("document_nouns.txt").isdisjoint((word, single)):
        return "document"
    if tag.startswith("NN") and (_ends_as_persons_do(tail) or single in column("wordnet_persons.txt")):
        return "group" if plural else "person"
    return "unknown"


def _ends_as_persons_do(noun: str) -> bool:
    ending = len(noun) > 3 and noun.endswith(PERSONAL) and noun not in PERSONAL
    return ending and noun not in column("lifeless_nouns.txt")

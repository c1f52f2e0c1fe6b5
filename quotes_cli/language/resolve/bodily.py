"""The words around a name pass through here, as far as they tell that it is no person's: a firm, an outlet, a country.

Each of them was counted on the names of 348 articles, where the votes of a whole article are the measure.
"""

from __future__ import annotations

from quotes_cli.language.labels import SUBJECT
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, words

from .body_nouns import names_its_bearer, shortened_relative

#: What one is of a firm, a bank, a club, and hardly of a person.
HEADS = frozenset(
    "ceo cfo coo chairman chairwoman chair chairperson president founder co-founder cofounder director executive "
    "manager chief".split()
)
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
#: Verbs behind which *its* may begin what is reported, and words that are none.
CLAUSAL = frozenset("say tell add write report claim explain announce think believe know and or of on in".split())
NEAR = 6  # tokens from a name to *its*


def is_no_person(tokens: Tokens, first: int, last: int, previous: str, behind: str) -> bool:
    """Do the words around the name [first, last) without a title say that it names a body or a place?

    `previous` and `behind` are the words beside it.

    The chief executive of *Openmap*; the start-up *Openmap*; *Openmap*, which; *Openmap* closed its office; *Openmap*'s
    Ana Lee.
    """
    if previous in ("of", "at") and tokens.before(first - 1) in HEADS and behind not in POSSESSIVES:
        return True
    if previous in column("venture_nouns.txt") and tokens.tag[first - 1] == "NN" and behind not in POSSESSIVES:
        return not (shortened_relative(tokens, first, last) or names_its_bearer(tokens, first - 1, first, last))
    if behind == "," and tokens.behind(last) == "which":
        return True
    owns = behind != "" and tokens.tag[last] == "POS" and _owns_a_person(tokens, last)
    return owns or _has_its_own(tokens, first, last)


def _owns_a_person(tokens: Tokens, last: int) -> bool:
    """Does a full name of a person stand behind the possessive at token `last`: Openmap *'s* Ana Lee?"""
    stop = tokens.paragraph_end(last - 1)
    if last + 2 >= stop or tokens.folded[last + 1] not in given_names():
        return False
    given, family = tokens.words[last + 1], tokens.words[last + 2]
    full = given.istitle() and family[0].isupper() and tokens.tag[last + 2] == "NNP"
    more = range(last + 2, min(last + 5, stop))
    bodies = words().organisations
    return full and given != "Al" and not any(tokens.folded[i] in bodies and tokens.words[i].istitle() for i in more)


def _has_its_own(tokens: Tokens, first: int, last: int) -> bool:
    """Is the name the subject of a verb that reports nothing, with *its* before any other noun: it sold *its* fleet?"""
    if "its" not in tokens.folded[last : last + NEAR]:
        return False
    if not tokens.tag[first]:  # in a sentence that is not parsed: the verb between
        between = tokens.folded[last] if last + 1 < tokens.paragraph_end(last - 1) else ""
        verb = load_lexicon().by_form.get(between, (between,))[-1]
        return verb.isalpha() and tokens.folded[last + 1] == "its" and verb not in CLAUSAL
    top = tokens.leftmost_top(first, last)
    if tokens.dep[top] not in SUBJECT or tokens.lemma[tokens.head[top]] in CLAUSAL:
        return False
    for i in range(last, min(last + NEAR, tokens.paragraph_end(last - 1))):
        if tokens.folded[i] == "its":
            return True
        if tokens.tag[i].startswith(("NN", "PRP")) or tokens.words[i] in (",", ";", ":", ".", '"', "“"):
            return False
    return False

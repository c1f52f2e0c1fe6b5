"""The parse of an article passes through here: what the model errs in often, and its words tell, is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import labels
from .words.vocabulary import words

if TYPE_CHECKING:
    from .tokens import Tokens

#: Prepositions between a spokesperson and whom they speak for.
PHRASE_OPENERS = frozenset({"for", "of", "from", "with", "at"})


def mend(tokens: Tokens) -> None:
    """Mend tags, heads and relations, in Universal Dependencies, where they stand."""
    _spokespersons(tokens)
    _participles(tokens)
    _nouns(tokens)
    _ages(tokens)


def _spokespersons(tokens: Tokens) -> None:
    """Make a noun the subject whose phrase the parse took for a clause: "a spokeswoman for the bank said".

    No infinitive has a finite verb, so "for the bank said" is none.
    """
    for subject in [i for i, relation in enumerate(tokens.dep) if relation in labels.SUBJECT]:
        verb, relation = tokens.head[subject], tokens.dep[subject]
        noun, mark = tokens.head[verb], tokens.head[verb] + 1
        if (
            relation in labels.SUBJECT
            and noun != verb
            and tokens.dep[verb] in labels.NOUN_CLAUSE
            and tokens.tag[verb] in ("VBD", "VBZ", "VBP")
            and mark < subject < verb
            and tokens.lower[mark] in PHRASE_OPENERS
            and tokens.head[mark] == verb
        ):
            tokens.head[verb], tokens.dep[verb] = tokens.head[noun] if tokens.head[noun] != noun else verb, "parataxis"
            tokens.head[noun], tokens.dep[noun] = verb, relation
            tokens.head[subject], tokens.dep[subject] = noun, "nmod"
            tokens.head[mark], tokens.dep[mark] = subject, "case"
            if tokens.head[verb] == verb:
                tokens.dep[verb] = "ROOT"


def _participles(tokens: Tokens) -> None:
    """Let a participle behind a comma go on with the clause, not be what that reports: "he said, stressing ..." """
    reported = [i for i, relation in enumerate(tokens.dep) if relation == "ccomp" and tokens.tag[i] == "VBG"]
    if behind := [i for i in reported if tokens.head[i] < i and tokens.words[i - 1] == ","]:
        full = {h for h, d in zip(tokens.head, tokens.dep, strict=True) if d in labels.SUBJECT | labels.AUXILIARY}
        for i in behind:
            tokens.dep[i] = tokens.dep[i] if i in full else "advcl"


def _nouns(tokens: Tokens) -> None:
    """Let a word be the noun, and singular, that the tagger did not see: *the daily* wrote, the *colonel* said; and a
    common one in small letters: the Danish foreign *ministry*."""
    lex = words()
    for i in [i for i, tag in enumerate(tokens.tag) if tag in ("NNS", "JJ", "NNP")]:
        word = tokens.lower[i]
        if not i:
            continue
        if tokens.tag[i] == "NNP":
            if word == tokens.words[i] and word in lex.organisations:
                tokens.tag[i], tokens.pos[i] = "NN", "NOUN"
        elif tokens.tag[i] == "NNS" and word[-1] != "s" and (word in lex.titles or word in lex.offices):
            tokens.tag[i] = "NN"
        elif (
            tokens.tag[i] == "JJ"
            and word in lex.organisations
            and tokens.tag[i - 1] in ("DT", "JJ")
            and i + 1 < len(tokens.words)
            and tokens.tag[i + 1] in ("VBD", "VBZ")
            and tokens.paragraph[i - 1] == tokens.paragraph[i + 1]
        ):
            tokens.tag[i], tokens.pos[i], tokens.head[i], tokens.dep[i] = "NN", "NOUN", i + 1, "nsubj"
            for k in range(max(i - 3, 0), i):
                if tokens.head[k] == i + 1 and tokens.dep[k] == "det":
                    tokens.head[k] = i


def _ages(tokens: Tokens) -> None:
    """Let whoever is called by an age be the subject, not its years: my 12 year *old* said."""
    for i in [i for i, word in enumerate(tokens.lower) if word == "old" and i > 1]:
        years = i - 1
        called = tokens.lower[years] == "year" and tokens.tag[years - 1] == "CD" and tokens.head[i] == years
        if called and tokens.dep[i] == "amod" and tokens.dep[years] in labels.SUBJECT:
            tokens.head[i], tokens.dep[i] = tokens.head[years], tokens.dep[years]
            tokens.head[years], tokens.dep[years] = i, "obl:unmarked"
            for k in range(max(i - 5, 0), years):
                if tokens.head[k] == years and tokens.dep[k] != "nummod":
                    tokens.head[k] = i

"""The parse of an article passes through here: what the model errs in often, and its words tell, is mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import labels
from .words.vocabulary import words

if TYPE_CHECKING:
    from .tokens import Tokens

#: Prepositions between a spokesperson and whom they speak for.
PHRASE_OPENERS = frozenset({"for", "of", "from", "with", "at"})
FARTHEST = 30  # tokens from a person to the verb behind what is told of them
DEEPEST = 9  # words above the person to the top of the sentence
_PICTURES = re.compile("[\u2190-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]+")
_FIRST_PICTURE = "\u20e3"  # what stands behind it is no letter of a name in the Latin script


def mend(tokens: Tokens) -> None:
    """Mend tags, heads and relations, in Universal Dependencies, where they stand."""
    _pictures(tokens)
    _spokespersons(tokens)
    _participles(tokens)
    _told_before(tokens)
    _nouns(tokens)
    _ages(tokens)


def _pictures(tokens: Tokens) -> None:
    """Let a picture be nobody, and the name before it have its place: Ana *Ortiz* 🎉 said."""
    pictures = [i for i, word in enumerate(tokens.words) if word[:1] >= _FIRST_PICTURE and _PICTURES.fullmatch(word)]
    there = set(pictures)
    for first in [i for i in pictures if i - 1 not in there]:
        after = first + 1
        while after in there:
            after += 1
        run = range(first, after)
        name = _name_before(tokens, first)
        if name is not None and tokens.dep[name] in labels.ROOT | {"dep", "flat"}:
            verb, relation = _asks(tokens, run)
            if verb is not None:
                tokens.head[name], tokens.dep[name] = verb, relation
        for i in run:
            if name is not None:
                _part_from(tokens, name, i)
                tokens.head[i] = name
            tokens.tag[i], tokens.pos[i], tokens.dep[i] = "SYM", "SYM", "punct"


def _part_from(tokens: Tokens, name: int, picture: int) -> None:
    """Let a picture be no longer above a name, which comes to hang where the picture does, so that no circle arises."""
    below = name
    while tokens.head[below] not in (below, picture):
        below = tokens.head[below]
    if tokens.head[below] != picture:
        return
    top = tokens.head[picture] == picture
    tokens.head[below], tokens.dep[below] = (below, "ROOT") if top else (tokens.head[picture], tokens.dep[picture])


def _name_before(tokens: Tokens, at: int) -> int | None:
    """The head of the name or noun that ends before it, in its paragraph."""
    name = at - 1
    if name < 0 or tokens.tag[name] not in ("NNP", "NNPS", "NN", "NNS", "PRP"):
        return None
    if tokens.paragraph[name] != tokens.paragraph[at]:
        return None
    while tokens.dep[name] in labels.NAME_PART and tokens.head[name] < name:
        name = tokens.head[name]
    return name


def _asks(tokens: Tokens, run: range) -> tuple[int | None, str]:
    """The verb of which these are the subject, or which stands behind them and has none, and the relation to it."""
    for i in run:
        if tokens.dep[i] in labels.SUBJECT and tokens.head[i] not in run:
            return tokens.head[i], tokens.dep[i]
    verb = run.stop
    if verb < len(tokens.words) and tokens.tag[verb] in ("VBD", "VBZ", "VBP"):
        within = range(max(0, verb - 40), min(len(tokens.words), verb + 40))
        if not any(tokens.head[i] == verb and tokens.dep[i] in labels.SUBJECT for i in within):
            return verb, "nsubj"
    return None, ""


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


def _told_before(tokens: Tokens) -> None:
    """Let a person be the subject of the verb behind what is told of them, whom the parse hung on what they said: the
    talks had failed, *Ana Ortiz*, the envoy to Oulu, said."""
    with_subject = {head for head, relation in zip(tokens.head, tokens.dep, strict=True) if relation in labels.SUBJECT}
    for said in {tokens.head[i] for i, relation in enumerate(tokens.dep) if relation == "ccomp" and tokens.head[i] > i}:
        if said in with_subject or tokens.words[said - 1] != "," or tokens.tag[said] not in ("VBD", "VBZ"):
            continue
        for name in range(said - 3, max(said - FARTHEST, 0), -1):
            if tokens.iob[name] == "B-PERSON" and tokens.words[name - 1] == ",":
                above = name
                for _ in range(DEEPEST):
                    above = tokens.head[above]
                if tokens.dep[name] in labels.APPOSITION and above == tokens.head[above] in (said, tokens.head[said]):
                    tokens.head[name], tokens.dep[name] = said, "nsubj"
                break


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

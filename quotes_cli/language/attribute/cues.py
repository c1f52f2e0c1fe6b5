"""Tokens pass through here and come out as cues: which verb or noun reports, with its particle, auxiliaries aside."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.words.cues import Lexicon

from .tree import Tree

#: Classes of reporting verbs, from the surest to the least: the lexicon's own words.
REPORTING = frozenset({"say", "ask", "write", "name", "think", "act", "gesture"})
SPEAKING = frozenset({"say", "ask", "write"})


def verb_lemma(t: Tree, lexicon: Lexicon, i: int) -> str | None:
    """Lemma (with particle: "point out") of the reporting verb whose form stands at token `i`, or None."""
    lemmas = lexicon.by_form.get(t.lower[i], ())
    for lemma in lemmas:
        _verb, _, particle = lemma.partition(" ")
        if particle and any(
            t.lower[k] == particle and (k == i + 1 or t.head[k] == i) for k in range(i + 1, min(i + 4, len(t)))
        ):
            return lemma
    single = [lemma for lemma in lemmas if " " not in lemma]
    return t.lemma[i] if t.lemma[i] in single else single[0] if single else None


def verb_class(t: Tree, lexicon: Lexicon, i: int) -> str | None:
    """Class of the reporting verb at token `i` (lexicon's word), or None where it is none."""
    if not t.is_verb(i):
        return None
    lemma = verb_lemma(t, lexicon, i)
    return lexicon.verbs[lemma] if lemma else None


def noun_class(t: Tree, lexicon: Lexicon, i: int) -> str | None:
    """Class of the reporting noun at token `i` ("utterance", "document"), or None."""
    if t.pos[i] not in ("NOUN", "PROPN"):
        return None
    for word in (t.lemma[i], t.lower[i], t.lower[i].removesuffix("s")):
        if word in lexicon.nouns:
            return lexicon.nouns[word]
    return None


def cue_tokens(t: Tree, i: int) -> tuple[int, ...]:
    """The cue as it stands: the verb with a particle beside it."""
    particles = [c for c in t.having(i, labels.PARTICLE) if abs(c - i) <= 2]
    return tuple(sorted([i, *particles]))

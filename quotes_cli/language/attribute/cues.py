"""Tokens pass through here and come out as cues: which verb or noun reports, with its particle, auxiliaries aside."""

from __future__ import annotations

from functools import lru_cache

from quotes_cli.language import labels
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import VERB_CLASSES, Lexicon

#: Classes of reporting verbs.
REPORTING = frozenset(VERB_CLASSES)
SPEAKING = frozenset({"say", "ask", "write"})
STRONG = SPEAKING | {"name"}
#: Tags of verbs with a tense.
FINITE = frozenset({"VBD", "VBZ", "VBP"})
#: Words and marks that begin what a verb reports.
CONTENT_OPENERS = frozenset({"that", "why", "how", ":", '"', "“", "‘", "``"})


class Cues:
    """The tokens of an article as the lexicon of reporting words sees them."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self._classes: dict[int, str | None] = {}  # of verbs asked for before: many rules ask

    def verb_lemma(self, i: int) -> str | None:
        """Lemma (with particle: "point out") of the reporting verb whose form stands at token `i`, or None."""
        tokens = self.tokens
        lemmas = self.lexicon.by_form.get(tokens.lower[i], ())
        if not lemmas:
            return None
        behind = range(i + 1, min(i + 4, len(tokens)))
        for lemma in lemmas:
            particle = lemma.partition(" ")[2]
            if particle and any(
                tokens.lower[k] == particle and (k == i + 1 or tokens.head[k] == i) and not self._is_preposition(k)
                for k in behind
            ):
                return lemma
        single = [lemma for lemma in lemmas if " " not in lemma]
        return tokens.lemma[i] if tokens.lemma[i] in single else single[0] if single else None

    def _is_preposition(self, i: int) -> bool:
        """Does the word open a phrase with a bare noun right behind it: "goes on recess", not "goes on" or "on the"?"""
        tokens, noun = self.tokens, i + 1
        return tokens.dep[i] in labels.CASE and tokens.head[i] == noun and tokens.tag[noun] == "NN"

    def verb_class(self, i: int) -> str | None:
        """Class of the reporting verb at token `i` (the lexicon's word), or None where it is none."""
        if i not in self._classes:
            tokens = self.tokens
            attribute = tokens.dep[i] == "amod" and tokens.tag[i] == "VBG"  # a beaming crowd
            attribute = attribute or (tokens.lower[i] == "quote" and tokens.before(i) == "i")  # said, and I quote, ...
            verbal = (tokens.is_verb(i) and not attribute) or self._is_misread(i)
            lemma = self.verb_lemma(i) if verbal else None
            self._classes[i] = self.lexicon.verbs[lemma] if lemma else None
        return self._classes[i]

    def _is_misread(self, i: int) -> bool:
        """Did the tagger take a verb in the third person for a plural? "Ortiz counters that ...", "Ortiz counters: ..."

        A name stands right before it and its content right behind, and nothing makes a noun phrase of it.
        """
        tokens = self.tokens
        if tokens.tag[i] not in ("NN", "NNS") or not tokens.words[i].islower() or "third" not in self.tense(i):
            return False
        named = not tokens.begins_paragraph[i] and tokens.tag[i - 1] in ("NNP", "NNPS") and tokens.iob[i] == "O"
        if not named or tokens.behind(i) not in CONTENT_OPENERS:
            return False
        return not any(tokens.dep[k] in ("det", "nmod:poss", "amod") for k in tokens.children[i])

    def noun_class(self, i: int) -> str | None:
        """Class of the reporting noun at token `i` ("utterance", "document"), or None."""
        tokens = self.tokens
        if tokens.pos[i] not in ("NOUN", "PROPN"):
            return None
        forms = (tokens.lemma[i], tokens.lower[i], tokens.lower[i].removesuffix("s"))
        return next((self.lexicon.nouns[word] for word in forms if word in self.lexicon.nouns), None)

    @property
    def frames(self) -> list[tuple[list[str], bool, list[str]]]:
        """Phrases with a source in a slot ("in * words"), or behind them: the words before it, is it one, those after
        it."""
        return _frames(self.lexicon)

    def tense(self, i: int) -> frozenset[str]:
        """What the form at token `i` may be of a reporting verb: "past", "third" and the like."""
        return self.lexicon.tense(self.tokens.lower[i])

    def is_finite(self, i: int) -> bool:
        """Is the word the past tense or the third person of a reporting verb, whatever the tagger says?"""
        return self.tokens.words[i].islower() and bool(self.tense(i) & {"past", "third"})

    def with_particle(self, verb: int) -> tuple[int, ...]:
        """The cue as it stands: the verb with a particle beside it."""
        particles = [i for i in self.tokens.having(verb, labels.PARTICLE) if abs(i - verb) <= 2]
        return tuple(sorted([verb, *particles]))


@lru_cache(maxsize=4)
def _frames(lexicon: Lexicon) -> list[tuple[list[str], bool, list[str]]]:
    phrases = [phrase for phrase, kind in lexicon.frames.items() if kind in ("slot", "object")]
    parts = [phrase.partition("*") for phrase in phrases]
    return [(before.split(), bool(slot), after.split()) for before, slot, after in parts]

"""Training sentences pass through here on every epoch: the same words in the typography and casing of other newsrooms."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from .corpora import Sentence

QUOTE_STYLES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("``", "''"), ("«", "»"))
QUOTE_WEIGHTS = (40, 40, 8, 6, 3, 3)
DASHES = ("-", "--", "–", "—")
NAME_CLASSES = {"PERSON": ("male", "female", "surname"), "LOC": ("city",)}


def typography(sentence: Sentence, rng: Random) -> Sentence:
    """Replace quotation marks, apostrophes and dashes by one consistent, randomly drawn style."""
    opening, closing = rng.choices(QUOTE_STYLES, QUOTE_WEIGHTS)[0]
    curly = rng.random() < 0.5
    dash = rng.choice(DASHES)
    words = list(sentence.words)
    for i, (word, tag) in enumerate(zip(words, sentence.tags, strict=True)):
        if tag == "``" and word[0] in "\"'`“‘”’":
            words[i] = opening
        elif tag == "''" and word[0] in "\"'`“‘”’":
            words[i] = closing
        elif "'" in word or "’" in word:
            words[i] = word.replace("'", "’") if curly else word.replace("’", "'")
        elif word in DASHES and tag == ":":
            words[i] = dash
    return replace(sentence, words=words)


def casing(sentence: Sentence, rng: Random) -> Sentence:
    """Rarely: all lower case, all capitals, or a headline's capitals."""
    draw = rng.random()
    if draw > 0.06:
        return sentence
    if draw < 0.02:
        words = [w.lower() for w in sentence.words]
    elif draw < 0.04:
        words = [w.upper() for w in sentence.words]
    else:
        words = [w[:1].upper() + w[1:] if len(w) > 3 else w for w in sentence.words]
    return replace(sentence, words=words)


def fragment(sentence: Sentence, rng: Random) -> Sentence:
    """Rarely drop the final full stop, as headlines and captions do, so that no stop need end a sentence."""
    if len(sentence.words) < 4 or sentence.words[-1] != "." or rng.random() > 0.05:
        return sentence
    last = len(sentence.words) - 1
    if any(h == last for h in sentence.heads[:-1]):
        return sentence
    cut = {f: getattr(sentence, f)[:-1] for f in ("words", "spaces", "tags", "pos", "heads", "deps", "entities")}
    return replace(sentence, **cut)


def names(sentence: Sentence, lists: dict[str, list[str]], rng: Random, rate: float) -> Sentence:
    """Replace words of person and place names by other names of the lists, so that context and form, not memory, decide."""
    words = list(sentence.words)
    i = 0
    while i < len(words):
        label = sentence.entities[i]
        end = i + 1
        while end < len(words) and sentence.entities[end] == "I-" + label[2:]:
            end += 1
        if label[:2] == "B-" and rng.random() < rate and all(w[:1].isupper() and w[1:].islower() for w in words[i:end]):
            if label == "B-PERSON" and end - i <= 3:
                given = rng.choice(lists[rng.choice(("male", "female"))])
                fresh = [given] + [rng.choice(lists["surname"]) for _ in range(end - i - 1)]
                if end - i == 1 and rng.random() < 0.6:
                    fresh = [rng.choice(lists["surname"])]
                words[i:end] = fresh
            elif label == "B-LOC" and end - i == 1:
                words[i] = rng.choice(lists["city" if rng.random() < 0.8 else "country"])
        i = end
    return replace(sentence, words=words)


def fragments_of_names(sentence: Sentence, rng: Random) -> Sentence:
    """Sometimes a window of the sentence: names then stand without the context that the corpus always gives them."""
    if len(sentence.words) < 12 or rng.random() > 0.1:
        return sentence
    size = rng.randrange(6, len(sentence.words))
    start = rng.randrange(0, len(sentence.words) - size + 1)
    while start and sentence.entities[start].startswith("I-"):
        start -= 1
    cut = slice(start, start + size)
    return Sentence(sentence.words[cut], sentence.spaces[cut], entities=sentence.entities[cut])

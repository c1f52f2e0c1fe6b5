"""Training sentences pass through here on every epoch: the same words in the typography and casing of other
newsrooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from .corpora import Sentence

QUOTE_STYLES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("``", "''"), ("«", "»"))
QUOTE_WEIGHTS = (40, 40, 8, 6, 3, 3)
DASHES = ("-", "--", "–", "—")

#: Names by label, each a tuple of words.
Pool = dict[str, list[tuple[str, ...]]]


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


def passages(paragraphs: Sequence[Sequence[Sentence]], rng: Random, longest: int | None = None) -> list[list[Sentence]]:
    """One epoch of a treebank: its paragraphs in passages of one to eight sentences, in random order, half of them in
    another typography; never of more than `longest` words, where sentences allow it."""
    found: list[list[Sentence]] = []
    for paragraph in paragraphs:
        start = 0
        while start < len(paragraph):
            passage = list(paragraph[start : start + rng.choice((1, 2, 3, 4, 6, 8))])
            while longest and len(passage) > 1 and sum(len(s.words) for s in passage) > longest:
                passage.pop()
            start += len(passage)
            found.append(passage)
    rng.shuffle(found)
    return [restyled(passage, rng, 0.5) for passage in found]


def restyled(passage: list[Sentence], rng: Random, rate: float) -> list[Sentence]:
    """Sometimes another typography, one for the whole passage; rarely other casing, or a sentence without its stop."""
    if rng.random() < rate:
        seed = rng.random()
        passage = [typography(s, Random(seed)) for s in passage]
    return [casing(fragment(s, rng), rng) for s in passage]


def names(sentence: Sentence, lists: dict[str, list[str]], pool: Pool, rng: Random, rate: float) -> Sentence:
    """Replace names by others of their label, so that context and form, not memory, decide.

    Half of the persons and places come from the name lists, everything else from the corpora's own mentions (`pool`).
    """
    words: list[str] = []
    spaces: list[bool] = []
    labels: list[str] = []
    i = 0
    while i < len(sentence.words):
        label = sentence.entities[i]
        end = i + 1
        while end < len(sentence.words) and sentence.entities[end] == "I-" + label[2:]:
            end += 1
        fresh = sentence.words[i:end]
        if label[:2] == "B-" and rng.random() < rate and fresh[0][:1].isupper():
            fresh = _another(label[2:], fresh, lists, pool, rng)
            labels += [label] + ["I-" + label[2:]] * (len(fresh) - 1)
            spaces += [True] * (len(fresh) - 1) + [sentence.spaces[end - 1]]
        else:
            labels += sentence.entities[i:end]
            spaces += sentence.spaces[i:end]
        words += fresh
        i = end
    return Sentence(words, spaces, entities=labels)


def _another(label: str, old: list[str], lists: dict[str, list[str]], pool: Pool, rng: Random) -> list[str]:
    if label == "PERSON" and rng.random() < 0.5:
        surname = rng.choice(lists["surname"])
        return [surname] if len(old) == 1 else [rng.choice(lists[rng.choice(("male", "female"))]), surname]
    if label == "LOC" and rng.random() < 0.5:
        return [rng.choice(lists["city" if rng.random() < 0.7 else "country"])]
    return list(rng.choice(pool[label]))


def mentions(sentences: list[Sentence]) -> Pool:
    """The capitalised names of a corpus by label, as tuples of words, one entry a mention."""
    pool: Pool = {}
    for s in sentences:
        i = 0
        while i < len(s.words):
            end = i + 1
            if s.entities[i][:2] == "B-":
                label = s.entities[i][2:]
                while end < len(s.words) and s.entities[end] == "I-" + label:
                    end += 1
                if s.words[i][:1].isupper():
                    pool.setdefault(label, []).append(tuple(s.words[i:end]))
            i = end
    return pool


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


def varied_names(sentence: Sentence, lists: dict[str, list[str]], pool: Pool, rng: Random, rate: float) -> Sentence:
    """A sentence as a name finder sees it in one epoch: names exchanged at a rate, sometimes a window, other casing."""
    return casing(fragments_of_names(names(sentence, lists, pool, rng, rate), rng), rng)


def joined(sentences: Sequence[Sentence], rng: Random, longest: int) -> list[Sentence]:
    """The sentences of a corpus of names in passages of one to four, as one `Sentence` each, for what a teacher labels
    later are paragraphs; those of a passage of more than `longest` words stay apart, and longer ones are left out."""
    found: list[Sentence] = []
    start = 0
    while start < len(sentences):
        own = sentences[start : start + rng.choice((1, 1, 1, 2, 3, 4))]
        start += len(own)
        words, spaces = [w for s in own for w in s.words], [x for s in own for x in s.spaces]
        if len(words) <= longest:
            found.append(Sentence(words, spaces, entities=[e for s in own for e in s.entities]))
        else:
            found += own
    return [s for s in found if 0 < len(s.words) <= longest]

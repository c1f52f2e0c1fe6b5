"""The head of a source passes through here and comes out as a mention: the words that name it, by characters."""

from __future__ import annotations

from quotes_cli.language import labels

from .animacy import can_speak
from .context import Context, Found, Quote
from .sources import RELATED
from .tree import Tree

#: Pronouns that may have a phrase of their own behind them ("one of the doctors").
QUANTIFIERS = frozenset({"one", "some", "many", "most", "all", "others", "those", "both", "few"})


def mention(c: Context, head: int, q: Quote) -> tuple[int, int]:
    """(start, end) characters of the noun phrase at `head`: with its name, titles and prepositional phrases, without
    relative clauses and appositions; joint speakers in one mention.
    """
    t = c.tree
    low = high = head
    for i in _phrase(c, head, q):
        low, high = min(low, i), max(high, i)
    for other in t.having(head, labels.CONJUNCT):
        if t.is_nominal(other) and not t.is_verb(other) and 0 < other - high <= 6 and not c.barred(other, q):
            between = [t.words[i] for i in range(high + 1, other)]
            if "," in between and "and" not in t.lower[high + 1 : other + 1]:
                continue
            high = max(high, max(_phrase(c, other, q)))
    while low < high and (
        t.lower[low] in ("and", "but", "as", "well", "by", "from", "to", "of", ",", "that", "or")
        or t.pos[low] == "PUNCT"
        or t.space[low]
    ):
        low += 1
    while high > low and ((t.pos[high] == "PUNCT" and t.words[high] != ".") or t.space[high] or t.tag[high] == "POS"):
        high -= 1
    if high + 1 < len(t) and t.words[high + 1] == ")" and "(" in t.words[low:high]:
        high += 1
    while high > low and t.tag[high] in ("IN", "TO", "CC"):
        high -= 1
    glued = len(t.words[low]) - len(t.words[low].lstrip("-–—―")) if len(t.words[low]) > 1 else 0  # "-Commissioner"
    return t.start[low] + glued, t.end[high]


def mute(c: Context, found: Found) -> bool:
    """Is the source a thing that neither speaks nor is written ("the shot", "an effort")? Better nobody than that."""
    t, i = c.tree, found.source
    if i is None or found.mention is not None or not t.tag[i].startswith("NN") or not t.words[i].islower():
        return False
    if t.lower[i] in ("percent", "percentage"):  # of those asked
        return False
    below = [k for k in t.subtree(i) if not c.cover[k] >= 0 and t.tag[k].startswith(("NN", "PRP")) and k != i]
    named = any(t.pos[k] == "PROPN" for k in below if k < i)  # "Ortiz's language", "the Times piece"
    counted = any(t.cases(k) == ["of"] and can_speak(t, k) for k in below)  # "52 percent of the voters"
    return not (can_speak(t, i) or named or counted)


def relative_pronoun(c: Context, found: Found) -> int | None:
    """The relative pronoun between the source and its verb ("Ortiz, who called it ..."): the mention at the
    attribution."""
    t = c.tree
    if found.source is None or not found.cue:
        return None
    verb = found.cue[0]
    for _ in range(4):
        subjects = t.having(verb, labels.SUBJECT)
        if subjects or t.dep[verb] not in labels.CONJUNCT | labels.CONTROLLED:
            break
        verb = t.head[verb]
    else:
        return None
    pronoun = next((i for i in subjects if t.lower[i] in RELATED and t.tag[i] in ("WP", "WDT")), None)
    return pronoun if pronoun is not None and found.source < pronoun < found.cue[0] else None


def _phrase(c: Context, head: int, q: Quote) -> list[int]:
    t = c.tree
    kept = [head]
    if t.pos[head] == "PRON" and t.lower[head] not in QUANTIFIERS:
        return kept
    for child in t.children[head]:
        relation = t.dep[child]
        if relation in labels.CASE or relation in labels.PUNCTUATION:
            continue
        name = relation in labels.NAME_PART or relation in labels.DESCRIPTION
        if child > head and not name and relation not in labels.OBLIQUE:
            continue
        if (
            relation.split(":")[0] not in {"flat", "compound", "nmod", "det", "amod", "nummod", "goeswith", "fixed"}
            and relation not in labels.MENTION_PARTS
        ):
            continue
        if (
            child > head
            and relation in labels.OBLIQUE
            and (not t.cases(child) or (t.pos[head] == "PROPN" and t.cases(child) not in (["of"], ["for"])))
        ):
            continue
        if child > head and any(t.words[i] in (",", "(", "—", "–", "-", ";", ":") for i in range(head + 1, child)):
            continue
        below = [i for i in t.subtree(child) if not c.barred(i, q)]
        if any(t.is_verb(i) and t.dep[i] in labels.CLAUSE for i in below) and child > head:
            if not name:
                continue
            below = [child]  # the clause hangs on a part of the name: "Ana Ortiz, who ..."
        kept += [i for i in below if i < head] if child < head else below
    runs = sorted(set(kept))
    low = high = runs.index(head)
    while low > 0 and _adjoin(t, runs[low - 1], runs[low]):
        low -= 1
    while high + 1 < len(runs) and _adjoin(t, runs[high], runs[high + 1]):
        high += 1
    return _whole_name(c, head, q, runs[low : high + 1])


def _whole_name(c: Context, head: int, q: Quote, phrase: list[int]) -> list[int]:
    """The phrase with all words of a person's name at its head, also those that the parse hangs elsewhere ("Ana de la
    Vega")."""
    t = c.tree

    def belongs(i: int) -> bool:
        return t.entity[i] == "PERSON" and t.tag[i] == "NNP" and t.paragraph[i] == t.paragraph[head]

    if not belongs(head):
        return phrase
    low, high = phrase[0], phrase[-1]
    while low > 0 and low <= head and belongs(low - 1) and belongs(low) and not c.barred(low - 1, q):
        low -= 1
    while high + 1 < len(t) and high >= head and belongs(high + 1) and belongs(high) and not c.barred(high + 1, q):
        high += 1
    return [*range(low, phrase[0]), *phrase, *range(phrase[-1] + 1, high + 1)]


def _adjoin(t: Tree, a: int, b: int) -> bool:
    """Do two tokens of a noun phrase stand together, with nothing but marks of possession or hyphens between?"""
    return all(t.tag[i] in ("POS", "HYPH", "''", "``") or t.space[i] for i in range(a + 1, b))

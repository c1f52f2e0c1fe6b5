"""Corpus files pass through here: CoNLL-U and IOB2 in, `Sentence` records with whole hyphenated words out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

HYPHENS = ("-", "‐", "‑")


@dataclass
class Sentence:
    """One annotated sentence; every list has one item per token.

    `heads` are indices into the sentence (a root is its own head); `entities` are IOB2 labels, `-` where unknown.
    """

    words: list[str]
    spaces: list[bool]
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(w + " " * s for w, s in zip(self.words, self.spaces, strict=True))


def read_conllu(path: Path) -> Iterator[list[Sentence]]:
    """Yield the paragraphs of a CoNLL-U file (https://universaldependencies.org/format.html), each a list of sentences.

    Where a file marks no paragraphs, its documents count as such. Hyphenated words that the treebank splits
    (`US - made`) are joined again, because a reporter's text has them whole.
    """
    paragraph: list[Sentence] = []
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith(("# newdoc", "# newpar")) and paragraph:
            yield paragraph
            paragraph = []
        if line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            paragraph.append(_sentence(rows))
            rows = []
    if paragraph:
        yield paragraph


def _sentence(rows: list[list[str]]) -> Sentence:
    words, spaces, tags, pos, heads, deps = [], [], [], [], [], []
    glued_until, glued_space = 0, True
    mentions: list[str] = []
    for row in rows:
        number = row[0]
        if "." in number:  # an empty node of the enhanced graph
            continue
        space = "SpaceAfter=No" not in row[9].split("|")
        if "-" in number:  # a multiword token: its parts stand without spaces between them
            glued_until, glued_space = int(number.split("-")[1]), space
            continue
        if int(number) <= glued_until:
            space = glued_space if int(number) == glued_until else False
        words.append(row[1].replace(" ", " "))
        spaces.append(space)
        tags.append(row[4])
        pos.append(row[3])
        heads.append(int(row[6]) - 1 if row[6] != "0" else len(words) - 1)
        deps.append("ROOT" if row[6] == "0" else row[7])
        mentions.append(next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), ""))
    entities = _gum_names(mentions, words, pos) if any(mentions) else []
    return join_hyphens(Sentence(words, spaces, tags, pos, heads, deps, entities))


GUM_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
_BRACKET = re.compile(r"\(([^()]+)\)|\(([^()]+)|([^()]+)\)")


def _gum_names(mentions: list[str], words: list[str], pos: list[str]) -> list[str]:
    """IOB2 labels of the named among GUM's entity mentions (which include every noun phrase).

    Named: after articles and titles are cut off, all its words are proper nouns, `of` and the like between them
    allowed. A mention inside a named one is dropped, as in Universal NER.
    """
    spans: list[tuple[int, int, str]] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, text in enumerate(mentions):
        for single, opening, closing in _BRACKET.findall(text):
            head = (single or opening).split("-")
            if single and len(head) > 1:
                spans.append((i, i + 1, head[1]))
            elif opening and len(head) > 1:
                opened.setdefault(head[0], []).append((i, head[1]))
            elif closing or single:
                stack = opened.get((closing or single).split("-")[0])
                if stack:
                    start, kind = stack.pop()
                    spans.append((start, i + 1, kind))
    labels = ["O"] * len(words)
    for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
        if kind not in GUM_LABELS:
            continue
        while start < end and (
            pos[start] in ("DET", "PUNCT") or (kind == "person" and words[start].rstrip(".") in TITLES)
        ):
            start += 1
        while end > start and (pos[end - 1] in ("PUNCT", "PART") and words[end - 1] not in (".",)):
            end -= 1
        inside = range(start, end)
        named = all(pos[i] == "PROPN" or words[i] in ("of", "the", "de", "and", "&", "for", "-", ".") for i in inside)
        if (
            not inside
            or not named
            or pos[end - 1] != "PROPN"
            or pos[start] != "PROPN"
            or any(labels[i] != "O" for i in inside)
        ):
            continue
        if kind == "person" and "and" in words[start:end]:
            continue
        for i in inside:
            labels[i] = ("B-" if i == start else "I-") + GUM_LABELS[kind]
    return labels


TITLES = frozenset(
    (
        "Mr Mrs Ms Dr Prof Professor President Sir Senator Governor King Queen Prince Princess Judge Justice "
        "General Captain Colonel Minister Pope Bishop Chairman Secretary Lord Lady Saint St Reverend Rev Sen "
        "Rep Gov"
    ).split()
)


def join_hyphens(sentence: Sentence) -> Sentence:
    """Join `US`, `-`, `made` into one token; it takes tag and relation of the part that governs the others."""
    words, spaces = sentence.words, sentence.spaces
    groups: list[list[int]] = []
    i = 0
    while i < len(words):
        group = [i]
        while (
            i + 2 < len(words)
            and words[i + 1] in HYPHENS
            and not spaces[i]
            and not spaces[i + 1]
            and words[i][-1:].isalnum()
            and words[i + 2][:1].isalnum()
        ):
            group += [i + 1, i + 2]
            i += 2
        groups.append(group)
        i += 1
    if len(groups) == len(words):
        return sentence
    place = {old: new for new, group in enumerate(groups) for old in group}
    new = replace(sentence, words=[], spaces=[], tags=[], pos=[], heads=[], deps=[], entities=[])
    for number, group in enumerate(groups):
        new.words.append("".join(words[i] for i in group))
        new.spaces.append(spaces[group[-1]])
        if sentence.entities:
            labels = {sentence.entities[i].partition("-")[2] for i in group}
            new.entities.append(sentence.entities[group[0]] if len(labels) == 1 else "-")
        if not sentence.heads:
            continue
        top = min(group, key=lambda i: _depth(sentence.heads, i))
        new.tags.append(sentence.tags[top])
        new.pos.append(sentence.pos[top])
        new.deps.append(sentence.deps[top])
        new.heads.append(number if sentence.heads[top] == top else place[sentence.heads[top]])
    for i, label in enumerate(new.entities):  # an I- after a lost B- begins the name
        if label.startswith("I-") and new.entities[i - 1 : i] in (["-"], ["O"], []):
            new.entities[i] = "B-" + label[2:]
    return new


def _depth(heads: list[int], i: int) -> int:
    depth = 0
    while heads[i] != i:
        i, depth = heads[i], depth + 1
    return depth


def read_iob2(path: Path, like: dict[tuple[str, ...], Sentence] | None = None) -> Iterator[Sentence]:
    """Yield the sentences of a two-column file (word TAB label).

    `like` maps word sequences to treebank sentences before hyphens are joined; from it comes the spacing, without
    which a hyphenated word cannot be told from a dash.
    """
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip():
            word, label = line.split("\t")
            words.append(word)
            labels.append(label.strip())
        elif words:
            known = (like or {}).get(tuple(words))
            if known:
                yield join_hyphens(Sentence(words, known.spaces, entities=labels))
            else:
                yield _respace(words, labels)
            words, labels = [], []


def _respace(words: list[str], labels: list[str]) -> Sentence:
    """Guess the spaces that a tokenised corpus lost; hyphens between words count as glued in both directions."""
    spaces = [True] * len(words)
    for i, word in enumerate(words):
        if word in ("(", "[", "“", "$", "£", "``") and i + 1 < len(words):
            spaces[i] = False
        if i and (word in (".", ",", ";", ":", "?", "!", ")", "]", "%", "”", "'s", "’s", "n't", "''", "'")):
            spaces[i - 1] = False
    return Sentence(words, spaces, entities=labels)


def raw_sentences(path: Path) -> dict[tuple[str, ...], Sentence]:
    """Word sequence of each sentence of a CoNLL-U file as the treebank splits it, to its words and spaces."""
    found = {}
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif rows:
            words, spaces, glued_until, glued_space = [], [], 0, True
            for row in rows:
                space = "SpaceAfter=No" not in row[9].split("|")
                if "-" in row[0]:
                    glued_until, glued_space = int(row[0].split("-")[1]), space
                elif "." not in row[0]:
                    number = int(row[0])
                    if number <= glued_until:
                        space = glued_space if number == glued_until else False
                    words.append(row[1])
                    spaces.append(space)
            found[tuple(words)] = Sentence(words, spaces)
            rows = []
    return found


def annotated_names(data: Path) -> dict[str, list[Sentence]]:
    """The sentences with names that may be trained on, by annotation scheme, and what is held out of them.

    `uner` is Universal NER's EWT without every tenth sentence (`held out`), `gum` the named mentions of GUM.
    """
    uner = [
        s
        for part in ("dev", "test")
        for s in read_iob2(data / "ner" / f"uner-ewt-{part}.iob2", raw_sentences(data / "ud" / f"ewt-{part}.conllu"))
    ]
    paragraphs = (p for name in ("gum-train", "gum-dev") for p in read_conllu(data / "ud" / f"{name}.conllu"))
    domains = ("ai", "literature", "music", "politics", "science")
    return {
        "uner": [s for i, s in enumerate(uner) if i % 10],
        "held out": uner[::10],
        "gum": [s for p in paragraphs for s in p if s.entities],
        "wikigold": list(read_iob2(data / "ner" / "wikigold.iob2")),
        "crossner": [s for domain in domains for s in read_iob2(data / "ner" / f"crossner-{domain}.iob2")],
    }

"""A trained pipeline passes through here and is scored on files it never saw: `python -m quotes_cli.training.evaluate`.

Each treebank paragraph is given as raw text, so tokenizer and sentence splitter are part of what is measured. Exit
code 1 below a floor of `FLOORS`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training import Example

from .corpora import Sentence, raw_sentences, read_conllu, read_iob2
from .train import to_example

#: The least that the shipped model must reach, in percent.
FLOORS = {
    ("pud-test", "las"): 89.0,
    ("pud-test", "tag"): 96.0,
    ("gum-test", "las"): 86.5,
    ("uner-pud-test", "PERSON"): 83.0,
    ("uner-pud-test", "all"): 73.0,
}


def syntax_scores(nlp: Language, path: Path) -> dict[str, float]:
    """Scores in percent on a treebank: `tokens` F1, `tag` accuracy, `uas`, `las` (both without punctuation),
    `sentences` F1."""
    examples = []
    for paragraph in read_conllu(path):
        reference = to_example(nlp, paragraph).reference
        text = "".join(s.text for s in paragraph)
        examples.append(Example(nlp.make_doc(text.rstrip()), reference))
    scores = nlp.evaluate(examples)
    names = {
        "tokens": "token_f",
        "tag": "tag_acc",
        "pos": "pos_acc",
        "uas": "dep_uas",
        "las": "dep_las",
        "sentences": "sents_f",
    }
    return {ours: 100 * float(scores[theirs]) for ours, theirs in names.items()}


def name_scores(nlp: Language, path: Path, treebank: Path) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 in percent of names by label and `all`: exact character spans in the sentences' raw
    text."""
    like = raw_sentences(treebank)
    counts: dict[str, list[int]] = {label: [0, 0, 0] for label in ("PERSON", "ORG", "LOC", "all")}
    for sentence in read_iob2(path, like):
        wanted = _spans(sentence)
        doc = nlp(sentence.text.rstrip())
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        for label, count in counts.items():
            want = {s for s in wanted if label in (s[2], "all")}
            got = {s for s in found if label in (s[2], "all")}
            for k, value in enumerate((len(want & got), len(got), len(want))):
                count[k] += value
    table = {}
    for label, (right, found_n, wanted_n) in counts.items():
        precision, recall = right / max(found_n, 1), right / max(wanted_n, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        table[label] = {"p": 100 * precision, "r": 100 * recall, "f": 100 * f1}
    return table


def _spans(sentence: Sentence) -> set[tuple[int, int, str]]:
    spans: set[tuple[int, int, str]] = set()
    offset = end = 0
    start = -1
    label = ""
    for word, space, tag in [*zip(sentence.words, sentence.spaces, sentence.entities, strict=True), ("", False, "O")]:
        if start >= 0 and tag != "I-" + label:
            spans.add((start, end, label))
            start = -1
        if tag.startswith("B-"):
            start, label = offset, tag[2:]
        offset += len(word)
        end = offset
        offset += space
    return spans


def evaluate(nlp: Language, data: Path) -> dict[tuple[str, str], float]:
    """Everything that a floor or the model card names, in percent, by (file, score)."""
    scores: dict[tuple[str, str], float] = {}
    for name in ("pud-test", "gum-test"):
        for key, value in syntax_scores(nlp, data / "ud" / f"{name}.conllu").items():
            scores[name, key] = value
    table = name_scores(nlp, data / "ner" / "uner-pud-test.iob2", data / "ud" / "pud-test.conllu")
    for label, row in table.items():
        scores["uner-pud-test", label] = row["f"]
        scores["uner-pud-test", label + " p"] = row["p"]
        scores["uner-pud-test", label + " r"] = row["r"]
    return scores


def main() -> int:
    parser = argparse.ArgumentParser(description="Score the shipped pipeline on treebanks it never saw.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with ud/ and ner/")
    parser.add_argument("--model", default=None, help="another pipeline's folder; the shipped one by default")
    options = parser.parse_args()
    if options.model:
        nlp = spacy.load(options.model)
    else:
        from quotes_cli.language.pipeline import load_model

        nlp = load_model()
    scores = evaluate(nlp, options.data)
    missed = 0
    for (name, key), value in scores.items():
        floor = FLOORS.get((name, key))
        missed += floor is not None and value < floor
        print(f"{name:14} {key:10} {value:6.2f}" + (f"  floor {floor:.1f}" if floor else ""))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

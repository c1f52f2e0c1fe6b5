"""A pipeline without a model, for the tests of reading, writing and the command; and the shipped model, loaded once."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import WALL, folder_of
from fake_quotes import STORY, each, fake_extract

from quotes_cli.work.cores import one_thread_each

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes_cli.commands.request import ExtractOptions

# As the command does; two threads that wait for one another on a busy machine take ten times as long for a short text.
one_thread_each()
# A background job ignores these, and so would the programs that tests start and send them to.
for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_IGN:
        signal.signal(getattr(signal, name), handler)


@pytest.fixture(autouse=True)
def kind_of_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind of terminal for all tests: Rich keeps the codes of a style as it was first shown in the process."""
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The command finds what stands in marks and gives it to Ana Ortiz. Returns the names of the models asked for."""
    asked: list[str | None] = []

    def load(options: ExtractOptions):
        asked.append(options.model)
        return each(fake_extract)

    monkeypatch.setattr("quotes_cli.commands.request.load_extractor", load)
    return asked


@pytest.fixture
def story(tmp_path: Path, fake_pipeline: list[str | None]) -> Path:
    """An article, of which the command finds two quotations and what is none."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped model; a test that adds a pipe to it loads its own."""
    from shipped import model  # here, so that the other tests start without spaCy

    return model()


@pytest.fixture(scope="module")
def wall_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles with one sentence that two people are said to have said."""
    a = f"Mayor Ana Ortiz came late. “{WALL},” Ortiz said.\n"
    b = f"Bo Lee, a singer, left. “{WALL[:60]},” Lee said. “Not so,” he said.\n"
    return folder_of(tmp_path_factory.mktemp("articles"), {"a.txt": a, "b.txt": b})

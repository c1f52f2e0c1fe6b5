"""A pipeline without a model, for the tests of reading, writing and the command."""

from __future__ import annotations

import pytest
from fake_quotes import fake_extract


@pytest.fixture
def fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The command finds what stands in marks and gives it to Ana Ortiz. Returns the names of the models asked for."""
    asked: list[str | None] = []

    def load(model: str | None, **options: object):
        asked.append(model)
        return fake_extract

    monkeypatch.setattr("quotes_cli.commands.extract.load_extractor", load)
    return asked

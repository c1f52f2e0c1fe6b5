"""Models that users name: what does not fit is told in one line with the remedy, and no library speaks beside it."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path

import pytest
import spacy

from quotes_cli.errors import ModelError
from quotes_cli.language.pipeline import SHIPPED, load_model


def changed(folder: Path, **meta: object) -> Path:
    """The shipped model with another description of itself."""
    shutil.copytree(SHIPPED, folder)
    path = folder / "meta.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | meta), "utf-8")
    return folder


def refused(name: object) -> str:
    with warnings.catch_warnings(record=True) as spoken:
        warnings.simplefilter("always")
        with pytest.raises(ModelError) as told:
            load_model(str(name))
    assert spoken == []
    assert "\n" not in str(told.value)
    assert str(told.value).startswith(f"model {name} ")
    return str(told.value)


@pytest.mark.parametrize("name", ["no_such_model", "json", "../../etc", ""])
def test_missing(name: str) -> None:
    assert refused(name).endswith("name a folder or an installed package of a spaCy pipeline")


@pytest.mark.parametrize("wanted", [">=3.4.0,<3.5.0", ">=3.9.0,<3.10.0", ">=4.0.0,<5"])
def test_another_spacy(wanted: str, tmp_path: Path) -> None:
    assert "was made for another spaCy; install one made for spaCy 3." in refused(
        changed(tmp_path / "model", spacy_version=wanted)
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_english_parser(language: str, tmp_path: Path) -> None:
    spacy.blank(language).to_disk(tmp_path / "model")
    assert "has no English parser; name a pipeline" in refused(tmp_path / "model")


def test_no_tagger(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("parser").add_label("nsubj")
    nlp.initialize()
    nlp.to_disk(tmp_path / "model")
    assert "has no tagger; name a pipeline" in refused(tmp_path / "model")


def test_broken(tmp_path: Path) -> None:
    model = changed(tmp_path / "model")
    (model / "parser" / "model").write_bytes((model / "parser" / "model").read_bytes()[:1000])
    assert "cannot be loaded (" in refused(model)
    (model / "config.cfg").write_text("[nlp\nrubbish")
    assert "cannot be loaded (" in refused(model)
    (model / "meta.json").write_text("{")
    assert "cannot be loaded (" in refused(model)
    shutil.rmtree(model / "vocab")
    assert "cannot be loaded (" in refused(model)


def test_the_shipped_pipeline_is_what_plain_spacy_loads(tmp_path: Path) -> None:
    """`load_model` does not fill the tokenizer twice; nobody can tell, and what it saves loads without this package."""
    text = "Mr. O’Brien can’t re-open the U.S. offices—now. E-mail a.ortiz@example.org (or don’t)!"
    ours, plain = load_model(), spacy.load(SHIPPED)
    assert ours.tokenizer.to_bytes() == plain.tokenizer.to_bytes()
    assert [t.text for t in ours.make_doc(text)] == [t.text for t in plain.make_doc(text)]
    ours.to_disk(tmp_path / "saved")
    assert "quotes." not in (tmp_path / "saved" / "config.cfg").read_text("utf-8")
    assert [t.text for t in spacy.load(tmp_path / "saved").make_doc(text)] == [t.text for t in plain.make_doc(text)]

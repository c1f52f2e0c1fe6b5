"""Nothing in, the versions of program, spaCy and model out, without loading any of them."""

from __future__ import annotations

import json
from pathlib import Path

from quotes_cli import __version__

MODEL_META = Path(__file__).parent.parent / "model" / "meta.json"


def versions() -> str:
    """Program, spaCy and model, one a line."""
    from importlib.metadata import PackageNotFoundError, version  # a tenth of a second that only this needs

    try:
        spacy = version("spacy")
    except PackageNotFoundError:
        spacy = "not installed"
    try:
        meta = json.loads(MODEL_META.read_text("utf-8"))
        model = f"{meta['lang']}_{meta['name']} {meta['version']}"
    except (OSError, ValueError, KeyError):
        model = "not found; run: make model DATA=../shared/data"
    return f"quotes {__version__}\nspaCy {spacy}\nmodel {model}"

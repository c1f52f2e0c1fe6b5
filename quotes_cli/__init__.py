"""Articles in, quotations with their speakers out: `from quotes_cli import extract; extract(text)`.

Nothing heavy happens on import: the names below load their module, and with it spaCy, on first use.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing's own takes a quarter of the time that `quotes --version` takes
if TYPE_CHECKING:
    from typing import Any

    from .language.pipeline import load_model
    from .library import extract, extract_many, read_articles
    from .records import Article, Quotation

__version__ = "0.1.0"
__all__ = ["Article", "Quotation", "__version__", "extract", "extract_many", "load_model", "read_articles"]

_HOMES = {
    "Article": "records",
    "Quotation": "records",
    "extract": "library",
    "extract_many": "library",
    "load_model": "language.pipeline",
    "read_articles": "library",
}


def __getattr__(name: str) -> Any:
    """Fetch a public name from its module on first use (PEP 562)."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)

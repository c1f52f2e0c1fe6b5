"""Articles in, quotations with their speakers out: `from quotes_cli import extract; extract(text)`.

Nothing heavy happens on import: the names below load their module, and with it spaCy, on first use.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing's own takes a quarter of the time that `quotes --version` takes
if TYPE_CHECKING:
    from typing import Any

    from .language.pipeline import extract, load_model
    from .records import Quotation

__version__ = "0.1.0"
__all__ = ["Quotation", "__version__", "extract", "load_model"]

_HOMES = {"extract": "language.pipeline", "load_model": "language.pipeline", "Quotation": "records"}


def __getattr__(name: str) -> Any:
    """Fetch a public name from its module on first use (PEP 562)."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)

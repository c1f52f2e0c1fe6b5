"""`quotes datasette`: a database in, the metadata out with which Datasette shows it: facets, titles, columns."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import fields
from pathlib import Path
from typing import Any

from quotes_cli.errors import UsageError
from quotes_cli.export.sink import same_file, text_output
from quotes_cli.records import OUTLETS, Quotation
from quotes_cli.status import ExitStatus, Streams

from .stored import reading

_FACETS = ("speaker", "kind", "speaker_type", "gender")  # of the view; few enough values to choose from


def datasette_command(database: str, output: str | None, streams: Streams) -> ExitStatus:
    """Run `datasette`. The database is read, and nothing written but the metadata."""
    if output is not None and same_file(Path(database), output):
        raise UsageError(f"--output: {output} is the database and would be overwritten; choose another name")
    with reading(database) as there:
        metadata = metadata_of(Path(database).stem, there)
    text = json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"
    with text_output(output, streams.stdout) as sink:
        sink.stream.write(text)
        sink.stream.flush()
    return ExitStatus.DONE


def metadata_of(name: str, database: sqlite3.Connection) -> dict[str, Any]:
    """What Datasette goes by for the database of that name. Raises `sqlite3.DatabaseError` where it is none of ours."""
    columns = {row["name"] for row in database.execute("PRAGMA table_info(records)")}
    if "quote" not in columns:
        raise sqlite3.DatabaseError("it has no view records")
    dated = database.execute("SELECT 1 FROM articles WHERE published IS NOT NULL LIMIT 1").fetchone() is not None
    meanings = {
        field.name: field.metadata["meaning"].replace("*", "").replace("`", "")
        for field in fields(Quotation)
        if field.name in columns
    }
    by_date: list[Any] = [{"date": "published"}] if dated else []
    outlets = sorted(column for column in columns if column.lower() in OUTLETS)
    facets = [facet for facet in ("person", *_FACETS) if facet in columns]
    if "person" in facets and not database.execute("SELECT 1 FROM records WHERE person IS NOT NULL LIMIT 1").fetchone():
        facets.remove("person")
    return {
        "title": "Who said what",
        "databases": {
            name: {
                "tables": {
                    "records": {
                        "title": "Quotations",
                        "description": "One row for each quotation: who said it, where, and how sure that is.",
                        "facets": facets + outlets + by_date,
                        "columns": meanings,
                    },
                    "articles": {"title": "Articles", "label_column": "source", "facets": outlets + by_date},
                    "speakers": {"title": "Speakers", "label_column": "name", "facets": ["type"], "sort": "name"},
                    "quotations": {
                        "title": "Quotations, with full-text search",
                        "facets": ["speaker", "kind"],
                        "columns": {key: meaning for key, meaning in meanings.items() if key != "source"},
                    },
                }
            }
        },
    }

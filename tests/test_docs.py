"""The README and its pages say all that the command can do, and what they show runs."""

from __future__ import annotations

import ast
import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from configparser import ConfigParser
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main
from documentation import EVERYTHING, PAGES, PATHS, ROOT, code_lines, lay_out, section

from quotes_cli.app.cli import app
from quotes_cli.docs import contents
from quotes_cli.docs import names as names_of_pages
from quotes_cli.export.record import as_dict
from quotes_cli.export.registry import names
from quotes_cli.language.pipeline import extract_article
from quotes_cli.read.formats import GLOBS
from quotes_cli.records import KINDS, Article, Quotation

if TYPE_CHECKING:
    from spacy.language import Language

COMMAND = typer.main.get_command(app)
COMMANDS = COMMAND.commands
README_LINES = 220
WIDEST = 120


def written_anew(page: str, there: str, wanted: str) -> str:
    """What stands in a page; with `UPDATE_GOLDEN=1` what should."""
    if not os.environ.get("UPDATE_GOLDEN"):
        return there
    path = next(path for path in PATHS if path.stem == page)
    path.write_text(path.read_text("utf-8").replace(there, wanted), "utf-8")
    return wanted


def rows(text: str) -> str:
    """The lines of its tables."""
    return "".join(line for line in text.splitlines(keepends=True) if line.startswith("|"))


def test_the_readme_is_short() -> None:
    assert PAGES["README"].count("\n") <= README_LINES
    assert [line for line in PAGES["README"].splitlines() if len(line) > WIDEST] == []


def test_every_page_says_what_it_is_about() -> None:
    assert names_of_pages() == sorted(PAGES.keys() - {"README"})
    for name, about in contents():
        assert PAGES[name].startswith(f"# {about}\n\n"), name
        assert 10 <= len(about) <= 60, name


def test_the_readme_shows_a_record(nlp: Language) -> None:
    """The first of an article of ours; `UPDATE_GOLDEN=1` writes it."""
    article = Article("article.txt", (ROOT / "tests" / "data" / "harbour.txt").read_text("utf-8"))
    record = as_dict(article, extract_article(article, nlp)[0])
    lines = [""]
    for name, value in record.items():
        pair = json.dumps({name: value}, ensure_ascii=False)[1:-1]
        if len(lines[-1]) + len(pair) > WIDEST - 4:
            lines.append("")
        lines[-1] += f" {pair},"
    there = re.findall(r"```json\n(.*?\n)```", PAGES["README"], re.DOTALL)[0]
    wanted = "{" + "\n".join(lines)[1:-1] + "}\n"
    assert written_anew("README", there, wanted) == wanted
    assert list(json.loads(wanted)) == [field.name for field in fields(Quotation)]


def test_the_readme_lists_the_pages() -> None:
    """`UPDATE_GOLDEN=1` writes the list."""
    table = "| page | what it is about |\n|---|---|\n"
    table += "".join(f"| [{name}](quotes_cli/docs/{name}.md) | {about} |\n" for name, about in contents())
    there = rows(section("README", "Where things are documented"))
    assert written_anew("README", there, table) == table


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name: str) -> None:
    assert f"quotes {name}" in PAGES["README"]
    assert COMMANDS[name].help
    assert f"quotes {name}" in (COMMANDS[name].epilog or ""), "an example"


@pytest.mark.parametrize(
    "option",
    sorted(
        {
            o
            for c in (COMMAND, *COMMANDS.values())
            for p in c.params
            for o in (*p.opts, *p.secondary_opts)
            if o.startswith("-")
        }
    ),
)
def test_every_option_is_documented(option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", EVERYTHING)


def test_every_documented_option_exists() -> None:
    params = [param for command in COMMANDS.values() for param in command.params]
    known = {option for param in params for option in (*param.opts, *param.secondary_opts)}
    described = [line.split(" | ")[0] for line in EVERYTHING.splitlines() if line.startswith("| `-")]
    assert described
    assert {option for row in described for option in re.findall(r"`(--?[a-z-]+)`", row)} <= known | {"--help", "-h"}


def test_every_option_has_help() -> None:
    for command in (COMMAND, *COMMANDS.values()):
        assert all(param.help for param in command.params), command.name


def test_the_options_know_formats_kinds_and_globs() -> None:
    options = PAGES["options"].replace("\\|", "|")
    assert "|".join(names()) in options
    assert "|".join(KINDS) in options
    assert all(f"`{glob}`" in options for glob in GLOBS)


def test_the_record_has_its_table_of_fields() -> None:
    """What `records.py` says of each; `UPDATE_GOLDEN=1` writes it. Neighbours of the same meaning share a row."""
    types = {"str": "text", "int": "number", "float": "number"}
    table = "| field | type | meaning |\n|---|---|---|\n"
    for meaning, group in groupby(fields(Quotation), key=lambda field: field.metadata["meaning"]):
        first, *others = group
        names = ", ".join(f"`{field.name}`" for field in (first, *others))
        kind = types[str(first.type).partition(" ")[0]] + (" or nothing" if "None" in str(first.type) else "")
        table += f"| {names} | {kind} | {meaning} |\n"
    assert written_anew("record", rows(PAGES["record"]), table) == table


def test_developers_have_the_map_of_the_house() -> None:
    """The layers of `.importlinter`, each room by the first line of its docstring; `UPDATE_GOLDEN=1` writes it."""
    contract = ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    table = "| room | what passes through it |\n|---|---|\n"
    for rule in ("rooms", "stages"):
        folder = ROOT.joinpath(*contract[f"importlinter:contract:{rule}"]["containers"].split("."))
        for layer in contract[f"importlinter:contract:{rule}"]["layers"].split("\n"):
            for room in layer.split(" | ") if layer else ():
                place = folder / room / "__init__.py" if (folder / room).is_dir() else folder / f"{room}.py"
                says = (ast.get_docstring(ast.parse(place.read_text("utf-8"))) or "").partition("\n\n")[0]
                name = f"{folder.relative_to(ROOT / 'quotes_cli')}/".removeprefix("./") + room
                table += f"| `{name}{'/' if (folder / room).is_dir() else '.py'}` | {' '.join(says.split())} |\n"
    assert written_anew("developers", rows(section("developers", "The house")), table) == table


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^    |`)make (\w[\w-]*)", EVERYTHING, re.MULTILINE))))
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_pictures_and_files_exist(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("page", re.findall(r"`quotes docs ([a-z]+)`", EVERYTHING))
def test_pages_that_are_named_exist(page: str) -> None:
    assert page in PAGES


# The README's own list is run in test_shell.py.
TYPED = [line for text in PAGES.values() for line in code_lines(text) if line.startswith("quotes ")]


@pytest.mark.parametrize("line", TYPED)
def test_what_is_typed_is_understood(line: str) -> None:
    """Its first command, up to the first pipe: the options exist, and their values can be read."""
    shell = shlex.shlex(line, posix=True, punctuation_chars=True)
    shell.whitespace_split = True
    words = list(itertools.takewhile(lambda word: word[0] not in "|>;&", shell))
    if words[1] in COMMANDS:
        COMMANDS[words[1]].make_context(words[1], words[2:])
    else:
        assert words[1].startswith("--"), line


# An example of Python, and what it prints where it prints something.
EXAMPLES = [
    pytest.param(code, prints, id=f"{name}-{number}")
    for name, text in PAGES.items()
    for number, (code, prints) in enumerate(
        re.findall(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", text, re.DOTALL | re.MULTILINE), 1
    )
]


@pytest.mark.parametrize(("code", "prints"), EXAMPLES)
def test_examples_run(code: str, prints: str, tmp_path: Path) -> None:
    lay_out(tmp_path)
    for module in re.findall(r"^\s*(?:import|from) (pandas|fastapi)\b", code, re.MULTILINE):
        pytest.importorskip(module)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=tmp_path, env=env)
    assert (result.returncode, result.stdout) == (0, prints), result.stderr

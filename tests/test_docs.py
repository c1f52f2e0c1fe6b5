"""The README says all that the command can do, and what it shows runs."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from configparser import ConfigParser
from dataclasses import fields
from itertools import groupby
from pathlib import Path

import pytest
import typer.main

from quotes_cli.app.cli import app
from quotes_cli.export.registry import names
from quotes_cli.read.formats import GLOBS
from quotes_cli.records import KINDS, Quotation

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMAND = typer.main.get_command(app)
COMMANDS = COMMAND.commands


def written_anew(there: str, wanted: str) -> str:
    """What stands in the README; with `UPDATE_GOLDEN=1` what should."""
    if not os.environ.get("UPDATE_GOLDEN"):
        return there
    path = ROOT / "README.md"
    path.write_text(path.read_text("utf-8").replace(there, wanted), "utf-8")
    return wanted


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"quotes {name}" in README
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
def test_every_option_stands_in_the_readme(option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", README)


def test_every_option_of_the_readme_exists() -> None:
    params = [param for command in COMMANDS.values() for param in command.params]
    known = {option for param in params for option in (*param.opts, *param.secondary_opts)}
    rows = [line.split(" | ")[0] for line in README.splitlines() if line.startswith("| `-")]
    assert rows
    assert {option for row in rows for option in re.findall(r"`(--?[a-z-]+)`", row)} <= known | {"--help", "-h"}


def test_every_option_has_help() -> None:
    for command in (COMMAND, *COMMANDS.values()):
        assert all(param.help for param in command.params), command.name


def test_the_readme_knows_formats_kinds_and_globs() -> None:
    assert "|".join(names()) in README.replace("\\|", "|")
    assert "|".join(KINDS) in README.replace("\\|", "|")
    assert all(f"`{glob}`" in README for glob in GLOBS)


def test_the_readme_has_the_table_of_fields() -> None:
    """What `records.py` says of each; `UPDATE_GOLDEN=1` writes it. Neighbours of the same meaning share a row."""
    types = {"str": "text", "int": "number", "float": "number"}
    table = "| field | type | meaning |\n|---|---|---|\n"
    for meaning, group in groupby(fields(Quotation), key=lambda field: field.metadata["meaning"]):
        first, *others = group
        names = ", ".join(f"`{field.name}`" for field in (first, *others))
        kind = types[str(first.type).partition(" ")[0]] + (" or nothing" if "None" in str(first.type) else "")
        table += f"| {names} | {kind} | {meaning} |\n"
    section = README.partition("## The record")[2].partition("\n## ")[0]
    there = "".join(line for line in section.splitlines(keepends=True) if line.startswith("|"))
    assert written_anew(there, table) == table


def test_the_readme_has_the_map_of_the_house() -> None:
    """The layers of `.importlinter`, each room by the first line of its docstring; `UPDATE_GOLDEN=1` writes it."""
    contract = ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    rows = "| room | what passes through it |\n|---|---|\n"
    for section in ("rooms", "stages"):
        folder = ROOT.joinpath(*contract[f"importlinter:contract:{section}"]["containers"].split("."))
        for layer in contract[f"importlinter:contract:{section}"]["layers"].split("\n"):
            for room in layer.split(" | ") if layer else ():
                place = folder / room / "__init__.py" if (folder / room).is_dir() else folder / f"{room}.py"
                says = (ast.get_docstring(ast.parse(place.read_text("utf-8"))) or "").partition("\n\n")[0]
                name = f"{folder.relative_to(ROOT / 'quotes_cli')}/".removeprefix("./") + room
                rows += f"| `{name}{'/' if (folder / room).is_dir() else '.py'}` | {' '.join(says.split())} |\n"
    there = "".join(re.findall(r"^\|.*\n", README.partition("### The house")[2], re.MULTILINE))
    assert written_anew(there, rows) == rows


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^    |`)make (\w+)", README, re.MULTILINE))))
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_pictures_and_files_exist() -> None:
    headings = {re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-") for line in README.splitlines()}
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", README):
        assert (target[1:] in headings) if target.startswith("#") else (ROOT / target).exists(), target


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_examples_run(code: str) -> None:
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    assert "Ana Ortiz said: We will rebuild," in result.stdout

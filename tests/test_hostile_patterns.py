"""No pattern of the code backtracks without end: each is timed, as it is used, on strings made to trip it up."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest
from growth import TIMES, TRIES, seconds

import quotes_cli
from quotes_cli.language.segment import lost
from quotes_cli.language.segment.marks import conventions
from quotes_cli.read.dates import _FORMS
from quotes_cli.read.encoding import _SIGNATURES
from quotes_cli.read.twice import _MISREADINGS

PACKAGE = Path(quotes_cli.__file__).parent
SHORT = 1_000
SWIFT = 0.01  # seconds of the processor for 4000 characters, below which no growth matters: two million steps
STEEPEST = 2.5 * TIMES  # of linear growth; squares would be four times as steep
WHERE_IT_STARTS = {"match", "fullmatch"}
UNITS = (
    *(" ", "\t", "\n", "\r", "\r\n", " \n", "\n ", "\v", "\u00a0", "\u2028", "a", "A", "é", "0", "Aa ", "a b ", "A. "),
    *("A-", "A’", "'s ", "ab", "AB ", "1,", "1.", "-", "—", ".", ". ", ",", "…", "“", "”", '"', "'", "’", "`", "``"),
    *("(", "[", "[a](", "<", "<a ", "<!--", "&", "*", "**a", "_", "~", "=", "$", "|", "\\", "/", "#", ">", "> ", ":"),
    *("@", "a@", "http://", "charset=", "<meta ", "<?xml ", "<html", "-\n", "the ", "of ", "Mr. ", "A, B, ", "\x1b["),
)
ENDS = ("", "\0x")
STARTS = ("", "title: ", "---\n", "> ", "<!--", "“", "A", "1")


def sources() -> list[Path]:
    """The modules that run when articles are worked on."""
    found = PACKAGE.rglob("*.py")
    return sorted(path for path in found if "training" not in path.parts and path.name != "__main__.py")


def patterns_of(path: Path) -> dict[str, tuple[re.Pattern[str] | re.Pattern[bytes], set[str]]]:
    """Each pattern of a module with the methods that it is used with, by its name or its line."""
    source = path.read_text("utf-8")
    module = import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"))
    found = {}
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        function = call.func
        if not (
            isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"
        ):
            continue
        if function.attr == "compile":
            continue
        if function.attr not in ("escape",):
            written = eval(compile(ast.Expression(call.args[0]), path.name, "eval"), dict(vars(module)))
            found[f"line {call.lineno}"] = re.compile(written), {function.attr}
    for name, value in vars(module).items():
        if isinstance(value, re.Pattern):
            used = set(re.findall(rf"\b{name}\.(\w+)\(", source)) | set(re.findall(rf"\b{name}\.(\w+)\b", source))
            found[name] = value, used or {"search"}
    return found


def compiled_in(path: Path) -> list[ast.Call]:
    """The calls of `re.compile` in a module."""
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"]


ALL = {
    f"{path.relative_to(PACKAGE)}:{name}": pattern
    for path in sources()
    if re.search(r"\bre\.\w+\(", path.read_text("utf-8"))
    for name, pattern in patterns_of(path).items()
} | {
    "language/segment/marks.py:conventions": (conventions().pattern, {"finditer"}),
    "language/segment/lost.py:tag": (lost._tag(), {"match"}),
    "language/segment/marks.py:first": (conventions().first, {"finditer"}),
}
#: spaCy's patterns, of the model's rules, for chunks of at most 200 characters (`parse.line.UNBROKEN`).
BOUNDED = {"language/forms/tokenizer.py": 4}
for number, form in enumerate(_FORMS):
    ALL[f"read/dates.py:form {number}"] = form, {"finditer"}
for number, (signature, *_) in enumerate(_SIGNATURES):
    ALL[f"read/encoding.py:signature {number}"] = signature, {"match"}
for number, misreading in enumerate(_MISREADINGS):
    ALL[f"read/twice.py:sure {number}"] = misreading.sure, {"search"}
    ALL[f"read/twice.py:any {number}"] = misreading.any, {"sub"}
    ALL[f"read/twice.py:letter {number}"] = misreading.letter, {"search"}


def use(pattern: re.Pattern[str] | re.Pattern[bytes], methods: set[str], text: str) -> float:
    """The processor's time for all ways in which it is used."""
    subject = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "surrogatepass")

    def work() -> None:
        for method in methods & WHERE_IT_STARTS:
            getattr(pattern, method)(subject)  # type: ignore[arg-type]
        if methods - WHERE_IT_STARTS:
            for _ in pattern.finditer(subject):  # type: ignore[arg-type]
                pass

    return seconds(work)


def test_all_patterns_are_known() -> None:
    """A pattern that is made inside a function escapes the test below, unless it is a name of its module."""
    assert len(ALL) >= 40
    for path in sources():
        made = len(compiled_in(path)) - BOUNDED.get(path.relative_to(PACKAGE).as_posix(), 0)
        assert made == 0 or made <= sum(name.startswith(f"{path.relative_to(PACKAGE)}:") for name in ALL), path


@pytest.mark.parametrize("name", ALL)
def test_time_grows_with_the_text_and_not_faster(name: str) -> None:
    pattern, methods = ALL[name]
    for start, unit, end in product(STARTS, UNITS, ENDS):
        tries = []
        for _ in range(TRIES):  # others use the machine too
            long = use(pattern, methods, start + unit * (SHORT * TIMES // len(unit)) + end)
            if long < SWIFT:
                break
            tries.append(long / use(pattern, methods, start + unit * (SHORT // len(unit)) + end))
            if tries[-1] < STEEPEST:
                break
        else:
            pytest.fail(f"{pattern.pattern!r} {methods} takes {min(tries):.1f} times as long: {(start, unit, end)}")

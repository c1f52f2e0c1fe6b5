"""An article's first lines and its name in, the day it was published out, as ISO 8601 writes it; or nothing.

Only what says that it is the day of the article: a line that is a date, *Published 12 March 2025*, a byline or dateline
with one, a file's name. A date in a sentence is that of an event.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<![\w-]){_DAY}(?: of)? {_MONTH},? {_YEAR}(?!\d)",
        rf"\b{_MONTH} {_DAY},? {_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}[/.](?P<month>0[1-9]|1[0-2])[/.](?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<!\d)(?P<day>1[3-9]|2\d|3[01])[/.](?P<month>0?[1-9]|1[0-2])[/.]{_YEAR}(?!\d)",  # no 4/5: May or April?
        rf"(?<!\d)(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}(?!\d)",
    )
)
_IN_NAME = re.compile(rf"(?<!\d){_YEAR}([-_./]?)(?P<month>0[1-9]|1[0-2])\2(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_PUBLISHED = re.compile(
    r"(?:first |originally )?(?:published|posted|released|issued|filed|date|dated)\b", re.IGNORECASE
)
_UPDATED = re.compile(r"(?:last )?(?:updated|modified|revised)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"""\b(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:at|on|by|the|[ap]\.?m\.?|[a-z]{1,4}t|utc|gmt)\b
    |t\d\d:\d\d[\d:.]*z?|\d+(?::\d+)*|\W+""",
    re.IGNORECASE | re.VERBOSE,
)  # what else a line with nothing but a date may have
_BYLINE = re.compile(r"by [^.!?]{3,60}$", re.IGNORECASE)
_DATELINE = re.compile(r"(?!On |In |By )[A-Z][^\n.!?“”\"]{2,70}?(?:—|–|--| - )")
_BEHIND_PLACE = re.compile(r"[^\w(]*(?:\([^()]*\)\W*)?")
_LINES, _CHARACTERS, _LONGEST = 12, 1500, 140


def iso_date(text: str) -> str | None:
    """The first date in a short text: `12 March 2025` is `2025-03-12`. 4/5/2025 may be in May or April, and is none."""
    found = _first(text)
    return found[0] if found is not None else None


def published(text: str, name: str | None = None) -> str | None:
    """The day of an article, by its first lines, else by its file's name where that is given."""
    lines = [line.strip() for line in text[:_CHARACTERS].splitlines() if line.strip()][:_LINES]
    return next(_days(lines), None) or (_in_name(name) if name else None)


def _days(lines: list[str]) -> Iterator[str]:
    """What the lines say, the surest first."""
    short = [line[:_LONGEST] for line in lines]
    for said in (_PUBLISHED, _UPDATED):
        yield from (day for line in short if said.match(line) and (day := iso_date(line)))
    yield from (day for line in short if len(line) <= _LONGEST // 2 and (day := _alone(line)))
    for line in lines:
        dateline = _DATELINE.match(line)
        found = _first(dateline[0]) if dateline else None
        if dateline and found and _BEHIND_PLACE.fullmatch(dateline[0], found[2]):
            yield found[0]


def _alone(line: str) -> str | None:
    """The date of a line that has nothing else, or whose it is: By Ana Ortiz | 12 March 2025."""
    found = _first(line)
    if found is None:
        return None
    day, start, end = found
    before = _BYLINE.sub("", line[:start].strip(" |,•·–—-"))
    return day if not _BESIDE.sub("", before + " " + line[end:]).strip() else None


def _in_name(name: str) -> str | None:
    for match in _IN_NAME.finditer(name):
        if day := _valid(match):
            return day
    return None


def _first(text: str) -> tuple[str, int, int] | None:
    """The first date and its characters."""
    found = [
        (match.start(), match.end(), day) for form in _FORMS for match in form.finditer(text) if (day := _valid(match))
    ]
    if not found:
        return None
    start, end, day = min(found)
    return day, start, end


def _valid(match: re.Match[str]) -> str | None:
    month = match["month"].lower()
    try:
        return date(int(match["year"]), _MONTHS.get(month) or int(month), int(match["day"])).isoformat()
    except ValueError:  # the 31st of April
        return None

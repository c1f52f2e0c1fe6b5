"""An article's text and its quotations in, the paragraphs of a page out: quotations marked, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from quotes_cli.language.segment import paragraphs
from quotes_cli.language.words.lists import fold_text
from quotes_cli.records import INDIRECT, Article, Quotation
from quotes_cli.visible import visible, visible_line

from .spans import CUE, NOBODY, QUOTATION, Marked, Stretch
from .tally import Spoken, Tally

_COLOURS, _PATTERNS = 7, 5  # of page.css
_LONGEST_LABEL = 18
_SUFFIXES = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})


def safe(text: str) -> str:
    """Text of an article for any place of the page: markup escaped, what acts on terminals or directions spelt out."""
    return escape(visible(text))


def safe_line(text: str) -> str:
    return escape(visible_line(text))


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker of all articles. `number` is their place among the most quoted, from 0; `label` stands for them in the
    text; `spoken` counts what they said."""

    spoken: Spoken
    number: int
    label: str

    @property
    def known(self) -> bool:
        """Whether the articles tell who it is."""
        return self.spoken.speaker is not None

    @property
    def classes(self) -> str:
        """Colour and underline: the most quoted have one each, the others are grey."""
        if self.known and self.number < _COLOURS:
            return f"s{self.number} u{self.number % _PATTERNS}"
        return f"sx u{0 if self.known else 3}"

    @property
    def shown(self) -> str:
        return NOBODY if self.spoken.speaker is None else visible_line(self.spoken.speaker)


def by_speaker(articles: Iterable[tuple[Article, Sequence[Quotation]]]) -> dict[str | None, Speaker]:
    """By name, the most quoted first as `quotes speakers` lists them, what has no speaker last."""
    tally = Tally(across=False)
    for article, quotations in articles:
        tally.add(article, quotations)
    labels = Labels()
    return Speakers(Speaker(spoken, number, labels.meet(spoken)) for number, spoken in enumerate(tally.speakers()))


class Speakers(dict[str | None, Speaker]):
    """Speakers by name; one that differs by case or accents alone is found too, as `Tally` counts it."""

    def __init__(self, speakers: Iterable[Speaker]) -> None:
        super().__init__((one.spoken.speaker, one) for one in speakers)
        self._folded = {fold_text(name): one for name, one in self.items() if name is not None}

    def __missing__(self, name: str) -> Speaker:
        return self._folded[fold_text(name)]


class Labels:
    """Short names for the text: `Ortiz` is Ana Ortiz, `de la Cruz` Eva de la Cruz, `Harbour Office` the harbour office.

    Who comes first has it; for the next Ortiz it is `B. Ortiz`, then the whole name.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def meet(self, spoken: Spoken) -> str:
        """The label of a speaker."""
        if spoken.speaker is None:
            return "?"
        names = [name for name in spoken.speaker.split("; ") if name] or ["?"]
        wholly = names[0] + (f" +{len(names) - 1}" if len(names) > 1 else "")
        for given in (False, True):
            label = _surname(names[0], given) if spoken.speaker_type in ("person", "unknown") else _body(names[0])
            label += wholly[len(names[0]) :]
            if label not in self._taken:
                break
        else:
            label = wholly
        self._taken.add(label)
        return label


def _surname(name: str, given: bool) -> str:
    """The last word with the particles before it; with the first letter of the first where `given`."""
    words = name.split() or [name]
    last = len(words) - 1
    while last > 0 and words[last].strip(".,").lower() in _SUFFIXES:
        last -= 1
    first = last
    while first > 1 and words[first - 1].islower():
        first -= 1
    surname = " ".join(words[first : last + 1]).strip(",")
    return f"{words[0][0]}. {surname}" if given and first > 0 else _cut(surname)


def _body(name: str) -> str:
    words = name.split()
    return _cut(" ".join(words[1:] if len(words) > 1 and words[0].lower() in ("the", "a", "an") else words))


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"


def marked_text(
    number: int, text: str, rest: int, quotations: Sequence[Quotation], speakers: dict[str | None, Speaker]
) -> Iterator[str]:
    """The paragraphs of an article, its quotations marked and each followed by its speaker's label; from
    the character `rest` on."""
    by_id = {quotation.id: quotation for quotation in quotations}
    marked = Marked(text, quotations)
    begun: set[int] = set()

    def opening(stretch: Stretch) -> str:
        keys = " ".join(f"{number}-{id}" for id in stretch.ids)
        if stretch.what != QUOTATION:
            return f'<span class="{"cue" if stretch.what == CUE else "mention"}" data-q="{keys}">'
        quotation = by_id[stretch.ids[0]]
        # A quotation over paragraphs is several elements, and the first is what links lead to.
        anchor = "" if quotation.id in begun else f' id="q{number}-{quotation.id}"'
        begun.add(quotation.id)
        classes = f"{speakers[quotation.speaker].classes}{' indirect' if quotation.kind == INDIRECT else ''}"
        return f'<mark{anchor} class="{classes}" data-q="{keys}">'

    def closing(stretch: Stretch) -> str:
        return "</mark>" if stretch.what == QUOTATION else "</span>"

    for start, end in paragraphs(text):
        if end <= rest:
            continue
        yield "<p>"
        nested = 0
        for here, there, over, noted in marked.pieces(start, end):
            yield from map(opening, over[nested:])
            yield safe(text[here:there])
            own = {id for stretch in over if stretch.what == QUOTATION for id in stretch.ids}
            yield from (_note(number, by_id[id], speakers) for id in noted if id not in own)
            nested = next((at for at, stretch in enumerate(over) if there in (stretch.end, end)), len(over))
            yield from map(closing, reversed(over[nested:]))
            yield from (_note(number, by_id[id], speakers) for id in noted if id in own)  # behind its mark, not in it
        yield "</p>\n"


def _note(number: int, quotation: Quotation, speakers: dict[str | None, Speaker]) -> str:
    """The label behind a quotation: what the keyboard and screen readers stop at."""
    speaker = speakers[quotation.speaker]
    label = escape(f"Quotation {quotation.id}: {speaker.shown}")
    attributes = f'type="button" class="tag {speaker.classes}" data-q="{number}-{quotation.id}" aria-label="{label}"'
    return f"<button {attributes}>{safe_line(speaker.label)}</button>"

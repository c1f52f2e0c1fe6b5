"""A tokenised article passes through here and is told how deep each of its paragraphs must be analysed.

Who is quoted is found in the paragraphs that quote. The others matter for what they call the same people: a paragraph
is tagged if it says of a name beside a quotation something that no paragraph before said (a given name, a title, an
apposition), or has near a name a noun that describes somebody beside a quotation ("the agency"). It is parsed where the
next one quotes with a pronoun, a description or nothing beside the marks, and tagged from there back to the next that
has a name. What is left is not analysed at all: no answer hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from quotes_cli.language.nouns import denotes
from quotes_cli.language.words.agents import verbs_of
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import fold, singular, words

from .annotation import MARKS
from .paragraph import FULL_STOPS, Depth, Paragraph

AHEAD = 4  # tokens from a determiner to its noun
OPENERS = frozenset({",", "("})  # of an apposition
CLASSES = frozenset({"masculine", "feminine", "plural", "neuter"})
GENDERED = frozenset({"masculine", "feminine"})
FEW = 3  # paragraphs at the begin, where a pronoun may come before its name
SINGLE = frozenset("'‘")
LONGEST_HEADLINE = 35  # tokens
FIRST_PERSON = frozenset({"first", "first-plural"})
#: What stands before a capital that is no person's: the end of a sentence, a preposition of places.
BEFORE_OTHERS = FULL_STOPS | MARKS | {"in", "at", "from", "near"}
PASSED_BY = frozenset({"in", "at", "from", "near", "told"})  # before a name that nobody beside it is called by
INTRODUCING = frozenset({"a", "an", "the", "'s", "’s"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
TRADES = ("er", "or", "ist")  # endings of nouns that no list has, of whoever speaks: the boda boda rider *said*
SAID = frozenset("said says say added adds recalled recalls explained told".split())
SEATED = "member of parliament"
LEADER = "leader"  # who may be called so by many offices
BESIDE = 10  # tokens between a noun and the name of whom it describes: Ana Ortiz, 61, a retired music teacher
POSSESSIVE = frozenset({"'s", "’s", "his", "her", "its", "their"})

INTRODUCTION = 8  # paragraphs before a transcript's first turn that tell who asks and answers
ASKING = ("q", "a", "interviewe")  # begins of labels that are letters or such a role; a name more costs little

Fact = tuple[str, str]


def set_depths(paragraphs: list[Paragraph]) -> None:
    """Set the depth of each paragraph and utterance of an article.

    What quotes is FULL, or PARSE if no name stands outside the marks; the one after a quotation that stands alone is
    PARSE, the one after a headline that quotes in single marks FULL. Utterances are PARSE if they quote, TAGS if they
    say something new of a name, else skipped.
    """
    frames = {id(paragraph): _frame(paragraph) for paragraph in paragraphs if paragraph.spans}
    names = {fold(paragraph.tokens.words[i]) for paragraph in paragraphs for label in paragraph.labels for i in label}
    names = {name for name in names if name not in words().titles and len(name) > 1}
    nouns: set[str] = set()
    authored = False
    scanned = -1  # the last paragraph that was searched for a pronoun's name
    for paragraph in paragraphs:
        paragraph.depth = Depth.FULL if paragraph.spans else Depth.SKIP
    for k, paragraph in enumerate(paragraphs):
        if not paragraph.spans:
            continue
        frame = frames[id(paragraph)]
        folded = [fold(word) for word in frame]
        named = {_without_article(low) for word, low in zip(frame, folded, strict=True) if _may_name(word, low)}
        names |= named
        if named <= column("calendar.txt"):
            paragraph.depth = Depth.PARSE  # "he said on Monday": no name to find
        descriptions = list(_descriptions(folded))
        described = {word for forms, between in descriptions for word in (*forms, *between)}
        nouns.update(*(forms for forms, _ in descriptions))
        if k < FEW and (introduced := set(_introduced(folded))):  # a judge, and below Judge Ana Ortiz
            nouns |= introduced
            for below in paragraphs[k + 1 : k + 2]:
                below.depth = max(below.depth, Depth.TAGS)
        classes = {words().pronouns.get(low) for low in folded}
        authored |= bool(classes & FIRST_PERSON)
        alone = not any(map(str.isalnum, "".join(frame)))
        others = {fold(word) for before, word in pairwise(frame) if before in PASSED_BY}  # told AFP in Geneva
        beside = k > FEW and not named - described - others <= column("calendar.txt")  # names of others, maybe
        if alone or classes & CLASSES or (descriptions and not beside):
            _deepen_before(paragraphs, k, scanned)
            scanned = k - 1
        unknown = classes & GENDERED and not any(map(_has_name, paragraphs[: k + 1])) if k < FEW else False
        if (alone or unknown) and k + 1 < len(paragraphs) and not paragraphs[k + 1].spans:
            paragraphs[k + 1].depth = Depth.PARSE
        if k == 0 and len(paragraphs) > 1 and _is_headline(paragraph):
            paragraphs[1].depth = Depth.FULL
    _read_introduction(paragraphs)
    if authored:  # who is "I"? The byline or the note below an essay tells
        for paragraph in paragraphs:
            if paragraph is paragraphs[-1] or fold(paragraph.words[0]) == "by":
                paragraph.depth = max(paragraph.depth, Depth.TAGS)
    _tag_new_facts(paragraphs, frames, names, _wider(nouns))


def _read_introduction(paragraphs: list[Paragraph]) -> None:
    """See the names before a transcript's first turn where letters or roles are its labels: who is A?"""
    first = next((k for k, paragraph in enumerate(paragraphs) if paragraph.labels), 0)
    labelled = (paragraph for paragraph in paragraphs[first:] if paragraph.labels)
    if any(fold(one.words[label.start - one.own.start]).startswith(ASKING) for one in labelled for label in one.labels):
        for paragraph in paragraphs[max(first - INTRODUCTION, 0) : first]:
            paragraph.depth = Depth.FULL


def _is_headline(paragraph: Paragraph) -> bool:
    """May it be a headline that quotes in single marks whom the next paragraph names?"""
    text, last = paragraph.tokens.text, paragraph.words[-1]
    single = any(text[span.outer_start : span.start] in SINGLE for span in paragraph.spans)
    return single and last != "." and len(paragraph.words) <= LONGEST_HEADLINE


def _frame(paragraph: Paragraph) -> list[str]:
    """The words of the reporter's, outside all marks."""
    words, starts = paragraph.tokens.words, paragraph.tokens.start
    spans = iter(paragraph.spans)
    span = next(spans, None)
    closed = 0  # where the spans end that have begun
    found = []
    for i in paragraph.frame:
        if isinstance(i, int):
            while span is not None and span.outer_start <= starts[i]:
                closed = max(closed, span.outer_end)
                span = next(spans, None)
            if starts[i] >= closed:
                found.append(words[i])
    return found


def _deepen_before(paragraphs: list[Paragraph], k: int, scanned: int) -> None:
    """Parse the paragraph before one whose speaker may stand there; tag from there back to the next with a name.

    A paragraph that opens with a pronoun is about somebody named before it, whatever else it names.
    """
    if k and not paragraphs[k - 1].spans:
        paragraphs[k - 1].depth = Depth.PARSE
    for before in range(k - 1, scanned, -1):
        paragraphs[before].depth = max(paragraphs[before].depth, Depth.TAGS)
        if _has_name(paragraphs[before]) and words().pronouns.get(fold(paragraphs[before].words[0])) not in GENDERED:
            break


def _tag_new_facts(
    paragraphs: list[Paragraph], frames: dict[int, list[str]], names: set[str], nouns: frozenset[str]
) -> None:
    """Tag the paragraphs that say what no parsed one does of the names, or have one of the nouns near a name; and the
    utterances that say something new of the names."""
    known: set[Fact] = set()
    if paragraphs:
        paragraphs[0].tokens.fold_words()
    for paragraph in paragraphs:
        if paragraph.spans or paragraph.depth:
            read = frames[id(paragraph)] if paragraph.spans else paragraph.words
            known.update(_facts(read, names), _near_names(read, nouns))
    for paragraph in paragraphs:
        if paragraph.depth is Depth.SKIP:
            found = {*_facts(paragraph.words, names), *_near_names(paragraph.words, nouns)}
            if found - known:
                paragraph.depth = Depth.TAGS
                known |= found
        for number, utterance in enumerate(paragraph.apart):
            found = set(_facts(paragraph.tokens.words[utterance.start : utterance.stop], names))
            deep = Depth.PARSE if _nests(paragraph, utterance) else Depth.TAGS if found - known else Depth.SKIP
            paragraph.apart_depths[number] = deep
            known |= found


def _has_name(paragraph: Paragraph) -> bool:
    """Has it a capital that may be a person's: none that begins a sentence, of no month and no place (`in Kemi`)?"""
    calendar = column("calendar.txt")
    return any(
        before not in BEFORE_OTHERS and _may_name(word, low := fold(word)) and low not in calendar
        for before, word in pairwise(paragraph.words)
    )


def _nests(paragraph: Paragraph, utterance: range) -> bool:
    """Is there a quotation inside the utterance? Its source may be inside, too."""
    starts = paragraph.tokens.start
    first, last = starts[utterance.start], starts[utterance.stop - 1]
    near = paragraph.spans_between(first, last + 1)
    return any(span.parent is not None and first <= span.start <= last for span in near)


def _may_name(word: str, low: str) -> bool:
    if len(word) < 2 or not (word[0].isupper() or word[3:].istitle()) or low in words().pronouns:
        return False
    if word[0].islower() and _without_article(low) == low:
        return False
    small = words().small
    return not any(low in small[kind] for kind in ("article", "determiner", "preposition", "style"))


def _descriptions(folded: list[str]) -> Iterator[tuple[set[str], list[str]]]:
    """Nouns of a person, a body and documents with a definite determiner, each with the words between: they stand for
    something named elsewhere."""
    lex = words()
    definite = -AHEAD - 1  # where the last determiner stands
    for i, low in enumerate(folded):
        near = i - definite <= AHEAD
        if low in DEFINITE or low in POSSESSIVE:
            definite = i
        if not near or low in lex.small["style"]:
            continue
        single = singular(low)
        lists = (lex.persons, lex.organisations, column("document_nouns.txt"))
        noun = low in lex.titles or low in lex.peoples or any(low in nouns or single in nouns for nouns in lists)
        noun = noun or denotes(low, "NN") == "person"  # the 43-year-old, the hydrologist
        noun = noun or (low.endswith(TRADES) and not SAID.isdisjoint(folded[i - 1 : i + 2]))
        if noun and (low == single or single not in lex.persons):
            yield {low, single}, folded[definite + 1 : i]


def _introduced(folded: list[str]) -> Iterator[str]:
    """Offices of somebody who is not named yet: *a judge*, Chile's *foreign minister*, the *mayor* of Linden."""
    for i, low in enumerate(folded):
        if low in words().office_heads and not INTRODUCING.isdisjoint(folded[max(i - AHEAD, 0) : i]):
            yield low


def _wider(nouns: set[str]) -> frozenset[str]:
    """The nouns with the words that may mean the same: the premier, the prime minister; the agency, Agency."""
    lex = words()
    found = set(nouns)
    for noun in nouns:
        office = lex.offices.get(noun)
        if office is not None:
            found |= {office, *office.split()} | lex.wider.get(office, frozenset()) | _titles().get(office, frozenset())
        if office == SEATED:  # the Glasgow MSP: Labour's spokesman
            found.update(("spokesman", "spokeswoman"), lex.parties)
        if noun == LEADER:
            found.update(office for office, wider in lex.wider.items() if noun in wider)
        found |= lex.kinds.get(noun, frozenset())
        found.update(verbs_of(noun).forms)  # the owner: who owns it
    return frozenset(found - lex.small["preposition"] - lex.small["article"])


@cache
def _titles() -> dict[str, frozenset[str]]:
    """Office to the titles of those who have it: Gov."""
    lex = words()
    return {
        office: frozenset(title for title in lex.titles if lex.offices.get(title) == office)
        for office in frozenset(lex.offices.values())
    }


def _near_names(text: Sequence[str], nouns: frozenset[str]) -> Iterator[Fact]:
    """Each of the nouns with each of the names near it."""
    folded = list(map(fold, text))
    for i in [i for i, low in enumerate(folded) if low in nouns]:
        for k in range(max(i - BESIDE, 0), min(i + BESIDE + 1, len(text))):
            if k != i and _may_name(text[k], folded[k]):
                yield folded[i], folded[k]


def _without_article(low: str) -> str:
    """The surname of Bashar al-Assad, as others have it."""
    return low[3:] if low.startswith(("al-", "el-")) else low


def _facts(text: list[str], names: set[str]) -> Iterator[Fact]:
    """What the text says of the names: that they occur, what capital, title, noun of a person or bracket stands before,
    what capital or apposition behind."""
    lex, particles = words(), column("particles.txt")
    for i, word in enumerate(text):
        if word.islower() or (low := _without_article(fold(word))) not in names:
            continue
        yield low, ""
        before = i - 1
        while before >= 0 and text[before] in particles:  # Ursula | von der Leyen
            before -= 1
        title = before >= 0 and fold(text[before])
        if title and (text[before][:1].isupper() or title in lex.persons or title in lex.titles or title == "("):
            yield title, low  # or what letters stand for: Chief Fire Officer (CFO)
        if i + 1 < len(text) and (text[i + 1][:1].isupper() or text[i + 1] in OPENERS):
            yield low, fold(text[i + 1])
            if title and fold(text[i + 1]) in column("suffixes.txt"):
                yield title, f"{low} {fold(text[i + 1])}"  # Ana Lee Jr. is neither Ana Lee nor Lee Jr.

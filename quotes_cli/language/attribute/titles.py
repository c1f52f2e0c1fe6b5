"""A quotation with capitals passes through here: is it the name of a work, show, bill or ship?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from quotes_cli.language import labels
from quotes_cli.language.nouns import denotes
from quotes_cli.language.words.lists import column

from .animacy import can_speak
from .context import FINAL, Quote
from .cues import SPEAKING

#: Words without a capital inside names and titles.
LINKS = frozenset("of the a an and in to for on with at from by or is that as vs de la le el y et der die und".split())
#: What stands at the ends of words, or between them, and has no capital.
NO_LETTERS = ".,!?;:'’‘\"“”()…—–-&/+"
#: Verbs whose capitals in marks are somebody's words: names called, shouted or on a sign.
CALLING = frozenset("call label dub brand describe name nickname chant shout yell hold".split())
#: What one does with a work, not with words: "she watched "Harbour Lights" twice".
ENJOYING = frozenset(
    "watch rewatch enjoy host co-host anchor lead edit sing direct release publish perform read reread compose produce "
    "premiere launch mount stag stage celebrate organise organize unveil join sculpt paint pen record film shoot "
    "author co-write co-author screen air broadcast stream hum cover remix illustrate translate adapt narrate".split()
)
#: What somebody is of a work: "Harbour Lights" star Ana Ortiz.
CREDITED = frozenset(
    "star stars co-star host co-host actor actors actress creator director author singer showrunner producer "
    "contestant fame cast alum presenter judge".split()
)
#: Where one speaks to a show: an interview with "Good Day".
TALKS = frozenset("interview interviews appearance conversation chat".split())
#: What says which of somebody's works it is.
ANOTHER = frozenset("first second third fourth fifth sixth latest last next debut newest follow-up".split())
#: Words before an example of what was named in general.
EXAMPLES = frozenset("especially including notably particularly like namely".split())
#: Works whose titles are long, and which speak themselves: the study "Rich" found.
STUDIES = frozenset("report study survey lecture speech".split())
#: What has a name in marks before it, be it with capitals or without: a "free passage" treaty.
KINDS = frozenset("newspaper visa visas treaty pact survey flag flags status".split())
#: What a politician's or company's slogan may stand before, though the noun itself reports nothing.
PLANS = frozenset("plan policy agenda strategy doctrine approach campaign platform proposal vision".split())
YEAR = re.compile("(?:1[789]|20)[0-9]{2}")
SHOW_PREPOSITIONS = frozenset("on in of for to at from during via".split())


@dataclass(frozen=True, slots=True)
class TitleTest:
    """A place where titles stand. `holds` says yes, no, or None where the quotation stands in no such place.

    It gets the quotation and the token before it, which for "his 1994 ..." is "his".
    """

    holds: Callable[[Quote, int], bool | None]
    example: str


def title(quote: Quote) -> bool:
    """Name of a work, show, bill or ship: capitals, behind a possessive, preposition or its kind."""
    if _names_kind(quote):
        return True
    if not title_case(quote) or (quote.ending in "!?" and quote.words < 3):
        return False
    before = _before_numbers(quote)
    answers = (test.holds(quote, before) for test in TITLES)
    return next((answer for answer in answers if answer is not None), False)


def _names_kind(quote: Quote) -> bool:
    """A "free passage" treaty, the "herald" newspaper, but no "unfair" treaty; its "Free harbour plan"."""
    tokens, behind = quote.tokens, quote.right
    if quote.text[:1].isupper() and quote.left >= 0 and tokens.tag[quote.left] == "PRP$" and 1 < quote.words < 8:
        return tokens.lower[quote.last - (tokens.words[quote.last] == ",")] in PLANS
    if behind < 0 or tokens.lower[behind] not in KINDS or quote.words > 5 or not quote.ending.isalnum():
        return False
    return quote.words > 1 or not tokens.tag[quote.first].startswith(("JJ", "VB"))


def title_case(quote: Quote) -> bool:
    """Are all words but articles and the like capitalised, as in names and titles?"""
    begun = False
    for word in quote.text.split():
        if bare := word.strip(NO_LETTERS):
            capital = bare[0].isupper() or bare[0].isdigit()
            if not (capital or (begun and bare.lower() in LINKS)):
                return False
            begun = True
    return begun


def _before_numbers(quote: Quote) -> int:
    """The token before the quotation, or the possessive or article before numbers and adjectives."""
    tokens = quote.tokens
    i = quote.left
    while i > 0 and (tokens.tag[i] == "CD" or (tokens.tag[i] in ("JJ", "JJS") and not quote.context.mark[i])):
        i -= 1
    return i if tokens.tag[i] in ("POS", "PRP$", "DT") else quote.left


def opening(quote: Quote, before: int) -> bool | None:
    """Nothing before it, and the subject of "is"."""
    if quote.left >= 0:
        return None
    tokens, verb = quote.tokens, quote.right
    described = verb >= 0 and tokens.tag[verb] == "VBZ" and tokens.lower[verb] == "is"
    if described and tokens.behind(verb).lower() in ("how", "what"):
        return False  # "Mad" is how Lee describes it
    return described and quote.words <= 6 and quote.ending not in FINAL


def owned(quote: Quote, before: int) -> bool | None:
    """Somebody's; one word only where no noun follows ("Lee's "Harbour" plan")."""
    tokens, behind = quote.tokens, quote.right
    owner = tokens.tag[before] in ("POS", "PRP$") or tokens.lower[before] in ("'s", "’s")
    if not owner or is_called(quote):
        return None
    followed = behind >= 0 and tokens.pos[behind] in ("NOUN", "ADJ") and tokens.lower[behind] not in _works()
    return quote.words > 1 or not followed


def work_beside(quote: Quote, before: int) -> bool | None:
    """Beside the word for its kind, of an event before it."""
    tokens, works = quote.tokens, _works()
    if tokens.lower[before] in works or tokens.lemma[quote.left] in works:
        return True
    if tokens.lower[before] in STUDIES and quote.words > 2:
        return True
    if quote.right < 0 or quote.ending in ",.":
        return None
    behind = tokens.lower[quote.right]
    return behind in works or (behind in column("event_nouns.txt") and quote.words > 1) or None


def credited(quote: Quote, before: int) -> bool | None:
    """Before what somebody is of it."""
    behind = quote.right
    return (behind >= 0 and quote.tokens.lower[behind] in CREDITED and quote.ending not in ",.") or None


def dated(quote: Quote, before: int) -> bool | None:
    """Before the year from which it is."""
    words, behind = quote.tokens.words, quote.right
    if behind < 0 or behind + 2 >= len(words) or words[behind].lower() not in ("(", "from"):
        return None
    year = YEAR.fullmatch(words[behind + 1])
    return (year is not None and (words[behind] != "(" or words[behind + 2] == ")")) or None


def told(quote: Quote, before: int) -> bool | None:
    """The hearer of "told", or the other side of an interview."""
    tokens, left = quote.tokens, quote.left
    followed = quote.right >= 0 and tokens.pos[quote.right] in ("NOUN", "ADJ", "PROPN")
    if left > 0 and tokens.tag[left] == "DT" and tokens.lemma[left - 1] == "tell" and quote.words > 1 and not followed:
        return True  # told the "Harbour Post."
    if tokens.lemma[left] == "tell":
        return quote.ending not in "!?" or None
    talk = left > 0 and tokens.lower[left] == "with" and tokens.lower[left - 1] in TALKS
    return talk or None


def enjoyed(quote: Quote, before: int) -> bool | None:
    """The object of a verb for what one does with works."""
    tokens, verb = quote.tokens, quote.left
    if tokens.lemma[verb] not in ENJOYING or quote.words < 2:
        return None
    subjects = tokens.having(verb, labels.SUBJECT)
    first = verb
    while not subjects and tokens.dep[first] in labels.CONJUNCT and tokens.head[first] < first:
        first = tokens.head[first]  # she writes a column and hosts "Harbour Lights"
        subjects = tokens.having(first, labels.SUBJECT)
    if not subjects:
        misread = tokens.dep[verb] in labels.NOUN_CLAUSE and tokens.entity[tokens.head[verb]] == "PERSON"
        return misread or tokens.tag[before] in ("VB", "VBG") or None  # Ortiz, 67, published "Rope and Salt"
    return any(can_speak(tokens, i) for i in subjects) or None


def beside_thing(quote: Quote, before: int) -> bool | None:
    """Right behind the common noun for the thing or body whose name it is."""
    tokens, noun = quote.tokens, quote.left
    if tokens.tag[noun] != "NN" or not tokens.words[noun].isalpha() or not tokens.words[noun].islower():
        return None
    if quote.ending in "!?" or (quote.right >= 0 and tokens.pos[quote.right] == "PROPN"):
        return None
    if quote.cues.noun_class(noun) is not None or tokens.lower[noun] in column("document_nouns.txt"):
        return None
    if denotes(tokens.folded[noun], "NN") == "person" or is_called(quote):
        return None
    return not tokens.is_verb(tokens.head[noun]) or quote.cues.verb_class(tokens.head[noun]) is None or None


def behind_preposition(quote: Quote, before: int) -> bool | None:
    """Behind a preposition, but for "chants of"; one word only where one goes or is there. Or behind the name of a
    station's host: on Radio Linden's *Ana Ortiz* "Late Harbour"."""
    tokens = quote.tokens
    if tokens.tag[quote.left] == "NNP" and quote.ending not in "!?":
        host = tokens.run_before(quote.left, lambda i: tokens.tag[i] in ("NNP", "POS"), max(quote.left - 6, 0))
        return (tokens.lower[host - 1] == "on" and "POS" in tokens.tag[host : quote.left]) or None
    preposition = tokens.lower[before]
    if preposition not in SHOW_PREPOSITIONS or tokens.tag[before] not in ("IN", "TO", "RP"):
        return None
    if quote.cues.noun_class(max(quote.left - 1, 0)) == "utterance" or quote.ending in "!?":
        return False
    return quote.words > 1 or preposition in ("on", "in", "at", "during")


def apposition(quote: Quote, before: int) -> bool | None:
    """Behind a comma or dash and the word for its kind."""
    tokens, left = quote.tokens, quote.left
    if tokens.lower[before] not in (",", "-", "–", "—"):
        return None
    another = left > 1 and tokens.lower[left - 1] in ANOTHER and tokens.tag[left - 2] == "PRP$"  # her second, "Salt"
    return another or not _works().isdisjoint(tokens.lemma[max(0, left - 4) : left]) or None


def instance(quote: Quote, before: int) -> bool | None:
    """An example of works named in general."""
    if quote.tokens.lower[before] not in EXAMPLES:
        return None
    return any(quote.tokens.lemma[i] in _works() for i in quote.sentence_before[:8]) or None


def behind_article(quote: Quote, before: int) -> bool | None:
    """Behind an article; two words of it have capitals. Not in a headline, whose words may all have them."""
    tokens = quote.tokens
    if tokens.tag[before] == "DT" and YEAR.fullmatch(tokens.words[quote.left]):
        return True  # the 1994 "Harbour"
    if tokens.tag[before] != "DT" or quote.words < 2 or is_called(quote) or tokens.lower[max(before - 1, 0)] == "as":
        return None
    if quote.in_headline and not quote.ends_with_stop:
        return None
    previous = max(before - 1, 0)
    beside_verb = tokens.lower[previous] in ("that", "about") or speaks(quote, previous)
    if beside_verb and any(speaks(quote, i) for i in quote.sentence_before):
        return None  # said that the "Harbour Lights" ...
    return quote.text[:1].isupper() and sum(word[:1].isupper() for word in quote.text.split()) > 1


def glossed(quote: Quote, before: int) -> bool | None:
    """A title and its translation, of which one stands in brackets behind the other."""
    words, mark = quote.tokens.words, quote.context.mark
    gloss = words[quote.left] == "(" and quote.left > 0 and mark[quote.left - 1]
    behind = quote.right
    has_gloss = behind >= 0 and words[behind] == "(" and behind + 1 < len(words) and mark[behind + 1]
    return (quote.words < 10 and (gloss or has_gloss)) or None


def listed(quote: Quote, before: int) -> bool | None:
    """Right behind another title or term."""
    other, tokens = quote.previous, quote.tokens
    if other is None or other.last_paragraph != quote.paragraph or other.test not in ("title", "term", "named"):
        return False
    between = [i for i in range(other.last + 1, quote.first) if not quote.context.mark[i]]
    dates = all(tokens.tag[i] in ("CD", "CC") or tokens.pos[i] == "PUNCT" for i in between)  # "Salt" (1968) and "Rope"
    return 0 < quote.first - other.last <= 5 or (dates and len(between) <= 8)


#: Where titles stand, in the order of asking; the first that knows decides.
TITLES = (
    TitleTest(credited, 'Fans cheered "Harbour Lights" star Ana Ortiz.'),
    TitleTest(dated, 'They hummed "Harbour Lights" (1994).'),
    TitleTest(opening, '"Harbour Lights" is her best book.'),
    TitleTest(owned, 'They saw Ortiz\'s 1994 "Harbour Lights".'),
    TitleTest(work_beside, 'They saw the film "Harbour Lights".'),
    TitleTest(beside_thing, 'They met at the inn "Harbour Lights".'),
    TitleTest(told, 'Ortiz told "Harbour Lights" that it was time.'),
    TitleTest(enjoyed, 'She watched "Harbour Lights" twice.'),
    TitleTest(behind_preposition, 'She spoke on "Harbour Lights".'),
    TitleTest(apposition, 'She wrote a novel, "Harbour Lights".'),
    TitleTest(instance, 'She wrote several novels, especially "Harbour Lights".'),
    TitleTest(behind_article, 'She went through a "Harbour Lights" phase.'),
    TitleTest(glossed, 'They hummed "Havnelys" ("Harbour Lights").'),
    TitleTest(listed, 'They saw the films "Harbour Lights" and "Old Port".'),
)


def _works() -> frozenset[str]:
    """Words for works: film, song, album."""
    return column("work_nouns.txt")


def speaks(quote: Quote, i: int) -> bool:
    """Is the word a verb whose main sense is to speak?"""
    cues = quote.cues
    return cues.verb_class(i) in SPEAKING and "weak" not in cues.lexicon.flags_of(cues.verb_lemma(i) or "")


def is_called(quote: Quote) -> bool:
    """Does somebody call somebody so, shout it or hold it up?"""
    tokens = quote.tokens
    event = tokens.lower[quote.left] in ("a", "an") and (quote.right < 0 or tokens.pos[quote.right] != "NOUN")
    return any(
        tokens.is_verb(i) and tokens.lemma[i] in CALLING and tokens.lower[i + 1] not in ("for", "on", "off")
        for i in quote.sentence_before[:6]
        if tokens.lemma[i] != "hold" or i + 1 != quote.left or not event  # they hold a "Day of Rage"
    )

"""A text's bodies that more than a run of capitals names pass through here, whole.

The *U.S. Attorney's Office for the Middle District of Florida*, *Doctors Without Borders*, the *Bureau of Wine, Tobacco
and Tolls*: told by the noun that heads the name, and by the words that join what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import compress, count

from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, singular, words

from .extents import REPORTED, is_name_word
from .office_phrases import bearer_of, may_hold_office
from .owners import owns_body
from .titular import DESCRIBING, is_title

#: Between the head of a body's name and what the body is for, and those before which few names go on.
JOINING = frozenset({"of", "for", "on", "against", "to", "without", "into"})
#: Those before which only few heads stand: the Committee *on* Roads, the Campaign *to* Save Hares.
FIELD_JOINING = frozenset({"on", "against", "to", "without", "into"})
CAMPAIGNS = frozenset(
    "program programme project panel campaign coalition alliance movement conference institute league society group "
    "force taskforce forum initiative network observatory".split()
)
#: Nouns of bodies that are no name's head so often that what follows "of" is none of it: news *of* Linden.
VAGUE = frozenset("state nation city town village country news staff opposition service business start force".split())
BODY_NOUNS = frozenset({"NN", "NNS", "NNPS"})  # tags of a body's last word, where it is no person's name
LONGEST_OWNER = 4  # words of an office whose body it is
LONGEST_BEGIN = 14  # words before the head of a body's name: the Senate Health, Education, Labor and Pensions Committee
#: Between people and what they are for, where both are a body's name: Mothers *Against* Drink, Hares *for* Peace.
CAUSES = frozenset({"for", "against", "without"})
#: Bodies whose field may be several: the Ministry of Health *and* Trade, the Rhone *and* Tarn Police.
OF_SEVERAL = frozenset(
    "ministry department committee subcommittee commission bureau office center centre centers centres board council "
    "agency administration directorate division secretariat authority police constabulary service association "
    "organization organisation chamber chambers".split()
)
FORCES = frozenset({"police", "constabulary"})  # of two counties, also where these are told of besides
#: What stands behind the head of a body's name that is no noun for bodies.
BEHIND_HEADS = CAUSES | {"of", "the", "("}
#: People who are of a thing in the name of a body: *Friends* of the Earth.
MEMBERS = frozenset("friends sons daughters knights guardians defenders".split())
#: Where a body is that several lands have: the Union for Trade in *Europe*.
CONTINENTS = frozenset({"europe", "africa", "asia", "america", "australia"})
UNIVERSITIES = frozenset({"university", "college"})
LONGEST_FIELD = 4  # words of one field of a body's: Drug and *Alcohol Abuse Control*
MOST_FIELDS = 5


def named_bodies(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The tokens [first, last) of each body's name that has small words or a possessive inside."""
    done, brands, folded, nouns = 0, _brands(tokens), tokens.folded, _nouns()
    behind = [*folded[1:], ""]
    for head in [i for i in tokens.capitals if folded[i] in nouns or behind[i] in BEHIND_HEADS or i in brands]:
        if head in brands:
            done = brands[head]
            yield head, done
        if head < done or not (folded[head] in nouns or tokens.behind(head) in BEHIND_HEADS):
            continue
        if not _is_capital(tokens, head) or tokens.words[head].isupper():
            continue
        first = last = head
        told = False
        if folded[head] in nouns:
            first, last = _begin(tokens, head, done), _end(tokens, head)
        elif told := _is_of_people(tokens, head):
            last = _end(tokens, head)
        elif told := _is_called_upon(tokens, head):
            last = _field_end(tokens, head + 2, tokens.paragraph_end(head))
        elif told := _has_acronym(tokens, head):
            first, last = _begin(tokens, head, done), head + 1
            told = head > first
        told = told or (last - first > 1 and _is_mistagged(tokens, first, last))
        last = _without_bearer(tokens, first, last)
        if last > first and (told or not all(_is_capital(tokens, i) for i in range(first, last))):
            yield first, last
            done = last


def _without_bearer(tokens: Tokens, first: int, last: int) -> int:
    """The end of a body's name before the one whose office there stands before it: President of the *Linden Chamber of
    Commerce* | Olu Marsh said."""
    of = first - 1 - (tokens.before(first) == "the")
    if last - first < 4 or of < 1 or tokens.folded[of] != "of" or not may_hold_office(tokens.folded[of - 1]):
        return last
    person = bearer_of(tokens, {i for i in range(of, last) if is_name_word(tokens, i)}, of)
    return person if first + 1 < person < last else last


@cache
def _nouns() -> frozenset[str]:
    """The nouns that head bodies' names."""
    return words().organisations - VAGUE


def _is_mistagged(tokens: Tokens, first: int, last: int) -> bool:
    """Are words with capitals a body's whose noun the tagger took for a common one: the Scottish *Government*?"""
    noun = tokens.tag[last - 1] in ("NN", "NNS") and not tokens.entity[last - 1] and tokens.before(first) == "the"
    return noun and last - first < LONGEST_OWNER and not tokens.begins_entity[first] and _small(tokens, first - 1, last)


def _small(tokens: Tokens, i: int, last: int) -> bool:
    """Does a small word stand near, so that capitals tell names: no headline?"""
    return any(word.islower() for word in (*tokens.words[max(i - 3, 0) : i], *tokens.words[last : last + 3]))


def _is_capital(tokens: Tokens, i: int) -> bool:
    """Is it set with a capital as a name's word is, and no day, month or article?"""
    word = tokens.folded[i]
    return tokens.words[i][0].isupper() and word not in column("calendar.txt") and word not in words().small["article"]


def _brands(tokens: Tokens) -> dict[int, int]:
    """Where the names of firms that bear their founder's as a possessive begin, to where they end: *Hume's* said,
    a spokesman for *Hume's*; *Hume's of Linden*.

    A possessive with a verb behind it owns nothing, and nobody says "Hume's" of a person then.
    """
    places = [i for i in compress(count(), map("POS".__eq__, tokens.tag)) if i and _is_capital(tokens, i - 1)]
    places = [i for i in places if tokens.folded[i] in ("'s", "’s") and not tokens.begins_paragraph[i]]

    def alone(i: int) -> bool:
        verb = i + 1
        if tokens.ends_paragraph(i):
            return False
        return tokens.tag[verb] in ("VBD", "VBZ", "MD") or tokens.folded[verb] in REPORTED

    firms = {tokens.folded[i - 1] for i in places if alone(i)} - words().pronouns.keys()
    owning = set(places)
    if firms:
        firms -= {word for i, word in enumerate(tokens.folded) if word in firms and i + 1 not in owning}
    found = {}
    for i in places:
        name = i - 1
        if tokens.folded[name] in firms:
            joined = tokens.before(name) == "&" and name > 1 and _is_capital(tokens, name - 2)
            found[name - 2 * joined] = i + 1
        elif tokens.behind(i) == "of" and i + 2 < len(tokens) and tokens.entity[i + 2] in ("LOC", "GPE"):
            found[name] = _field_end(tokens, i + 2, tokens.paragraph_end(i))
    return found


def _is_of_people(tokens: Tokens, i: int) -> bool:
    """Several people, and what they are for or against behind them: Reporters *Without Borders*."""
    behind, members = i + 1, tokens.folded[i] in MEMBERS and tokens.behind(i) == "of"
    if not (members or tokens.behind(i) in CAUSES) or behind + 2 >= tokens.paragraph_end(i):
        return False
    cause = behind + 1 + (tokens.folded[behind + 1] == "the")
    several = singular(tokens.folded[i]) != tokens.folded[i] and denotes(tokens.folded[i], "NNPS") == "group"
    if not several or not _is_capital(tokens, cause):
        return False
    if tokens.words[behind][0].isupper():
        return True
    if members:
        return cause > behind + 1
    return "PERSON" not in (tokens.entity[i], tokens.entity[cause]) and not tokens.begins_sentence(i)


def _is_called_upon(tokens: Tokens, i: int) -> bool:
    """A verb and whom it is to be done to, both with a capital: *Save the Children* said."""
    noun = i + 2
    if tokens.behind(i) != "the" or noun >= tokens.paragraph_end(i) or not tokens.tag[i].startswith(("VB", "NN")):
        return False
    if tokens.words[i + 1] != "the" or not tokens.words[noun].istitle() or not _is_capital(tokens, noun):
        return False
    bare = tokens.tag[i] in ("VB", "VBP", "NN", "NNP") and tokens.tag[noun] in ("NN", "NNS", "NNPS", "JJ")
    acts = tokens.behind(noun) in REPORTED or tokens.tag[min(noun + 1, len(tokens) - 1)] in ("VBD", "VBZ", "POS")
    return bare and (acts or not tokens.begins_sentence(i)) and tokens.entity[noun] not in ("PERSON", "LOC", "GPE")


def _has_acronym(tokens: Tokens, i: int) -> bool:
    """A noun with a capital and an acronym in brackets behind it: the Harbour Defence *Units* (HDU)."""
    if tokens.tag[i] not in BODY_NOUNS or tokens.words[i + 1 : i + 4 : 2] != ["(", ")"] or tokens.begins_sentence(i):
        return False
    return tokens.words[i + 2] in tokens.acronyms and tokens.paragraph[i + 2] == tokens.paragraph[i]


def _end(tokens: Tokens, head: int) -> int:
    """The end of a body's name behind its head: what it is of, for, on or against, and all the fields of it."""
    end, stop = head + 1, tokens.paragraph_end(head)
    while end < stop - 1 and _joins(tokens, head, end):
        the = tokens.folded[end + 1] == "the"
        field = _field_end(tokens, end + 1 + the, stop, whose=the)
        if field <= end + 1 + the:
            break
        end = _fields_end(tokens, head, end, field, stop)
        if tokens.folded[end - 1] in OF_SEVERAL:
            head = end - 1  # the Union of *Chambers* of Trade and Crafts
        if tokens.folded[head] in UNIVERSITIES:
            break
    return end


def _joins(tokens: Tokens, head: int, i: int) -> bool:
    if tokens.folded[head] not in words().organisations:
        return tokens.folded[i] in CAUSES or (tokens.folded[i] == "of" and tokens.folded[head] in MEMBERS)
    if tokens.folded[i] in FIELD_JOINING:
        return tokens.folded[head] in OF_SEVERAL | CAMPAIGNS
    return tokens.folded[i] in JOINING or (
        tokens.folded[i] == "in" and (tokens.folded[i + 1] in CONTINENTS or _lands(tokens, i) or _of_members(tokens, i))
    )


def _lands(tokens: Tokens, i: int) -> bool:
    """Is a body in two lands, which are its field then: the Institute of Singers *in Kent and Wales*?"""
    return tokens.folded[i] == "in" and tokens.folded[i + 2 : i + 3] == ["and"]


def _of_members(tokens: Tokens, i: int) -> bool:
    """Is it a body of the people of a land: the Council of *Jews in Germany*, the Union of *Teachers in Kenya*?"""
    people = tokens.folded[i - 1]
    several = singular(people) != people and (singular(people) in words().peoples or denotes(people, "NNS") == "group")
    return several and tokens.before(i - 1) == "of" and tokens.folded[i + 1] in words().countries


def _field_end(tokens: Tokens, first: int, stop: int, *, whose: bool = False) -> int:
    """The end of the words with capitals from `first` on, before whoever holds an office there; it may itself be the
    office of somebody (`whose`): the Office of the *Chief Scout* for Linden."""

    def belongs(i: int) -> bool:
        if i == first or not _is_capital(tokens, i):
            return _is_capital(tokens, i)
        bearer = tokens.run_from(i, lambda k: _is_office(tokens, k), stop)
        held = bearer > i and not whose and tokens.folded[i] in words().office_heads
        return not (bearer < stop and _begins_person(tokens, bearer)) and not held

    return tokens.run_from(first, belongs, min(stop, first + LONGEST_FIELD))


def _begins_person(tokens: Tokens, i: int) -> bool:
    """Does a person's name begin at a token, by its label or by a given name and another capital?"""
    if tokens.entity[i] == "PERSON" and tokens.begins_entity[i]:
        return True
    return tokens.folded[i] in given_names() and tokens.behind(i) != "" and tokens.words[i + 1][0].isupper()


def _is_office(tokens: Tokens, i: int) -> bool:
    """Is it the word for somebody by what they do?"""
    return tokens.words[i][0].isupper() and (is_title(tokens, i) or tokens.folded[i] in words().persons)


def _fields_end(tokens: Tokens, head: int, join: int, end: int, stop: int) -> int:
    """The end of a list of fields behind the word at `join`: of Wine, | Tobacco and Tolls; a single "and" joins those
    of a public body, and those that a body is for or on."""
    last, university = end, tokens.folded[head] in UNIVERSITIES
    public = tokens.folded[head] in OF_SEVERAL or tokens.folded[join] != "of"
    for _ in range(MOST_FIELDS if public or university else 0):
        if last >= stop - 1 or tokens.words[last] != "," or tokens.folded[last + 1] == "and":
            break
        field = _field_end(tokens, last + 1, stop)
        named = field > last + 1 and not _begins_person(tokens, last + 1) and len(tokens.words[field - 1]) > 2
        if not named or (university and tokens.folded[field - 1] in words().organisations):
            break
        last = field
    listed = last > end
    if university and listed and (last >= stop or tokens.words[last] not in (",", "and")):
        return last  # the University of Linden, Harbour Hill
    last += listed and last < stop and tokens.words[last] == ","
    if last >= stop - 1 or tokens.folded[last] not in ("and", "&"):
        return end
    goes_on = tokens.entity[last] == "ORG" and not tokens.begins_entity[last]
    field = _field_end(tokens, last + 1, stop)
    another = tokens.folded[field - 1] in words().organisations or tokens.entity[last + 1] == "PERSON"
    another = another or (tokens.folded[head] not in OF_SEVERAL and _begins_person(tokens, last + 1))
    another = another or _is_joined_body(tokens, head, last + 1, field)
    land = tokens.folded[last + 1] in words().countries
    joined = goes_on or listed or (public and not another and not land) or _lands(tokens, join)
    return field if field > last + 1 and joined else end


def _is_joined_body(tokens: Tokens, head: int, first: int, last: int) -> bool:
    """Is what stands behind "and" another body beside the one at `head`: the Ministry of Health and *Unicef*?"""
    own = tokens.entity[first] == "ORG" and tokens.begins_entity[first]
    return own and last > first and tokens.head[tokens.leftmost_top(first, last)] == head


def _begin(tokens: Tokens, head: int, least: int) -> int:
    """The begin of a body's name: the words with capitals before its head, and whose it is."""
    first, owner = head, 0
    least = max(least, head - LONGEST_BEGIN)
    while first > least and not tokens.begins_paragraph[first] and (not owner or owner - first <= LONGEST_OWNER):
        before = first - 1
        if (
            _is_capital(tokens, before)
            and not _opens_clause(tokens, before)
            and not DESCRIBING.fullmatch(tokens.words[before])
        ):
            first = before
        elif first - 2 >= least and owns_body(tokens, before, head):
            first = owner = before - 1
        elif (one := _other_field(tokens, head, before, least)) >= 0:
            first = one
        else:
            break
    return first


def _other_field(tokens: Tokens, head: int, joint: int, least: int) -> int:
    """The begin of what a body is for besides: *Rhone* and Tarn Police, the *Wine, Beer* and Tolls Board; -1 for none.

    What stands somewhere else, too, or is somebody's name or a land's, is another source.
    """
    if tokens.folded[joint] not in ("and", "&") or tokens.folded[head] not in OF_SEVERAL:
        return -1
    first, begin = joint, joint
    while first > least and not tokens.begins_paragraph[first]:
        begin = tokens.run_before(first, lambda i: _is_capital(tokens, i) and not _opens_clause(tokens, i), least)
        field = tokens.folded[begin:first]
        shouted = tokens.words[first - 1].isupper()  # the CIA and Justice Department
        if not field or len(field) > LONGEST_FIELD or field[-1] in words().organisations or shouted:
            return -1
        first = begin - 1
        if tokens.before(begin) != ",":
            break
    determined = tokens.before(begin) == "the"
    fields = [i for i in range(begin, joint) if tokens.words[i] != ","]
    force = tokens.folded[head] in FORCES and not any(tokens.folded[i] in words().countries for i in fields)
    apart = force or all(tokens.entity[i] == "ORG" or (determined and tokens.entity[i] != "PERSON") for i in fields)
    apart = apart or not any(
        tokens.folded[i] in words().countries or tokens.often[tokens.folded[i]] > 1 for i in fields
    )
    return begin if apart and (determined or "," not in tokens.words[begin:joint]) else -1


def _opens_clause(tokens: Tokens, i: int) -> bool:
    """A word that has its capital from the begin of its sentence, and is no name's: *The*, *At*, *Meanwhile*."""
    opens = tokens.begins_sentence(i) or not (tokens.words[i - 1][0].isalnum() or tokens.words[i - 1] in ("'s", "’s"))
    return opens and not tokens.tag[i].startswith(("NN", "JJ"))

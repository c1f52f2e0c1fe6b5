"""A name in, where what describes it before it ends out, and whether that is somebody else's.

"Mayor | Dr. Ana Lee", "a man | named Bo Lee"; it was for the mayor, Ana Lee said.
"""

from __future__ import annotations

from quotes_cli.language.designations import HONOURS, SEATED
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.vocabulary import words

from .entities import Role
from .names import Name
from .phrases import ends_phrase

#: Words that give somebody's name, and those of them without which the others do not.
NAMED = frozenset("named surnamed called known identified identifies going goes gave gives".split())
NAMING = NAMED | frozenset(
    "who as by the a his her their name nickname handle username pseudonym alias only himself herself themselves is "
    "was online simply asked wished wanted that she he should be to in local reports media police".split()
)
REACH = 9  # tokens of those words
AUXILIARIES = frozenset("who will would has have had was is been be being to now also currently then , -".split())
SERVING = frozenset(  # *as* something
    "serve serves serving work works working act acts acting doubles trained trains retrained qualified".split()
)
HAVING = frozenset({"has", "have", "'s"})  # before *served as*, of who still does
CHOSEN = frozenset("named appointed elected re-elected reelected hired made chosen picked nominated promoted".split())
PASSIVE = frozenset({"was", "been", "be", "is", "being"})
PRIZES = frozenset({"year", "month", "week", "match", "game", "tournament", "season", "series"})  # player of the *year*
SILK = frozenset({"kc", "qc", "sc", "bl"})  # letters of a barrister
LAWYER = "lawyer"  # their office
ACTING = frozenset({"prosecuting", "defending", "representing"})  # in court, behind the comma of a name
PARTIES = frozenset("prosecution defence defense plaintiff plaintiffs claimant defendant crown respondent".split())
VERBS = frozenset({"VBD", "VBZ", "VBP", "MD"})  # tags of what a subject goes on with


def is_source(tokens: Tokens, first: int) -> bool:
    """Is it who tells a sentence, and not whom it names behind the comma: according to *an aide*, Ana Lee left?"""
    first -= tokens.before(first) in words().small["article"]
    return tokens.folded[max(first - 2, 0) : first] == ["according", "to"]


def office_end(tokens: Tokens, name: Name) -> int:
    """End of the office that stands before a name's other titles: Navy Commander-in-Chief | Admiral Ana Lee, Mayor |
    Dr. Ana Lee, spokesman | Major-General Ana Lee; 0 where there is none."""
    lex = words()
    for end in range(name.first - 1, 0, -1):
        rank = tokens.folded[end].rpartition("-")[2]  # Major-General
        if rank not in lex.titles or tokens.begins_paragraph[end]:
            return 0
        both = " ".join(tokens.folded[end - 1 : end + 1])  # Chief | Inspector
        if tokens.folded[end - 1] in lex.offices and both not in lex.offices:
            return end
    return 0


def seat_end(tokens: Tokens, head: int) -> int:
    """The end of what somebody is said to be, of a house with the seat: the MP for Linden |."""
    stop, end = tokens.paragraph_end(head), head + 1
    if tokens.folded[head] not in SEATED or tokens.behind(head) != "for":
        return end
    return tokens.run_from(end + 1, lambda k: not ends_phrase(tokens, k), min(stop, head + REACH))


def lettered_end(tokens: Tokens, name: Name) -> int:
    """The token behind the letters that follow a name: Ana Lee KC |, Bo Lee MP |."""
    stop = tokens.paragraph_end(name.last - 1)
    return tokens.run_from(name.last, lambda i: tokens.folded[i].strip(".") in HONOURS, stop)


def by_letters(tokens: Tokens, name: Name) -> Role | None:
    """What somebody is by the letters behind the name, or by the part in court behind a comma: Ana Lee *KC*, Bo Lee
    *MP*; Ana Lee, *prosecuting*, and Bo Lee, *for the plaintiff*."""
    last, lex = name.last, words()
    stop = tokens.paragraph_end(last - 1)
    if last >= stop:
        return None
    letters = tokens.folded[last].strip(".")
    behind = tokens.folded[last : min(stop, lettered_end(tokens, name) + 4)]
    at = behind.index(",") + 1 if "," in behind else len(behind)
    acts = behind[at : at + 1] != [] and behind[at] in ACTING and tokens.tag[last + at].startswith("V")
    acts = acts or (behind[at : at + 2] == ["for", "the"] and not PARTIES.isdisjoint(behind[at + 2 : at + 3]))
    if tokens.words[last].isupper() and letters in SILK:
        return Role("barrister", LAWYER, frozenset(), tokens.words[last], last)
    if acts and at < 3:
        prosecutes = "prosecuting" in behind or "prosecution" in behind
        return Role("prosecutor" if prosecutes else "barrister", LAWYER, frozenset(), behind[at], last + at)
    if tokens.words[last].isupper() and letters in lex.offices and letters in HONOURS and len(name.key) > 1:
        return Role(letters, lex.offices[letters], frozenset(), tokens.words[last], last)
    return None


def is_told_by(tokens: Tokens, first: int, name: Name) -> bool:
    """Is it somebody of whom the one behind the comma tells: it was for *the mayor*, Ana Lee KC said?"""
    begin = first - (tokens.before(first) in words().small["determiner"])
    last = lettered_end(tokens, name)
    tells = last < tokens.paragraph_end(first) and tokens.tag[last] in VERBS
    return tells and not tokens.begins_sentence(begin) and tokens.tag[begin - 1].startswith(("IN", "TO", "VB"))


def named_so(tokens: Tokens, name: Name) -> int:
    """End of what describes somebody before the words that give the name: a man | named Bo Lee, a user from Oulu |
    going by the handle Kex, a woman | who gave her name as Ana; 0 where there is none. Before it is one of `NAMING`."""
    begin = tokens.run_before(name.before, lambda i: tokens.folded[i] in NAMING, max(name.before - REACH, 0))
    given = tokens.folded[begin : name.before]
    last = next((word for word in reversed(given) if word not in ("only", "simply")), "")
    if last == "called" and tokens.behind(name.last - 1) in MARKS:
        return 0  # a judge called Bo Lee "a liar"
    if NAMED.isdisjoint(given) or not (last in ("named", "surnamed", "called", "as") or "by" in given):
        return 0
    if "who" not in given and "VBD" in tokens.tag[begin : name.before]:
        return 0  # the coach named Bo Lee captain
    return begin - (tokens.before(begin) == ",")


def appointed(tokens: Tokens, name: Name) -> int:
    """Where begins what somebody is or will be by what is told of the name: Ana Lee will serve as | interim coach, Bo
    Lee was named | chairman; 0 where nothing is."""
    stop = tokens.paragraph_end(name.last - 1)
    verb = tokens.run_from(name.last, lambda i: tokens.folded[i] in AUXILIARIES, min(stop, name.last + REACH))
    told = tokens.folded[verb : min(stop, verb + 6)]
    still = told[:1] == ["served"] and not HAVING.isdisjoint(tokens.folded[name.last : verb])
    serves = told[1:2] == ["as"] and (still or told[0] in SERVING)
    chosen = told[:1] != [] and told[0] in CHOSEN and not PASSIVE.isdisjoint(tokens.folded[name.last : verb])
    if not (serves or chosen) or not PRIZES.isdisjoint(told):
        return 0
    return verb + 1 + (told[1:2] == ["as"])

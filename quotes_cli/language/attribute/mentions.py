"""The head of a source passes through here and comes out as a mention: the words that name it, by characters."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, words

from .adjectives import phrase_behind
from .animacy import COUNTED, RELATED, can_speak, is_time
from .context import Finding, Quote
from .joined import joined

#: Pronouns that may have a phrase of their own behind them ("one of the doctors").
QUANTIFIERS = frozenset("one some many most all others those both few".split())
#: Relations of words that belong to a mention wherever they stand, subtypes included.
PARTS = frozenset("flat compound nmod det amod nummod goeswith fixed".split())
#: Words that a mention does not begin with.
OPENERS = frozenset("and but as well according by from to of for , that or what".split())
#: What tells a parent from a child of the same name.
GENERATIONS = frozenset({"jr", "jr.", "sr", "sr."})
#: Prepositions before what the source has said it in, and when.
HOLDING = frozenset({"in", "on", "via", "through", "during"})
#: Small words inside the name of an office: Centre for Law *and* Order Director.
JOINING = frozenset({"and", "&", "of", "for", "the"})
LONGEST_OFFICE = 8  # words of it behind the first of them
DOCUMENTS = "document_nouns.txt"
#: In what many are asked.
ASKING = frozenset("survey poll study census trial experiment questionnaire".split())
AGES = frozenset({"year", "years", "month", "months"})
#: Where one publishes what one says, behind "on".
PLATFORMS = frozenset("twitter facebook instagram tiktok youtube telegram linkedin weibo radio television tv".split())


def mention(quote: Quote, head: int, verb: int | None = None) -> tuple[int, int]:
    """(start, end) characters of the noun phrase at `head`: with its name, titles and prepositional phrases, without
    relative clauses and appositions; joint speakers in one mention. `verb`: the cue.
    """
    tokens = quote.tokens
    phrase = [head, *_phrase(quote, head)]
    first, last = min(phrase), max(phrase)
    if first == head and tokens.tag[head] == "CD" and tokens.before(head) in COUNTED:
        first -= 1
    if tokens.lower[head] == "old" and tokens.before(head) in AGES and first == head:  # my 12 year | old
        first = tokens.run_before(head, lambda i: tokens.tag[i][:2] in ("NN", "CD", "DT", "JJ", "PR", "HY"), head - 5)
    for other in tokens.having(head, labels.CONJUNCT):
        if tokens.is_nominal(other) and not tokens.is_verb(other) and 0 < other - last <= 6 and not quote.barred(other):
            comma = "," in tokens.words[last + 1 : other]
            if not comma or "and" in tokens.lower[last + 1 : other + 1]:
                last = _shared(quote, head, max(last, *_phrase(quote, other)))
    first = min(max(first, tokens.dateline_end(head)), head)
    first = _behind_date(tokens, first, head)
    commas = [i for i in range(first, head) if tokens.words[i] == ","]
    if commas and (tokens.tag[first] == "WRB" or (tokens.tag[first] == "IN" and tokens.entity[head] == "PERSON")):
        first = commas[-1] + 1  # "about the plan, Mayor Ana Ortiz"
    while first < last and (
        tokens.lower[first] in OPENERS
        or tokens.pos[first] == "PUNCT"
        or tokens.tag[first] == "POS"  # Thursday | 's ruling
        or (_day(tokens, first) and tokens.words[first + 1] == ",")  # On Tuesday | , the mayor said
    ):
        first += 1
    last = _last_of_mention(tokens, first, last)
    last = _with_name_behind_title(quote, _with_titled_person(quote, _with_second_trade(quote, first, last)))
    if verb is not None and first < verb <= last and head != verb:
        first, last = _before_cue(quote, first, verb)
    first, last = joined(quote, (first, last), verb)
    word = tokens.words[first]
    glued = len(word) - len(word.lstrip("-–—―")) if len(word) > 1 else 0  # "-Commissioner"
    return tokens.start[first] + glued, tokens.end[last]


def _shared(quote: Quote, head: int, last: int) -> int:
    """The last token of those joined, with what the parse hangs on the first of them: friends and neighbours | *of the
    girl* said."""
    tokens = quote.tokens
    for child in tokens.children[head]:
        if child > last and tokens.dep[child] in labels.OBLIQUE and tokens.pos[head] != "PROPN":
            part = _part_at(quote, child, head) if _belongs(tokens, child, head) else []
            last = max(part) if part and min(part) == last + 1 else last
    return last


def _before_cue(quote: Quote, first: int, verb: int) -> tuple[int, int]:
    """The first and last token of a mention before the cue that the parse took into it, as what stands between them is
    a source and its hearers: friends of the 28-year-old | *asked* mourners."""
    tokens = quote.tokens
    while first > 1 and tokens.tag[first - 1] == "IN" and tokens.is_nominal(first - 2) and not quote.barred(first - 1):
        first = tokens.run_before(
            first - 1, lambda i: tokens.tag[i].startswith(("NN", "JJ", "DT", "CC", "PRP$", "POS"))
        )
    return first, _last_of_mention(tokens, first, verb - 1)


def _day(tokens: Tokens, i: int) -> bool:
    return tokens.lower[i] in column("calendar.txt")


def _with_name_behind_title(quote: Quote, last: int) -> int:
    """The last token of a mention that ends in a title, with the name behind: Mr. | Lee, Navy Capt | . Ana Lee.

    The parse hangs such a name elsewhere now and then.
    """
    tokens, titled = quote.tokens, False
    while (
        last + 1 < len(tokens) and tokens.paragraph[last + 1] == tokens.paragraph[last] and not quote.barred(last + 1)
    ):
        word, proper = tokens.lower[last], tokens.tag[last + 1] in ("NNP", "NNPS") and not _day(tokens, last + 1)
        stop = tokens.words[last + 1] == "." and f"{word}." in words().titles and last + 2 < len(tokens)
        whole = titled and tokens.entity[last + 1] == "PERSON" and not tokens.begins_entity[last + 1]
        stopped = word == "." and f"{tokens.lower[last - 1]}." in words().titles
        title = stopped or (tokens.words[last][:1].isupper() and word in words().titles)
        if not (proper and (whole or title)) and not (stop and tokens.tag[last + 2] == "NNP"):
            break
        titled, last = True, last + 1
    return last


def _with_second_trade(quote: Quote, first: int, last: int) -> int:
    """The last token of a mention, and the one person's who has two trades: Actor | and director Ana Ortiz."""
    tokens, stop = quote.tokens, quote.tokens.paragraph_end(last)
    bare = tokens.tag[last] == "NN" and (tokens.tag[first] != "DT" or tokens.lower[first] == "the")
    if not bare or last + 3 >= stop or tokens.lower[last + 1] != "and":
        return last
    one = tokens.tag[last - 1] != "DT" or first == last  # but: the lawyer and Mayor Ana Ortiz

    def is_trade(i: int) -> bool:
        titled = one and tokens.entity[i] != "PERSON"  # lawyer and Linden Bank President | Ana Ortiz
        return tokens.tag[i].startswith(("NN", "JJ")) and (tokens.words[i].islower() or titled)

    trade = tokens.run_from(last + 2, is_trade, stop)
    if not last + 2 < trade < stop or not _is_office(tokens, trade - 1) or tokens.entity[trade] != "PERSON":
        return last
    return tokens.run_from(trade, lambda i: tokens.entity[i] == "PERSON" and not quote.barred(i), stop) - 1


def _with_titled_person(quote: Quote, last: int) -> int:
    """The last token of a mention, and who holds an office there behind it: Linden Trust | Chairman Ana Lee, Centre for
    Law | and Order Director Ana Lee."""
    tokens = quote.tokens
    if tokens.entity[last] != "ORG" and not (tokens.words[last].istitle() and tokens.tag[last].startswith("NN")):
        return last

    def is_name(i: int) -> bool:
        given = tokens.tag[i] == "NNP" and tokens.folded[i] in given_names() and tokens.words[i + 1].istitle()
        return tokens.entity[i] == "PERSON" or (given and not _is_office(tokens, i))

    def goes_on(i: int) -> bool:
        behind = i + 1 + (tokens.lower[i] != "the" and tokens.lower[i + 1] == "the" and i + 2 < stop)
        joins = tokens.lower[i] in JOINING and tokens.words[behind].istitle()
        trade = tokens.words[i].islower() and tokens.tag[i] == "NN" and _is_office(tokens, i) and is_name(i + 1)
        return (tokens.words[i].istitle() or joins or trade) and not is_name(i) and not quote.barred(i)

    stop = tokens.paragraph_end(last)
    person = tokens.run_from(last + 1, goes_on, min(stop - 1, last + LONGEST_OFFICE))
    if person == last + 1 or not _is_office(tokens, person - 1):
        return last
    if quote.barred(person) or not is_name(person):
        return last
    return tokens.run_from(person + 1, lambda i: tokens.tag[i] == "NNP" and not quote.barred(i), stop) - 1


def _is_office(tokens: Tokens, i: int) -> bool:
    """Is it the last word of an office: *Director-General*, *Chair*?"""
    lex, word = words(), tokens.folded[i]
    left, _, right = word.rpartition("-")
    return any(part in lex.office_heads or part in lex.titles for part in (word, left and right, left))


def _behind_date(tokens: Tokens, first: int, head: int) -> int:
    """The first token of a phrase behind a date that the parse took into it: "on March 6 Ana Ortiz"."""
    if tokens.lower[first] not in ("on", "in", "last", "this") and not is_time(tokens, first):
        return first
    k = first
    while k < head and (k == first or is_time(tokens, k) or tokens.tag[k] == "CD" or tokens.words[k] == ","):
        k += 1
    dated = any(is_time(tokens, i) for i in range(first, k))
    return k if dated and k <= head else first


def _last_of_mention(tokens: Tokens, first: int, last: int) -> int:
    """The last token without an age, punctuation, marks of possession and prepositions behind it."""
    if last > first + 1 and tokens.tag[last] == "CD" and tokens.words[last - 1] == ",":
        last -= 1  # Ana Ortiz | , 54
    while last > first and (_is_sign(tokens.words[last]) or _owns(tokens, last)):
        last -= 1
    if last + 1 < len(tokens) and tokens.words[last + 1] == ")" and "(" in tokens.words[first:last]:
        last += 1
    while last > first and (tokens.tag[last] in ("IN", "TO", "CC") or _day_behind_name(tokens, last)):
        last -= 1
    return last


def _owns(tokens: Tokens, i: int) -> bool:
    """Is it the mark of a possession, and not of a firm's name with a verb behind it: *Hume's* said?"""
    verb = i + 1 < len(tokens) and not tokens.ends_paragraph(i) and tokens.tag[i + 1] in ("VBD", "VBZ", "MD")
    return tokens.tag[i] == "POS" and not verb


def _day_behind_name(tokens: Tokens, i: int) -> bool:
    """Is it a day that the parse took into the name before it: Ana Ortiz | Tuesday?"""
    return _day(tokens, i) and tokens.entity[i] != "PERSON" and tokens.entity[i - 1] == "PERSON"


def _is_sign(word: str) -> bool:
    """Is it a mark or an emoji, and no full stop of an abbreviation?"""
    return word != "." and not any(map(str.isalnum, word))


def relative_pronoun(quote: Quote, found: Finding) -> int | None:
    """The relative pronoun between the source and its verb ("Ortiz, who called it ..."): the mention at the
    attribution."""
    tokens = quote.tokens
    if found.source is None or not found.cue:
        return None
    verb = found.cue[0]
    for _ in range(4):
        subjects = tokens.having(verb, labels.SUBJECT)
        if subjects or tokens.dep[verb] not in labels.CONJUNCT | labels.CONTROLLED:
            break
        verb = tokens.head[verb]
    else:
        return None
    pronouns = (i for i in subjects if tokens.lower[i] in RELATED and tokens.tag[i] in ("WP", "WDT"))
    pronoun = next(pronouns, None)
    return pronoun if pronoun is not None and found.source < pronoun < found.cue[0] else None


def _phrase(quote: Quote, head: int) -> list[int]:
    """The tokens of the noun phrase at `head` that stand together."""
    tokens = quote.tokens
    if tokens.pos[head] == "PRON" and tokens.lower[head] not in QUANTIFIERS:
        return [head]
    kept = {head}
    apart = _noun_of_relative(tokens, head)
    for child in tokens.children[head]:
        if child > apart and _belongs(tokens, child, head):
            kept.update(_part_at(quote, child, head))
        kept.update(i for i in phrase_behind(tokens, child, head) if not quote.barred(i))
    runs = sorted(kept)
    low = high = runs.index(head)
    while low > 0 and _adjoin(tokens, runs[low - 1], runs[low]):
        low -= 1
    while high + 1 < len(runs) and _adjoin(tokens, runs[high], runs[high + 1]):
        high += 1
    return _whole_name(quote, head, runs[low : high + 1])


def _noun_of_relative(tokens: Tokens, head: int) -> int:
    """The noun that the parse makes a part of a plural subject behind it: a *claim* | police said was "absurd"."""
    parts = [i for i in tokens.having(head, labels.NAME_PART) if i < head and tokens.tag[i] == "NN"]
    plural = tokens.tag[head] == "NNS" or tokens.folded[head] == "police"
    if not plural or not tokens.is_a(head, labels.SUBJECT) or not parts:
        return -1
    return parts[-1] if tokens.before(parts[0]) in ("a", "an") else -1


def _part_at(quote: Quote, child: int, head: int) -> list[int]:
    """What of a mention hangs on a word under its head."""
    tokens = quote.tokens
    below = [i for i in tokens.subtree(child) if not quote.barred(i)]
    if child < head:
        return [i for i in below if i < head]
    clauses = [i for i in below if tokens.is_verb(i) and tokens.dep[i] in labels.CLAUSE]
    if clauses and _is_name_part(tokens, child):
        return [child]  # "Ana Ortiz, who ...", where it hangs on "Ortiz"
    apart = all("," in tokens.words[child + 1 : min(tokens.subtree(clause)) + 1] for clause in clauses)  # , who left
    if not apart and tokens.lower[head] not in QUANTIFIERS:
        return []
    inside = {i for clause in clauses for i in tokens.subtree(clause)}  # "one of the nurses | who came"
    for i in below:  # the head of the union | in a letter; Capt. Ana Ortiz | , a pilot
        held = tokens.dep[i] in labels.OBLIQUE and is_said_in(tokens, i, head)
        apposed = tokens.dep[i] in labels.APPOSITION and "," in tokens.words[head + 1 : i]
        if i != child and (held or apposed):
            inside.update(tokens.subtree(i))
    return [i for i in below if i not in inside and i < min(inside, default=len(tokens))]


def is_said_in(tokens: Tokens, noun: int, head: int) -> bool:
    """Does a noun behind a source's preposition tell where, when or by whom it was said: the mayor's office *in an
    email*, the mayor *in June*, a school *via a spokesman*; not "a note on the website"?"""
    cases = tokens.cases(noun)
    if not cases or tokens.folded[head] in column(DOCUMENTS):
        return False
    if cases == ["at"] and tokens.folded[noun] in ("time", "moment"):
        return True  # police | at the time
    if tokens.tag[head] == "NNS" and tokens.folded[noun] in ASKING:
        return False  # most participants in the survey
    if cases[0] == "via" or (cases[0] == "through" and can_speak(tokens, noun)):
        return True
    held = is_time(tokens, noun) or tokens.folded[noun] in column(DOCUMENTS) or tokens.folded[noun] in PLATFORMS
    return held and cases[0] in HOLDING


def _is_name_part(tokens: Tokens, child: int) -> bool:
    return tokens.dep[child] in labels.NAME_PART or tokens.dep[child] in labels.DESCRIPTION


def _belongs(tokens: Tokens, child: int, head: int) -> bool:
    """Does a word under a noun belong to its mention: modifiers before it, names and "of" or "for" behind it?"""
    relation = tokens.dep[child]
    if relation.split(":")[0] not in PARTS:
        return False
    if child < head:
        return True
    if any(tokens.words[i] in (",", "(", "—", "–", "-", ";", ":") for i in range(head + 1, child)):
        return False
    if _day(tokens, child) and "on" in tokens.cases(child):
        return False  # the campaign | on Monday
    if relation in labels.OBLIQUE:
        cases = tokens.cases(child)
        if is_said_in(tokens, child, head):
            return False
        return bool(cases) and (tokens.pos[head] != "PROPN" or cases in (["of"], ["for"]))
    return _is_name_part(tokens, child)


def _whole_name(quote: Quote, head: int, phrase: list[int]) -> list[int]:
    """The phrase with all words of a person's name at its head, also those that the parse hangs elsewhere ("Ana de la
    Vega")."""
    tokens = quote.tokens

    def belongs(i: int) -> bool:
        person = tokens.entity[i] == "PERSON" and tokens.paragraph[i] == tokens.paragraph[head]
        return person and (tokens.tag[i] == "NNP" or not tokens.words[i][0].isalnum())

    if not belongs(head):
        return phrase
    low, high = phrase[0], phrase[-1]
    while low > 0 and belongs(low - 1) and belongs(low) and not quote.barred(low - 1):
        low -= 1
    while high + 1 < len(tokens) and belongs(high + 1) and belongs(high):
        if quote.barred(high + 1) and not quote.context.is_no_quotation(high + 1):  # a nickname in marks is none
            break
        high += 1
    behind = high + 1  # Bo Ortiz | Sr., of which the parse makes an adjective
    if not tokens.ends_paragraph(high) and tokens.lower[behind] in GENERATIONS and not quote.barred(behind):
        high = behind
    return [*range(low, phrase[0]), *phrase, *range(phrase[-1] + 1, high + 1)]


def _adjoin(tokens: Tokens, one: int, other: int) -> bool:
    """Do two tokens of a noun phrase stand together, with nothing but marks of possession or hyphens between?"""
    return all(tokens.tag[i] in ("POS", "HYPH", "''", "``") for i in range(one + 1, other))

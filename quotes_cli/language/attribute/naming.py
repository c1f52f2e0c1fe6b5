"""A quotation passes through here: is it a name, a term or its meaning, a headline, which the article only mentions?"""

from __future__ import annotations

from itertools import pairwise

from quotes_cli.language import labels
from quotes_cli.language.nouns import denotes
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

from .animacy import can_speak, is_be
from .context import FINAL, PAUSES, Quote, words_of
from .cues import SPEAKING
from .titles import title_case

#: Nouns that a term follows, and words that use it, and so report it.
TERMS = frozenset(
    "word words term terms phrase letter letters prefix suffix adjective noun verb acronym abbreviation".split()
)
USING = frozenset("used uses use using uttered repeated said say invoked".split())
UNUSED = frozenset("not n't n’t never without avoid avoids avoided avoiding".split())
#: Nouns that a name or motto follows, whoever uses it: under the alias "Grey Owl".
NAME_NOUNS = frozenset(
    "name names alias aliases pseudonym nickname nicknames handle moniker sobriquet username surname codename callsign "
    "nom theme motto password passwords brand brands keyword keywords hashtag hashtags typhoon hurricane storm".split()
)
#: What is known or goes by a name, with "as" or "by" behind or not; a person who calls somebody so is none of these.
NAMED = frozenset(
    "titled entitled subtitled known so-called pronounced spelled self-styled self-proclaimed aka goes go code-named "
    "codenamed trades trading traded knew".split()
)
#: Those of them that only "as" or "by" makes so, and of those the ones that "by" does.
NAMED_AS, NAMED_BY = frozenset("goes go trades trading traded knew".split()), frozenset({"goes", "go"})
#: Words between "known" and "as" that say where or to whom: on the street.
PLACING = frozenset("ADV ADP DET NOUN PROPN ADJ PRON".split())
CALLED = frozenset({"called", "dubbed", "named", "nicknamed"})
#: Who calls something so where it is a name that goes round: locals call it the "Long Wall".
CALLERS = frozenset(
    "some many locals residents people citizens villagers press media fans supporters followers friends".split()
)
#: Those who have their own view of a thing: what critics call "a mess", but what *sailors* call "the long swell".
SIDES = frozenset("critics opponents detractors sceptics skeptics supporters backers campaigners activists".split())
#: Verbs that give a name, so that it is nobody's words whoever gives it.
NAMING = frozenset("name rename nickname christen rechristen codename".split())
#: Verbs that enter somebody under a name: identified himself as "Victor".
ENTERING = frozenset("identify register list enroll enrol introduce pose sign".split())
#: Adverbs of a rough translation.
ROUGHLY = frozenset("literally roughly loosely approximately".split())
SHORT = frozenset("short code acronym abbreviation shorthand slang word term name initials".split())  # *for* a meaning
LONGEST_OWNER = 8  # tokens between a thing and what it is called
MEANING = frozenset("mean translate denote signify".split())
#: Answers on a ballot, and what is made of them.
BALLOT = frozenset({"yes", "no", "leave", "remain"})
VOTES = frozenset("vote voter votes voters campaign campaigner camp side option referendum ballot".split())
#: What one does with a button or field, what one puts into a field, and how a thing bears its name.
PRESSING = frozenset("click tap press tick".split())
TYPING = frozenset("type enter key punch".split())
MARKED = frozenset("marked labelled labeled stamped signed headed".split())
RATINGS = frozenset("buy sell hold neutral overweight underweight outperform underperform".split())


def named(quote: Quote) -> bool:
    """What something is called by nobody in particular, or is given as a name."""
    return _is_known_as(quote) or _is_called(quote) or _gets_name(quote) or _is_entered(quote)


def _is_known_as(quote: Quote) -> bool:
    """He is known online as "Moth"; the ship, also known as "Moth"; the gang leader, who goes by "Slim"."""
    tokens, left = quote.tokens, quote.left
    lower = tokens.lower
    while left > 0 and (tokens.tag[left] in ("DT", "PRP$") or lower[left] in ("only", "simply")):
        left -= 1
    if left < 0:
        return False
    if lower[left] in ("as", "by"):
        known = range(left - 1, max(left - 6, -1), -1)
        namer = next((i for i in known if lower[i] in NAMED), -1)
        between = range(namer + 1, left)
        placed = lower[namer] == "known" and all(tokens.pos[i] in PLACING for i in between)  # on the street
        plain = lower[namer + 1] == "to" or placed or all(lower[i] in ("online", "only", "simply") for i in between)
        if namer > 0 and left < quote.left and lower[namer - 1] == "be":  # said it will be known as the "great flood"
            return False
        if lower[left] == "by":
            return namer == left - 1 and lower[namer] in NAMED_BY
        if lower[namer] == "knew":  # they knew the boy as "Spike"
            plain = bool(between) and title_case(quote) and not any(tokens.words[i] in PAUSES for i in between)
        return namer >= 0 and plain and lower[namer] not in NAMED_BY
    return lower[left] in NAMED - NAMED_AS or (lower[left] in ("born", "née") and title_case(quote))


def _is_called(quote: Quote) -> bool:
    """A group called "Mothers for the Bay"; a plan dubbed "Green Harbour": the participle of a thing, without agent."""
    tokens, namer = quote.tokens, quote.left
    owned = {"NNP", "POS"} if namer > 0 and tokens.tag[namer] == "POS" else frozenset()  # dubbed Linden's "wall"
    while namer > 0 and tokens.tag[namer] in {"DT", "PRP$", *owned}:
        namer -= 1
    if tokens.lower[max(namer - 2, 0) : namer + 1 : 2] == ["what", "call"]:
        return tokens.tag[namer - 1] == "NNS" and tokens.lower[namer - 1] not in SIDES
    if namer < 1 or tokens.lower[namer] not in CALLED:
        return False
    if quote.capital and title_case(quote) and _goes_round(quote, namer):
        return True
    behind = next((i for i in quote.after[:3] if tokens.pos[i] != "ADV"), None)  # called so, twice, by Lee
    if title_case(quote) and (behind is None or tokens.lower[behind] != "by") and _is_far_thing(quote, namer):
        return True
    around = [*tokens.lower[max(0, namer - 3) : namer], tokens.lower[behind] if behind is not None else ""]
    if not {"by", "has", "have", "had", "who"}.isdisjoint(around):
        return False
    subjects = [i for i in tokens.having(namer, labels.SUBJECT) if i < namer]
    if subjects and "what" in tokens.lower[max(0, subjects[0] - 4) : subjects[0]]:
        return False  # what a spokesman called "an error"
    if tokens.tag[namer - 2] in ("DT", "PRP$") and tokens.is_nominal(namer - 3) and not title_case(quote):
        return False  # a figure the office called "uncertain"
    if _is_dubbed(quote, namer):
        return True
    thing = namer - (2 if tokens.words[namer - 1] == "," and namer > 1 else 1)
    noun = tokens.tag[thing] in ("NN", "NNS") and not quote.context.mark[thing]
    behind_thing = noun and not any(i < thing for i in tokens.having(namer, labels.SUBJECT))
    if behind_thing and (not can_speak(tokens, thing) or _opens_phrase(quote, thing)):
        return True
    return (tokens.tag[namer] == "VBN" or tokens.words[namer - 1] == ",") and title_case(quote)


def _is_far_thing(quote: Quote, namer: int) -> bool:
    """Does whose or where it is stand between a thing and its name: a book by Ana Ortiz called "Rope and Salt"?"""
    tokens = quote.tokens
    first = tokens.run_before(namer, lambda i: tokens.pos[i] in ("PROPN", "NOUN", "ADJ", "DET"), namer - LONGEST_OWNER)
    noun = first - 2
    if noun < 0 or tokens.lower[first - 1] not in ("by", "from", "of", "in") or quote.ending in "!?":
        return False
    thing = denotes(tokens.folded[noun], tokens.tag[noun]) in ("document", "unknown")
    return tokens.tag[noun] in ("NN", "NNS") and (thing or _opens_phrase(quote, noun))


def _goes_round(quote: Quote, namer: int) -> bool:
    """Do people in general call it so: the press called it "The Long Wall"; called "The Long Wall" by locals?"""
    lower = quote.tokens.lower
    by = [lower[i] for i in quote.after[:3]]
    return lower[namer - 1] in CALLERS or (by[:1] == ["by"] and not CALLERS.isdisjoint(by[1:]))


def _is_dubbed(quote: Quote, namer: int) -> bool:
    """Is it the participle of `dub`: the flood, once dubbed "the big one"; he is being dubbed "the fixer"?"""
    tokens, before = quote.tokens, namer - 1
    while before > 0 and tokens.pos[before] == "ADV":
        before -= 1
    passive = tokens.pos[before] == "PUNCT" or is_be(tokens, before) or tokens.lower[before] in ("being", "been")
    return tokens.lower[namer] in ("dubbed", "nicknamed") and passive


def _opens_phrase(quote: Quote, noun: int) -> bool:
    """Is a noun introduced here, so that what follows is its name: "a group called", "a website called"?"""
    tokens = quote.tokens
    return any(tokens.lower[i] in ("a", "an", "another") for i in range(max(0, noun - 4), noun))


def _gets_name(quote: Quote) -> bool:
    """They named the puppy "Biscuit"; fans nicknamed her "Queen of the Slope"."""
    tokens, verb = quote.tokens, quote.left
    least = max(0, quote.left - 6)
    while verb > least and (tokens.is_nominal(verb) or tokens.tag[verb] in ("DT", "JJ", "CD", "PRP$", "POS", "NNP")):
        verb -= 1
    if verb < 0 or not tokens.is_verb(verb):
        return False
    if tokens.lemma[verb] in ("nickname", "christen", "rechristen", "codename", "code-name"):
        return True
    latin = quote.words == 2 and quote.capital and len(quote.tops) == 1  # Agathidium minimum
    return tokens.lemma[verb] in NAMING and (latin or title_case(quote)) and quote.words <= 5


def _is_entered(quote: Quote) -> bool:
    """He identified himself as "Victor"; gave his name as "Victor"."""
    tokens, left = quote.tokens, quote.left
    if left < 1 or tokens.lower[left] != "as" or not title_case(quote) or quote.words > 4:
        return False
    near = range(left - 1, max(left - 6, -1), -1)
    if tokens.lower[left - 1] in NAME_NOUNS:
        return True
    verb = next((i for i in near if tokens.is_verb(i)), -1)
    if verb < 0 or tokens.lemma[verb] not in ENTERING:
        return False
    itself = any(tokens.lower[i].endswith(("self", "selves")) for i in range(verb + 1, left))
    return itself or tokens.tag[verb] == "VBN" or tokens.lemma[verb] in ("register", "enroll", "enrol", "pose", "sign")


def _is_vote(quote: Quote) -> bool:
    """They voted "no"; a "yes" vote; the "Leave" campaign: an answer on a ballot."""
    if words_of(quote.text).strip() not in BALLOT:
        return False
    tokens, left, right = quote.tokens, quote.left, quote.right
    voting = right >= 0 and quote.ending not in ",." and tokens.lemma[right] in VOTES
    if voting or (left >= 0 and tokens.lemma[left] == "vote"):
        return True
    return left > 0 and tokens.lower[left] in ("a", "for") and any(tokens.lemma[i] in VOTES for i in quote.before[:12])


def _is_rating(quote: Quote) -> bool:
    """Is it an analyst's advice on a share, or what is said at a wedding: a "sell" rating; said "I do" to Lee?"""
    tokens, left = quote.tokens, quote.left
    if left < 0 or quote.words > 2:
        return False
    behind = tokens.lower[quote.right] if quote.right >= 0 else ""
    if tokens.lower[quote.last] in RATINGS:
        return "rating" in (behind, *(tokens.lower[i] for i in quote.sentence_before[:9]))
    return behind == "to" and tokens.lemma[left] == "say" and quote.text.lower().strip(",") == "i do"


def _is_term_given(quote: Quote) -> bool:
    """Is it said to be a word, and nobody's: "Gaggle" is the term for such a briefing?"""
    tokens, after = quote.tokens, quote.after
    if quote.words > 4 or len(after) < 3 or not is_be(tokens, after[0]) or tokens.lower[after[1]] not in ("the", "a"):
        return False
    behind = [tokens.lower[i] for i in after[2:6]]
    return any(one in TERMS | NAME_NOUNS and other in ("for", "given") for one, other in pairwise(behind))


def term(quote: Quote) -> bool:
    """A word as a word, a name as a name."""
    tokens, left, other = quote.tokens, quote.left, quote.previous
    lower = tokens.lower
    if _is_vote(quote) or _is_term_given(quote) or _is_rating(quote):
        return True
    if other is not None and other.test == "term" and 0 < quote.first - other.last <= 5 and quote.words <= 3:
        return True
    if quote.right >= 0 and quote.words <= 3 and _is_explained(quote):
        return True
    noun = left - 1 if left > 0 and (lower[left] == "of" or lower[left - 1 : left + 1] == ["theme", ":"]) else left
    if noun < 0 or quote.words > 6:
        return False
    if lower[noun] in NAME_NOUNS and (quote.words <= 3 or title_case(quote)):
        return quote.ending not in "!?"
    if quote.words > 3:
        return False
    if lower[left] == "as" and left > 1 and lower[left - 1] == "such" and lower[left - 2] in TERMS | NAME_NOUNS:
        return True
    typed = tokens.lemma[left] in TYPING and quote.right >= 0 and lower[quote.right] == "into"
    if typed or (tokens.lemma[left] in PRESSING and not any(tokens.having(left, labels.SUBJECT))):
        return True
    if lower[left] in MARKED and _follows_thing(quote, left) and title_case(quote):
        return quote.ending not in "!?"
    if lower[left] not in TERMS or (quote.ending in FINAL and quote.capital):
        return False
    if lower[left] in ("letter", "letters") and any(map(str.islower, quote.text)):  # a letter that she called "a slap"
        return len(quote.text) < 3
    near = lower[max(0, left - 6) : left]
    if USING.isdisjoint(near) or not UNUSED.isdisjoint(near):  # they did not use the word "truce"
        behind = [i for i in quote.after[:6] if lower[i] == "by" or tokens.tag[i] == "VBN"]
        spoken = [lower[i] for i in behind[1:2]] == ["by"] and quote.cues.verb_class(behind[0]) in SPEAKING
        return not spoken  # the word "no" was spoken by Ortiz
    return False


def _follows_thing(quote: Quote, verb: int) -> bool:
    """Is it the participle of a noun right before it: a button marked "Stop", crates that were marked "Glass"?"""
    tokens, noun = quote.tokens, verb - 1
    if is_be(tokens, noun) and noun > 1 and tokens.lower[noun - 1] in ("that", "which"):
        noun -= 2
    if tokens.tag[noun] not in ("NN", "NNS"):
        return False
    return denotes(tokens.folded[noun], tokens.tag[noun]) not in ("person", "group")


def _is_explained(quote: Quote) -> bool:
    """In Scots, "wee" means small: a word that is the subject of what it means."""
    tokens, verb = quote.tokens, quote.right
    if quote.ending in ",.!?":
        return False
    if quote.left >= 0 and tokens.lower[quote.left] == "what" and tokens.lower[verb] == "means":
        return True  # what "fair" means, of which the tagger makes a noun
    if tokens.lemma[verb] not in MEANING or not tokens.is_verb(verb):
        return False
    return not any(tokens.lower[i] in ("she", "he", "they", "it") for i in quote.before[:1])


def gloss(quote: Quote) -> bool:
    """Another word for a thing, or what a name or foreign word means."""
    return _is_in_brackets(quote) or _is_meaning(quote) or _is_word_for(quote) or _is_short_form(quote)


def _is_short_form(quote: Quote) -> bool:
    """The Imperial Computing Engine, or "Icky" for short."""
    behind = [quote.tokens.lower[i] for i in quote.after[:2]]
    return behind == ["for", "short"] and quote.words <= 3


def _is_in_brackets(quote: Quote) -> bool:
    """Right behind a noun, in brackets: ("candy"), (literally "the path"), (or "sweets")."""
    tokens, left, right = quote.tokens, quote.left, quote.right
    if left > 0 and tokens.lower[left] in ROUGHLY | {"or"}:
        rough = tokens.lower[left] in ROUGHLY
        left -= 1
        if rough and tokens.words[left] in ("(", ",", "—", "–", "-", ";"):
            return True
    if left < 1 or right < 0 or quote.words > 6 or quote.ending in FINAL:
        return False
    known = quote.words == 1 or tokens.entity[left - 1] == "PERSON" or not title_case(quote)
    if (quote.capital or quote.words > 3) and known:
        return False  # Lee ("Little Ana"), but: the Fiumara club ("The Old Harbour")
    named = tokens.pos[left - 1] in ("NOUN", "PROPN") or quote.context.mark[left - 1]
    return tokens.words[left] == "(" and tokens.words[right] == ")" and named


def _is_meaning(quote: Quote) -> bool:
    """Its name, which means "land of hills"; it translates roughly to "land of hills"."""
    tokens, left = quote.tokens, quote.left
    if left < 1:
        return False
    near = [i for i in range(left, max(left - 6, -1), -1) if tokens.paragraph[i] == quote.paragraph]
    place = next((k for k, i in enumerate(near) if tokens.is_verb(i)), None)
    if place is None or any(tokens.words[i] in (",", ":", ";") for i in near[:place]):
        return False
    verb, behind = near[place], near[:place]
    if tokens.lemma[verb] == "translate":
        person = any(can_speak(tokens, i) for i in tokens.having(verb, frozenset({"nsubj"})))
        return bool(behind) and (not person or not any(tokens.is_nominal(i) for i in behind))
    if any(tokens.lower[i] not in ROUGHLY | {"for"} for i in behind):
        return False
    if tokens.lemma[verb] == "stand":
        return tokens.lower[left] == "for"
    if tokens.lemma[verb] not in ("mean", "signify", "denote"):
        return False
    return tokens.tag[verb] == "VBG" or _speaks_of_words(quote, verb)


def _speaks_of_words(quote: Quote, verb: int) -> bool:
    """Is it of a word that the sentence says what it means: a name, a word, or something in a language?"""
    tokens = quote.tokens
    subject = tokens.having(verb, labels.SUBJECT)
    of_word = any(tokens.lower[k] in TERMS | NAME_NOUNS for i in subject for k in tokens.subtree(i))
    related = tokens.dep[verb] in labels.RELATIVE and tokens.lower[tokens.head[verb]] in TERMS | NAME_NOUNS
    behind = [tokens.lower[i] for i in quote.sentence_after[:5]]
    before = [tokens.lower[i] for i in quote.sentence_before[:14]]
    in_language = any(a == "in" and _is_language(b) for a, b in pairwise(behind))
    before_it = any(a == "in" and any(map(_is_language, before[:k])) for k, a in enumerate(before))
    return of_word or related or in_language or before_it


def _is_language(word: str) -> bool:
    return word in column("languages.txt") or word in words().countries


def _is_word_for(quote: Quote) -> bool:
    """German for "mountain dweller"; short for "Save Our Sea"; a Maori word for "land"."""
    tokens, left = quote.tokens, quote.left
    if left < 1 or tokens.lower[left] != "for":
        return False
    word = tokens.lower[left - 1]
    return _is_language(word) or word in SHORT

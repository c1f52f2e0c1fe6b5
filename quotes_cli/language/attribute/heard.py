"""A quotation passes through here before the rules: cries, whose verb is another's, and what somebody is told.

The answer is the finding, one without a source where the grammar knows that there is none, or None for the rules.
"""

from __future__ import annotations

from quotes_cli.language import labels

from .agents import agent
from .animacy import is_be, is_speaker
from .context import Finding, Quote
from .controllers import is_passive
from .cues import FINITE, SPEAKING, STRONG
from .sources import source_of
from .surroundings import INNER, tag_behind

CRIES = frozenset("cries shouts chants heckles jeers yells screams shrieks whoops choruses cry shout chant".split())
#: What one does who cries: broke into chants of it.
BREAKING = frozenset("break burst erupt".split())
ANSWERING = frozenset("respond react answer reply interrupt".split())
#: How cries stand beside what another does: left to shouts of it.
BESIDE = frozenset({"to", "amid", "amidst", "despite"})
GREETING = frozenset({"meet", "greet"})
#: What draws the cries of others.
DRAWING = frozenset("prompt draw provoke spark trigger elicit bring attract earn".split()) | GREETING
#: Where those sit who cry.
SEATS = frozenset("benches backbenches gallery galleries stands terraces floor".split())
TELLING = frozenset("tell assure inform warn advise notify remind".split())
ASKING = frozenset("ask report complain write turn speak talk go call phone ring contact approach email beg".split())
#: What bears words.
BEARERS = frozenset(
    "shirt t-shirt tshirt vest cap hat sign banner placard poster flag badge board plaque sticker wreath".split()
)
BORNE = frozenset("words slogan message inscription phrase".split())
JOINTS = frozenset({",", "and", "or"})
MOST = 6  # quotations of a list
FURTHEST_CRIER = 4  # tokens from the marks to "from"
LONGEST_CRIER = 8  # tokens behind "from"


def heard(quote: Quote) -> Finding | None:
    """Who cries it or tells it, where another's verb governs the words."""
    return _cried(quote) or _told(quote) or _worn(quote)


def _cried(quote: Quote) -> Finding | None:
    """Lee spoke of it, prompting cries of "shame" from *the crowd*; Lee left to shouts of "Shame!": nobody's."""
    tokens, of = quote.tokens, _first_in_list(quote).left
    noun = of - 1
    if noun < 0 or tokens.lower[of] != "of" or tokens.lower[noun] not in CRIES:
        return None
    behind = _last_in_list(quote).sentence_after
    joint = next((k for k, i in enumerate(behind[:FURTHEST_CRIER]) if tokens.lower[i] in ("from", "by")), -1)
    if joint >= 0 and all(tokens.pos[i] in ("NOUN", "CCONJ", "ADV") for i in behind[:joint]):  # and boos from the crowd
        fit = (
            i for i in behind[joint + 1 : joint + LONGEST_CRIER] if tokens.is_nominal(i) and tokens.dep[i] not in INNER
        )
        source = next((i for i in fit if is_speaker(quote, i) or tokens.lower[i] in SEATS), None)
        return Finding(passing=True) if source is None else Finding(source, (noun,), passing=True)
    verb, cases = tokens.head[noun], tokens.cases(noun)
    if tokens.having(noun, labels.POSSESSOR):
        return None
    answers = tokens.lemma[verb] in ANSWERING | GREETING and "with" in cases and not is_passive(quote, verb)
    if answers or (tokens.lemma[verb] in BREAKING and not {"into", "in", "with"}.isdisjoint(cases)):
        source = source_of(quote, verb)
        return Finding(passing=True) if source is None else Finding(source, (noun,), passing=True)
    drawn = tokens.lemma[verb] in DRAWING and (tokens.is_a(noun, labels.OBJECT) or "with" in cases)
    criers = agent(quote, verb) if drawn and is_passive(quote, verb) else None
    if criers is not None:  # was greeted by the crowd with chants of it
        return Finding(criers, (noun,), passing=True)
    return Finding(passing=True) if drawn or not BESIDE.isdisjoint(cases[:1]) else None


def _first_in_list(quote: Quote) -> Quote:
    """The first of quotations with no more than "and" or a comma between: cries of *"shame"* and "resign"."""
    for _ in range(MOST):
        before = quote.previous
        if before is None or not _adjoins(before, quote):
            break
        quote = before
    return quote


def _last_in_list(quote: Quote) -> Quote:
    for behind in quote.context.quotes[quote.number + 1 : quote.number + 1 + MOST]:
        if not _adjoins(quote, behind):
            break
        quote = behind
    return quote


def _adjoins(one: Quote, other: Quote) -> bool:
    tokens, between = one.tokens, range(one.last + 1, other.first)
    if one.parent != other.parent or len(between) > 5:  # two marks, a comma and a word
        return False
    return all(one.context.mark[i] or tokens.lower[i] in JOINTS for i in between)


def _told(quote: Quote) -> Finding | None:
    """Lee said he was told by *Ortiz* that it was "over"; when Lee wrote, she was told it was "over": by nobody."""
    if quote.capital:
        return None
    tokens, cues = quote.tokens, quote.cues
    verb = next((i for i in quote.sentence_before if cues.verb_class(i) in STRONG), -1)
    if verb < 0 or tokens.lemma[verb] not in TELLING or tokens.tag[verb] not in ("VBN", "VBD"):
        return None
    helped = any(is_be(tokens, i) or tokens.lower[i] == "been" for i in range(max(verb - 3, 0), verb))
    if not helped or not _is_what_is_told(quote, verb) or not is_passive(quote, verb):
        return None
    if any(cues.verb_class(i) in SPEAKING and tokens.tag[i] in FINITE for i in tag_behind(quote)[:8]):
        return None
    within = [i for i in tokens.having(verb, labels.OBLIQUE) if "in" in tokens.cases(i)]
    if any(cues.noun_class(i) is not None for i in within):
        return None  # in one note she was told that it was "over"
    if quote.left == verb and FINITE.isdisjoint(tokens.tag[quote.first : quote.last]):
        return None  # she said she was told "next to nothing"
    teller = agent(quote, verb) or _asked(quote, verb)
    if teller is not None:
        return Finding(teller, (verb,), passing=True) if is_speaker(quote, teller) else None
    return Finding(passing=True)


def _is_what_is_told(quote: Quote, verb: int) -> bool:
    """Do the words hang below a verb of telling, not beside it (said they had been told and *were* "calm"), nor as
    what it is about (said they were told *of* a "grave risk") where another reports that?"""
    tokens, cues = quote.tokens, quote.cues
    for top in quote.tops:
        above = [top, *tokens.ancestors(top)]
        if verb in above[1:]:
            below = above[above.index(verb) - 1]
            told_of = tokens.dep[below] in labels.OBLIQUE
            reported = told_of and any(cues.verb_class(i) in SPEAKING for i in tokens.ancestors(verb))
            return tokens.dep[below] not in labels.CONJUNCT and not reported
    return False


def _asked(quote: Quote, verb: int) -> int | None:
    """Whom one had asked who then was told it: Lee had complained to *the mayor* and was told it was "over"."""
    tokens, above = quote.tokens, quote.tokens.head[verb]
    verbs = [above, *(i for i in tokens.having(above, labels.CONTENT) if above < i < verb)]
    asking = next((i for i in verbs if tokens.lemma[i] in ASKING), None)
    if asking is None or not tokens.is_a(verb, labels.CONJUNCT) or is_passive(quote, asking):
        return None
    near = (i for i in tokens.children[asking] if asking < i < verb and is_speaker(quote, i))
    return next((i for i in near if tokens.is_a(i, labels.OBJECT) or tokens.cases(i)[:1] in (["to"], ["with"])), None)


def _worn(quote: Quote) -> Finding | None:
    """They wore *shirts* with the words "No bridge": what bears the words."""
    tokens, words = quote.tokens, quote.left
    thing = words - 3
    if thing < 0 or tokens.lower[words] not in BORNE or tokens.lower[words - 2] != "with" or quote.barred(thing):
        return None
    if tokens.tag[words - 1] != "DT" or tokens.folded[thing].removesuffix("s") not in BEARERS or quote.words < 2:
        return None
    first = min(i for i in tokens.subtree(thing) if i <= thing)
    return Finding(thing, (words,), mention=(tokens.start[first], tokens.end[thing]), passing=True)

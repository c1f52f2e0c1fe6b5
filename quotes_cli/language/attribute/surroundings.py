"""What the rules share passes through here: where a quotation hangs, where a tag may begin, what a verb governs."""

from __future__ import annotations

from quotes_cli.language import labels

from .animacy import can_speak
from .context import DASHES, Context, Found, Quote
from .cues import SPEAKING, cue_tokens, verb_class, verb_lemma
from .sources import RELATED, source_of, usable

STRONG = SPEAKING | {"name"}
#: Words that open a clause which only dates or qualifies the reporting one.
SUBORDINATORS = frozenset(
    [
        "as",
        "when",
        "while",
        "after",
        "before",
        "if",
        "because",
        "although",
        "though",
        "since",
        "until",
        "whether",
        "why",
        "how",
        "where",
    ]
)


def climb(q: Quote, c: Context, classes: frozenset[str], within: list[int] | None) -> Found | None:
    """The outermost verb of speaking above the quotation, or a naming verb below it; a weaker cue only where neither
    is.

    "Lee said Ortiz had pushed for a "fair deal"" reports Lee, "Lee said Ortiz called it "fair"" reports Ortiz. Of a
    report in a report the annotators of PolNeAR mark the reporter that the article has spoken to.
    """
    t = c.tree
    if q.left >= 0 and verb_class(t, c.lexicon, q.left) in STRONG & classes and t.having(q.left, labels.SUBJECT):
        source = source_of(c, q.left, q)
        if source is not None:
            return Found(source, cue_tokens(t, q.left))
    spare: Found | None = None
    outer: Found | None = None
    for top in tops(q, c):
        below = top
        for i in t.ancestors(top):
            content, below = t.dep[below] == "ccomp", i
            if c.barred(i, q):
                continue
            if within is not None and i not in within:
                break
            kind = verb_class(t, c.lexicon, i)
            if kind not in classes or (not q.capital and not content and weak(c, i, q)):
                continue
            source = source_of(c, i, q)
            if source is None:
                continue
            found = Found(source, cue_tokens(t, i))
            if kind in STRONG and not unreal(c, i) and can_speak(t, source):
                if outer is None or kind in SPEAKING:
                    outer = found
                if kind not in SPEAKING or t.dep[i] not in labels.CONTENT:
                    return outer
                continue
            spare = spare or found
        if outer is not None:
            return outer
        if spare is not None:
            return spare
    return None


def announcing(q: Quote, c: Context) -> list[int]:
    """Tokens, nearest first, of a line or paragraph's last sentence that ends in a colon before the quotation's own."""
    line = c.line_before(q)
    if not line or c.tree.words[line[0]] != ":":
        return []
    end = next((k for k, i in enumerate(line) if c.ends_sentence(i)), len(line))
    return line[:end]


def sibling_before(q: Quote, c: Context) -> Quote | None:
    number = c.siblings[q.number]
    return None if number is None else c.quotes[number]


def inherit(other: Quote, found: Found) -> Found:
    return Found(found.source, found.cue, other.number, found.mention, found.antecedent)


def tops(q: Quote, c: Context) -> list[int]:
    """Tokens of the quotation whose heads stand outside it, or that are roots; the one with the largest subtree
    first."""
    t = c.tree
    tops = [
        i
        for i in range(q.first, q.last + 1)
        if not t.space[i] and t.pos[i] != "PUNCT" and (t.head[i] == i or not q.first <= t.head[i] <= q.last)
    ]
    return sorted(tops, key=lambda i: -len(t.subtree(i)))[:3]


def tag_start(q: Quote, c: Context, region: list[int]) -> int | None:
    """Index in `region` where a tag behind the quotation would begin, past comma and dash; None where none can follow.

    A tag follows a comma, question, exclamation or dash within the marks, or a comma behind them; behind a bare
    quotation only where this began its sentence; behind a full stop only where hardly anything else is in the sentence.
    """
    t = c.tree
    k = 0
    while k < len(region) and (t.words[region[k]] in (",", "...", ")") or t.words[region[k]] in DASHES):
        k += 1
    if k >= len(region):
        return None
    if q.ending in ",?!…—–-" or k > 0:
        return k
    begins = q.capital and (q.left < 0 or not c.sentence_before(q))
    if q.ending == ".":
        return k if len(region) - k <= 4 and begins else None
    return k if begins else None


def tag_beside(q: Quote, c: Context) -> bool:
    """Does a reporting verb stand right before the quotation, with a comma or colon between ("she said, ...")?"""
    t = c.tree
    region = c.sentence_before(q)
    if not region or t.words[region[0]] not in (",", ":"):
        return False
    return any(verb_class(t, c.lexicon, i) in SPEAKING for i in region[1:4])


def governs_object(c: Context, verb: int) -> bool:
    """Has the verb an object of its own behind it that is no hearer ("expressed a desire"; not "told reporters")?"""
    t = c.tree
    lemma = verb_lemma(t, c.lexicon, verb)
    if lemma is None or "hearer" in c.lexicon.flags_of(lemma):
        return False
    return any(o > verb and t.words[o] not in ('"', "“") for o in t.having(verb, frozenset({"obj"})))


def leads_to_cue(c: Context, verb: int, later: list[int]) -> bool:
    """Is a reporting verb controlled by this one ("went on to say", "smiled and said", "was quoted as saying")?"""
    t = c.tree
    for i in later[:12]:
        if verb_class(t, c.lexicon, i) is None:
            continue
        if verb in list(t.ancestors(i))[:3] and t.dep[i] in labels.CLAUSE | labels.CONJUNCT:
            return True
    return False


def subordinate(c: Context, verb: int) -> bool:
    """Does the verb stand in a clause that only dates or qualifies ("said as he introduced her")?"""
    t = c.tree
    node = verb
    for _ in range(4):
        if any(t.lower[child] in SUBORDINATORS and child < node for child in t.children[node]):
            return True
        if t.dep[node] not in labels.CLAUSE | labels.CONJUNCT or t.head[node] == node:
            return False
        if t.dep[node] in labels.RELATIVE:
            return False
        node = t.head[node]
    return False


def weak(c: Context, verb: int, q: Quote) -> bool:
    """Is speech only one of the verb's senses (lexicon flag `weak`), and the quotation not where that sense has it?

    "Rated it as "false"" speaks, because `rate` has the flag `as`; "rated the "blue" team" does not.
    """
    t = c.tree
    lemma = verb_lemma(t, c.lexicon, verb)
    if lemma == "call" and _summons(c, verb, q):
        return True
    flags = c.lexicon.flags_of(lemma) if lemma else frozenset()
    return "weak" in flags and (q.left < 0 or t.lower[q.left] not in flags)


def _summons(c: Context, verb: int, q: Quote) -> bool:
    """Does `call` only bring together ("call a "special" meeting")? Then nothing stands between that it names."""
    t = c.tree
    between = range(verb + 1, q.left + 1)
    if verb > q.left or any(t.tag[i] not in ("DT", "JJ", "CD", "PRP$") or t.is_nominal(i) for i in between):
        return False
    if not between or t.lower[verb + 1] in ("this", "that", "these", "those"):
        return False
    if t.tag[verb] == "VBN" or t.dep[verb] in labels.RELATIVE:
        return False
    return not any(t.lower[i] in ("what", "which", "whom", "that") for i in range(max(0, verb - 8), verb))


def unreal(c: Context, verb: int) -> bool:
    """Is the reporting verb under a modal, or an infinitive: not said yet ("he will tell them")?"""
    t = c.tree
    if t.tag[verb] == "VB":
        return any(t.tag[k] == "MD" or t.lower[k] == "to" for k in t.children[verb] if k < verb)
    return False


def nominal_before(c: Context, tokens: list[int], q: Quote) -> int | None:
    """The last noun phrase among the tokens that can speak, for parses that lost the subject ("who Lee on Monday
    called")."""
    t = c.tree
    for i in reversed(tokens[-14:]):
        if t.words[i] in (";", ":") or t.tag[i] in ("VBD", "VBZ", "VBP"):
            return None
        inner = t.dep[i] in ("nmod:poss", "det", "nmod", "obl") or (
            t.dep[i] in labels.NAME_PART and t.head[i] in tokens
        )
        if inner or not (t.is_nominal(i) or t.is_name_like(i)):
            continue
        while t.dep[i] in labels.APPOSITION | {"conj"} and t.head[i] in tokens and t.head[i] < i:
            if t.dep[t.head[i]] in labels.OBLIQUE:
                break  # "In a statement, the mayor said": no second name of the statement
            i = t.head[i]
        if can_speak(t, i) and usable(c, i, q) is not None and t.lower[i] not in RELATED:
            return i
    return None


def has_content(c: Context, verb: int, q: Quote) -> bool:
    """Does the verb have what it reports elsewhere: a clause, or another quotation directly behind it?"""
    t = c.tree
    return any(t.dep[child] in labels.CONTENT and not c.inside(child, q) and child > verb for child in t.children[verb])

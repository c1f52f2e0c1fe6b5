"""A candidate in, what speaks for and against its being reported speech out, in words for the table of weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes_cli.language import labels
from quotes_cli.language.attribute.animacy import can_speak
from quotes_cli.language.attribute.context import Context
from quotes_cli.language.nouns import denotes

from .statement import Statement

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "nor"})
#: Words before a reporting verb that make its clause one of time, condition or the like.
SUBORDINATING = frozenset(
    "if when as because while unless before after how why where though although since until".split()
)
OPENING = frozenset("that to if whether how why what who when where which".split())
TENSED = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOUNS = frozenset({"object", "oblique", "noun_of"})
#: Relations of a reporting word to a word above it that says whether it reports: declined to say, is expected to tell.
ABOVE = frozenset({"xcomp", "ccomp", "advcl", "acl", "acl:relcl", "conj", "parataxis", "obj", "obl", "nsubj"})
DETERMINERS = frozenset({"PRP", "PRP$", "WP", "DT", "WDT"})
SIZES = ((2, "1"), (3, "2"), (4, "3"), (7, "4-6"), (13, "7-12"))
CLOSED_TAGS = frozenset("IN TO WDT WP WRB DT PRP EX".split())
#: Of the tokens of what is but a quotation, which has no word of its own besides those of `SMALL` tags. Without the
#: second condition, which leaves more to be reported, overlap F1 is 0.9 lower, cross-validated.
MARKED = 0.7
SMALL = frozenset("DT IN TO CC PRP$ POS".split())
NEARNESS = ((2, "beside"), (5, "near"), (12, "off"))


def is_negated(context: Context, head: int) -> bool:
    """Is it said that nobody said it: she did not say that?"""
    tokens = context.tokens
    return any(tokens.lower[i] in NEGATIONS for i in tokens.children[head] if i <= head)


def subordinator(context: Context, head: int) -> str | None:
    """The word that makes the reporting clause one of time or condition: *if* he says that."""
    tokens = context.tokens
    marks = (i for i in tokens.having(head, frozenset({"mark", "advmod"})) if i < head)
    return next((tokens.lower[i] for i in marks if tokens.lower[i] in SUBORDINATING), None)


def report_features(
    context: Context, one: Statement, shape: Sequence[str], sureness: float, beside: Sequence[Statement] = ()
) -> list[str]:
    """Of the cue, the content and the source, and of the candidates `beside` it that share its words; `shape` is what
    spoke for the content's stretch, `sureness` the probability that it is about right."""
    sure = int(round(sureness, 6) * 10)
    found = ["always", f"extent is sure {sure}", f"{one.rule} is sure {sure // 2}"]
    found += [f"stretch {feature}" for feature in shape]
    found += _of_cue(context, one)
    found += _of_content(context, one)
    found += _of_source(context, one)
    found += _of_neighbours(context, one, beside)
    return list(dict.fromkeys(found))


def is_of_surroundings(feature: str) -> bool:
    """Does a feature tell what the reporting word stands in, not what it reports?"""
    return feature.startswith("hangs as ") or feature.partition(" ")[0] in ABOVE or " held " in f" {feature}"


def lemma_of(context: Context, one: Statement) -> str:
    """The reporting word's lemma, of a verb with its particle."""
    tokens, head = context.tokens, one.head
    return (context.cues.verb_lemma(head) if tokens.is_verb(head) else None) or tokens.lemma[head]


def _of_cue(context: Context, one: Statement) -> Iterator[str]:
    tokens, cues, head = context.tokens, context.cues, one.head
    lemma = lemma_of(context, one)
    yield from (f"rule {one.rule}", f"cue {lemma}", f"{one.rule} {lemma}")
    yield f"{one.rule} {cues.verb_class(head) or cues.noun_class(head)}"
    before = [i for i in tokens.children[head] if i < head]
    form = [tokens.tag[head]]
    form += ["negated"] * is_negated(context, head)
    form += ["modal"] * any(tokens.tag[i] == "MD" for i in before)
    form += ["to"] * any(tokens.tag[i] == "TO" for i in before)
    yield from (f"form {' '.join(form)}", f"{one.rule} form {' '.join(form)}", f"{lemma} {' '.join(form)}")
    yield from (f"hangs as {tokens.dep[head]}", f"hangs as {tokens.dep[head]} {lemma}")
    auxiliaries = " ".join(tokens.lower[i] for i in before if tokens.pos[i] == "AUX")
    yield from (f"auxiliaries {auxiliaries}", f"auxiliaries {auxiliaries} {lemma}")
    yield from (f"adverb {tokens.lower[i]}" for i in before if tokens.pos[i] == "ADV")
    above = tokens.head[head]
    if above != head and tokens.dep[head] in ABOVE:
        relation = tokens.dep[head]
        yield from (f"{relation} of {tokens.lemma[above]}", f"{relation} of {tokens.pos[above]} {lemma}")
        if (kind := cues.verb_class(above) or cues.noun_class(above)) is not None:
            yield f"{relation} of {kind}"
    if (word := subordinator(context, head)) is not None:
        yield f"under {word}"
    if tokens.dep[head] in labels.RELATIVE:
        yield "cue in a relative clause"
    if context.cover[head] >= 0:
        yield from ("within marks", f"{one.rule} within marks")
    if one.rule in ("oblique", "noun_of"):
        preposition = tokens.lower[one.content.start - 1]
        yield from (f"{one.rule} {preposition}", f"{lemma} {preposition}")


def _of_content(context: Context, one: Statement) -> Iterator[str]:
    tokens, content, top = context.tokens, one.content, one.top
    size = step(len(content), SIZES, "13+")
    yield from (f"size {size}", f"{one.rule} size {size}")
    opening = tokens.lower[content.start]
    if opening in OPENING:
        yield from (f"opens {opening}", f"{one.rule} opens {opening}")
    yield f"{one.rule} {'before' if top < one.head else 'behind'}"
    yield f"top {tokens.pos[top]}{' with subject' if tokens.having(top, labels.SUBJECT) else ''}"
    yield f"{one.rule} top {tokens.tag[top]}"
    yield f"{one.rule} begins with {tokens.tag[content.start]}"
    finite = next((tokens.tag[i] for i in content if tokens.tag[i] in TENSED), "none")
    yield f"{one.rule} in {finite}"
    yield f"{tokens.tag[one.head]} {finite}"
    end = tokens.lower[content.stop] if content.stop < len(tokens) else ""
    yield from (f"ends before {end if len(end) < 2 else 'word'}", f"{one.rule} ends before {end}")
    yield f"{one.rule} ends with {tokens.tag[content.stop - 1]}"
    closed = tokens.tag[content.start] in CLOSED_TAGS
    yield f"{lemma_of(context, one)} opens {opening if closed else tokens.tag[content.start]}"
    second = tokens.tag[content.start + 1] if len(content) > 1 else ""
    yield from (f"{one.rule} opens {opening} {second}", f"{one.rule} top {tokens.lemma[top]}")
    if one.head in content:
        yield f"{one.rule} cue within"
    if one.rule in NOUNS:
        yield f"top {tokens.lemma[top]}"
    share = share_in_marks(context, one, one.content, titles=True)
    yield f"in marks: {'none' if not share else 'some' if share < 0.5 else 'most' if share < 0.9 else 'all'}"


def _of_source(context: Context, one: Statement) -> Iterator[str]:
    tokens, source = context.tokens, one.source
    if source is None:
        yield from ("no source", f"{one.rule} no source")
        return
    if tokens.tag[source] in DETERMINERS:
        yield f"source {tokens.lower[source]}"
    else:
        speaks = "speaks" if can_speak(tokens, source) else "mute"
        kind = tokens.entity[source] or denotes(tokens.folded[source], tokens.tag[source])
        yield f"source {tokens.entity[source] or tokens.pos[source]} {speaks}"
        yield from (f"{one.rule} by {kind}", f"{context.cues.verb_class(one.head)} by {kind}")
        yield f"source {tokens.lemma[source] if tokens.pos[source] == 'NOUN' else 'name'}"
    yield f"{one.rule} source {tokens.lower[source]}"
    yield f"{lemma_of(context, one)} by {tokens.tag[source]}"
    side = "before" if source < one.head else "behind"
    yield f"source {step(abs(one.head - source), NEARNESS, 'far')} {side}"
    yield f"{one.rule} source {side} {tokens.dep[source]}"
    between = range(min(source, one.head) + 1, max(source, one.head))
    verbs = any(tokens.tag[i] in TENSED and i not in one.content for i in between)
    yield f"{'another verb' if verbs else 'nothing'} between source and cue"
    yield f"source is {tokens.dep[source]}{' of the cue' if tokens.head[source] == one.head else ''}"
    if source in one.content:
        yield "source within"


def _of_neighbours(context: Context, one: Statement, beside: Sequence[Statement]) -> Iterator[str]:
    """What other words may report around it, of it, or within it."""
    tokens, cues = context.tokens, context.cues
    held = holds = False
    for other in beside:
        both = min(one.content.stop, other.content.stop) - max(one.content.start, other.content.start)
        kind = f"{other.rule} {cues.verb_class(other.head) or cues.noun_class(other.head)}"
        if 2 * both > max(len(one.content), len(other.content)):
            yield from (f"shared with {kind}", f"{one.rule} shared with {kind} {tokens.tag[other.head]}")
            nearer = abs(one.head - one.content.start) < abs(other.head - one.content.start)
            yield f"shared, {'nearer' if nearer else 'farther'}"
        elif one.head in other.content:
            held = True
            yield from (f"held by {kind}", f"{one.rule} held by {kind}", f"form {tokens.tag[one.head]} held by {kind}")
        elif other.head in one.content:
            holds = True
            yield from (f"holds {kind}", f"{one.rule} holds {other.rule}")
    yield f"{one.rule} {'held' if held else 'free'} {'with' if holds else 'without'} another within"


def step(number: int, steps: tuple[tuple[int, str], ...], beyond: str) -> str:
    """The name of the first step that the number lies below."""
    return next((name for limit, name in steps if number < limit), beyond)


def share_in_marks(context: Context, one: Statement, inside: range, titles: bool = False) -> float:
    """What share of some tokens stands in marks, those of `titles` and the like among them or not."""
    return sum(_is_marked(context, one, i, titles) for i in inside) / len(inside)


def is_quotation(context: Context, one: Statement) -> bool:
    """Does the content stand in marks, but for articles, prepositions and the like?

    Of a content around its cue what stands before the tag decides if the clause's verb does, as what follows may not
    belong: "We will see," Ortiz said, | on her way out.
    """
    tokens, inside = context.tokens, one.content
    if inside.start <= one.top < one.head < inside.stop:
        inside = range(inside.start, one.head)
        tag = next((i + 1 for i in reversed(inside) if _is_marked(context, one, i)), one.head)  # | Ortiz said
        if not any(tokens.tag[i] in TENSED for i in range(tag, one.head)):
            inside = range(inside.start, tag)
    words = (i for i in inside if tokens.tag[i] not in SMALL and tokens.pos[i] != "PUNCT")
    return share_in_marks(context, one, inside) >= MARKED and all(_is_marked(context, one, i) for i in words)


def _is_marked(context: Context, one: Statement, i: int, titles: bool = False) -> bool:
    """Does a token stand in marks that the cue stands outside?"""
    here, number = context.cover[one.head], context.cover[i]
    while number >= 0 and number != here:
        if titles or context.quotes[number].test is None:
            return True
        parent = context.parents[number]
        number = -1 if parent is None else parent
    return False

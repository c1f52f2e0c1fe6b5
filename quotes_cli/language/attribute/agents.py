"""A passive verb or participle in, by whom it is done out: called "a disgrace" by *Ortiz*."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.tokens import Tokens

from .animacy import is_speaker, is_usable
from .context import Quote
from .controllers import QUOTED, is_passive


def agent_behind_marks(quote: Quote, verb: int) -> int | None:
    """The agent right behind the marks, or their noun, wherever the parse hangs it: a "terrorist" group by *Lee*."""
    tokens, by = quote.tokens, quote.right
    if tokens.tag[verb] not in ("VBN", "VBD") or by < 0:
        return None
    if tokens.tag[verb] == "VBN" and tokens.tag[by] == "NN" and tokens.tag[quote.left] == "DT":
        by += 1
    if by >= len(tokens) or tokens.lower[by] != "by":
        return None
    active = "nsubj" in (tokens.dep[i] for i in tokens.children[verb])  # "Lee declared him "chosen" by God"
    if verb > quote.first or active or tokens.lower[verb] in ("said", "told"):
        return None
    inner = labels.NAME_PART | {"det", "amod", "nmod:poss", "nummod"}
    behind = range(by + 1, min(by + 8, len(tokens)))
    head = next((i for i in behind if tokens.is_nominal(i) and tokens.dep[i] not in inner), None)
    return head if head is not None and is_speaker(quote, head) else None


def agent(quote: Quote, verb: int) -> int | None:
    """The agent of a passive verb or participle, but not of "Ortiz was quoted by the radio as saying"."""
    tokens = quote.tokens
    if tokens.lemma[verb] in QUOTED and tokens.having(verb, labels.PASSIVE_SUBJECT):
        return None
    for child in tokens.children[verb]:
        relation = tokens.dep[child]
        if _is_active(tokens, verb, child):
            continue
        if relation not in labels.AGENT:
            by = relation in labels.OBLIQUE and "by" in tokens.cases(child)
            if not by or (tokens.tag[verb] != "VBN" and not is_passive(quote, verb)):
                continue
        if is_usable(quote, child):
            return child
    return None


def _is_active(tokens: Tokens, verb: int, by: int) -> bool:
    """Is a verb in the past, joined to another, that takes a thing of somebody's before "by": Ortiz came, and *called*
    the crime by her son "a shame"?"""
    if tokens.tag[verb] != "VBD" or tokens.dep[verb] not in labels.CONJUNCT or tokens.tag[tokens.head[verb]] != "VBD":
        return False
    taken = tokens.having(verb, labels.OBJECT | frozenset({"xcomp"}))
    return any(verb < i < by and tokens.tag[i].startswith("NN") for i in taken)

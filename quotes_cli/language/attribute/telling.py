"""A quotation passes through here; the noun for somebody's words on which it hangs comes out: Ortiz's *comment* that
"the port is safe"."""

from __future__ import annotations

from itertools import takewhile

from quotes_cli.language import labels

from .animacy import is_time
from .context import Quote
from .cues import SPEAKING


def telling_noun(quote: Quote) -> int | None:
    """The noun for somebody's words on which the marks hang, with a "that" right behind it: asked about *Ortiz's
    comment* that "the port is safe"."""
    tokens, that = quote.tokens, quote.left
    above = [i for top in quote.tops[:1] for i in takewhile(lambda i: not tokens.is_verb(i), tokens.ancestors(top))]
    if that > 0 and tokens.lower[that] == "that":  # whatever the parse says
        above.insert(0, that - 1)
    for noun in above:
        if quote.barred(noun) or quote.cues.noun_class(noun) != "utterance" or noun + 1 >= quote.first:
            continue
        that = noun + 1
        if tokens.tag[that] == "IN" and is_time(tokens, that + 1):  # Ortiz's comment | on May 3 | that
            that = tokens.run_from(that + 1, lambda i: is_time(tokens, i) or tokens.tag[i] == "CD", quote.first)
        if tokens.lower[that] == "that" and any(tokens.tag[i] != "PRP$" for i in tokens.having(noun, labels.POSSESSOR)):
            return None if _is_told_to(quote, noun) else noun
    return None


def _is_told_to(quote: Quote, noun: int) -> bool:
    """Does a verb with a hearer before the noun need what stands behind: Lee told them after Ortiz's statement that
    ...?"""
    tokens, cues = quote.tokens, quote.cues
    verb = tokens.head[noun]
    if cues.verb_class(verb) not in SPEAKING or tokens.dep[noun] not in labels.OBLIQUE:
        return False
    hearer = [i for i in tokens.having(verb, labels.OBJECT) if verb < i < noun]
    return bool(hearer) and "hearer" in cues.lexicon.flags_of(cues.verb_lemma(verb) or "")

"""An adjective behind its noun in, its phrase out: a source *close to the family*, people *familiar with the plan*."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.tokens import Tokens

MODIFIER = frozenset({"amod", "acl"})  # a person close to, people involved in
LONGEST = 14  # tokens of such a phrase


def phrase_behind(tokens: Tokens, adjective: int, noun: int) -> range:
    """The tokens of an adjective right behind its noun, with the prepositional phrase under it, up to a comma or a
    clause; empty where it has no such phrase."""
    if adjective != noun + 1 or tokens.dep[adjective] not in MODIFIER or tokens.tag[adjective][:2] not in ("JJ", "NN"):
        return range(0)
    objects = (i for i in tokens.children[adjective] if i > adjective + 1 and tokens.dep[i] in labels.OBLIQUE)
    governed = next((i for i in objects if tokens.behind(adjective) in tokens.cases(i)), None)
    if governed is None:
        return range(0)
    phrase = {*tokens.subtree(governed)}
    for clause in [i for i in phrase if tokens.dep[i] in labels.CLAUSE]:
        phrase.difference_update(tokens.subtree(clause))
    stop = min(tokens.paragraph_end(noun), adjective + LONGEST)
    end = tokens.run_from(adjective + 1, lambda i: i in phrase and tokens.words[i] != ",", stop)
    return range(adjective, end if end > governed else adjective)

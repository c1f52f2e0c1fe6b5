"""Label schemes pass through here: a parse in Universal Dependencies or ClearNLP labels in, Universal Dependencies out.

The rules know only the label sets below. spaCy's own English models speak ClearNLP labels (Choi & Palmer 2012), where a
preposition governs its noun (`prep`/`pobj`) and a copula its predicate (`attr`, `acomp`); `universal` turns both round.
"""

from __future__ import annotations

from collections.abc import Sequence

SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
PASSIVE_SUBJECT = frozenset({"nsubj:pass"})
AGENT = frozenset({"obl:agent"})
OBJECT = frozenset({"obj", "iobj"})
OBLIQUE = frozenset({"obl", "obl:agent", "obl:unmarked", "nmod", "nmod:unmarked"})
POSSESSOR = frozenset({"nmod:poss"})
CASE = frozenset({"case"})
CONTENT = frozenset({"ccomp", "parataxis"})
CLAUSE = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "parataxis", "csubj"})
RELATIVE = frozenset({"acl:relcl", "advcl:relcl"})
NOUN_CLAUSE = frozenset({"acl"})
CONTROLLED = frozenset({"xcomp", "advcl"})
CONJUNCT = frozenset({"conj"})
APPOSITION = frozenset({"appos"})
NAME_PART = frozenset({"flat", "flat:name", "compound", "goeswith", "fixed"})
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
COPULA = frozenset({"cop"})
PASSIVE_AUXILIARY = frozenset({"aux:pass"})
PARTICLE = frozenset({"compound:prt"})
ROOT = frozenset({"ROOT", "root"})
PUNCTUATION = frozenset({"punct"})
DESCRIPTION = frozenset({"nmod:desc"})
VERBAL = frozenset({"VERB", "AUX"})  # parts of speech

_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "npadvmod": "obl:unmarked",
    "nmod": "nmod:desc",
    "neg": "advmod",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "attr": "xcomp",
    "pcomp": "advcl",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "intj": "discourse",
    "quantmod": "advmod",
    "meta": "discourse",
}
_CLEARNLP_ONLY = frozenset(
    "pobj dobj prep nsubjpass auxpass relcl npadvmod attr acomp poss prt agent pcomp dative oprd".split()
)


def universal(heads: Sequence[int], deps: Sequence[str], pos: Sequence[str]) -> tuple[list[int], list[str]]:
    """Heads (indices; a root is its own head) and labels in Universal Dependencies, whatever scheme came in.

    `pos` are the parts of speech: that of its governor decides whether a noun is `obl` or `nmod`.
    """
    new_heads, new_deps = list(heads), list(deps)
    if _CLEARNLP_ONLY.isdisjoint(deps):
        return new_heads, new_deps
    for i, dep in enumerate(deps):
        if dep in ("pobj", "pcomp") and deps[heads[i]] in ("prep", "agent", "dative"):
            preposition = heads[i]
            governor = heads[preposition]
            by_agent = deps[preposition] == "agent"
            new_heads[i], new_heads[preposition] = governor, i
            if dep == "pcomp":
                new_deps[i], new_deps[preposition] = "advcl", "mark"
            else:
                new_deps[i] = "obl:agent" if by_agent else "obl" if pos[governor] in VERBAL else "nmod"
                new_deps[preposition] = "case"
        elif dep == "case" and deps[heads[i]] == "poss":
            new_deps[i] = "case"
        elif dep in _RENAMED and new_heads[i] == heads[i] and new_deps[i] == dep:
            new_deps[i] = _RENAMED[dep]
    return new_heads, new_deps

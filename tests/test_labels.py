"""ClearNLP labels, as spaCy's own English models give them, in; Universal Dependencies out. No model needed."""

from __future__ import annotations

import pytest

from quotes_cli.language.labels import universal

# name -> ("word/tag/label/head" in ClearNLP labels, the same words' "label/head" in Universal Dependencies)
PARSES: dict[str, tuple[str, str]] = {
    "prep and pobj of a verb": (
        "He/PRP/nsubj/1 lived/VBD/ROOT/1 in/IN/prep/1 Brell/NNP/pobj/2",
        "nsubj/1 ROOT/1 case/3 obl/1",
    ),
    "prep and pobj of a noun": (
        "mayor/NN/ROOT/0 of/IN/prep/0 Brell/NNP/pobj/1",
        "ROOT/0 case/2 nmod/0",
    ),
    "agent, nsubjpass and auxpass": (
        "It/PRP/nsubjpass/2 was/VBD/auxpass/2 called/VBN/ROOT/2 mad/JJ/oprd/2 by/IN/agent/2 Lee/NNP/pobj/4",
        "nsubj:pass/2 aux:pass/2 ROOT/2 xcomp/2 case/5 obl:agent/2",
    ),
    "dobj and prt": (
        "Lee/NNP/nsubj/1 pointed/VBD/ROOT/1 it/PRP/dobj/1 out/RP/prt/1",
        "nsubj/1 ROOT/1 obj/1 compound:prt/1",
    ),
    "dative as an object": (
        "Lee/NNP/nsubj/1 told/VBD/ROOT/1 us/PRP/dative/1 nothing/NN/dobj/1",
        "nsubj/1 ROOT/1 iobj/1 obj/1",
    ),
    "dative as a preposition": (
        "Lee/NNP/nsubj/1 gave/VBD/ROOT/1 it/PRP/dobj/1 to/IN/dative/1 us/PRP/pobj/3",
        "nsubj/1 ROOT/1 obj/1 case/4 obl/1",
    ),
    "relcl": (
        "Lee/NNP/ROOT/0 who/WP/nsubj/2 knew/VBD/relcl/0 it/PRP/dobj/2",
        "ROOT/0 nsubj/2 acl:relcl/0 obj/2",
    ),
    "poss with its mark": (
        "Lee/NNP/poss/2 's/POS/case/0 claim/NN/ROOT/2",
        "nmod:poss/2 case/0 ROOT/2",
    ),
    "attr": (
        "Lee/NNP/nsubj/1 was/VBD/ROOT/1 mayor/NN/attr/1",
        "nsubj/1 ROOT/1 xcomp/1",
    ),
    "acomp": (
        "Lee/NNP/nsubj/1 was/VBD/ROOT/1 tired/JJ/acomp/1",
        "nsubj/1 ROOT/1 xcomp/1",
    ),
    "pcomp": (
        "Lee/NNP/nsubjpass/2 was/VBD/auxpass/2 quoted/VBN/ROOT/2 as/IN/prep/2 saying/VBG/pcomp/3",
        "nsubj:pass/2 aux:pass/2 ROOT/2 mark/4 advcl/2",
    ),
    "npadvmod": (
        "Lee/NNP/nsubj/1 said/VBD/ROOT/1 Monday/NNP/npadvmod/1",
        "nsubj/1 ROOT/1 obl:unmarked/1",
    ),
    "a preposition within a preposition's noun": (
        "He/PRP/nsubj/1 sat/VBD/ROOT/1 in/IN/prep/1 front/NN/pobj/2 of/IN/prep/3 us/PRP/pobj/4",
        "nsubj/1 ROOT/1 case/3 obl/1 case/5 nmod/3",
    ),
    "Universal Dependencies stay as they are": (
        "It/PRP/nsubj:pass/2 was/VBD/aux:pass/2 called/VBN/ROOT/2 mad/JJ/xcomp/2 by/IN/case/5 Lee/NNP/obl:agent/2",
        "nsubj:pass/2 aux:pass/2 ROOT/2 xcomp/2 case/5 obl:agent/2",
    ),
}


@pytest.mark.parametrize(("clearnlp", "expected"), PARSES.values(), ids=PARSES.keys())
def test_labels_become_universal(clearnlp: str, expected: str) -> None:
    tokens = [token.split("/") for token in clearnlp.split()]
    pos = ["VERB" if tag.startswith("VB") else "X" for _, tag, _, _ in tokens]

    heads, deps = universal([int(head) for *_, head in tokens], [dep for _, _, dep, _ in tokens], pos)

    assert [f"{dep}/{head}" for dep, head in zip(deps, heads, strict=True)] == expected.split()


def test_a_particle_alone_tells_the_scheme() -> None:
    assert universal([1, 1, 1], ["nsubj", "ROOT", "prt"], ["PRON", "VERB", "ADP"]) == (
        [1, 1, 1],
        ["nsubj", "ROOT", "compound:prt"],
    )

"""Sieves, names and lexicons of the resolve stage on hand-built documents; no model needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from quotes_cli.errors import LexiconError
from quotes_cli.language.personal_names import agree, given_odds, surname
from quotes_cli.language.resolve import load_people, resolve
from quotes_cli.language.resolve.discourse import Discourse
from quotes_cli.language.resolve.entities import Entity
from quotes_cli.language.resolve.inventory import build as build_inventory
from quotes_cli.language.resolve.names import find_names
from quotes_cli.language.resolve.presupposed import presupposed
from quotes_cli.language.resolve.roles import describe
from quotes_cli.language.resolve.sieves import SIEVES
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import fold, singular
from quotes_cli.records import Attribution, MarkedSpan, Resolution

VOCAB = spacy.blank("en").vocab
POS = {"NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "VBD": "VERB", "PRP": "PRON", "_SP": "SPACE"}


def build(*sentences: str) -> Tokens:
    """The tokens of sentences of `word/TAG/dep/head`: head a number in the sentence, `#LABEL` behind it an entity's."""
    tokens, tags, deps, heads, entities = [], [], [], [], []
    for sentence in sentences:
        base = len(tokens)
        for token in sentence.split():
            word, tag, dep, head = token.rsplit("/", 3)
            number, _, label = head.partition("#")
            tokens.append(word.replace("|", "\n"))
            tags.append(tag)
            deps.append(dep)
            heads.append(base + int(number))
            same = label and entities and entities[-1].endswith(label)
            entities.append(f"{'I' if same else 'B'}-{label}" if label else "O")
    pos = [POS.get(tag, "X") for tag in tags]
    spaces = [not word.isspace() for word in tokens]
    return Tokens.of(Doc(VOCAB, words=tokens, spaces=spaces, tags=tags, pos=pos, deps=deps, heads=heads, ents=entities))


def ask(doc: Tokens, *mentions: str, last: bool = True, **options: object) -> list[Resolution]:
    """Resolve mentions given by their words: each the last (or first) place where the words stand."""
    text = doc.text
    spans, attributions = [], []
    for words_ in mentions:
        start = text.rindex(words_) if last else text.index(words_)
        end = len(text)
        spans.append(MarkedSpan(end, end, end, end, ((end, end),), None, "double"))
        attributions.append(Attribution("direct", mention=(start, start + len(words_))))
    return resolve(doc, spans, attributions, **options)  # type: ignore[arg-type]


MET = "Daniel/NNP/nsubj/2 Frost/NNP/flat/0 met/VBD/ROOT/2 Maria/NNP/obj/2 Lopez/NNP/flat/3 ././punct/2"
HE_SAID = "he/PRP/nsubj/1 said/VBD/ROOT/1 ././punct/1"
SHE_SAID = "she/PRP/nsubj/1 said/VBD/ROOT/1 ././punct/1"
MAYOR = "Mayor/NNP/nmod:desc/1 Rosa/NNP/nsubj/3 Delgado/NNP/flat/1 spoke/VBD/ROOT/3 ././punct/3"
THE_MAYOR = "the/DT/det/1 mayor/NN/nsubj/2 said/VBD/ROOT/2 ././punct/2"
AGENCY = (
    "The/DT/det/3 National/NNP/compound/3#ORG Water/NNP/compound/3#ORG Agency/NNP/nsubj/4#ORG closed/VBD/ROOT/4 "
    "it/PRP/obj/4 ././punct/4"
)


@pytest.mark.parametrize(
    ("sentences", "mention", "speaker", "sieve"),
    [
        pytest.param([MET], "Maria Lopez", "Maria Lopez", "exact name", id="exact-name"),
        pytest.param(
            [MET, "Lopez/NNP/nsubj/1 said/VBD/ROOT/1 ././punct/1"], "Lopez", "Maria Lopez", "surname", id="surname"
        ),
        pytest.param(
            [MET, "Maria/NNP/nsubj/1 said/VBD/ROOT/1 ././punct/1"],
            "Maria",
            "Maria Lopez",
            "name parts",
            id="first-name",
        ),
        pytest.param([MET, HE_SAID], "he", "Daniel Frost", "pronoun", id="he"),
        pytest.param([MET, SHE_SAID], "she", "Maria Lopez", "pronoun", id="she"),
        pytest.param([MAYOR, THE_MAYOR], "the mayor", "Rosa Delgado", "description", id="description"),
        pytest.param([AGENCY, "it/PRP/nsubj/1 said/VBD/ROOT/1"], "it", "National Water Agency", "pronoun", id="it"),
        pytest.param(
            [AGENCY, "the/DT/det/1 agency/NN/nsubj/2 said/VBD/ROOT/2"],
            "the agency",
            "National Water Agency",
            "description",
            id="description-of-a-body",
        ),
        pytest.param(
            [AGENCY, "NWA/NNP/nsubj/1#ORG said/VBD/ROOT/1"], "NWA", "National Water Agency", "acronym", id="acronym"
        ),
        pytest.param(
            [
                "a/DT/det/1 nurse/NN/nsubj/6 from/IN/case/3 Linden/NNP/nmod/1 "
                "who/WP/nsubj/5 left/VBD/acl:relcl/1 spoke/VBD/ROOT/6"
            ],
            "a nurse from Linden who left",
            "nurse from Linden",
            "noun phrase",
            id="noun-phrase",
        ),
        pytest.param(
            ["Daniel/NNP/nsubj/5 Frost/NNP/flat/0 and/CC/cc/3 Maria/NNP/conj/0 Lopez/NNP/flat/3 spoke/VBD/ROOT/5"],
            "Daniel Frost and Maria Lopez",
            "Daniel Frost; Maria Lopez",
            "joint speakers",
            id="joint",
        ),
        pytest.param(
            [MET, "Frost/NNP/nmod:poss/2 's/POS/case/0 letter/NN/nsubj/3 said/VBD/ROOT/3"],
            "Frost 's letter",
            "Daniel Frost",
            "own document",
            id="own-document",
        ),
        pytest.param(
            ["the/DT/det/1 owner/NN/nsubj/5 ,/,/punct/3 Maria/NNP/appos/1 Lopez/NNP/flat/3 spoke/VBD/ROOT/5"],
            "the owner",
            "Maria Lopez",
            "apposed name",
            id="apposed-name",
        ),
        pytest.param(
            [
                "Lydia/NNP/nsubj/2 Buchanan/NNP/flat/0 left/VBD/ROOT/2",
                "Ms./NNP/nmod:desc/1 Buchannan/NNP/nsubj/2 said/VBD/ROOT/2",
            ],
            "Ms. Buchannan",
            "Lydia Buchanan",
            "similar name",
            id="similar-name",
        ),
    ],
)
def test_each_sieve(sentences: Sequence[str], mention: str, speaker: str, sieve: str) -> None:
    found = ask(build(*sentences), mention)[0]
    assert (found.speaker, found.sieve) == (speaker, sieve)


def test_every_sieve_has_a_case() -> None:
    covered = {case.values[3] for case in test_each_sieve.pytestmark[0].args[1]}  # type: ignore[attr-defined]
    assert covered == {sieve.name for sieve in SIEVES}


def test_a_sieve_left_out_passes_to_the_next() -> None:
    assert ask(build(MAYOR, THE_MAYOR), "the mayor", off=frozenset({"description"}))[0].sieve == "noun phrase"


def test_no_mention_no_speaker() -> None:
    doc = build(MET)
    assert resolve(doc, [MarkedSpan(0, 1, 0, 1, ((0, 1),), None, "double")], [Attribution("direct")]) == [
        Resolution(None)
    ]


def test_type_and_role() -> None:
    found = ask(build(MAYOR, THE_MAYOR, AGENCY), "Rosa Delgado", "Agency")
    assert [(r.speaker_type, r.role) for r in found] == [("person", "Mayor"), ("organisation", None)]


def test_a_relative_clause_keeps_its_subject_in_focus() -> None:
    met = "It/PRP/nsubj/1 pleased/VBD/ROOT/1 Ann/NNP/obj/1 Hill/NNP/flat/2 "
    met += "with/IN/case/5 Maria/NNP/obl/1 Lopez/NNP/flat/5"
    who = " ,/,/punct/9 who/WP/nsubj/9 voted/VBD/acl:relcl/5 ././punct/1"

    def lopez(article: Tokens) -> float:
        ranking = ask(article, "she")[0].ranking
        assert ranking is not None
        return next(one.probability for one in ranking().candidates if one.name == "Maria Lopez")

    assert lopez(build(met + who, SHE_SAID)) > lopez(build(met + " ././punct/1", SHE_SAID))


def test_a_capital_at_the_begin_of_a_sentence_makes_no_name() -> None:
    doc = build(
        "Preys/NNS/nsubj/4 on/IN/case/2 fear/NN/nmod/0 and/CC/cc/4 calls/VBZ/ROOT/4 it/PRP/obj/4 weak/JJ/xcomp/4"
    )
    assert ask(doc, "Preys")[0] == Resolution(None)
    rare = build("Ribble/NN/nsubj/1 said/VBD/ROOT/1 so/RB/advmod/1")
    assert ask(rare, "Ribble")[0].speaker == "Ribble"


def test_two_even_candidates_are_hardly_likelier_than_each_other() -> None:
    pair = (
        "Daniel/NNP/nsubj/5 Frost/NNP/flat/0 and/CC/cc/3 George/NNP/conj/0 Hill/NNP/flat/3 met/VBD/ROOT/5 ././punct/5"
    )
    one = "Daniel/NNP/nsubj/2 Frost/NNP/flat/0 met/VBD/ROOT/2 nobody/NN/obj/2 ././punct/2"
    even, alone = (ask(build(before, HE_SAID), "he")[0].probability for before in (pair, one))
    assert even is not None
    assert alone is not None
    assert even < 0.9 < alone


def test_words_in_a_quotation_are_no_antecedents() -> None:
    quoted = "George/NNP/nsubj/2 Hill/NNP/flat/0 lies/VBZ/ROOT/2 ././punct/2"
    doc = build(MET, quoted, HE_SAID)
    start, end = doc.text.index("George"), doc.text.index("lies") + 4
    mention = doc.text.rindex("he ")
    span = MarkedSpan(start, end, start, end, ((start, end),), None, "double")
    assert resolve(doc, [span], [Attribution("direct", mention=(mention, mention + 2))])[0].speaker == "Daniel Frost"


def test_labels_of_another_scheme() -> None:
    met = MET.replace("/obj/", "/dobj/").replace("/flat/", "/compound/")
    assert ask(build(met, HE_SAID), "he")[0].speaker == "Daniel Frost"


@pytest.mark.parametrize(
    ("tokens", "key", "kind"),
    [
        ("Danish/JJ Prime/NNP Minister/NNP Karen/NNP Holm/NNP spoke/VBD", ("karen", "holm"), "person"),
        ("Rep./NNP Paula/NNP Ortiz/NNP spoke/VBD", ("paula", "ortiz"), "person"),
        ("Ursula/NNP van/IN der/NN Berg/NNP spoke/VBD", ("ursula", "van", "der", "berg"), "person"),
        ("Gerald/NNP \"/`` Jerry/NNP \"/'' Conway/NNP spoke/VBD", ("gerald", "jerry", "conway"), "person"),
        ("Frank/NNP Dalton/NNP Jr./NNP spoke/VBD", ("frank", "dalton", "jr"), "person"),
        ("Karim/NNP al-Hadi/NNP spoke/VBD", ("karim", "hadi"), "person"),
        ("Department/NNP of/IN Transport/NNP spoke/VBD", ("department", "of", "transport"), "body"),
        ("Secretary/NNP of/IN State/NNP Laura/NNP Benton/NNP spoke/VBD", ("laura", "benton"), "person"),
        ("Said/NNP Laura/NNP Benton/NNP :/:", ("laura", "benton"), "person"),
        ("Marty/NNP Small/JJ spoke/VBD", ("marty", "small"), "person"),
    ],
)
def test_names(tokens: str, key: tuple[str, ...], kind: str) -> None:
    pairs = [token.rsplit("/", 1) for token in tokens.split()]
    doc = build(" ".join(f"{word}/{tag}/dep/0" for word, tag in pairs))
    assert [(name.key, name.kind) for name in find_names(doc)] == [(key, kind)]


@pytest.mark.parametrize("tokens", ["The/DT Danes/NNPS won/VBD", "Democrats/NNPS won/VBD", "On/IN Monday/NNP it/PRP"])
def test_no_names(tokens: str) -> None:
    pairs = [token.rsplit("/", 1) for token in tokens.split()]
    assert find_names(build(" ".join(f"{word}/{tag}/dep/0" for word, tag in pairs))) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("hillary clinton", "hillary rodham clinton", True),
        ("hillary clinton", "bill clinton", False),
        ("bill carver", "william carver", True),
        ("j carver", "john carver", True),
        ("bobby scott", "robert c bobby scott", True),
        ("frank dalton jr", "frank dalton sr", False),
        ("frank dalton jr", "frank dalton", True),
        ("ana lee", "ana park", False),
    ],
)
def test_names_that_agree(a: str, b: str, same: bool) -> None:
    first, second = tuple(a.split()), tuple(b.split())
    assert agree(first, second) is same
    assert agree(second, first) is same


def test_surname_takes_its_particles() -> None:
    assert surname(("ursula", "van", "der", "berg")) == ("van", "der", "berg")
    assert surname(("frank", "dalton", "jr")) == ("dalton",)


@pytest.mark.parametrize(
    ("name", "gender"), [("mary", "f"), ("john", "m"), ("karen", "f"), ("jean-pierre", "m"), ("xqz", "-")]
)
def test_given_names_tell_gender(name: str, gender: str) -> None:
    odds = given_odds((name, "ortiz"))
    assert ("-" if not odds else "f" if odds > 0 else "m") == gender


def test_names_of_both_genders_are_weak() -> None:
    assert abs(given_odds(("robin", "ortiz"))) < 1.5 < 3.5 < given_odds(("mary", "ortiz"))


def test_fold_and_singular() -> None:
    assert fold("Šefčovič’s") == "sefcovic's"
    assert [singular(w) for w in ("women", "police", "ministries", "aides", "boss")] == [
        "woman",
        "police",
        "ministry",
        "aide",
        "boss",
    ]


def test_people_of_a_newsroom(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,aliases,pronoun,role\nMaría López,Maria Lopez;M. Lopez,she,Editor\n", encoding="utf-8")
    found = ask(build(MET, SHE_SAID), "she", people=load_people(path))[0]
    assert (found.speaker, found.role, found.speaker_type) == ("María López", "Editor", "person")
    assert (found.known, found.gender) == (True, "f")


def test_a_missing_people_file(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot read the list of people"):
        load_people(tmp_path / "none.csv")


def test_nothing_for_an_empty_article() -> None:
    assert resolve(Tokens.of(Doc(VOCAB)), [], []) == []


def test_a_description_may_fit_somebody_who_is_out_of_focus() -> None:
    """Of very many people the walk forgets some: they lead no sentence before the description."""
    tokens = build("The/DT/det/1 cook/NN/nsubj/2 fell/VBD/ROOT/2 ././punct/2")
    walk = Discourse(build_inventory(tokens, [], set()), {})
    forgotten = Entity(0, "person", forms={"Ana Ortiz": (("ana", "ortiz"), 1)})
    place = walk.focus.place(1)
    assert presupposed(walk, describe(tokens, 1, 2), 1, 1, "person", [forgotten], place) is None

"""The ranker: its features and weights, unsourced quotations, confidence, and how all that is learnt."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import quotations

from quotes_cli.language import confidence
from quotes_cli.language.resolve import ranker
from quotes_cli.records import Attribution, Resolution
from quotes_cli.training import coreference
from quotes_cli.training.ranker import fit, fit_confidence
from quotes_cli.training.taught import Example

MEETING = "Mayor Ana Ortiz opened the new pier on Friday. Her deputy, Bo Lee, cut the ribbon.\n\n"


def speakers(text: str) -> list[str | None]:
    return [quotation.speaker for quotation in quotations(text) if quotation.kind != "other"]


def test_every_choice_has_weights_that_are_read() -> None:
    assert set(ranker.weights()) == set(ranker.CHOICES)
    assert all(len(known) > 10 for known in ranker.weights().values())


def test_probabilities_sum_to_one_and_follow_the_weights() -> None:
    known = ranker.weights()["gendered"]
    best, worst = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    weigh = ranker.together("gendered")
    shares = ranker.probabilities([weigh[(name,)] for name in (worst, best, "no such feature")])
    assert sum(shares) == pytest.approx(1.0)
    assert shares[1] > shares[2] > shares[0]
    assert ranker.probabilities([]) == []


def test_the_weights_say_what_the_literature_says() -> None:
    he = ranker.weights()["gendered"]
    assert he["same paragraph"] > he["many paragraphs back"]
    assert he["latest"] > he["older"]
    assert he["main subject, one sentence back"] > he["part, one sentence back"]
    assert he["surely this gender"] > he["gender open"] > he["hardly this gender"]
    assert he["speaks: named in the quotation"] < 0


VIDEO = 'In her video, Ana Ortiz stands on the pier, "sick and tired of waiting for the council to mend it."'


def test_an_unsourced_quotation_is_its_surroundings_person() -> None:
    (found,) = quotations(VIDEO)
    assert (found.speaker, found.rule, found.mention, found.cue) == ("Ana Ortiz", "context", None, None)
    assert found.confidence is not None
    assert confidence.LEAST_IN_CONTEXT <= found.confidence < 0.9


@pytest.mark.parametrize("text", [MEETING + 'The pier has a café called "The Gull" and a shop.', '"Gull" is a café.'])
def test_what_nobody_said_has_nobody(text: str) -> None:
    assert speakers(text) in ([], [None])


def test_confidence_is_a_probability_of_the_speaker() -> None:
    tag = Attribution("direct", rule="quote_subject_cue", confidence=0.97)
    named = confidence.confidence(tag, Resolution("Ana Ortiz", "person", None, "exact name"))
    sure, even = (
        confidence.confidence(tag, Resolution("Ana Ortiz", "person", None, "pronoun", share)) for share in (0.99, 0.5)
    )
    assert named is not None
    assert sure is not None
    assert even is not None
    assert 1.0 > named > even > 0.0
    assert 1.0 > sure > even
    assert confidence.confidence(tag, Resolution(None)) is None


def test_a_speaker_that_is_hardly_right_is_left_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Resolution("Ana Ortiz", "person", "mayor", "pronoun", 0.5)
    tag = Attribution("mixed", rule="nearest_cue", confidence=0.65)
    assert confidence.doubted(tag, answer) == answer
    monkeypatch.setattr(confidence, "weights", lambda: {"always": -2.0})
    blank = confidence.doubted(tag, answer)
    assert (blank.speaker, blank.role) == (None, None)


def test_odds_have_an_end() -> None:
    assert confidence.odds(0.5) == 0.0
    assert confidence.odds(1.0) == -confidence.odds(0.0) == confidence.FURTHEST


# --- learning


def example(good: str, bad: str, news: bool = False) -> Example:
    return Example("gendered", [[bad, "both"], [good, "both"]], [False, True], news, "a text")


def test_what_is_right_gets_weight_and_what_all_have_gets_none() -> None:
    weights = fit([example("near", "far")] * 20, "gendered")
    assert weights["near"] > 1.0 > -1.0 > weights["far"]
    assert weights["both"] == pytest.approx(0.0, abs=1e-6)
    assert fit([example("near", "far")], "plural") == {}


def test_news_outweighs_other_texts_where_they_disagree() -> None:
    weights = fit([example("near", "far")] * 20 + [example("far", "near", news=True)] * 20, "gendered")
    assert weights["far"] > weights["near"]


def test_confidence_learns_what_is_right() -> None:
    answers = [({"always": 1.0, "good": 1.0}, True)] * 30 + [({"always": 1.0}, False)] * 30
    known = fit_confidence(answers)
    assert confidence.probability({"always": 1.0, "good": 1.0}, known) > 0.8
    assert confidence.probability({"always": 1.0}, known) < 0.2


# --- corpora

GUM = """\
# newdoc id = GUM_news_ours
# newpar
1	Ana	Ana	PROPN	NNP	_	2	nsubj	_	Entity=(1-person-new)
2	won	win	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

1	She	she	PRON	PRP	_	2	nsubj	_	Entity=(1-person-giv)
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	AUX	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	tell	tell	VERB	VB	_	0	root	_	_
5	the	the	DET	DT	_	6	det	_	Entity=(2-person-new
6	mayor	mayor	NOUN	NN	_	4	obj	_	Entity=2)|SpaceAfter=No
7	.	.	PUNCT	.	_	4	punct	_	_

# newdoc id = GUM_vlog_ours
1	Hi	hi	INTJ	UH	_	0	root	_	_

"""

LITBANK = (
    "#begin document (ours); part 0\nOld\t(3\nAna\t3)\nlaughed\t_\n.\t_\n\nShe\t(3)\nslept\t_\n.\t_\n#end document\n"
)

GAP = (
    "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
    "ours-1\tAna met Eve. She left.\tShe\t13\tAna\t0\tTRUE\tEve\t8\tFALSE\tx\n"
    "ours-2\tAna met Eve. She left.\tShe\t13\tAna\t0\tFALSE\tEve\t8\tFALSE\tx\n"
)


def stretches(found: coreference.Annotated) -> dict[str, list[str]]:
    return {
        cluster: [found.text[start:end] for start, end in places] for cluster, places in sorted(found.clusters.items())
    }


def test_reads_gum(tmp_path: Path) -> None:
    path = tmp_path / "gum-ours.conllu"
    path.write_text(GUM, encoding="utf-8")
    (found,) = coreference.read_gum(path)
    assert found.text.strip() == "Ana won. She didn't tell the mayor."
    assert stretches(found) == {"1": ["Ana", "She"], "2": ["the mayor"]}


def test_reads_litbank(tmp_path: Path) -> None:
    path = tmp_path / "ours.conll"
    path.write_text(LITBANK, encoding="utf-8")
    found = coreference.read_litbank(path)
    assert found.text == "Old Ana laughed. She slept."
    assert stretches(found) == {"3": ["Old Ana", "She"]}


def test_reads_gap_where_one_of_both_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "gap-ours.tsv"
    path.write_text(GAP, encoding="utf-8")
    (found,) = coreference.read_gap(path)
    assert stretches(found) == {"other": ["Eve"], "pronoun": ["She", "Ana"]}


def test_reads_all_in_a_fixed_order(tmp_path: Path) -> None:
    for folder, name, text in (
        ("ud", "gum-dev.conllu", GUM),
        ("coref", "gap-test.tsv", GAP),
        ("coref/litbank", "ours.conll", LITBANK),
    ):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    assert [found.name for found in coreference.read(tmp_path)] == ["gum GUM_news_ours", "gap ours-1", "litbank ours"]

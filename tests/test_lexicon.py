"""The lexicon of cues: what the package's lists hold, what the loader refuses, and the verbs' inflected forms."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from quotes_cli.errors import LexiconError
from quotes_cli.language.words.cues import (
    FLAGS,
    FRAME_CLASSES,
    NOUN_CLASSES,
    VERB_CLASSES,
    conjugate,
    load_lexicon,
)
from quotes_cli.language.words.lists import package_text


@pytest.fixture
def cues(tmp_path: Path) -> Path:
    return tmp_path / "cues.txt"


def entries(name: str) -> list[list[str]]:
    return [line.split("\t") for line in package_text(name).splitlines() if line and not line.startswith("#")]


def test_the_lists_are_wide() -> None:
    lexicon = load_lexicon()
    assert len(lexicon.verbs) >= 400
    assert len(lexicon.nouns) >= 150
    assert set(Counter(lexicon.verbs.values())) == set(VERB_CLASSES)
    assert set(Counter(lexicon.nouns.values())) == set(NOUN_CLASSES)
    assert set(Counter(lexicon.frames.values())) == set(FRAME_CLASSES)
    assert set().union(*lexicon.flags.values()) <= set(FLAGS)


@pytest.mark.parametrize("name", ["cue_verbs.txt", "cue_nouns.txt", "cue_frames.txt", "irregular_verbs.txt"])
def test_each_list_holds_a_word_once_in_lower_case_and_sorted_within_its_class(name: str) -> None:
    rows = entries(name)
    words = [row[0] for row in rows]
    assert len(set(words)) == len(words)
    assert words == [word.lower() for word in words]
    if name != "irregular_verbs.txt":
        for cls in {row[1] for row in rows}:
            of_class = [row[0] for row in rows if row[1] == cls]
            assert of_class == sorted(of_class)


@pytest.mark.parametrize(
    ("verb", "cls"),
    [
        ("say", "say"),
        ("point out", "say"),
        ("ask", "ask"),
        ("tweet", "write"),
        ("dub", "name"),
        ("believe", "think"),
        ("shrug", "gesture"),
        ("vow", "act"),
        ("criticise", "act"),
        ("criticize", "act"),
    ],
)
def test_verbs_have_their_class(verb: str, cls: str) -> None:
    assert load_lexicon().verbs[verb] == cls


@pytest.mark.parametrize("word", ["eat", "walk", "house", "be", "do", "have"])
def test_words_that_report_nothing_are_absent(word: str) -> None:
    lexicon = load_lexicon()
    assert word not in lexicon.verbs
    assert word not in lexicon.nouns


@pytest.mark.parametrize("verb", ["make", "give", "show", "see", "take"])
def test_verbs_that_seldom_speak_are_marked_weak(verb: str) -> None:
    assert "weak" in load_lexicon().flags_of(verb)


@pytest.mark.parametrize(
    ("verb", "flag"),
    [("tell", "hearer"), ("press", "hearer"), ("rate", "as"), ("speak", "of"), ("campaign", "against")],
)
def test_flags_of_a_verb(verb: str, flag: str) -> None:
    assert flag in load_lexicon().flags_of(verb)
    assert load_lexicon().flags_of("xyzzy") == frozenset()


def test_no_flag_stands_where_nothing_reads_it() -> None:
    for verb, flags in load_lexicon().flags.items():
        assert flags <= {"hearer"} or "weak" in flags, verb


def test_nouns_and_frames_have_their_class() -> None:
    lexicon = load_lexicon()
    assert lexicon.nouns["claim"] == lexicon.nouns["promise"] == "utterance"
    assert lexicon.nouns["letter"] == lexicon.nouns["op-ed"] == lexicon.nouns["press release"] == "document"
    assert lexicon.frames["according to"] == "object"
    assert lexicon.frames["as * put it"] == "slot"


@pytest.mark.parametrize(
    ("lemma", "third", "past", "gerund"),
    [
        ("say", "says", "said", "saying"),
        ("note", "notes", "noted", "noting"),
        ("nod", "nods", "nodded", "nodding"),
        ("quip", "quips", "quipped", "quipping"),
        ("yap", "yaps", "yapped", "yapping"),
        ("quiz", "quizzes", "quizzed", "quizzing"),
        ("admit", "admits", "admitted", "admitting"),
        ("offer", "offers", "offered", "offering"),
        ("reply", "replies", "replied", "replying"),
        ("buzz", "buzzes", "buzzed", "buzzing"),
        ("convey", "conveys", "conveyed", "conveying"),
        ("hiss", "hisses", "hissed", "hissing"),
        ("preach", "preaches", "preached", "preaching"),
        ("echo", "echoes", "echoed", "echoing"),
        ("agree", "agrees", "agreed", "agreeing"),
        ("lie", "lies", "lied", "lying"),
        ("snow", "snows", "snowed", "snowing"),
        ("roar", "roars", "roared", "roaring"),
        ("write", "writes", "wrote", "writing"),
        ("ad-lib", "ad-libs", "ad-libbed", "ad-libbing"),
        ("cross-examine", "cross-examines", "cross-examined", "cross-examining"),
    ],
)
def test_forms_follow_the_spelling(lemma: str, third: str, past: str, gerund: str) -> None:
    forms = conjugate(lemma)
    assert (forms["base"], forms["third"], forms["past"], forms["gerund"]) == ([lemma], [third], [past], [gerund])


def test_irregular_verbs_and_both_spellings() -> None:
    assert list(conjugate("sing").values()) == [["sing"], ["sings"], ["sang"], ["sung"], ["singing"]]
    assert list(conjugate("be").values()) == [["be", "am", "are"], ["is"], ["was", "were"], ["been"], ["being"]]
    assert conjugate("have")["third"] == ["has"]
    assert conjugate("label")["past"] == ["labeled", "labelled"]
    assert conjugate("label")["gerund"] == ["labeling", "labelling"]


def test_a_form_leads_to_its_lemmas() -> None:
    lexicon = load_lexicon()
    assert lexicon.by_form["said"] == ("say",)
    assert lexicon.by_form["pointed"] == ("point out", "point to", "point")
    assert all(" " not in form for form in lexicon.by_form)
    reached = {lemma for lemmas in lexicon.by_form.values() for lemma in lemmas}
    assert reached == set(lexicon.verbs)


def test_tense() -> None:
    lexicon = load_lexicon()
    assert lexicon.tense("said") == {"past", "participle"}
    assert lexicon.tense("wrote") == {"past"}
    assert lexicon.tense("written") == {"participle"}
    assert lexicon.tense("adding") == {"gerund"}
    assert lexicon.tense("table") == frozenset()


def test_the_default_is_read_once_and_left_alone_by_a_users_file(cues: Path) -> None:
    cues.write_text("bellyache\tsay\n", encoding="utf-8")
    assert load_lexicon() is load_lexicon()
    assert "bellyache" in load_lexicon(cues).verbs
    assert "bellyache" not in load_lexicon().verbs


def test_a_users_file_adds_verbs_nouns_and_frames_and_replaces(cues: Path) -> None:
    cues.write_text(
        "\ufeff# ours\nbellyache\tsay\tabout\n\nscreed\tdocument\nScreed\tsay  # also a verb here\n"
        "if you believe *\tslot\nin * book’s pages\tslot\ncall\task\n",
        encoding="utf-8",
    )
    lexicon = load_lexicon(cues)
    assert lexicon.verbs["bellyache"] == "say"
    assert lexicon.flags_of("bellyache") == {"about"}
    assert lexicon.by_form["bellyached"] == ("bellyache",)
    assert lexicon.nouns["screed"] == "document"
    assert lexicon.verbs["screed"] == "say"
    assert lexicon.frames["if you believe *"] == lexicon.frames["in * book's pages"] == "slot"
    assert lexicon.verbs["call"] == "ask"
    assert lexicon.flags_of("call") == frozenset()
    assert len(lexicon.verbs) == len(load_lexicon().verbs) + 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("bellow", "expected `word TAB class TAB [flags]`"),
        ("bellow say", "real tab characters"),
        ("bellow\tsay\tto\tmore", "expected `word TAB class TAB [flags]`"),
        ("bellow\tspeak", "unknown class 'speak'; use one of say, ask,"),
        ("bellow\t", "expected `word TAB class TAB [flags]`"),
        ("\tsay", "expected `word TAB class"),
        ("bel  low\tsay", "is no cue"),
        ("4chan?\tdocument", "is no cue"),
        ("bellow\tsay\tloudly", "unknown flag 'loudly'; use some of hearer"),
        ("screed\tdocument\tof", "take no flags"),
        ("bellow *\tsay", "only frames"),
        ("in the words of\tslot", "write one `*`"),
        ("as * told *\tslot", "write one `*`"),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(cues: Path, line: str, message: str) -> None:
    cues.write_text(f"# ours\nmither\tsay\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_lexicon(cues)
    assert f"{cues}, line 3: " in str(caught.value)
    assert message in str(caught.value)


def test_a_word_given_twice_is_refused(cues: Path) -> None:
    cues.write_text("bellow\tsay\nscreed\tdocument\nBellow\task\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="line 3: 'bellow' stands already on line 1; delete one"):
        load_lexicon(cues)


def test_flags_and_classes_of_older_lists_still_pass(cues: Path) -> None:
    cues.write_text("bellyache\tsay\tobj inf light about\nthus spake\tannounce\naccording to plan\treject\n", "utf-8")
    lexicon = load_lexicon(cues)
    assert lexicon.verbs["bellyache"] == "say"
    assert lexicon.frames == load_lexicon().frames


def test_a_file_that_cannot_be_read_is_named(cues: Path) -> None:
    with pytest.raises(LexiconError, match=r"cues\.txt: cannot read"):
        load_lexicon(cues)
    cues.write_bytes(b"bellow\tsay\n\xff\xfe")
    with pytest.raises(LexiconError, match=r"cues\.txt: the list of cues is not UTF-8"):
        load_lexicon(cues)

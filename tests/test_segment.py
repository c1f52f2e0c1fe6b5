"""Articles of one line in, marked stretches out: a row per convention and per trap, in sentences of our own."""

from __future__ import annotations

import pytest

from quotes_cli.errors import LexiconError
from quotes_cli.language.segment import paragraphs, segment
from quotes_cli.language.segment.marks import conventions, parse_conventions

# text -> the words inside each pair of marks, in order; the part after "|" in a name says what the row is about.
FOUND: dict[str, tuple[str, list[str]]] = {
    # every convention
    "curly": ("“We will rebuild,” Ortiz said. “Soon.”", ["We will rebuild,", "Soon."]),
    "straight": ('"We will rebuild," Ortiz said. "Soon."', ["We will rebuild,", "Soon."]),
    "mixed": ('Ortiz said "we won” and then “we lost", and left.', ["we won", "we lost"]),
    "single curly": ("‘We’ve won,’ said Ms Ortiz. ‘It’s over.’", ["We’ve won,", "It’s over."]),
    "single straight": ("'We've won,' said Ms Ortiz. 'It's over.'", ["We've won,", "It's over."]),
    "guillemets": ("Elle a dit « oui » et «non».", ["oui", "non"]),
    "guillemets inward": ("Sie sagte »ja« und ›nein‹.", ["ja", "nein"]),
    "single angle": ("Elle a dit ‹oui›.", ["oui"]),
    "low high": ("„Ja“, sagte Ortiz. „Nein“, sagte Lee.", ["Ja", "Nein"]),
    "low high right": ("„Tak”, said Ortiz.", ["Tak"]),
    "single low": ("Ortiz sagte ‚ja‘ und ‚nein’.", ["ja", "nein"]),
    "latex": ("``We won,'' Ortiz said.", ["We won,"]),
    "two apostrophes": ("''We won,'' Ortiz said. ''Twice.''", ["We won,", "Twice."]),
    "backtick": ("`We won,' Ortiz said.", ["We won,"]),
    "corner": ("オルティスは「はい」と言った。『本』も読んだ。", ["はい", "本"]),
    "prime": ("″We won,″ Ortiz said.", ["We won,"]),
    "entity": ("Ortiz wrote &quot;done&quot; on it.", ["done"]),
    "entity by number": ("Ortiz wrote &#8220;done&#8221; and &#34;over&#x22;.", ["done", "over"]),
    "entity inside a word": ("&lsquo;It isn&rsquo;t Ortiz&#39;s,&rsquo; she said.", ["It isn&rsquo;t Ortiz&#39;s,"]),
    "entity encoded twice": ("Ortiz wrote &amp;quot;done&amp;quot; on it.", ["done"]),
    "entity of Windows": ("Ortiz wrote &#147;done&#148; on it.", ["done"]),
    "no entity": ("R&D; spent &5; on &nothing; and &#27;quot;.", []),
    "both styles in one article": ("'We won,' said Ortiz. \"We lost,\" said Lee.", ["We won,", "We lost,"]),
    # apostrophes are no marks
    "names": ("O'Neill and D’Arcy didn't say it wasn’t so.", []),
    "o'clock": ("'It's five o'clock,' said O'Neill.", ["It's five o'clock,"]),
    "decades": ("The ’90s, the '60s and the summer of '16.", []),
    "possessive": ("The dogs’ park and the players' union.", []),
    "possessive of an abbreviation": ("The U.N.'s plan (MoU)’s end. “We lost,” the bakers' union said.", ["We lost,"]),
    "mark behind a full stop, and an s": ("She said: 'We lost.' so they left.", ["We lost."]),
    "possessive in a quotation": ("'The dogs' owner left,' he said.", ["The dogs' owner left,"]),
    "possessive in a curly one": (
        "‘The councillors’ vote was a farce,’ she said.",
        ["The councillors’ vote was a farce,"],
    ),
    "possessive beside a fragment": ("The workers' mood was 'sour'; the bosses' was not.", ["sour"]),
    "rock 'n' roll": ("Rock 'n' roll and rock ’n’ roll.", []),
    "elisions": ("'Tis the season for the dogs' owners to walk 'em.", []),
    "elision in a quotation": (
        "'Twas fun,' he said, 'and the '80s were too.'",
        ["Twas fun,", "and the '80s were too."],
    ),
    "elision with the wrong mark": ("‘Tis so, said the boys’ teacher.", []),
    "dropped g": ("They were goin' and comin' all day.", []),
    # feet, inches, minutes, seconds
    "height": ("He is 6'2\" tall and she is 5' 11\".", []),
    "height in a quotation": ('"I am 6\'2"," he said. "She is not."', ["I am 6'2\",", "She is not."]),
    "inches": ('A 5" pipe, a 12" record and a 10″ screen.', []),
    "number before the mark": ('She said "it was in 1982" and "it was 40".', ["it was in 1982", "it was 40"]),
    "coordinates": ("They met at 40°26'46\"N on Monday.", []),
    # nesting
    "single in double": ("“He said ‘go’ and left,” she said.", ["He said ‘go’ and left,", "go"]),
    "double in single": ("'He said \"go\" and left,' she said.", ['He said "go" and left,', "go"]),
    "double marks between two apostrophes": (
        'She said: \'It will hold. "We pay." He said "no" and "never" to the workers\' plans.',
        ["We pay.", "no", "never"],
    ),
    "several double marks in single ones": (
        "“We go.” She said: 'He calls it “old” and “dear” now.' “We go.”",
        ["We go.", "He calls it “old” and “dear” now.", "old", "dear", "We go."],
    ),
    "both open together": ("“‘Go,’ he told me,” she said.", ["‘Go,’ he told me,", "Go,"]),
    "both close together": ("\"I said, 'Go.'\" He went.", ["I said, 'Go.'", "Go."]),
    "space between the two": ("\"I said, 'Well done,' \" she added.", ["I said, 'Well done,'", "Well done,"]),
    "three apostrophes": (
        "''They are on the 'wrong track,''' he said.",
        ["They are on the 'wrong track,'", "wrong track,"],
    ),
    "three deep": (
        '"He told me, \'She cried, "Run!" and ran,\'" Lee said.',
        ["He told me, 'She cried, \"Run!\" and ran,'", 'She cried, "Run!" and ran,', "Run!"],
    ),
    "same mark inside": ('"The word "go" was used," she said.', ['The word "go" was used,', "go"]),
    # broken marks
    "reversed": ("She said ”word” and ”another” one.", ["word", "another"]),
    "opening mark at the end": ("She called it “rigged“ and left.", ["rigged"]),
    "doubled": ('""We won,"" she said. ““Twice.””', ["We won,", "Twice."]),
    "glued": ('"We won.""Twice."', ["We won.", "Twice."]),
    "stray between spaces": ('A stray " mark. "All is well," she said.', ["All is well,"]),
    "stray closing": ('Nobody came." The end.\n\n"We did," she said.', ["We did,"]),
    "unclosed": ("Lee said: “We go now.\n\nNobody came. “We did,” she said.", ["We go now.", "We did,"]),
    "unclosed before another": ("“We go, he said. “They stay,” she said.", ["We go,", "They stay,"]),
    "closing mark lost": ("“We go, said Ana Lee, a farmer.\n\nNobody came.", ["We go,"]),
    "closing mark lost, name first": ("“We go, Ana Lee later said.\n\n“Good,” said Bo.", ["We go,", "Good,"]),
    "closing mark lost, sentence between": (
        "“We go,” she said. “We stay, he said. “It rains.”\n\n“Good,” said Bo.",
        ["We go,", "We stay,", "It rains.", "Good,"],
    ),
    "closing mark not lost, but forgotten": (
        "“We went, he said.\n\n“And we came.”",
        ["We went, he said.\n\n“And we came."],
    ),
    "fragment without a closing mark": ("Lee said it was “old. Bo said it was “new”.", ["old.", "new"]),
    "opening mark lost": ("We go home now,” said Ana Lee.\n\n“Good,” said Bo.", ["We go home now,", "Good,"]),
    "opening mark lost, straight": ('Who pays?" asked Ana Lee, a farmer.', ["Who pays?"]),
    "opening mark lost behind a tag": ("“We go,” Lee said. We stay,” he added.", ["We go,", "We stay,"]),
    "opening mark not lost": ("A pipe of 5,” said to be old, and a screen.", []),
    "twins around an inner one": ("“He said ‘go’ twice,’’ she said.", ["He said ‘go’ twice,", "go"]),
    "twins behind an inner one": ("“He said ‘go,’’’ she said.", ["He said ‘go,’", "go,"]),
    "empty": ('He typed "" and “ ” and left.', []),
    # what stands beside the marks
    "brackets and dashes": ("(“Yes,” she said) [“no”]—“maybe”—and/“or”.", ["Yes,", "no", "maybe", "or"]),
    "broken off": ('"Wait—" she began. "I can—"', ["Wait—", "I can—"]),
    "dots": ("She spoke of “…the end” and of “no…” then.", ["…the end", "no…"]),
    "full stop outside": ("He called it “a disgrace”. She called it “fine.”", ["a disgrace", "fine."]),
    "footnote": ('She was "sad"2 and "glad"[3].', ["sad", "glad"]),
    "one letter": ("He got an “A” and an 'F'.", ["A", "F"]),
    "insertion": ("“I asked him (Lee) to [sic] stay,” she said.", ["I asked him (Lee) to [sic] stay,"]),
    "spaces inside": ("He said “ we won ” again.", ["we won"]),
    # no length decides
    "nickname and word": ('Dwayne "The Rock" Johnson saw the word "go".', ["The Rock", "go"]),
    "headline": ("Mayor: 'We will rebuild' town", ["We will rebuild"]),
    # characters that count as one, or as none
    "byte order mark": ("\ufeff“Yes,” she said.", ["Yes,"]),
    "zero width": ("She said \u200b“yes”\u200b.", ["yes"]),
    "astral": ("😀 “Yes 😀,” she said. “𝒩o.”", ["Yes 😀,", "𝒩o."]),
    "combining": ("“Cafe\u0301,” she said of the cafe\u0301 “e\u0301te\u0301”.", ["Cafe\u0301,", "e\u0301te\u0301"]),
    "soft hyphen": ("She said “re\u00adbuild\u00ad”.", ["re\u00adbuild\u00ad"]),
    "no-break space": ("She said\u00a0“yes”\u00a0and «\u00a0oui\u00a0».", ["yes", "oui"]),
    "tabs and CRLF": ("She\tsaid\t“yes”.\r\n\r\n“No,”\r\nhe said.", ["yes", "No,"]),
    "nothing": ("", []),
    "only marks": ("\"'“”‘’", []),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_words_between_marks(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in segment(text)] == expected


# text -> pieces of the first quotation, and whether it is closed
RUN_ON: dict[str, tuple[str, list[str], bool]] = {
    "re-opened": ("“One.\n\n“Two,” she said.", ["One.", "Two,"], True),
    "re-opened, one line each": ('Lee said: "One.\n"Two.\n"Three," and left.', ["One.", "Two.", "Three,"], True),
    "re-opened, singles": ("'Is it?' he said.\n\n'One.\n\n'Two,' she said.", ["Is it?"], True),
    "not re-opened": ("“One.\n\nTwo,” she said. “Three.”", ["One.", "Two,"], True),
    "through a paragraph without marks": ("“One.\n\nTwo.\n\nThree,” she said.", ["One.", "Two.", "Three,"], True),
    "never closed": ("“One.\n\n“Two.\n\nShe left.", ["One.", "Two."], False),
    "other marks begin": ('"One.\n\n“Two,” she said.', ["One."], False),
    "a turn of a transcript": ("“LEE: One.\n\n“ORTIZ: Two.”", ["LEE: One."], False),
    "byline of a pull quote": ('"We will rebuild.\nAna Ortiz, mayor"\n\nShe left.', ["We will rebuild."], False),
    "next one has both marks": ("“One.\n\nHe said “two” and left.", ["One."], False),
}


@pytest.mark.parametrize(("text", "pieces", "closed"), RUN_ON.values(), ids=RUN_ON.keys())
def test_over_paragraphs(text: str, pieces: list[str], closed: bool) -> None:
    span = segment(text)[0]
    assert [text[start:end] for start, end in span.pieces] == pieces
    assert (span.start, span.end) == (span.pieces[0][0], span.pieces[-1][1])
    assert span.closed is closed


def test_single_marks_run_on_where_they_are_the_outer_ones() -> None:
    text = "'Yes,' he said.\n\n'One.\n\n'Two,' she said."
    assert [len(span.pieces) for span in segment(text)] == [1, 2]


def test_parents_are_the_smallest_spans_around() -> None:
    text = "“He said ‘she cried “Run!” and ran’ to me,” Lee said. “And ‘so’ on.”"
    assert [span.parent for span in segment(text)] == [None, 0, 1, None, 3]


def test_outer_offsets_hold_the_marks() -> None:
    text = "He said “ yes ” and ''no''. “Open"
    assert [text[span.outer_start : span.outer_end] for span in segment(text)] == ["“ yes ”", "''no''", "“Open"]
    assert [span.convention for span in segment(text)] == ["curly", "two-apostrophes", "curly"]
    assert [span.closed for span in segment(text)] == [True, True, False]


BLOCKS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "markdown": ("Lee wrote:\n\n> We won.\n> Twice.\n\nShe left.", [("markdown", "We won.\n> Twice.")]),
    "markdown of two paragraphs": ("> One.\n>\n> Two.\n", [("markdown", "One.\n>\n> Two.")]),
    "markdown in marks": ("> “We won.”\n\nShe left.", [("curly", "We won.")]),
    "marks inside": ("> We “won” it.\n", [("markdown", "We “won” it."), ("curly", "won")]),
    "lead-in": ("Lee wrote:\n\nWe won. And twice.\n\nShe left.", [("block", "We won. And twice.")]),
    "lead-in to an indented block": ("Lee wrote:\n\n  One.\n\n  Two.\n\nShe left.", [("block", "One.\n\n  Two.")]),
    "lead-in to a list": ("To bring:\n\n- a tent.\n\nShe left.", []),
    "lead-in to a heading": ("To bring:\n\nThe tent\n\nShe left.", []),
}


@pytest.mark.parametrize(("text", "expected"), BLOCKS.values(), ids=BLOCKS.keys())
def test_block_quotations_on_request(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(span.convention, text[span.start : span.end]) for span in segment(text, block_quotes=True)]
    assert found == expected
    assert all(span.convention not in ("markdown", "block") for span in segment(text))


LONG = "The mayor of the town on the river said on Monday that the bridge would be open before the first snow falls"
WRAPPED = (
    "The mayor of the small town on the river said on Monday that the\n"
    "bridge would be open again before the first snow, and added: “We\n"
    "will rebuild it better than it was, because people here need it.”\n"
    "Nobody objected."
)
PARAGRAPHS: dict[str, tuple[str, list[str]]] = {
    "blank lines": ("One.\n\nTwo.\n \t\nThree.\n", ["One.", "Two.", "Three."]),
    "single newlines": (f"Headline\n{LONG}.\n“Yes,” she said.\n", ["Headline", f"{LONG}.", "“Yes,” she said."]),
    "hard-wrapped": (f"{WRAPPED}\n\n{WRAPPED}", [WRAPPED, WRAPPED]),
    "hard-wrapped, no blank lines": (f"{WRAPPED}\n{WRAPPED}", [WRAPPED, WRAPPED]),
    "hard-wrapped, indented": (f"{WRAPPED}\n    {WRAPPED}", [WRAPPED, WRAPPED]),
    "break inside a sentence": (
        "They asked them to take part\nin the vote.\nNobody did.",
        ["They asked them to take part\nin the vote.", "Nobody did."],
    ),
    "CRLF": ("One.\r\n\r\nTwo.\rThree.", ["One.", "Two.", "Three."]),
    "separators": ("One.\u2029Two.\u2028Three.", ["One.", "Two.", "Three."]),
    "byte order mark": ("\ufeffOne.\n\u200b\nTwo.\u200b", ["One.", "Two."]),
    "block quotation": ("Lee wrote:\n> we won.\nshe left.", ["Lee wrote:", "> we won.", "she left."]),
    "nothing": (" \n\n\t", []),
}


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == expected


def test_a_quotation_in_a_hard_wrapped_paragraph_is_one_piece() -> None:
    assert [len(span.pieces) for span in segment(f"{WRAPPED}\n{WRAPPED}")] == [1, 1]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("curly\t“\t”", "expected `name TAB opening"),
        ("curly “ ” double", "with real tab characters"),
        ("curly\t“\t”\ttriple", "unknown family 'triple'"),
        ("again\t“\t”\tdouble", "the marks of 'curly'"),
        ("curly\t«\t»\tangle", "'curly' stands already on line 1"),
        ("other\t“\t’\tsingle", "one family"),
    ],
)
def test_a_broken_line_of_the_table_is_named(line: str, message: str) -> None:
    with pytest.raises(LexiconError, match=f"line 7: .*{message}"):
        parse_conventions("curly\t“\t”\tdouble\n" + "\n" * 5 + line)


def test_the_tables_of_the_package_are_valid() -> None:
    assert conventions().name("“", "”") == "curly"
    assert conventions().name("“", '"') == "mixed"
    assert conventions().name("‚", None) == "single-low"

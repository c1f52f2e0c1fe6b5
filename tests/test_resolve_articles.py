"""Short articles of our own through the whole pipeline: one phenomenon of speaker resolution each.

A row is (phenomenon, article, expected speakers in order of the quotations).
Known failures are strict xfails with a reason.
"""

from __future__ import annotations

import pytest
from shipped import quotations

ARTICLES: list[tuple[str, str, list[str | None]]] = [
    (
        "full name first, surname after",
        'The bridge will open in May, Helen Marsh said on Monday. "We are on time," Marsh said.',
        ["Helen Marsh"],
    ),
    (
        "full name only later in the article",
        'The bridge is late. "We are sorry," Marsh said.\n\nHelen Marsh has led the works since 2019.',
        ["Helen Marsh"],
    ),
    (
        "subject just before, of a given name that men and women bear",
        '"They are well," Mary Lane said.\n\nJoan Clark lives next door. "I am glad," she said.',
        ["Mary Lane", "Joan Clark"],
    ),
    (
        "subject just before, of the other gender",
        '"They are well," Mary Lane said.\n\nPeter Clark lives next door. "I am glad," she said.',
        ["Mary Lane", "Mary Lane"],
    ),
    (
        "title before a name is dropped",
        '"The budget is balanced," Prime Minister Karen Lindqvist said on Tuesday.',
        ["Karen Lindqvist"],
    ),
    (
        "nationality and office before a name",
        '"We will not wait," said Danish Prime Minister Karen Lindqvist.',
        ["Karen Lindqvist"],
    ),
    (
        "abbreviated titles",
        'Sen. Paula Ortiz voted no. "It is a bad bill," Sen. Ortiz said. "I said so," Ms. Ortiz added.',
        ["Paula Ortiz", "Paula Ortiz"],
    ),
    (
        "office with of before a name",
        '"The talks failed," Secretary of State Laura Benton said on Friday.',
        ["Laura Benton"],
    ),
    (
        "office with for before a name",
        '"Schools need money," said Minister for Education Laura Benton.',
        ["Laura Benton"],
    ),
    (
        "suffix stays with the name",
        'Frank Dalton Jr. runs the mill. "Wood is cheap," Dalton said.',
        ["Frank Dalton Jr."],
    ),
    (
        "lower-case particles",
        'Ursula van der Berg spoke in Ghent. "Prices will fall," van der Berg said.',
        ["Ursula van der Berg"],
    ),
    (
        "Arabic article in a surname",
        'Karim al-Hadi opened the hall. "Everyone is welcome," al-Hadi said.',
        ["Karim al-Hadi"],
    ),
    (
        "hyphened surname",
        'Anna Weber-Klein won the vote. "I am grateful," Weber-Klein said.',
        ["Anna Weber-Klein"],
    ),
    (
        "middle initial",
        'Robert J. Hale chaired the meeting. "Order, please," Hale said.',
        ["Robert J. Hale"],
    ),
    (
        "initials for a first name",
        'J.P. Rowland owns the mine. "It is safe," Rowland told the court.',
        ["J.P. Rowland"],
    ),
    (
        "apostrophe in a surname",
        "Kevin O'Rourke runs the harbour. \"Ships are late,\" O'Rourke said.",
        ["Kevin O'Rourke"],
    ),
    (
        "curly and straight apostrophes are one name",
        'Kevin O’Rourke runs the harbour. "Ships are late," O\'Rourke said.',
        ["Kevin O’Rourke"],
    ),
    (
        "accents are no other name",
        'Zoë Müller-Brandt sings. José Ibáñez plays. "It is loud," Ibanez said.',
        ["José Ibáñez"],
    ),
    (
        "family name first",
        'Chen Weiming runs the port. "Trade is good," Chen said.',
        ["Chen Weiming"],
    ),
    (
        "single-name person",
        'The singer Balthazar came home on Sunday. "I missed the sea," Balthazar said.',
        ["Balthazar"],
    ),
    (
        "nickname in marks inside a name",
        'Rep. Gerald "Jerry" Conway opened his office. "Come in," Conway said.',
        ['Gerald "Jerry" Conway'],
    ),
    (
        "nickname for a first name",
        'William Carver leads the union. "We strike on Friday," Bill Carver said.',
        ["William Carver"],
    ),
    (
        "first name alone",
        'Martha Jenkins, 9, found the dog. "He was cold," Martha said.',
        ["Martha Jenkins"],
    ),
    (
        "a name in capitals is the same name",
        'MAYOR ROSA DELGADO OPENS POOL\n\nMayor Rosa Delgado opened the pool. "Jump in," Delgado said.',
        ["Rosa Delgado"],
    ),
    (
        "two people of one surname by first name",
        'Peter Novak and Susan Novak run the farm. "Rain helps," Susan Novak said. "Sun helps more," Peter Novak said.',
        ["Susan Novak", "Peter Novak"],
    ),
    (
        "two people of one surname by title",
        'Peter Novak and Susan Novak run the farm. "Rain helps," Mrs. Novak said. "Sun helps more," Mr. Novak said.',
        ["Susan Novak", "Peter Novak"],
    ),
    (
        "two people of one surname by office",
        'Governor Peter Novak met his sister, Susan Novak, at the gate. "Rain helps," Governor Novak said.',
        ["Peter Novak"],
    ),
    (
        "a title that belies the only bearer",
        'Mr. Novak spoke first. "Rain helps," Mr. Novak said. His wife, Susan Novak, was not there.',
        ["Novak"],
    ),
    (
        "he after a man and a woman",
        'Daniel Frost met Maria Lopez in Rome. "It was warm," he said.',
        ["Daniel Frost"],
    ),
    (
        "she after a man and a woman",
        'Daniel Frost met Maria Lopez in Rome. "It was warm," she said.',
        ["Maria Lopez"],
    ),
    (
        "a woman after a man, in the next paragraph",
        'Daniel Frost built the house.\n\nHis neighbour Maria Lopez dislikes it.\n\n"It is ugly," she said.',
        ["Maria Lopez"],
    ),
    (
        "the subject before the object",
        'Daniel Frost praised George Hill after the match. "He ran well," he said.',
        ["Daniel Frost"],
    ),
    (
        "the speaker of the quotation before",
        '"It is late," said Daniel Frost, who works with George Hill.\n\n"We should go," he said.',
        ["Daniel Frost", "Daniel Frost"],
    ),
    (
        "a person inside the quotation is not the speaker",
        'Daniel Frost voted early. "George Hill is a fool. George Hill lies," he said.',
        ["Daniel Frost"],
    ),
    (
        "binding: he told him",
        'Daniel Frost called George Hill. "Come home," he told him.',
        ["Daniel Frost"],
    ),
    (
        "a body between a person and the pronoun",
        'Maria Lopez resigned. The Northern Rail Company thanked her. "I am tired," she said.',
        ["Maria Lopez"],
    ),
    (
        "a pronoun over a long distance",
        "Maria Lopez wrote three novels.\n\nThe first sold badly.\n\nThe second was never printed.\n\n"
        '"The third made me rich," she said.',
        ["Maria Lopez"],
    ),
    (
        "gender from the article, against the list of names",
        'Ashley Burke said he would run. Maria Lopez said she would not. "I like races," he said.',
        ["Ashley Burke"],
    ),
    (
        "a woman's name in nine of ten: the man beside her",
        'Hillary Dunmore met Victor Hale in Linden. "We shall open in May," he said.',
        ["Victor Hale"],
    ),
    (
        "a man's name in nine of ten, but the article calls her she",
        "Marty Walden runs the library. She came to Linden as a child, and her father built boats.\n\n"
        'The library will close on Sundays, Walden said. Victor Hale was sorry. "Nobody comes," she said.',
        ["Marty Walden"],
    ),
    (
        "a name of both genders",
        'Kerry Walden met Victor Hale and Maria Lopez. Walden said she was glad. "It rained," she said.',
        ["Kerry Walden"],
    ),
    (
        "a name of both genders, a man",
        'Robin Walden met Maria Lopez. "It rained," he said.',
        ["Robin Walden"],
    ),
    (
        "a Frenchman's name that is a woman's in America",
        'Jean Moreau baked bread for Maria Lopez. "It is warm," he said.',
        ["Jean Moreau"],
    ),
    (
        "an Italian's name that is a woman's in Germany",
        'Andrea Conti scored twice. He plays for Linden. "I ran a lot," he said.',
        ["Andrea Conti"],
    ),
    (
        "one stray pronoun against a sure name",
        'Elizabeth Crane said he was late. The train had stopped twice. "I waited an hour," she said.',
        ["Elizabeth Crane"],
    ),
    (
        "a title against a name",
        'Mrs. Marty Walden met Victor Hale. "We agreed," she said.',
        ["Marty Walden"],
    ),
    (
        "a name in the middle",
        'J. Ann Walden counted the votes for Victor Hale. "It was close," she said.',
        ["J. Ann Walden"],
    ),
    (
        "a reflexive tells who of two is a woman",
        'Zyla Okore asked Teo Banaru about herself. Victor Hale listened. "It was odd," she said.',
        ["Zyla Okore"],
    ),
    (
        "Mr. and Mrs. are two, of whom one has a first name",
        'Maria Crane opened the door. Mr. Crane slept. "He is tired," Mrs. Crane said. "I am," Mr. Crane said.',
        ["Maria Crane", "Crane"],
    ),
    (
        "they of one person",
        'Alex Rowe writes plays. "I never sleep," they said.',
        ["Alex Rowe"],
    ),
    (
        "gender from a role",
        'Teo Banaru, a spokeswoman for the port, met Daniel Frost. "Ships are late," she said.',
        ["Teo Banaru"],
    ),
    (
        "office from a title",
        'Mayor Rosa Delgado opened the pool. "Jump in," the mayor said.',
        ["Rosa Delgado"],
    ),
    (
        "office from an apposition after the name",
        'Rosa Delgado, the mayor of Linden, opened the pool. "Jump in," the mayor said.',
        ["Rosa Delgado"],
    ),
    (
        "office from an apposition before the name",
        'The town\'s mayor, Rosa Delgado, opened the pool. "Jump in," the mayor said.',
        ["Rosa Delgado"],
    ),
    (
        "office from a copula",
        'Rosa Delgado is the mayor of Linden. She opened the pool. "Jump in," the mayor said.',
        ["Rosa Delgado"],
    ),
    (
        "premier means prime minister",
        'Prime Minister Karen Lindqvist flew to Oslo. "Talks were good," the premier said.',
        ["Karen Lindqvist"],
    ),
    (
        "congresswoman means representative",
        'Rep. Paula Ortiz voted no. "It is a bad bill," the congresswoman said.',
        ["Paula Ortiz"],
    ),
    (
        "lawmaker means senator",
        'Senator Paula Ortiz voted no. "It is a bad bill," the lawmaker said.',
        ["Paula Ortiz"],
    ),
    (
        "country and nationality agree",
        "Norway's prime minister, Lars Holm, met Swedish Prime Minister Eva Strand. "
        '"We agree," the Norwegian premier said.',
        ["Lars Holm"],
    ),
    (
        "two offices in one article",
        'Mayor Rosa Delgado and Governor Peter Novak met. "We agree," the governor said. "We do," the mayor said.',
        ["Peter Novak", "Rosa Delgado"],
    ),
    (
        "former office of several words",
        'Laura Benton, a former secretary of state, spoke in Boston. "Talk first," the former secretary of state said.',
        ["Laura Benton"],
    ),
    (
        "a description before the name at the quotation",
        '"The soil is dry," said the farm\'s owner, Susan Novak.',
        ["Susan Novak"],
    ),
    (
        "an acronym",
        'The World Grain Council (WGC) met in Lima. "Harvests are poor," the WGC said.',
        ["World Grain Council"],
    ),
    (
        "the agency",
        'The National Water Agency closed the dam. "It leaks," the agency said.',
        ["National Water Agency"],
    ),
    (
        "the newspaper",
        'The Linden Herald printed the letters. "They are real," the newspaper said.',
        ["Linden Herald"],
    ),
    (
        "it for a body",
        'The National Water Agency closed the dam on Friday. "The wall leaks," it said.',
        ["National Water Agency"],
    ),
    (
        "a named spokesman",
        '"Nobody was hurt," said Tom Reed, a spokesman for the Linden Police Department.',
        ["Tom Reed"],
    ),
    (
        "an unnamed spokesman",
        '"Nobody was hurt," said a spokesman for the Linden Police Department.',
        ["spokesman for the Linden Police Department"],
    ),
    (
        "a spokesman whose name follows",
        '"Nobody was hurt," said a spokesman for the police, Tom Reed.',
        ["Tom Reed"],
    ),
    (
        "a statement is its author's",
        'The Linden Teachers Union met on Friday. "We will strike," the union\'s statement said.',
        ["Linden Teachers Union"],
    ),
    (
        "a person's letter",
        'Daniel Frost resigned. "I have had enough," Frost\'s letter said.',
        ["Daniel Frost"],
    ),
    (
        "a document without author",
        'A leaflet lay on every chair. "Vote early," the leaflet said.',
        ["leaflet"],
    ),
    (
        "a group",
        '"No more cuts," a group of protesters shouted outside the hall.',
        ["group of protesters"],
    ),
    (
        "a bare plural before a chanting verb",
        '"No more cuts," protesters chanted outside the hall.',
        ["protesters"],
    ),
    (
        "they for a group",
        'Two hundred nurses marched through Linden. "No more cuts," they chanted.',
        ["Two hundred nurses"],
    ),
    (
        "an unnamed person",
        '"It is too cold," said a bus driver from Linden who gave no name.',
        ["bus driver from Linden"],
    ),
    (
        "an unnamed person, then a pronoun",
        'A bus driver waited in the snow. "It is too cold," she said.',
        ["bus driver"],
    ),
    (
        "joint speakers",
        '"We disagree," Daniel Frost and Maria Lopez said in a letter.',
        ["Daniel Frost; Maria Lopez"],
    ),
    (
        "joint speakers who share a surname",
        '"We are proud," said David and Jeanne Hartwell.',
        ["David Hartwell; Jeanne Hartwell"],
    ),
    (
        "the GOP candidate is no Democrat",
        'Republican nominee Carl Dunn met Democratic nominee Nora Pike. "I won," the GOP nominee said.',
        ["Carl Dunn"],
    ),
    (
        "joint speakers by surname",
        'Daniel Frost wrote the play with Maria Lopez. "It was fun," Frost and Lopez said.',
        ["Daniel Frost; Maria Lopez"],
    ),
    (
        "a relative clause after the name",
        '"The sea is calm," said Daniel Frost, who has sailed for forty years.',
        ["Daniel Frost"],
    ),
    (
        "party and state in brackets",
        '"It is a bad bill," said Sen. Paula Ortiz (D-Ohio).',
        ["Paula Ortiz"],
    ),
    (
        "age between name and trade",
        '"I heard a bang," said Gloria Penn, 34, a nurse from Linden.',
        ["Gloria Penn"],
    ),
    (
        "a misspelt surname",
        'Lydia Buchanan runs the zoo. "The lions sleep," Ms. Buchannan said.',
        ["Lydia Buchanan"],
    ),
    (
        "the split quotation has one speaker",
        '"We lost," Maria Lopez said, "but we learned."',
        ["Maria Lopez", "Maria Lopez"],
    ),
    (
        "a campaign is a body",
        '"We are ahead," the Delgado campaign said. Rosa Delgado is the mayor.',
        ["Delgado campaign"],
    ),
    (
        "a possessive relative",
        'Daniel Frost won the race. "He trains at night," his mother said.',
        ["mother"],
    ),
    (
        "an author's I under a byline",
        'By Maria Lopez\n\nThe train was late again. "Is this the last one?" I asked.',
        ["Maria Lopez"],
    ),
    (
        "a clause of the description beside a name",
        'She met Daniel Frost, a teacher who called it "a joke".',
        ["Daniel Frost"],
    ),
    (
        "nobody to be",
        '"All power to the gardens."\n\nThe wall was white before.',
        [None],
    ),
]

KNOWN_FAILURES: dict[str, str] = {}


def _rows() -> list[object]:
    return [
        pytest.param(
            text,
            expected,
            id=name.replace(" ", "-"),
            marks=[pytest.mark.xfail(reason=KNOWN_FAILURES[name], strict=True)] if name in KNOWN_FAILURES else [],
        )
        for name, text, expected in ARTICLES
    ]


@pytest.mark.parametrize(("text", "expected"), _rows())
def test_speakers_of_an_article(text: str, expected: list[str | None]) -> None:
    found = quotations(text)
    assert [quotation.speaker for quotation in found if quotation.kind != "other"] == expected

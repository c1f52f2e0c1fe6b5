"""Names of speakers whole and clean, on short articles of our own through the whole pipeline: a kind of name a row.

A row is (kind, article, expected speakers in order of the quotations).
"""

from __future__ import annotations

import pytest
from shipped import quotations

NAMES: list[tuple[str, str, list[str | None]]] = [
    (
        "a state that is a woman's name, before a title",
        '"We will vote no," Virginia Sen. Paul Hanley said on Monday. "It is late," Hanley said.',
        ["Paul Hanley", "Paul Hanley"],
    ),
    (
        "a state and a title, without a full stop",
        '"We will vote no," said Georgia Governor Martha Keene.',
        ["Martha Keene"],
    ),
    (
        "near miss: a woman named as a state is",
        '"We will vote no," said Georgia Keene, a nurse from Linden.',
        ["Georgia Keene"],
    ),
    (
        "an office and the body it is of, before the name",
        '"The road is shut," Atlantic City Mayor Don Herald said. "It is safe," Herald said.',
        ["Don Herald", "Don Herald"],
    ),
    (
        "a joined adjective before a name",
        'The Danish-born Peter Holm left early. "We were cold," Holm said.',
        ["Peter Holm"],
    ),
    (
        "a given name that opens an article, with a rare surname",
        'Simeon Holme, the founder of a choir, has died. "I stumbled a lot," Holme said in May.',
        ["Simeon Holme"],
    ),
    (
        "near miss: a given name that is a verb there",
        'Grant Money for Linden ran out. "It is a pity," Peter Money said.',
        ["Peter Money"],
    ),
    (
        "a title with a given name only",
        "Lord Ash gave Sir Owen Starling two suits. “I paid for them,” Sir Owen said on Monday.",
        ["Owen Starling"],
    ),
    (
        "the full name in the headline only",
        "Maria Delgado: The City Has No Plan For Its Bridges\n\n"
        'The council met on Monday night in the old hall. "There is no plan," Delgado said.',
        ["Maria Delgado"],
    ),
    (
        "the full name in a paragraph that quotes nobody",
        'The bank left its rate as it was. "We are patient," Halloran said.\n\n'
        "Investors had waited all week for news.\n\n"
        "The choice was the first of the bank's governor Tobias Halloran who came to office in May.",
        ["Tobias Halloran"],
    ),
    (
        "the full name inside a quotation only",
        'The nurses were glad. "Peter Halloran came at once," said Mary Lane.\n\n"I ran," Halloran said.',
        ["Mary Lane", "Peter Halloran"],
    ),
    (
        "near miss: whom only a quotation names does not own the surname",
        'Peter Halloran came at once. "Anna Halloran would have run," said Mary Lane.\n\n"I did run," Halloran said.',
        ["Mary Lane", "Peter Halloran"],
    ),
    (
        "a title's word that is the given name",
        '"The figures are wrong," said Dean Halloran, an economist. "They are old," Halloran said.',
        ["Dean Halloran", "Dean Halloran"],
    ),
    (
        "near miss: a dean",
        'Ana Halloran runs the school. "The figures are wrong," Dean Halloran said.',
        ["Ana Halloran"],
    ),
    (
        "a surname that bodies end in",
        'An aide, Martin J. Council, was there. "I did not sign," Mr. Council wrote.',
        ["Martin J. Council"],
    ),
    (
        "an initial without its stop between given names",
        '"It is open."\n\n― Ana P Luis Ortiz',
        ["Ana P Luis Ortiz"],
    ),
    (
        "a dateline before the source",
        "LINDEN, Ohio (AP) — Former Mayor Paul Hanley said Tuesday that the bridge was “a disgrace to all of us.”",
        ["Paul Hanley"],
    ),
    (
        "a day before the source",
        'On Tuesday, Mayor Paul Hanley said: "The bridge is shut."',
        ["Paul Hanley"],
    ),
    (
        "a day behind the source",
        'The Hanley campaign on Monday said, "The bridge is shut."',
        ["Hanley campaign"],
    ),
    (
        "an acronym whose name stands in another paragraph",
        "The National Grain Council met in Linden.\n\n"
        'Prices rose again in May, farmers said.\n\n"We had a dry spring," the NGC said.',
        ["National Grain Council"],
    ),
    (
        "an acronym in brackets that is not made of initials",
        'The Farm Council of the North (FARCON) met in Linden.\n\n"We had a dry spring," FARCON said.',
        ["Farm Council of the North"],
    ),
    (
        "near miss: a person's party in brackets",
        'Peter Holm (HDP) left early. "We had a dry spring," the HDP said.',
        ["HDP"],
    ),
    (
        "somebody's relative",
        'Paul Hanley came late. "He was on the bridge," his wife told the club.',
        ["wife"],
    ),
    (
        "somebody's campaign",
        'Paul Hanley came late. "The bridge was shut," his campaign said.',
        ["Hanley campaign"],
    ),
    (
        "somebody's office, by the whole name",
        'Paul Hanley came late. "The bridge was shut," Hanley\'s office said.',
        ["Paul Hanley's office"],
    ),
    (
        "somebody's statement",
        'Paul Hanley came late. "The bridge was shut," his statement said.',
        ["Paul Hanley"],
    ),
    (
        "a number of people",
        '"Open the bridge," about 500 Hanley supporters shouted.',
        ["Hanley supporters"],
    ),
    (
        "a house number",
        'The talks went on. "We are close," No 10 said.',
        ["No 10"],
    ),
    (
        "a dateline glued to the source",
        "LINDEN, N.C.—Peter Holm said on Monday that the bridge was “a disgrace to all of us.”",
        ["Peter Holm"],
    ),
    (
        "a dash glued to the name below a quotation",
        '"She is tested, and she is ready for the job."\n\n-Marla Quist, Linden',
        ["Marla Quist"],
    ),
    (
        "a father of the same name",
        'Dennis Hale won the seat in May. His father, Dennis Hale Sr., held it before. "I had luck," Hale said.',
        ["Dennis Hale"],
    ),
    (
        "a son of the same name",
        'Dennis Hale came late. Dennis Hale Jr. came early. "I had luck," said Dennis Hale Jr. "I too," said Hale.',
        ["Dennis Hale Jr.", "Dennis Hale"],
    ),
    (
        "near miss: a suffix at the first mention only",
        'Dennis Hale Jr. came late. "I had luck," Dennis Hale said.',
        ["Dennis Hale Jr."],
    ),
    (
        "a full name whose surname is misspelt once",
        'Oscar Labanov spoke. "We knew," Oscar Labanov said. "We all did," said Oscar Labanow.',
        ["Oscar Labanov", "Oscar Labanov"],
    ),
    (
        "near miss: a sister of another given name",
        'Oscar Labanov spoke. "We knew," Oscar Labanov said. "We all did," said Olga Labanow.',
        ["Oscar Labanov", "Olga Labanow"],
    ),
    (
        "of two with one surname, the last subject by full name",
        "Martha Keene has led the club for ten years. Martha Keene is known in Linden. Martha Keene came late.\n\n"
        'Peter Keene disagreed with his sister. "It is over," Keene said.',
        ["Peter Keene"],
    ),
    (
        "of two with one surname, whom the article is about",
        "Martha Keene has led the club for ten years. Martha Keene is known in Linden.\n\n"
        'The road is near the house of Peter Keene.\n\nIt rained all day.\n\n"It is over," Keene said.',
        ["Martha Keene"],
    ),
    (
        "a body that every country has",
        'Norway\'s Fisheries Ministry opened a port. "It is deep," the ministry said.',
        ["Norway's Fisheries Ministry"],
    ),
    (
        "near miss: a body of its own name",
        'Norway\'s Grand Linden Hotel opened a bar. "It is dark," the hotel said.',
        ["Grand Linden Hotel"],
    ),
    (
        "an administration called by its head before",
        'The Hanley administration built bridges. "They are safe," the administration said.',
        ["Hanley administration"],
    ),
    (
        "half a country",
        'North Korea closed its ports. North Korea has three. "They are ours," the North said in a statement.',
        ["North Korea"],
    ),
    (
        "a letter of several",
        '"The bridge is not safe," the engineers\' letter said.',
        ["engineers"],
    ),
    (
        "a given name that an editor added in brackets",
        '"When Coach (Frank) Halloran came, we ran," said Mary Lane.\n\n"They ran well," Halloran said.',
        ["Mary Lane", "Frank Halloran"],
    ),
    (
        "a surname that is a month",
        'The doctor, Yin Myint May, came at ten. "It is open," she said.',
        ["Yin Myint May"],
    ),
    (
        "a given name that is a people's word",
        'Freddy Ortega came with German Ortega. "It is open," German Ortega said.',
        ["German Ortega"],
    ),
    (
        "a report by its writers",
        '"Prices will rise again," a report from the Linden Bank said.',
        ["Linden Bank"],
    ),
    (
        "near miss: a report of somebody's editor",
        '"Prices will rise again," said a report by Peter Holm\'s editor.',
        ["Peter Holm's editor"],
    ),
    (
        "a given name that is a month",
        'April Mellow, a spokeswoman, spoke on Monday. "It is open," Mellow said.',
        ["April Mellow"],
    ),
    (
        "near miss: a month before a name",
        'Since April Peter Holm had waited. "It is open," Holm said.',
        ["Peter Holm"],
    ),
    (
        "an attorney general with the state",
        '"It is open," said Illinois Attorney General Lisa M. Madison.',
        ["Lisa M. Madison"],
    ),
    (
        "near miss: a day behind a title",
        '"It is open," said the Governor Monday.',
        ["Governor"],
    ),
    (
        "a rank of two parts",
        'The trial began. "It is open," Major-Gen Gopal Venkat said. "It was shut," Venkat said.',
        ["Gopal Venkat", "Gopal Venkat"],
    ),
]


@pytest.mark.parametrize(("article", "speakers"), [pytest.param(*row[1:], id=row[0]) for row in NAMES])
def test_names_whole_and_clean(article: str, speakers: list[str | None]) -> None:
    assert [quotation.speaker for quotation in quotations(article)] == speakers

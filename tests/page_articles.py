"""Articles of our own with their records, for the tests of the page and of the terminal reader; nothing is extracted."""

# ruff: noqa: E501  # a paragraph a line, as in articles

from __future__ import annotations

import re

from quotes_cli.records import Article, Quotation

_MARKED = re.compile(r"⟦(?P<quote>.*?)⟧(?:\{(?P<facts>[^}]*)\})?", re.DOTALL)


def article(source: str, marked: str, **facts: str) -> tuple[Article, list[Quotation]]:
    """From text with `⟦quotation⟧{speaker|cue|mention|kind}`; a cue and a mention are the nearest such words of the text."""
    found, text, at = [], "", 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        found.append((len(text), match["quote"], (match["facts"] or "").split("|")))
        text += match["quote"]
        at = match.end()
    text += marked[at:]
    quotations = []
    for number, (start, quote, told) in enumerate(found, 1):
        speaker, cue, mention, kind = [*told, "", "", "", ""][:4]
        places = [nearest(text, word, start, start + len(quote)) for word in (cue, mention)]
        quotations.append(
            Quotation(
                source=source,
                id=number,
                quote=quote,
                speaker=speaker or None,
                cue=cue if places[0] else None,
                mention=mention if places[1] else None,
                kind=kind or "direct",
                rule="quote_subject_cue" if speaker else None,
                confidence=0.97 - number / 50 if speaker else None,
                line=text.count("\n", 0, start) + 1,
                start=start,
                end=start + len(quote),
                cue_start=places[0][0] if places[0] else None,
                cue_end=places[0][1] if places[0] else None,
                mention_start=places[1][0] if places[1] else None,
                mention_end=places[1][1] if places[1] else None,
            )
        )
    return Article(source, text, **facts), quotations


def nearest(text: str, word: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a word stands outside [start, end), nearest to it."""
    places = [m.span() for m in re.finditer(re.escape(word), text)] if word else []
    outside = [(a, b) for a, b in places if b <= start or a >= end]
    return min(outside, key=lambda place: max(place[0] - end, start - place[1]), default=None)


COUNCIL = article(
    "council/harbour.txt",
    """The harbour wall, at last

“⟦We will rebuild the harbour wall, stone by stone,⟧{Ana Ortiz|said|Ana Ortiz}” said Ana Ortiz, the mayor, on Tuesday. “⟦It should have been done in 2011.⟧{Ana Ortiz|said|Ana Ortiz}”

Ben Adeyemi, who keeps the fish market, called the plan “⟦a gift to the cement trade⟧{Ben Adeyemi|called|Ben Adeyemi|mixed}” and added: “⟦Nobody asked us. They told my brother to ‘move his boxes’ and that was that.⟧{Ben Adeyemi|added|Ben Adeyemi}”

The engineer Mei Tanaka told the council that the old wall “⟦will not see another winter⟧{Mei Tanaka|told|Mei Tanaka|mixed}”.

“⟦I have walked on that wall for sixty years.

“My father laid the north end of it, and he would not know it now.⟧{Josefine Lund|said|Josefine Lund}” said Josefine Lund, who is ninety.

According to the harbour office, the wall is “⟦sound⟧{the harbour office|According to|the harbour office|mixed}”. A letter to the council says it is “⟦a danger to children⟧{|||mixed}”.

Omar Haddad laughed. “⟦Sound! It moves when the ferry comes in,⟧{Omar Haddad|said|he}” he said.

“⟦We have the money,⟧{Priya Nair|insisted|Priya Nair}” insisted Priya Nair, the treasurer. Tom Okafor disagreed: “⟦We have half of it.⟧{Tom Okafor|disagreed|Tom Okafor}”

“⟦Let us vote,⟧{Zoë Brandt|said|Zoë Brandt}” Zoë Brandt said, and they did.
""",
    published="2026-03-03",
)
FERRY = article(
    "council/ferry.txt",
    """The ferry will run on Sundays, the company said. “⟦It pays for itself by May,⟧{Omar Haddad|said|Omar Haddad}” said Omar Haddad.

“⟦I will be on the first one,⟧{Ana Ortiz|promised|Ortiz}” promised Ortiz.
""",
)
NOTHING = article("council/empty.txt", "Nothing was said.\n")
HOSTILE = article(
    "<script>document.title='file'</script>\x1b]0;x\x07\n\udcff.txt",
    """“⟦<script>document.title='quote'</script><img src=x onerror=alert(1)>⟧{<b onmouseover=alert(2)>Eve</b> "'$title&amp;|said|<b>}” said <b>Eve</b> ${script} \u202edrawkcab\u202c \x1b[31m.

</p></main></script><script>document.title='text'</script> “⟦]]>--><!--⟧{</button>"><svg onload=alert(3)>|||mixed}”
""",
    title="</title><script>document.title='title'</script>",
)

"""The command with a pipeline that needs no model: for tests in this process and, run as a script, in another."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from quotes_cli.records import Article, Quotation
from quotes_cli.work.tasks import Extractor

STORY = '“We will,” Ana Ortiz said.\nThe sign reads "never" and «gone».\n“=Stay,” she said.\n'
_MARKED = re.compile('“([^”]*)”|"([^"]*)"|«([^»]*)»')


def fake_extract(article: Article) -> list[Quotation]:
    """What stands in “ ” is direct and Ana Ortiz's, in " " mixed and nobody's, in « » no quotation."""
    found = []
    for number, match in enumerate(_MARKED.finditer(article.text), 1):
        start, end = match.span(match.lastindex or 0)
        cue = article.text.find("said", end)
        told = match.lastindex == 1 and cue >= 0
        found.append(
            Quotation(
                source=article.source,
                id=number,
                quote=article.text[start:end],
                speaker="Ana Ortiz" if told else None,
                cue="said" if told else None,
                mention=None,
                kind=("direct", "mixed", "other")[(match.lastindex or 1) - 1],
                rule="fake" if told else None,
                confidence=0.9 if told else None,
                line=article.text.count("\n", 0, start) + 1,
                start=start,
                end=end,
                cue_start=cue if told else None,
                cue_end=cue + 4 if told else None,
                mention_start=None,
                mention_end=None,
            )
        )
    return found


def each(extract: Callable[[Article], list[Quotation]]) -> Extractor:
    """One by one, what the work takes together."""
    return lambda articles: [extract(article) for article in articles]


if __name__ == "__main__":
    from quotes_cli.app import cli
    from quotes_cli.commands import request

    request.load_extractor = lambda options: each(fake_extract)
    sys.argv[0] = "quotes"
    cli.main()

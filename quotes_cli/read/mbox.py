"""A mailbox in, an article an e-mail out: what mail programs and archives of lists keep in one file (RFC 4155)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from . import mail
from .raw import Raw

# The line over each e-mail, behind which its headers begin: so no sentence that begins with "From" is taken for one.
BETWEEN = re.compile(rb"^From [^\r\n]{1,999}\r?\n(?=>?[A-Za-z][A-Za-z0-9-]{0,60}:)", re.MULTILINE)
_SPARED = re.compile(rb"^>(>*From )", re.MULTILINE)  # how a line of the text is kept that begins so


def read(raw: Raw) -> Iterator[Article | InputError]:
    """The e-mails, called `FILE#1`, `FILE#2` and so on. What has no text is yielded as an `InputError`."""
    found = BETWEEN.finditer(raw.data)
    following = next(found, None)
    if following is None:
        raise InputError(
            f"{raw.name}: this is no mailbox (no line `From ...` over headers); is it one --input-format eml?"
        )
    for number in count(1):
        if following is None:
            return
        begin, following = following.end(), next(found, None)
        data = _SPARED.sub(rb"\1", raw.data[begin : following.start() if following else len(raw.data)])
        try:
            yield from mail.read(replace(raw, name=f"{raw.name}#{number}", data=data))
        except InputError as error:
            yield error

"""The fake pipeline, with articles that sleep, hang, die or fail where their text says so: `[sleep 0.2]`, `[die]`."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import sys
import time

from fake_quotes import each, fake_extract

from quotes_cli.records import Article, Quotation

_ORDER = re.compile(r"\[(\w+)(?: ([\d.]+))?\]")


def slow_extract(article: Article) -> list[Quotation]:
    """What `fake_extract` finds, after what the article orders."""
    for order, amount in _ORDER.findall(article.text):
        if order == "sleep":
            time.sleep(float(amount))
        elif order == "loop":
            while True:
                pass
        elif order == "regex":
            re.match(r"(a+)+$", "a" * 60 + "b")
        elif order == "stuck":  # in C, which neither looks at signals nor comes back
            hashlib.pbkdf2_hmac("sha256", b"", b"", 2**31 - 1)
        elif order == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif order == "bug":
            raise ZeroDivisionError(article.source)
        elif order == "log":
            with open(os.environ["QUOTES_TEST_LOG"], "a") as log:
                log.write(f"{article.source}\n")
    return fake_extract(article)


def load_slow(options: object = None):
    """In place of `load_extractor`."""
    return each(slow_extract)


if __name__ == "__main__":
    from quotes_cli.app import cli
    from quotes_cli.commands import request

    request.load_extractor = load_slow
    sys.argv[0] = "quotes"
    cli.main()

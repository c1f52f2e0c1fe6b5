"""A token in, whether it is a Chinese surname that is spelt as an English pronoun: *He* Jiankang, *You* Lin."""

from __future__ import annotations

import re

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

PRONOUNS = frozenset({"He", "You", "She"})
#: Given names of one or two syllables of Mandarin, by their letters in pinyin.
GIVEN = re.compile(
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:i?ong|u?[aeiou]{1,2}|iao|uai)(?:ng|n)?){1,2}",
    re.ASCII,
)


def is_surname(tokens: Tokens, i: int) -> bool:
    """Does a given name of Mandarin stand behind a capital pronoun, and no people, country or day?"""
    behind = i + 1
    if tokens.words[i] not in PRONOUNS or tokens.ends_paragraph(i) or not tokens.words[behind].istitle():
        return False
    lex, given = words(), tokens.folded[behind]
    known = given in lex.peoples or given in lex.countries or given in column("calendar.txt")
    return tokens.tag[behind] == "NNP" and not known and GIVEN.fullmatch(given) is not None

"""A name that several bear passes through here: which of them it means where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from quotes_cli.language.personal_names import suffix
from quotes_cli.language.words.vocabulary import words

from .entities import Entity
from .fitting import fit
from .focus import role_at
from .inventory import Link
from .roles import describe

if TYPE_CHECKING:
    from .discourse import Discourse

NEAR = 3  # sentences: of one, 3 and 5 the latter two give two more of 775 quotations their speaker
#: Titles of anybody, while a doctor is not called Mr.
ANYBODYS = frozenset("mr mr. mister mrs mrs. ms ms. miss madam".split())


class Namesakes:
    """The names of one walk that several bear; `chosen` is how often each was meant."""

    def __init__(self, walk: Discourse) -> None:
        self.tokens, self.focus, self.traits, self.links = walk.tokens, walk.focus, walk.traits, walk.inventory.links
        self.chosen: Counter[Entity] = Counter()
        self.latest: dict[Entity, int] = {}

    def choose(self, link: Link) -> Entity | None:
        """Which of several bearers of a name: by title, by role, then the subject near by, then the main one."""
        name = link.name
        if (by_age := self.traits.by_age(name.before, link.entities)) is not None:
            return by_age
        candidates = self.focus.some(link.entities, lambda entity: any(name.key[-1] in key for key in entity.keys))
        genders = self._titled(link)
        if not genders and not any(bisect_left(one.tokens, name.first) + self.chosen[one] for one in candidates):
            same = (other for other in self.links.values() if other.name.key == name.key)
            said = Counter(gender for other in same for gender in self._titled(other))
            genders = {gender for gender, _ in said.most_common(1)}  # President Ortiz, who is Mr. Ortiz from there on
        if genders:
            candidates = [one for one in candidates if one.gender in genders or one.gender == "-"] or candidates
        told = name.cues - ANYBODYS  # Mr. Ortiz may be whom the article has not called so before
        candidates = [one for one in candidates if not one.titles.isdisjoint(told)] or candidates
        known = [one for one in candidates if not self._only_kin(one, name.first)]
        candidates = known or candidates
        if len(candidates) > 1 and name.before < name.first:
            described = describe(self.tokens, name.before, name.first)
            scores = {one: fit(described, one) for one in candidates}
            candidates = [one for one in candidates if scores[one] == max(scores.values())]

        plain = [one for one in candidates if not any(suffix(key) for key in one.keys if len(key) > 1)]
        firsts = {key[0] for one in plain for key in one.keys if len(key) > 1}
        if not suffix(name.key) and any(key[0] in firsts for one in candidates if one not in plain for key in one.keys):
            candidates = plain  # Ana Lee Jr. is named by her suffix where there is an Ana Lee

        def likely(bearer: Entity) -> tuple[int, int, int]:
            """Who is a subject by full name near by, and latest; else how often the bearer was meant.

            Of 34 quotations by such surnames in 159 articles 5 go wrong; by the number of full names 8 did.
            Whoever is named in full near by, subject or not, would make it 4 there, and 5 more on 41 other articles.
            """
            before = bisect_left(bearer.tokens, name.first) + self.chosen[bearer]
            first = -bearer.tokens[0] if bearer.tokens else 0
            if not known:
                before, first = 0, -first  # of her husband, Bo Ortiz, and her son, Cy Ortiz, the one named last
            return self._subject_near(bearer, name.first), before, first

        found = max(candidates, key=likely, default=None)
        if found is not None:
            self.chosen[found] += 1
            self.latest[found] = name.first
        return found

    def _titled(self, link: Link) -> set[str]:
        """The genders that the titles or the noun before a name tell."""
        name = link.name
        titles = self.tokens.folded[name.before : name.first] or [self.tokens.before(name.first)]
        return {words().titles.get(title, words().persons.get(title, "-")) for title in titles} - {"-"}

    def _only_kin(self, bearer: Entity, i: int) -> bool:
        """Was the bearer named only as somebody's relative, and not by full name as a subject near token i since?"""
        return bearer in self.traits.relatives and self._subject_near(bearer, i) <= bearer.tokens[0] + 1

    def _subject_near(self, bearer: Entity, i: int) -> int:
        """Where the bearer is last named in full, if as a subject near token i: in its paragraph or the one before, or
        a few sentences before; else -1."""
        tokens, k = self.tokens, bisect_left(bearer.tokens, i)
        link = self.links.get(bearer.tokens[k - 1]) if k else None
        latest = self.latest.get(bearer, -1)
        latest = latest if self._is_near(latest, i) else -1
        if link is None or len(link.name.key) < 2:
            return latest
        first = link.name.first
        if latest > first or not self._is_near(first, i):
            return latest
        head = tokens.leftmost_top(link.name.first, link.name.last)
        behind = tokens.behind(link.name.last - 1)[:1]
        opens = tokens.head[head] == head and tokens.begins_sentence(first) and (behind.isalpha() or behind == ",")
        return link.name.first if opens or role_at(tokens, head).endswith("subject") else -1

    def _is_near(self, first: int, i: int) -> bool:
        """Is token `first` in the paragraph of token i, in the one before, or a few sentences before?"""
        tokens, paragraph = self.tokens, self.focus.paragraph
        return first >= 0 and (
            paragraph[i] - paragraph[first] < 2 or tokens.sentence[i] - tokens.sentence[first] <= NEAR
        )

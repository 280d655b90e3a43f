from datetime import UTC, date, datetime

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.following.backfill import Kept
from backstory.following.backfill_keeping import Keeper
from backstory.model import Offer, Publication
from backstory.reading import read
from factories import make_publication
from servers.door import OpenDoor
from servers.http import Answer, serving

NOW = datetime(2026, 5, 8, 9, 30, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
SEEN = Publication(date(2026, 4, 20), found="unknown")  # what a source that only guesses says


def make_page(stamp):
    meta = f'<meta property="article:published_time" content="{stamp}">' if stamp else ""
    words = "<p>The ferry struck the pier in the fog, and nobody was hurt, the port authority said.</p>" * 2
    return (
        f"<html><head><title>Ferry</title>{meta}</head><body><main><h1>Ferry</h1>{words}</main></body></html>".encode()
    )


PAGES = {
    "/dated": make_page("2026-04-18T10:00:00Z"),
    "/undated": make_page(""),
    "/hidden/page": make_page("2026-04-18"),
    "/robots.txt": b"User-agent: *\nDisallow: /hidden/\n",
}


@pytest.fixture
def paper():
    """An outlet with some pages, of which its robots.txt keeps one from programs."""

    def site(request):
        body = PAGES.get(request.path)
        return Answer(status=404) if body is None else Answer(body=body, headers=HTML)

    with serving(site) as paper:
        yield paper


@pytest.mark.network
async def test_pages_are_fetched_and_their_own_day_is_believed_before_a_guess(paper, archive, keeper):
    kept = await keeper([Offer(url=f"{paper.origin}/{name}", published=SEEN) for name in ("dated", "undated")])

    assert kept.added == 2
    days = [(await archive.get(f"{paper.origin}/{name}")).published.day for name in ("dated", "undated")]
    assert days == [date(2026, 4, 18), date(2026, 4, 20)]


@pytest.mark.network
async def test_a_page_that_cannot_be_had_is_refused_with_its_reason(paper, keeper):
    gone = await keeper([Offer(url=f"{paper.origin}/gone", published=SEEN)])
    hidden = await keeper([Offer(url=f"{paper.origin}/hidden/page", published=SEEN)])

    assert (gone.refused, hidden.refused) == (1, 1)
    assert "404" in gone.trouble
    assert "robots.txt" in hidden.trouble
    assert "/hidden/page" not in paper.asked


@pytest.mark.network
async def test_a_page_that_the_archive_holds_is_not_fetched_again(paper, keeper):
    offer = Offer(url=f"{paper.origin}/dated", published=SEEN)
    await keeper([offer])
    assert await keeper([offer]) == Kept(unchanged=1)
    assert paper.asked["/dated"] == 1


@pytest.fixture
def archive():
    return MemoryArchive()


@pytest.fixture
def keeper(archive):
    return Keeper(archive, OpenDoor(), read=read, clock=lambda: NOW)


def make_offer(text, **more):
    return Offer(**{"url": "https://paper.example/a", "text": text, "published": make_publication(), **more})


async def test_a_summary_does_not_replace_an_article(archive, keeper):
    await keeper([make_offer("The ferry struck the pier. Nobody was hurt.")])

    kept = await keeper([make_offer("Ferry struck.")])

    assert kept == Kept(unchanged=1)
    assert (await archive.get("https://paper.example/a")).text == "The ferry struck the pier. Nobody was hurt."


async def test_a_verdict_is_added_to_what_is_there(archive, keeper):
    await keeper([make_offer("The ferry struck the pier. Nobody was hurt.")])

    kept = await keeper([make_offer("Ferry struck.", rating="Mostly true")])

    article = await archive.get("https://paper.example/a")
    assert article.rating == "Mostly true"
    assert article.text == "The ferry struck the pier. Nobody was hurt."
    assert kept.replaced == 1


async def test_one_offer_that_means_nothing_does_not_keep_the_others_out(keeper):
    offers = [
        make_offer("One.", url="https://paper.example/1"),
        make_offer("Two.", published=None),
        make_offer("Three."),
    ]

    kept = await keeper(offers)

    assert (kept.added, kept.refused) == (2, 1)
    assert "published" in kept.trouble

"""The day of publication: which trace is believed."""

from datetime import UTC, datetime

import pytest

from backstory.model import Publication
from backstory.reading import read
from factories import READ_AT, make_page, make_publication

P = "<p>The harbour of Lindau was closed on Monday after a ferry struck the eastern pier.</p>" * 2
URL = "https://example.org/news/harbour"


def json_ld(published: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type":"{kind}","datePublished":"{published}"}}</script>'


def meta(published: str, name: str = "article:published_time") -> str:
    return f'<meta property="{name}" content="{published}">'


def told(html: str, url: str = URL) -> tuple[str, str]:
    published = read(make_page(html=html, url=url)).published
    assert published is not None
    return published.day.isoformat(), published.found


@pytest.mark.parametrize(
    ("html", "url", "day", "found"),
    [
        pytest.param(json_ld("2024-04-24T10:00:00+02:00") + P, URL, "2024-04-24", "json-ld", id="JSON-LD"),
        pytest.param(meta("2024-04-24") + P, URL, "2024-04-24", "meta", id="meta"),
        pytest.param(
            f"<article><time datetime='2024-04-24'>Wed</time>{P}</article>", URL, "2024-04-24", "time", id="time"
        ),
        pytest.param(
            f"<span itemprop=datePublished>24 April 2024</span>{P}", URL, "2024-04-24", "time", id="microdata"
        ),
        pytest.param(P, "https://example.org/2024/04/24/harbour", "2024-04-24", "url", id="address"),
        pytest.param(P, "https://example.org/news-20240424.html", "2024-04-24", "url", id="compact address"),
        pytest.param(f"<div>24 April 2024</div>{P}", URL, "2024-04-24", "text", id="a line above"),
        pytest.param(f"{P}<div>Posted on April 24, 2024 by Ann</div>", URL, "2024-04-24", "text", id="a line below"),
        pytest.param(
            f"<p>LINDAU, 24 April 2024 (LC) - The harbour is closed until further notice.</p>{P}",
            URL,
            "2024-04-24",
            "text",
            id="dateline",
        ),
        pytest.param(P, URL, "2024-05-08", "read_at", id="nothing"),
        pytest.param(
            meta("2024") + meta("May 2024", "date") + P,
            URL,
            "2024-05-08",
            "read_at",
            id="a year alone is no first of January",
        ),
        pytest.param(json_ld("2030-01-01") + meta("2024-04-24") + P, URL, "2024-04-24", "meta", id="not yet come"),
        pytest.param(
            json_ld("2024-04-20", "Event") + P, URL, "2024-05-08", "read_at", id="an event's day is not the page's"
        ),
        pytest.param(
            f"<p>Updated: 30 April 2024</p><p>Published: 24 April 2024</p>{P}",
            URL,
            "2024-04-24",
            "text",
            id="not the update",
        ),
        pytest.param(
            json_ld("2024-04-25T01:00:00Z") + P,
            "https://example.org/2024/04/24/harbour",
            "2024-04-24",
            "url",
            id="UTC is a day ahead of the address",
        ),
        pytest.param(
            json_ld("2024-04-23T23:30:00Z") + f"<div>24 April 2024</div>{P}",
            URL,
            "2024-04-24",
            "text",
            id="UTC is a day behind the readers",
        ),
        pytest.param(
            json_ld("2024-04-20") + meta("2024-04-24") + f"<div>24 April 2024</div>{P}",
            URL,
            "2024-04-24",
            "meta",
            id="two against one",
        ),
        pytest.param(P, "https://example.org/2024/04/harbour-2", "2024-05-08", "read_at", id="a month is no day"),
    ],
)
def test_the_page_tells_its_day(html: str, url: str, day: str, found: str) -> None:
    assert told(html, url) == (day, found)


def test_an_update_that_stands_nearer_is_still_an_update() -> None:
    assert told(f"<p>Published: 24 April 2024</p><p>Updated: 30 April 2024</p>{P}") == ("2024-04-24", "text")


def test_the_last_day_of_the_calendar_can_be_read_on() -> None:
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    for words in ({"html": P}, {"text": "It rained."}):
        published = read(make_page(read_at=last, **words)).published
        assert published is not None
        assert published.day == last.date()


def test_the_caller_wins_over_the_page() -> None:
    stated = make_publication("2023-01-01")
    assert read(make_page(html=json_ld("2024-04-24") + P, published=stated)).published == stated


def test_the_instant_is_kept_beside_the_local_day() -> None:
    published = read(
        make_page(html=json_ld("2024-04-25T01:00:00Z") + P, url="https://example.org/2024/04/24/x")
    ).published
    assert published is not None
    assert published.at is not None
    assert published.at.isoformat() == "2024-04-25T01:00:00+00:00"


def test_the_readers_moment_is_no_instant_of_publication() -> None:
    assert read(make_page(html=P)).published == Publication(READ_AT.date(), None, "read_at")


def test_a_change_is_told_apart() -> None:
    page = meta("2024-04-24") + meta("2024-05-01T10:00:00Z", "article:modified_time") + P
    modified = read(make_page(html=page)).modified
    assert modified is not None
    assert (modified.day.isoformat(), modified.found) == ("2024-05-01", "meta")


@pytest.mark.parametrize(
    ("text", "url", "day", "found"),
    [
        ("LINDAU, 24 April 2024 - The harbour is closed.", URL, "2024-04-24", "text"),
        (
            "Ferry strikes pier\n\n24 April 2024\n\nThe harbour of Lindau is closed, the port said.",
            URL,
            "2024-04-24",
            "text",
        ),
        ("The harbour is closed.", "https://example.org/2024/04/24/x", "2024-04-24", "url"),
        ("The harbour is closed.", URL, "2024-05-08", "read_at"),
        (
            f"The harbour is closed. {'It was open for years. ' * 9}It had last been closed on 24 April 2024.",
            URL,
            "2024-05-08",
            "read_at",
        ),
    ],
)
def test_a_plain_text_tells_its_day(text: str, url: str, day: str, found: str) -> None:
    published = read(make_page(text=text, url=url)).published
    assert published is not None
    assert (published.day.isoformat(), published.found) == (day, found)

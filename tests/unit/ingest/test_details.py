"""What lines say beside an article's words, and that an export says all of it."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstory.archive.local import LocalArchive
from backstory.archive.memory import MemoryArchive
from backstory.ingest import exported, ingest
from backstory.ingest.offers import FIRST_YEAR, LAST_YEAR
from backstory.ingest.record import to_article
from backstory.model import Article, Block, BlockKind, Link, Publication, Span
from backstory.reading import read
from backstory.reading.links import MAX_LINKS

PIER = "https://example.org/pier"
TEXT = "The pier was closed.\n\nIt opens in June."


def read_line(**fields: object) -> Article:
    return to_article(json.dumps({"url": PIER, "text": TEXT, "published": "2024-05-07", **fields}).encode(), read)


def test_an_export_says_all_that_is_known() -> None:
    article = Article(
        url=PIER,
        text=TEXT,
        blocks=(Block(Span(0, 20), "heading", "17"), Block(Span(22, 30))),
        headline="Pier shut",
        publisher="Kurier",
        authors=("A. Ott", "B. Ems"),
        language="en-GB",
        published=Publication(date(2024, 5, 8), datetime(2024, 5, 7, 16, 0, 0, 5, UTC), "json-ld"),
        modified=Publication(date(2024, 5, 9), None, "meta"),
        page_kind="live",
        accessible_for_free=False,
        links=(Link(Span(4, 8), "https://other.example/?a=1"),),
        rating="Mostly true",
    )

    assert to_article(exported(article), read) == article
    assert exported(article).endswith(b"\n")


def test_what_is_usual_is_not_said() -> None:
    line = json.loads(exported(read_line(title="Pier shut")))

    assert line == {"url": PIER, "title": "Pier shut", "text": TEXT, "published": "2024-05-07"}


@pytest.mark.parametrize(
    "fields",
    [
        {"links": ["https://other.example/"]},
        {"links": [{"start": 0, "end": 0, "url": "https://other.example/"}]},
        {"links": [{"start": 0, "end": 10**30, "url": "https://other.example/"}]},
        {"links": [{"start": True, "end": 4, "url": "https://other.example/"}]},
        {"links": [{"start": 0, "end": 4, "url": "javascript:alert(1)"}]},
        {"links": [{"start": 0, "end": 4, "url": "https://[::1"}]},
        {"links": {"start": 0}},
        {"blocks": [{"start": 4, "end": 8}, {"start": 0, "end": 4}]},
        {"blocks": [{"start": 4, "end": 8}, {"start": 6, "end": 9}]},
        {"blocks": [{"start": 4, "end": 8, "kind": "poem"}]},
        {"blocks": [{"start": 4, "end": 8, "number": 17}]},
        {"blocks": ["The pier was closed."]},
        {"modified": "yesterday", "publishedFrom": "hearsay", "publishedDay": "then"},
        {"modified": 5, "publishedFrom": 5, "publishedDay": 5, "free": "no", "pageKind": "poem"},
        {"pageKind": ["live"], "publishedFrom": ["url"]},
    ],
)
def test_what_other_programs_mean_by_the_same_names_is_passed_over(fields: dict[str, object]) -> None:
    assert read_line(**fields) == read_line()


def test_only_so_many_links_are_kept() -> None:
    links = [{"start": 0, "end": 4, "url": f"https://other.example/{number}"} for number in range(MAX_LINKS + 1)]

    assert len(read_line(links=links).links) == MAX_LINKS


def test_positions_beside_html_mean_nothing() -> None:
    html = f"<p>{'The pier was closed. ' * 9}</p>"

    assert read_line(text=None, html=html, links=[{"start": 0, "end": 4, "url": PIER + "/2"}]).links == ()


WORDS = st.text("ab \n.\u00e9\u4e2d\u00a0", min_size=1, max_size=60).filter(str.strip)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-5, minutes=-30))])
PUBLICATIONS = st.builds(
    Publication,
    st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)),
    st.none() | st.datetimes(datetime(FIRST_YEAR, 1, 2), datetime(LAST_YEAR, 12, 30), timezones=ZONES),  # noqa: DTZ001 - a zone is drawn
    st.sampled_from(["request", "json-ld", "url"]),
)


STANDINGS: list[tuple[BlockKind, str]] = [("paragraph", ""), ("quote", "7")]


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(WORDS)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    stripped = WORDS.map(str.strip)
    return Article(
        url=f"https://example.org/{draw(st.integers(0, 20))}",
        text=text,
        blocks=tuple(Block(span, *draw(st.sampled_from(STANDINGS))) for span in spans),
        headline=draw(st.just("") | stripped),
        publisher=draw(st.just("") | stripped),
        authors=tuple(draw(st.lists(stripped, max_size=2))),
        language=draw(st.sampled_from(["", "en", "de"])),
        published=draw(PUBLICATIONS),
        modified=draw(st.none() | PUBLICATIONS),
        page_kind=draw(st.sampled_from([None, "article", "live"])),
        accessible_for_free=draw(st.sampled_from([None, True, False])),
        links=tuple(Link(span, "https://other.example/a") for span in spans[: draw(st.integers(0, 2))]),
        rating=draw(st.sampled_from(["", "False"])),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.lists(articles(), max_size=5))
async def test_an_import_of_an_export_gives_the_same_archive(
    kept: list[Article], tmp_path_factory: pytest.TempPathFactory
) -> None:
    ours, theirs = MemoryArchive(), await LocalArchive.open(Path(tmp_path_factory.mktemp("archive")))
    await ours.add(kept)
    lines = [exported(article) async for article in ours.export()]

    report = await ingest(lines, theirs, read=read, max_article_bytes=100_000)

    assert (report.refused, report.added) == ((), len(lines))
    assert [article async for article in theirs.export()] == [article async for article in ours.export()]
    assert (await ingest(lines, ours, read=read, max_article_bytes=100_000)).unchanged == len(lines)
    await theirs.close()

"""What every Archive promises, asked of each of them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from backstory.archive.local import LocalArchive
from backstory.archive.memory import MemoryArchive
from backstory.errors import ArchiveUnavailableError, ArticleError
from backstory.model import Article, Block, Interval, Link, Publication, Query, Ranking, Span, Term
from backstory.ports import Archive
from backstory.retrieval.terms import words
from factories import make_article, make_publication

PIER = "https://example.org/pier"
BRIDGE = "https://example.org/bridge"


@pytest.fixture(params=["memory", "local"])
async def archive(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Archive]:
    opened: Archive = MemoryArchive() if request.param == "memory" else await LocalArchive.open(tmp_path / "archive")
    yield opened
    await opened.close()


def ask(text: str, **filters: object) -> Query:
    return Query(terms=tuple(map(Term, words(text))), **filters)  # type: ignore[arg-type] # each test names its own


def urls(ranking: Ranking) -> list[str]:
    return [hit.passage.url for hit in ranking]


async def found(archive: Archive, text: str, **filters: object) -> list[str]:
    [ranking] = await archive.search([ask(text, **filters)])
    return urls(ranking)


# --- adding ---


async def test_an_article_is_found_as_soon_as_it_is_added(archive: Archive) -> None:
    outcomes = await archive.add([make_article("The pier was closed.", url=PIER)])

    assert outcomes == ["added"]
    assert await found(archive, "piers closing") == [PIER]


async def test_a_hit_says_where_its_words_were_published(archive: Archive) -> None:
    article = make_article("The pier\u00a0was “closed”.", url=PIER, published=make_publication("2024-05-07", hour=9))
    await archive.add([article])

    [[hit]] = await archive.search([ask("pier")])

    assert hit.score > 0
    assert (hit.passage.id, hit.passage.url, hit.passage.text) == (f"{PIER}#0", PIER, article.text)
    assert (hit.passage.headline, hit.passage.publisher) == (article.headline, article.publisher)
    assert (hit.passage.language, hit.passage.published) == ("en", article.published)


async def test_adding_the_same_article_again_changes_nothing(archive: Archive) -> None:
    article = make_article("The pier was closed.", url=PIER)
    await archive.add([article])

    assert await archive.add([article]) == ["unchanged"]
    assert await found(archive, "pier") == [PIER]
    assert (await archive.stats()).articles == 1


async def test_a_changed_article_replaces_its_passages(archive: Archive) -> None:
    await archive.add([make_article("The pier was closed.", url=PIER, headline="")])

    assert await archive.add([make_article("The ferry sails again.", url=PIER, headline="")]) == ["replaced"]
    assert await found(archive, "pier") == []
    assert await found(archive, "ferry") == [PIER]
    assert (await archive.stats()).passages == 1


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "New"},
        {"publisher": "Another"},
        {"published": "2024-05-08"},
        {"language": "de"},
        {"authors": ("A",)},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_every_field_counts_as_a_change(archive: Archive, change: dict[str, object]) -> None:
    await archive.add([make_article("Pier", url=PIER)])

    assert await archive.add([make_article("Pier", url=PIER, **change)]) == ["replaced"]  # type: ignore[arg-type]


async def test_of_two_versions_in_one_call_the_later_stays(archive: Archive) -> None:
    first, second = make_article("The pier was closed.", url=PIER), make_article("The ferry sails.", url=PIER)

    assert await archive.add([first, second, second]) == ["added", "replaced", "unchanged"]
    assert await archive.get(PIER) == second
    assert (await archive.stats()).passages == 1


async def test_adding_nothing_is_fine(archive: Archive) -> None:
    assert await archive.add([]) == []


async def test_an_article_without_a_day_is_refused_with_all_that_came_with_it(archive: Archive) -> None:
    with pytest.raises(ValueError, match="day of publication"):
        await archive.add([make_article("Pier", url=PIER), make_article("Bridge", url=BRIDGE, published=None)])

    assert (await archive.stats()).articles == 0


async def test_what_was_added_comes_back_whole(archive: Archive) -> None:
    article = Article(
        url=PIER,
        text="Share\n\nThe pier was closed.",
        blocks=(Block(Span(7, 27), "quote", "17"),),
        headline="Pier shut",
        publisher="Kurier",
        authors=("A. Ott", "B. Ems"),
        language="en-GB",
        published=Publication(date(2024, 5, 7), datetime(2024, 5, 7, 9, 30, 0, 123456, UTC), "json-ld"),
        modified=make_publication("2024-05-09"),
        page_kind="live",
        accessible_for_free=False,
    )
    await archive.add([article])

    assert await archive.get(PIER) == article
    assert [each async for each in archive.export()] == [article]
    assert await archive.get(BRIDGE) is None


async def test_export_gives_every_article_once_in_order(archive: Archive) -> None:
    articles = [make_article(f"Item {number}.", url=f"{PIER}/{number}") for number in range(450)]
    await archive.add(articles)

    assert [article async for article in archive.export()] == articles


# --- searching ---


async def test_queries_are_answered_one_for_one_and_in_order(archive: Archive) -> None:
    await archive.add(
        [make_article("The pier.", url=PIER, headline=""), make_article("The bridge.", url=BRIDGE, headline="")]
    )

    rankings = await archive.search([ask("bridge"), ask("tunnel"), ask("pier"), ask("")])

    assert [urls(ranking) for ranking in rankings] == [[BRIDGE], [], [PIER], []]
    assert await archive.search([]) == []


async def test_rare_words_and_more_of_them_come_first(archive: Archive) -> None:
    texts = ["council met pier", "council met bridge", "council met", "council met today", "pier engineers council met"]
    await archive.add([make_article(text, url=f"{PIER}/{n}", headline="") for n, text in enumerate(texts)])

    [ranking] = await archive.search([ask("pier engineers council")])

    assert urls(ranking)[:2] == [f"{PIER}/4", f"{PIER}/0"]
    assert len(ranking) == 5
    assert [hit.score for hit in ranking] == sorted((hit.score for hit in ranking), reverse=True)


async def test_a_term_counts_as_much_as_its_weight(archive: Archive) -> None:
    await archive.add([make_article("pier", url=PIER, headline=""), make_article("bridge", url=BRIDGE, headline="")])

    for heavy, light in ((PIER, BRIDGE), (BRIDGE, PIER)):
        terms = (Term("pier", 3.0 if heavy == PIER else 1.0), Term("bridg", 3.0 if heavy == BRIDGE else 1.0))
        [[first, second]] = await archive.search([Query(terms=terms)])
        assert (first.passage.url, second.passage.url) == (heavy, light)
        assert first.score == pytest.approx(3 * second.score)


async def test_a_term_that_comes_twice_adds_up(archive: Archive) -> None:
    await archive.add([make_article("pier", url=PIER)])

    [[twice], [heavy]] = await archive.search(
        [Query(terms=(Term("pier"), Term("pier"))), Query(terms=(Term("pier", 2.0),))]
    )

    assert twice.score == pytest.approx(heavy.score)


@pytest.mark.parametrize("weight", [0.0, -1.0])
async def test_a_term_without_weight_is_not_looked_for(archive: Archive, weight: float) -> None:
    await archive.add([make_article("pier", url=PIER)])

    assert await archive.search([Query(terms=(Term("pier", weight),))]) == [()]
    assert await archive.count(Query(terms=(Term("pier", weight),))) == 0
    assert (await archive.find(Query(terms=(Term("pier", weight),)))).total == 0


async def test_a_headline_counts_but_less_than_the_text(archive: Archive) -> None:
    await archive.add(
        [
            make_article("Engineers met.", url=PIER, headline="Lindau pier"),
            make_article("Lindau pier.", url=BRIDGE, headline="Engineers met"),
        ]
    )

    assert await found(archive, "pier") == [BRIDGE, PIER]


async def test_a_headline_stands_with_the_first_passage_alone(archive: Archive) -> None:
    paragraphs = [f"Paragraph {number}. " + "The engineers met again. " * 20 for number in range(5)]
    await archive.add([make_article(*paragraphs, url=PIER, headline="Lindau pier")])

    [ranking] = await archive.search([ask("pier")])

    assert [hit.passage.id for hit in ranking] == [f"{PIER}#0"]


async def test_a_long_article_is_found_by_the_passage_that_says_it(archive: Archive) -> None:
    paragraphs = ["The council met again. " * 20, "A tunnel was dug. " * 20, "The engineers met again. " * 20]
    await archive.add([make_article(*paragraphs, url=PIER)])

    [[hit]] = await archive.search([ask("tunnel")])

    assert hit.passage.id == f"{PIER}#1"
    assert hit.passage.text == paragraphs[1].strip()


async def test_a_ranking_holds_no_more_than_its_limit(archive: Archive) -> None:
    await archive.add([make_article("pier", url=f"{PIER}/{number}") for number in range(20)])

    lengths = [len(ranking) for ranking in await archive.search([ask("pier", limit=n) for n in (0, 1, 7, 100, -1)])]

    assert lengths == [0, 1, 7, 20, 0]
    assert len(set(await found(archive, "pier", limit=10**12))) == 20


async def test_languages_do_not_hide_names_from_one_another(archive: Archive) -> None:
    await archive.add([make_article("Erdoğan besucht Łódź.", url=PIER, language="de", headline="")])

    assert await found(archive, "Erdogan in Lodz") == [PIER]


# --- filters ---


async def test_only_strictly_earlier_days_are_before(archive: Archive) -> None:
    await archive.add(
        [make_article("pier", url=f"{PIER}/{day}", published=f"2024-05-{day}") for day in ("06", "07", "08")]
    )

    assert await found(archive, "pier", before=make_publication("2024-05-07")) == [f"{PIER}/06"]


async def test_on_the_same_day_both_instants_decide(archive: Archive) -> None:
    await archive.add(
        [
            make_article("pier", url=f"{PIER}/{name}", published=make_publication("2024-05-07", hour=hour))
            for name, hour in (("8", 8), ("9", 9), ("10", 10), ("unknown", None))
        ]
    )

    assert await found(archive, "pier", before=make_publication("2024-05-07", hour=9)) == [f"{PIER}/8"]
    assert await found(archive, "pier", before=make_publication("2024-05-07")) == []
    assert len(await found(archive, "pier", before=make_publication("2024-05-08"))) == 4


async def test_the_outlets_own_day_decides_where_days_differ(archive: Archive) -> None:
    tokyo = Publication(date(2024, 5, 8), datetime(2024, 5, 7, 16, tzinfo=UTC))
    await archive.add([make_article("pier", url=PIER, published=tokyo)])

    assert await found(archive, "pier", before=make_publication("2024-05-07", hour=20)) == []


async def test_a_microsecond_is_earlier(archive: Archive) -> None:
    at = datetime(2024, 5, 7, 9, 0, 0, 5, UTC)
    await archive.add([make_article("pier", url=PIER, published=Publication(at.date(), at))])

    for microsecond, expected in ((4, []), (5, []), (6, [PIER])):
        before = Publication(at.date(), at.replace(microsecond=microsecond))
        assert await found(archive, "pier", before=before) == expected
        assert urls((await archive.find(Query(terms=(), before=before))).hits) == expected


async def test_a_window_holds_both_its_ends(archive: Archive) -> None:
    await archive.add(
        [make_article("pier", url=f"{PIER}/{day}", published=f"2024-05-{day:02}") for day in range(1, 10)]
    )

    window = Interval(date(2024, 5, 3), date(2024, 5, 5))

    assert sorted(await found(archive, "pier", window=window)) == [f"{PIER}/3", f"{PIER}/4", f"{PIER}/5"]
    assert await found(archive, "pier", window=window, before=make_publication("2024-05-04")) == [f"{PIER}/3"]


async def test_the_whole_calendar_is_a_window(archive: Archive) -> None:
    await archive.add([make_article("pier", url=PIER, published="0001-01-01")])
    await archive.add([make_article("pier", url=BRIDGE, published="9999-12-31")])

    assert len(await found(archive, "pier", window=Interval(date.min, date.max))) == 2
    assert await found(archive, "pier", before=Publication(date.min)) == []


async def test_outlets_are_told_apart_by_their_folded_names(archive: Archive) -> None:
    outlets = ("The Lake Courier", "Köln Post", "", "Lake Courier Online")
    await archive.add([make_article("pier", url=f"{PIER}/{n}", publisher=name) for n, name in enumerate(outlets)])

    assert await found(archive, "pier", publishers=("lake courier",)) == [f"{PIER}/0"]
    assert sorted(await found(archive, "pier", publishers=("lake courier", "koln post"))) == [f"{PIER}/0", f"{PIER}/1"]
    assert await found(archive, "pier", publishers=("nobody",)) == []


async def test_addresses_can_be_left_out(archive: Archive) -> None:
    await archive.add([make_article("pier", url=PIER), make_article("pier", url=BRIDGE)])

    assert await found(archive, "pier", without=(PIER, "https://example.org/unknown")) == [BRIDGE]
    assert await archive.count(ask("pier", without=(PIER,))) == 1


async def test_all_filters_hold_at_once(archive: Archive) -> None:
    days = ("2024-05-01", "2024-05-02", "2024-05-03")
    await archive.add(
        [
            make_article("pier", url=f"{PIER}/{outlet}/{day}", publisher=outlet, published=day)
            for outlet in ("Courier", "Post")
            for day in days
        ]
    )

    assert await found(
        archive,
        "pier",
        window=Interval(date(2024, 5, 1), date(2024, 5, 2)),
        publishers=("post",),
        before=make_publication("2024-05-03"),
        without=(f"{PIER}/Post/2024-05-01",),
    ) == [f"{PIER}/Post/2024-05-02"]


# --- looking through the archive ---


async def test_find_gives_each_article_once_by_its_best_passage(archive: Archive) -> None:
    long = make_article("The council met. " * 30, "A pier, a bridge. " * 30, url=PIER, headline="Pier")
    await archive.add([long, make_article("Engineers, a council and a pier.", url=BRIDGE)])

    answer = await archive.find(ask("pier bridge", limit=1))

    assert answer.total == 2
    assert [hit.passage.id for hit in answer.hits] == [f"{PIER}#1"]
    assert await archive.count(ask("pier bridge")) == 3


async def test_without_words_find_gives_the_newest_first(archive: Archive) -> None:
    await archive.add(
        [make_article("pier", url=f"{PIER}/{day}", published=f"2024-05-{day:02}") for day in (3, 9, 6, 1)]
    )

    answer = await archive.find(Query(terms=(), limit=2, before=make_publication("2024-05-09")))

    assert answer.total == 3
    assert urls(answer.hits) == [f"{PIER}/6", f"{PIER}/3"]


async def test_find_minds_every_filter_without_words_too(archive: Archive) -> None:
    await archive.add([make_article("pier", url=f"{PIER}/{n}", publisher=f"Outlet {n}") for n in range(4)])

    answer = await archive.find(Query(terms=(), publishers=("outlet 1", "outlet 2"), without=(f"{PIER}/2",)))

    assert (answer.total, urls(answer.hits)) == (1, [f"{PIER}/1"])


async def test_frequencies_count_the_passages_that_hold_a_word(archive: Archive) -> None:
    await archive.add(
        [make_article("pier pier council", url=PIER), make_article("council", url=BRIDGE, headline="pier")]
    )

    frequencies = await archive.frequencies(["pier", "council", "tunnel"])

    assert (frequencies.passages, frequencies.of) == (2, {"pier": 1, "council": 2, "tunnel": 0})


async def test_publishers_are_named_as_published(archive: Archive) -> None:
    await archive.add(
        [make_article("a", url=f"{PIER}/{n}", publisher=name) for n, name in enumerate(["The Post", "", "Köln"])]
    )
    assert set(await archive.publishers()) == {"The Post", "Köln"}

    await archive.forget(f"{PIER}/0")
    assert set(await archive.publishers()) == {"Köln"}


async def test_stats_say_what_the_archive_holds(archive: Archive) -> None:
    empty = await archive.stats()
    assert (empty.articles, empty.passages, empty.publishers, empty.first_day, empty.last_day) == (0, 0, 0, None, None)

    await archive.add(
        [
            make_article("a", url=PIER, published="2015-10-07"),
            make_article("b", url=BRIDGE, published="2016-03-14", publisher=""),
            make_article("c", url=f"{PIER}/2", published="2016-03-31", publisher=""),
        ]
    )

    stats = await archive.stats()
    assert (stats.articles, stats.passages, stats.publishers) == (3, 3, 1)
    assert (stats.first_day, stats.last_day) == (date(2015, 10, 7), date(2016, 3, 31))
    assert stats.months == ((date(2015, 10, 1), 1), (date(2016, 3, 1), 2))


# --- links, copies, coverage ---

REPORT = (
    "The harbour of Lindau was closed on Monday after a ferry with ninety people on board struck the eastern pier.",
    "Nobody was hurt, the port authority said, but the pier will stay shut until divers have looked at its feet.",
    "Mayor Ida Berg told reporters that the town would ask the ferry company to pay for what had been broken.",
    "Ferries to Bregenz and Romanshorn leave from the western pier for the time being, twice an hour until evening.",
)


def linking(url: str, *addresses: str) -> Article:
    article = make_article("The pier was closed.", url=url)
    return replace(article, links=tuple(Link(Span(4, 8), address) for address in addresses))


async def test_an_article_is_kept_with_its_links_and_its_rating(archive: Archive) -> None:
    article = replace(linking(PIER, BRIDGE, "https://other.example/?a=1"), rating="Mostly \ud800 true")
    await archive.add([article])

    kept = await archive.get(PIER)
    assert kept is not None
    assert (kept.links, kept.rating) == (article.links, "Mostly \ufffd true")
    assert (await archive.search([ask("pier")]))[0][0].passage.rating == "Mostly \ufffd true"
    assert await archive.add([article]) == ["unchanged"]
    assert await archive.add([replace(article, rating="False")]) == ["replaced"]
    assert await archive.add([replace(article, rating="False", links=article.links[:1])]) == ["replaced"]


async def test_an_address_knows_who_links_to_it(archive: Archive) -> None:
    await archive.add([linking(PIER, BRIDGE), linking(f"{PIER}/2", f"{BRIDGE}/#top", BRIDGE), linking(f"{PIER}/3")])

    for spelled in (BRIDGE, f"{BRIDGE}/", "http://www.example.org/bridge?utm_source=mail#foot"):
        assert await archive.links_to(spelled) == [PIER, f"{PIER}/2"]
    assert await archive.links_to("https://example.org/bridge?page=2") == []
    assert await archive.links_to("\ud800") == []


async def test_links_go_with_their_article_and_change_with_it(archive: Archive) -> None:
    await archive.add([linking(PIER, BRIDGE), linking(f"{PIER}/2", BRIDGE)])
    await archive.add([linking(PIER, "https://other.example/")])
    assert await archive.links_to(BRIDGE) == [f"{PIER}/2"]
    assert await archive.links_to("https://other.example") == [PIER]

    await archive.forget(f"{PIER}/2")
    assert await archive.links_to(BRIDGE) == []


async def test_copies_come_with_the_first_report_first(archive: Archive) -> None:
    cut, added = REPORT[:3], (*REPORT, "The Post will report on what the divers find when they come back on Friday.")
    await archive.add([make_article(*added, url=f"{PIER}/post", publisher="Post", published="2024-05-09")])
    await archive.add(
        [
            make_article(*cut, url=f"{PIER}/kurier", publisher="Kurier", published=make_publication(hour=9)),
            make_article(*REPORT, url=f"{PIER}/courier", publisher="Courier", published=make_publication(hour=7)),
            make_article("Something else was reported on that day, as it is on every other.", url=BRIDGE),
        ]
    )

    copies = await archive.copies_of(f"{PIER}/kurier")

    assert [copy.publisher for copy in copies] == ["Courier", "Kurier", "Post"]
    assert [copy.url for copy in await archive.copies_of(f"{PIER}/post")] == [copy.url for copy in copies]
    assert [copy.url for copy in await archive.copies_of(BRIDGE)] == [BRIDGE]
    assert await archive.copies_of("https://example.org/unknown") == []
    assert (await archive.find(ask("divers", limit=3))).copies == (2, 2, 2)


async def test_coverage_counts_by_outlet_and_month_or_day(archive: Archive) -> None:
    days = {"Post": ("2016-03-01", "2016-03-31", "2016-04-02", "2016-04-02"), "": ("2016-04-03", "2015-01-01")}
    await archive.add(
        [
            make_article("pier", url=f"{PIER}/{name}/{place}", publisher=name, published=day)
            for name, each in days.items()
            for place, day in enumerate(each)
        ]
    )

    async def counted(*, daily: bool) -> list[tuple[str, str, int]]:
        found = await archive.coverage(date(2016, 3, 2), date(2016, 4, 3), daily=daily)
        return [(str(each.day), each.publisher, each.articles) for each in found]

    assert await counted(daily=False) == [("2016-03-01", "Post", 1), ("2016-04-01", "", 1), ("2016-04-01", "Post", 2)]
    assert await counted(daily=True) == [("2016-03-31", "Post", 1), ("2016-04-02", "Post", 2), ("2016-04-03", "", 1)]
    assert await archive.coverage(date(2017, 1, 1), date(2016, 1, 1)) == []


async def test_an_archive_grows_and_shrinks_with_its_articles(archive: Archive) -> None:
    await archive.add([make_article(f"pier {n} " * 500, url=f"{PIER}/{n}") for n in range(50)])
    large = await archive.size()

    await archive.forget_host("example.org")

    assert large > 50 * 500 * len("pier 1 ")
    assert await archive.size() < large / 3


# --- forgetting ---


async def test_a_forgotten_article_is_gone(archive: Archive) -> None:
    await archive.add([make_article("pier", url=PIER), make_article("pier", url=BRIDGE)])

    assert await archive.forget(PIER) is True
    assert await archive.forget(PIER) is False
    assert await found(archive, "pier") == [BRIDGE]
    assert await archive.get(PIER) is None
    assert await archive.add([make_article("pier", url=PIER)]) == ["added"]
    assert len(await found(archive, "pier")) == 2


async def test_a_host_is_forgotten_with_all_below_it_and_nothing_beside_it(archive: Archive) -> None:
    there = ("https://paper.example/1", "http://www.paper.example:8080/2", "https://NEWS.paper.example/3")
    others = ("https://wallpaper.example/4", "https://paper.example.org/5", "https://example/paper.example")
    await archive.add([make_article("pier", url=url) for url in (*there, *others)])

    assert await archive.forget_host("paper.example") == 3
    assert await archive.forget_host("paper.example") == 0
    assert sorted(await found(archive, "pier")) == sorted(others)
    assert await archive.forget_host("") == 0


async def test_an_outlet_is_forgotten_by_its_name(archive: Archive) -> None:
    outlets = ("The Lake Courier", "Lake Courier", "Lake Courier Online", "")
    await archive.add([make_article("pier", url=f"{PIER}/{n}", publisher=name) for n, name in enumerate(outlets)])

    assert await archive.forget_publisher("lake courier") == 2
    assert sorted(await found(archive, "pier")) == [f"{PIER}/2", f"{PIER}/3"]


async def test_what_is_older_than_a_day_is_dropped(archive: Archive) -> None:
    await archive.add(
        [make_article("pier", url=f"{PIER}/{n}", published=date(2020, 1, 1) + timedelta(days=n)) for n in range(1200)]
    )

    assert await archive.drop_before(date(2020, 1, 1) + timedelta(days=1190)) == 1190
    assert sorted(await found(archive, "pier", limit=50)) == [f"{PIER}/{n}" for n in range(1190, 1200)]
    assert await archive.drop_before(date(2020, 1, 1)) == 0


async def test_only_the_newest_are_kept(archive: Archive) -> None:
    days = ("2024-05-03", "2024-05-01", "2024-05-02", "2024-05-02")
    await archive.add([make_article("pier", url=f"{PIER}/{n}", published=day) for n, day in enumerate(days)])

    assert await archive.keep_newest(4) == 0
    assert await archive.keep_newest(2) == 2
    assert sorted(await found(archive, "pier")) == [f"{PIER}/0", f"{PIER}/3"]
    assert await archive.keep_newest(0) == 2


async def test_rebuilding_loses_nothing_and_tells_how_far_it_is(archive: Archive) -> None:
    await archive.add([make_article(f"pier {n}", url=f"{PIER}/{n}") for n in range(30)])
    await archive.forget(f"{PIER}/7")
    told: list[tuple[int, int]] = []

    await archive.rebuild(lambda done, total: told.append((done, total)))

    assert told[-1] == (29, 29)
    assert len(await found(archive, "pier", limit=50)) == 29


async def test_a_closed_archive_answers_no_more(archive: Archive) -> None:
    await archive.close()

    with pytest.raises(ArchiveUnavailableError, match="closed"):
        await archive.search([ask("pier")])
    with pytest.raises(ArchiveUnavailableError, match="closed"):
        await archive.add([make_article()])
    await archive.close()


# --- many at once ---


async def test_reading_goes_on_while_articles_are_added(archive: Archive) -> None:
    await archive.add([make_article("pier", url=PIER, headline="")])
    batches = [[make_article(f"pier and bridge {n}", url=f"{BRIDGE}/{b}/{n}") for n in range(20)] for b in range(10)]

    async def read(until: asyncio.Task[None]) -> list[int]:
        seen = []
        while not until.done():
            seen.append(len(await found(archive, "pier", limit=1000)))
            await asyncio.sleep(0)
        return seen

    async def write() -> None:
        for batch in batches:
            await archive.add(batch)

    writing = asyncio.create_task(write())
    seen = await read(writing)
    await writing

    assert all(count % 20 == 1 for count in seen), "a call's articles appear all at once"
    assert seen == sorted(seen)
    assert len(await found(archive, "pier", limit=1000)) == 201


async def test_an_article_is_never_missing_while_it_is_replaced(archive: Archive) -> None:
    await archive.add([make_article("pier version zero", url=PIER)])

    async def write() -> None:
        for number in range(15):
            await archive.add([make_article(f"pier version {number}", url=PIER)])

    writing = asyncio.create_task(write())
    while not writing.done():
        assert await found(archive, "pier") == [PIER]
        await asyncio.sleep(0)
    await writing


async def test_calls_that_come_at_once_are_all_answered(archive: Archive) -> None:
    async def add(number: int) -> Sequence[str]:
        return await archive.add([make_article("pier", url=f"{PIER}/{number}")])

    outcomes = await asyncio.gather(*(add(number % 5) for number in range(20)))

    assert sorted(outcome for [outcome] in outcomes) == ["added"] * 5 + ["unchanged"] * 15
    assert (await archive.stats()).articles == 5


# --- hostile words ---


@pytest.mark.parametrize(
    "text",
    ["a\0pier", "\ud800 pier \udfff", "pier\u202e\ufeff", "pier" + "\u0301" * 1000, "🜁 pier 🜂", "pier\r\n\x1b[31m\x85"],
    ids=["NUL", "half a pair", "direction marks", "a tower of accents", "beyond the first plane", "controls"],
)
async def test_any_text_can_be_kept_and_found(archive: Archive, text: str) -> None:
    await archive.add([make_article(text, url=PIER, headline=text, publisher=text, authors=(text,), language="en")])

    [[hit]] = await archive.search([ask("pier")])
    kept = await archive.get(PIER)

    assert kept is not None
    assert len(kept.text) == len(text)
    assert hit.passage.text in kept.text
    kept.text.encode()


async def test_what_cannot_be_kept_is_still_unchanged_the_second_time(archive: Archive) -> None:
    article = make_article("a\0b \ud800", url=PIER)
    await archive.add([article])

    assert await archive.add([article]) == ["unchanged"]


@pytest.mark.parametrize(
    "word",
    [
        '"',
        "AND",
        "body:pier",
        "pier*",
        "(pier",
        "pier~2",
        "\\",
        "[a TO z]",
        "\0",
        "\ud800",
        "",
        " ",
        "pier pier",
        "x" * 100_000,
    ],
)
async def test_a_word_is_only_ever_a_word(archive: Archive, word: str) -> None:
    await archive.add([make_article("The pier was closed.", url=PIER, headline="")])

    assert await archive.search([Query(terms=(Term(word),))]) == [()]
    assert await archive.search([Query(terms=(Term(word), Term("pier")))]) != [()]
    assert (await archive.frequencies([word])).of == {word: 0}


async def test_words_in_filters_are_only_words_too(archive: Archive) -> None:
    await archive.add([make_article("pier", url=PIER)])

    for nonsense in ("\ud800", "'; DROP TABLE articles; --", "\0", "x" * 100_000):
        assert await found(archive, "pier", publishers=(nonsense,)) == []
        assert await found(archive, "pier", without=(nonsense,)) == [PIER]
        assert await archive.get(nonsense) is None
        assert await archive.forget(nonsense) is False


async def test_a_giant_article_is_kept(archive: Archive) -> None:
    text = "The pier was closed again on Tuesday. " * 270_000
    await archive.add([make_article(text, url=PIER)])

    assert len(text) > 10_000_000
    assert len(await found(archive, "pier", limit=5)) == 5
    assert (await archive.find(ask("pier"))).total == 1


async def test_an_article_without_words_is_kept_and_never_found(archive: Archive) -> None:
    article = replace(make_article(url=PIER, headline=""), text="", blocks=())

    assert await archive.add([article]) == ["added"]
    assert await archive.get(PIER) == article
    assert (await archive.stats()).passages == 0


async def test_an_address_too_long_to_be_one_is_refused(archive: Archive) -> None:
    with pytest.raises(ArticleError, match="8192"):
        await archive.add([make_article("pier", url=PIER + "x" * 10_000)])


async def test_a_query_may_have_very_many_words(archive: Archive) -> None:
    await archive.add([make_article("pier", url=PIER)])

    [ranking] = await archive.search([Query(terms=(*(Term(f"word{n}") for n in range(3000)), Term("pier")))])

    assert urls(ranking) == [PIER]

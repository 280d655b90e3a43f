"""The embedded archive against the reference: whatever is added and asked, they give the same answers."""

import asyncio
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstory.archive.local import LocalArchive
from backstory.archive.memory import MemoryArchive
from backstory.model import Article, Interval, Outcome, Query, Ranking, Term
from backstory.ports import Archive
from factories import make_article, make_publication

WORDS = ("pier", "bridg", "council", "ferri", "tunnel", "2016", "5000")
DAYS = [date(2024, 5, 6) + timedelta(days=number) for number in range(3)]

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
days = st.sampled_from(DAYS)
publications = st.builds(make_publication, days, hour=st.none() | st.integers(8, 10))
articles = st.builds(
    make_article,
    texts,
    url=st.integers(0, 7).map("https://example.org/{}".format),
    headline=st.just("") | texts,
    publisher=st.sampled_from(["Post", "The Courier", ""]),
    published=publications,
)
queries = st.builds(
    Query,
    terms=st.lists(st.builds(Term, st.sampled_from(WORDS), st.sampled_from([0.5, 1.0, 2.0])), max_size=4).map(tuple),
    window=st.none() | st.tuples(days, days).map(lambda pair: Interval(min(pair), max(pair))),
    publishers=st.sampled_from([(), ("post",), ("courier", "post")]),
    before=st.none() | publications,
    without=st.sampled_from([(), ("https://example.org/0", "https://example.org/3")]),
    limit=st.just(100),
)


async def answers(
    archive: Archive, batches: Sequence[Sequence[Article]], asked: Sequence[Query]
) -> tuple[list[list[Outcome]], list[Ranking], list[int], list[int]]:
    outcomes = [list(await archive.add(batch)) for batch in batches]
    rankings = list(await archive.search(asked))
    counts = [await archive.count(query) for query in asked]
    totals = [(await archive.find(query)).total for query in asked]
    await archive.close()
    return outcomes, rankings, counts, totals


async def both(batches: Sequence[Sequence[Article]], asked: Sequence[Query]) -> tuple[list[Ranking], list[Ranking]]:
    """The rankings of the embedded archive and of the reference; in all else they agree."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes, rankings, counts, totals = await answers(await LocalArchive.open(Path(folder)), batches, asked)
    reference = await answers(MemoryArchive(), batches, asked)
    assert (outcomes, counts, totals) == (reference[0], reference[2], reference[3])
    return rankings, reference[1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(articles, max_size=5), max_size=4), st.lists(queries, max_size=5))
async def test_both_find_the_same_passages(batches: list[list[Article]], asked: list[Query]) -> None:
    for local, memory in zip(*await both(batches, asked), strict=True):
        assert {hit.passage for hit in local} == {hit.passage for hit in memory}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(articles, max_size=8, unique_by=lambda article: article.url), st.lists(queries, max_size=5))
async def test_both_score_them_alike(added: list[Article], asked: list[Query]) -> None:
    for local, memory in zip(*await both([added], asked), strict=True):
        scores = {hit.passage.id: hit.score for hit in memory}
        for hit in local:
            assert hit.score == pytest.approx(scores[hit.passage.id], rel=1e-4)
        assert [hit.score for hit in local] == sorted((hit.score for hit in local), reverse=True)


LONG_DAYS = [date(2022, 11, 20) + timedelta(days=23 * number) for number in range(60)]  # nearly four years

far_days = st.sampled_from(LONG_DAYS)
far_publications = st.builds(make_publication, far_days, hour=st.none() | st.integers(8, 10))
far_articles = st.builds(
    make_article,
    texts,
    url=st.integers(0, 30).map("https://example.org/{}".format),
    headline=st.just("") | texts,
    published=far_publications,
)
far_queries = st.builds(
    Query,
    terms=st.lists(st.builds(Term, st.sampled_from(WORDS), st.sampled_from([0.5, 1.0])), min_size=1, max_size=3).map(
        tuple
    ),
    window=st.none() | st.tuples(far_days, far_days).map(lambda pair: Interval(min(pair), max(pair))),
    before=st.none() | far_publications,
    without=st.sampled_from([(), ("https://example.org/0", "https://example.org/3")]),
    limit=st.integers(1, 6),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(far_articles, min_size=1, max_size=4), min_size=1, max_size=20),
    st.sets(st.integers(0, 30), max_size=8),
    st.lists(far_queries, max_size=12),
)
async def test_periods_merges_deletes_and_rebuilds_keep_results_the_same(
    batches: list[list[Article]], forgotten: set[int], asked: list[Query]
) -> None:
    """While dropped passages still count the same passages are found; once rebuilt, the best with their scores."""
    everything = [replace(query, limit=1_000) for query in asked]
    reference = MemoryArchive()
    with tempfile.TemporaryDirectory() as folder:
        local = await LocalArchive.open(Path(folder))
        for archive in (local, reference):
            for batch in batches:
                await archive.add(batch)
            for number in forgotten:
                await archive.forget(f"https://example.org/{number}")
        expected = await reference.search(everything)
        for mine, theirs in zip(await local.search(everything), expected, strict=True):
            assert {hit.passage for hit in mine} == {hit.passage for hit in theirs}
        await local.rebuild()
        for query, mine, theirs in zip(asked, await local.search(asked), expected, strict=True):
            scores = {hit.passage.id: hit.score for hit in theirs}
            assert [hit.score for hit in mine] == pytest.approx([hit.score for hit in theirs[: query.limit]], rel=1e-4)
            assert [hit.score for hit in mine] == pytest.approx([scores[hit.passage.id] for hit in mine], rel=1e-4)
        await local.close()


WINDOW = Interval(date(2024, 5, 6), date(2024, 5, 8))


@pytest.mark.parametrize("query", [
    Query(terms=(Term("pier"),), limit=5),
    Query(terms=(Term("pier"),), window=WINDOW, limit=5),
    Query(terms=(Term("pier"),), publishers=("post",), limit=5),
    Query(terms=(Term("pier"),), before=make_publication(date(2024, 5, 8)), limit=50),
])  # fmt: skip
async def test_of_passages_alike_those_that_came_first_are_found_in_whichever_segments_they_stand(
    tmp_path: Path, query: Query
) -> None:
    added = [
        make_article(
            "The pier.", url=f"https://example.org/{n}", publisher="Post", published=make_publication(DAYS[n % 3])
        )
        for n in range(120)
    ]
    local, reference = await LocalArchive.open(tmp_path), MemoryArchive()
    for archive in (local, reference):
        for start in (0, 40, 50, 51, 100):
            await archive.add(added[start : start + 50])
    [expected] = await reference.search([query])
    for _ in range(2):
        [found] = await local.search([query])
        assert [hit.passage.id for hit in found] == [hit.passage.id for hit in expected]
        await local.rebuild()
    await local.close()


async def test_of_more_alike_than_are_looked_at_some_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backstory.archive.snapshot.MOST_TIED", 20)
    archive = await LocalArchive.open(tmp_path)
    await archive.add([make_article("pier", url=f"https://example.org/{n}", publisher="Post") for n in range(200)])
    [found] = await archive.search([Query(terms=(Term("pier"),), publishers=("post",), limit=5)])
    assert len(found) == 5
    await archive.close()


@pytest.mark.parametrize("words", [41, 90, 119])
async def test_long_passages_score_nearly_alike(words: int) -> None:
    added = [make_article("pier " + "council " * (words - 1), url="https://example.org/long", headline="")]
    added += [make_article("bridge " * 10, url=f"https://example.org/{number}", headline="") for number in range(9)]

    [[local]], [[memory]] = await both([added], [Query(terms=(Term("pier"),))])

    assert local.score == pytest.approx(memory.score, rel=0.08)


async def test_a_long_list_of_articles_is_counted_nearly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backstory.archive.snapshot.COUNTED", 50)
    archive = await LocalArchive.open(tmp_path)
    await archive.add([make_article("pier", url=f"https://example.org/{number}") for number in range(2_000)])

    answer = await archive.find(Query(terms=(Term("pier"),), limit=10))

    assert 1_960 <= answer.total <= 2_000
    assert len(answer.hits) == 10
    await archive.close()


async def test_opening_and_closing_leaves_no_thread_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    archive = await LocalArchive.open(tmp_path)
    await asyncio.gather(*(archive.stats() for _ in range(5)))
    assert set(threading.enumerate()) > before

    await archive.close()

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("archive-")]

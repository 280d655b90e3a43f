import json
import tracemalloc
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.archive.memory import MemoryArchive
from backstory.errors import ArchiveUnavailableError, NoArticleError
from backstory.ingest import IngestReport, Refusal, ingest
from backstory.ingest.intake import REFUSALS_TOLD
from backstory.ingest.lines import BATCH_LINES
from backstory.model import Article, Page
from factories import make_article

LIMIT = 2_000
PIER = "https://example.org/pier"


def line(**fields: object) -> bytes:
    said = {"url": PIER, "text": "The pier was closed.", "published": "2024-05-07", **fields}
    return json.dumps({name: value for name, value in said.items() if value is not ...}).encode() + b"\n"


def read(page: Page) -> Article:
    """A reading room of one kind: a page says what stands between its only tags."""
    text = page.html.removeprefix("<p>").removesuffix("</p>")
    if not text:
        raise NoArticleError("nothing to read on this page")
    return make_article(text, url=page.url, headline="From the page", publisher="Page Post", language=page.language)


async def taken_in(
    *chunks: bytes, archive: MemoryArchive | None = None, limit: int = LIMIT
) -> tuple[IngestReport, MemoryArchive]:
    archive = archive or MemoryArchive()

    async def stream() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    return await ingest(stream(), archive, read=read, max_article_bytes=limit), archive


async def test_an_address_that_the_archive_refuses_takes_no_other_line_with_it() -> None:
    report, archive = await taken_in(
        line(url=f"{PIER}/1"), line(url=f"{PIER}/{'x' * 9_000}"), line(url=f"{PIER}/3"), limit=20_000
    )

    assert (report.added, [refusal.line for refusal in report.refused]) == (2, [2])
    assert (await archive.stats()).articles == 2


async def test_a_line_becomes_an_article_that_can_be_found() -> None:
    report, archive = await taken_in(line())

    assert report == IngestReport(added=1)
    assert (await archive.stats()).articles == 1


async def test_a_page_without_an_article_is_refused_in_words() -> None:
    report, _ = await taken_in(line(text=..., html="<p></p>"))

    assert report.refused == (Refusal(1, "no article in its html: nothing to read on this page", PIER),)


async def test_a_line_that_is_too_long_is_refused_in_words() -> None:
    report, _ = await taken_in(line(text="x" * LIMIT))

    assert report.refused == (Refusal(1, "longer than 2,000 bytes, which is the most an article may have"),)


async def test_wrong_lines_are_told_by_number_and_the_rest_goes_on() -> None:
    report, archive = await taken_in(line(url=f"{PIER}/1"), b"nonsense\n", b"\n  \r\n", line(url=f"{PIER}/5"), b"{}")

    assert report.added == 2
    assert [refusal.line for refusal in report.refused] == [2, 6]
    assert (await archive.stats()).articles == 2


async def test_refusals_beyond_the_first_are_counted() -> None:
    report, _ = await taken_in(b"nonsense\n" * (REFUSALS_TOLD + BATCH_LINES + 7))

    assert len(report.refused) == REFUSALS_TOLD
    assert report.refused_more == BATCH_LINES + 7
    assert report.refused[-1].line == REFUSALS_TOLD


async def test_outcomes_are_counted() -> None:
    first, second = line(url=f"{PIER}/1"), line(url=f"{PIER}/2")
    _, archive = await taken_in(first, second)

    report, _ = await taken_in(first, line(url=f"{PIER}/2", text="The pier is open."), archive=archive)

    assert report == IngestReport(unchanged=1, replaced=1)


async def test_a_last_line_needs_no_newline_and_a_first_may_have_a_mark() -> None:
    report, _ = await taken_in(b"\xef\xbb\xbf" + line(url=f"{PIER}/1"), line(url=f"{PIER}/2").strip())

    assert report == IngestReport(added=2)


async def test_a_stream_of_nothing_adds_nothing() -> None:
    assert (await taken_in())[0] == (await taken_in(b"", b"\n", b""))[0] == IngestReport()


async def test_an_ordinary_iterable_is_a_stream_too() -> None:
    archive = MemoryArchive()

    assert await ingest([line()], archive, read=read, max_article_bytes=LIMIT) == IngestReport(added=1)


@given(st.lists(st.integers(1, 400), max_size=12), st.booleans())
async def test_it_does_not_matter_where_the_stream_is_cut(cuts: list[int], ends: bool) -> None:  # noqa: FBT001
    stream = (
        line(url=f"{PIER}/1") + b"nonsense\r\n" + line(text="x" * LIMIT) + b"\n" + line(url=f"{PIER}/2", text="Hä?")
    )
    stream = stream if ends else stream.strip()
    chunks, start = [], 0
    for cut in cuts:
        chunks.append(stream[start : start + cut])
        start += cut

    report, _ = await taken_in(*chunks, stream[start:])

    assert report.added == 2
    assert [refusal.line for refusal in report.refused] == [2, 3]


async def test_a_line_without_end_is_never_held_in_memory() -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 50_000
        yield b"\n" + line()

    tracemalloc.start()
    report = await ingest(endless(), MemoryArchive(), read=read, max_article_bytes=LIMIT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (report.added, [refusal.line for refusal in report.refused]) == (1, [1])
    assert peak < 5_000_000


async def test_a_line_as_long_as_may_be_is_taken() -> None:
    longest = line(text="x" * (LIMIT - len(line(text="")) + 1))

    assert len(longest) == LIMIT + len(b"\n")
    assert (await taken_in(longest))[0].added == 1
    assert (await taken_in(longest.replace(b"xxx", b"xxxx")))[0].added == 0


async def test_progress_counts_the_bytes_dealt_with() -> None:
    stream = b"".join(line(url=f"{PIER}/{number}") for number in range(BATCH_LINES + 10))
    told: list[int] = []

    await ingest([stream], MemoryArchive(), read=read, max_article_bytes=LIMIT, on_progress=told.append)

    assert len(told) == 2
    assert told[-1] == len(stream)


async def test_what_the_archive_cannot_do_is_not_the_lines_fault() -> None:
    archive = MemoryArchive()
    await archive.close()

    with pytest.raises(ArchiveUnavailableError):
        await ingest([line()], archive, read=read, max_article_bytes=LIMIT)

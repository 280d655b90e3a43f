from datetime import date

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.embedding import EmbeddedArchive, OnnxEmbedder, VectorStore
from backstory.errors import ArchiveUnavailableError, CorrectionError, NoArticleError
from backstory.model import (
    Attribution,
    Background,
    Gap,
    Interval,
    LinkedClaim,
    Options,
    Publication,
    Span,
    TimeCorrection,
    TimeExpression,
)
from backstory.pipeline import Annotator
from factories import make_article, make_page
from unit.embedding.tiny_model import make_model

TEXT = (
    "The harbour of Lindau was closed last month after a ferry struck the eastern pier.\n\n"
    "“Nobody was hurt,” the harbour master, Ada Lund, said on Friday."
)
PLAIN = Options()
PUBLISHED = Publication(date(2024, 5, 7))


@pytest.fixture
async def archive():
    archive = MemoryArchive()
    await archive.add(
        [
            make_article(
                "A ferry has struck the eastern pier in the harbour of Lindau, which was closed at once.",
                url="https://courier.example/pier",
                published="2024-04-12",
            ),
            make_article(
                "The harbour of Lindau was closed today after a ferry struck the eastern pier.",
                url="https://courier.example/later",
                published="2024-05-08",
            ),
        ]
    )
    return archive


async def annotate(archive, options=PLAIN, **page):
    return await Annotator(archive).annotate(make_page(**{"text": TEXT, "published": PUBLISHED, **page}), options)


def bodies(annotated, kind):
    return [overlay.body for overlay in annotated.overlays if isinstance(overlay.body, kind)]


async def test_a_page_comes_back_with_its_times_attributions_claims_and_background(archive):
    annotated = await annotate(archive)

    assert {time.value for time in bodies(annotated, TimeExpression)} == {"2024-04", "2024-05-03"}
    assert "Ada Lund" in {said.name for said in bodies(annotated, Attribution)}
    assert bodies(annotated, LinkedClaim)
    assert len(bodies(annotated, Background)) == 1


async def test_only_older_coverage_is_linked(archive):
    annotated = await annotate(archive, Options(min_confidence=0.0))

    linked = [evidence.passage.url for claim in bodies(annotated, LinkedClaim) for evidence in claim.evidence]
    assert set(linked) == {"https://courier.example/pier"}


async def test_a_page_is_never_its_own_backstory(archive):
    annotated = await annotate(archive, Options(min_confidence=0.0), url="https://courier.example/pier")

    assert not [evidence for claim in bodies(annotated, LinkedClaim) for evidence in claim.evidence]


async def test_overlays_come_in_reading_order_and_the_whole_page_last(archive):
    [*placed, whole] = (await annotate(archive)).overlays

    assert [overlay.target for overlay in placed] == sorted(overlay.target for overlay in placed)
    assert whole.target is None


async def test_an_archive_that_is_away_costs_the_links_and_nothing_else(archive):
    class Away(MemoryArchive):
        async def search(self, _queries):
            raise ArchiveUnavailableError("gone")

    whole, degraded = await annotate(archive), await annotate(Away())

    assert degraded.degraded == ("archive",)
    assert bodies(degraded, TimeExpression) == bodies(whole, TimeExpression)
    assert len(bodies(degraded, LinkedClaim)) == len(bodies(whole, LinkedClaim))


async def test_a_language_that_cannot_be_read_is_named(archive):
    text = "Silinda abantu abaningi ngaphandle kwesikole esikhulu edolobheni lethu namhlanje ekuseni kakhulu."

    annotated = await annotate(archive, text=text, language="zu")

    assert "language:zu" in annotated.degraded


async def test_a_correction_wins_over_what_was_read(archive):
    start = TEXT.index("last month")
    correction = TimeCorrection(Span(start, start + len("last month")), "2023-12")

    annotated = await annotate(archive, Options(corrections=(correction,)))

    [time] = [time for time in bodies(annotated, TimeExpression) if time.span == correction.span]
    assert time.interval == Interval(date(2023, 12, 1), date(2023, 12, 31))
    [claim, *_] = bodies(annotated, LinkedClaim)
    assert claim.claim.times == (time,)


@pytest.mark.parametrize(
    "correction",
    [
        pytest.param(TimeCorrection(Span(0, 10_000), "2016"), id="outside the article"),
        pytest.param(TimeCorrection(Span(0, 3), "soonish"), id="no time at all"),
    ],
)
async def test_a_correction_that_fits_nothing_is_refused(archive, correction):
    with pytest.raises(CorrectionError):
        await annotate(archive, Options(corrections=(correction,)))


async def test_a_page_without_an_article_is_refused(archive):
    with pytest.raises(NoArticleError):
        await annotate(archive, text="", html="<html><body><nav>Home</nav></body></html>")


async def test_each_stage_is_told_as_it_ends(archive):
    stages: list[str] = []

    await Annotator(archive).annotate(make_page(text=TEXT, published=PUBLISHED), lap=stages.append)

    assert stages == ["read", "dates", "claims", "plan", "search", "link"]


async def test_what_an_embedder_finds_is_weighed_with_the_rest(archive, tmp_path):
    embedder = OnnxEmbedder(tmp_path, digest=make_model(tmp_path))
    store = VectorStore(tmp_path / "vectors.sqlite", model=embedder.name, dimensions=embedder.dimensions)
    meaning = EmbeddedArchive(archive, embedder, store)
    await meaning.add([make_article("jetty", published="2024-03-01", headline="", url="https://courier.example/jetty")])
    everything, page = Options(limit=10, min_confidence=0.0), make_page(text=TEXT, published=PUBLISHED)

    [without] = bodies(await Annotator(archive).annotate(page, everything), Background)
    [with_it] = bodies(await Annotator(archive, meaning=meaning).annotate(page, everything), Background)

    new = {each.passage.url for each in with_it.evidence} - {each.passage.url for each in without.evidence}
    assert new == {"https://courier.example/jetty"}
    assert all(each.passage.published.is_before(PUBLISHED) for each in with_it.evidence)


async def test_a_claim_of_a_time_that_the_archive_lacks_says_so():
    [first, *_] = bodies(await annotate(MemoryArchive()), LinkedClaim)

    assert first.abstained == "nothing-in-window"
    assert first.gap == Gap(days=Interval(date(2024, 4, 1), date(2024, 4, 30)))


async def test_a_claim_that_is_linked_lacks_nothing(archive):
    assert not [each for each in bodies(await annotate(archive), LinkedClaim) if each.evidence and each.gap]

"""Page in, overlays out: the one place that knows the order of the steps.

Page → Article → Claim → Query → Hit → Overlay
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from backstory import claims as claims_room
from backstory import dates as dates_room
from backstory.claims import find_attributions, find_claims
from backstory.dates import correct, tag
from backstory.errors import ArchiveUnavailableError, CorrectionError
from backstory.model import (
    AnnotatedArticle,
    Article,
    Attribution,
    Background,
    Claim,
    LinkedClaim,
    Options,
    Overlay,
    Page,
    Publication,
    Ranking,
    TimeCorrection,
    TimeExpression,
)
from backstory.ports import Archive, Meaning
from backstory.reading import read
from backstory.retrieval import MEANING_LIMIT, Brief, Plan, Ranker, brief, link, plan, texts, with_meaning
from backstory.retrieval.gaps import is_gap_likely, with_gap

Stage = Literal["read", "dates", "claims", "plan", "search", "link"]

Lap = Callable[[Stage], None]
"""Told the name of each stage as it ends, so that a stopwatch can say where the time went."""

_PLAIN = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """All that a page says by itself, before the archive is asked."""

    article: Article
    published: Publication
    times: tuple[TimeExpression, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]


_Linked = tuple[tuple[LinkedClaim, ...], Background]


class Annotator:
    """Reads pages and links their claims to what the archive holds."""

    def __init__(self, archive: Archive, *, meaning: Meaning | None = None, ranker: Ranker | None = None) -> None:
        """`meaning` finds what words alone do not, where there is an embedder; `ranker` instead of the shipped one."""
        self._archive = archive
        self._meaning = meaning
        self._ranker = ranker

    async def annotate(
        self, page: Page, options: Options = _PLAIN, *, lap: Lap = lambda _stage: None
    ) -> AnnotatedArticle:
        """Everything to be drawn over a page, in the order in which it stands there.

        An archive that does not answer is no error: the page's own dates, attributions and claims stand
        without links, and `degraded` says "archive".

        Raises:
            NoArticleError: the page reports nothing.
            CorrectionError: a correction does not fit the article.
        """
        reading = await asyncio.to_thread(_understand, page, options, lap)
        degraded = _undone(reading.article.language)
        try:
            linked, background = await self._link(reading, options, lap)
        except ArchiveUnavailableError:
            linked, background = tuple(LinkedClaim(claim=claim) for claim in reading.claims), Background()
            degraded += ("archive",)
        return AnnotatedArticle(
            article=reading.article, overlays=_overlays(reading, linked, background), degraded=degraded
        )

    async def _link(self, reading: _Reading, options: Options, lap: Lap) -> _Linked:
        """Ask the archive twice: how common the page's words are, and then everything at once."""
        held = await self._archive.publishers()
        wanted = await asyncio.to_thread(_brief, reading, held, options)
        queries = plan(wanted, await self._archive.frequencies(wanted.words))
        lap("plan")
        rankings = await self._archive.search(queries.queries)
        if self._meaning:
            queries = await _asked(self._meaning, queries, rankings)
        lap("search")
        linked = await asyncio.to_thread(link, queries, rankings, self._ranker)
        if any(map(is_gap_likely, linked[0])):
            linked = await self._with_gaps(linked, reading.published)
        lap("link")
        return linked

    async def _with_gaps(self, linked: _Linked, published: Publication) -> _Linked:
        stats = await self._archive.stats()
        claims, background = linked
        return tuple(with_gap(claim, published, stats) for claim in claims), background


async def _asked(meaning: Meaning, queries: Plan, rankings: Sequence[Ranking]) -> Plan:
    """The plan with what the embedder finds, and how near it finds what the archive found."""
    found = {hit.passage.id: hit.passage for ranking in rankings for hit in ranking}
    published = queries.brief.published
    near = await meaning.near(texts(queries), published, limit=MEANING_LIMIT, passages=tuple(found.values()))
    return with_meaning(queries, near)


def _understand(page: Page, options: Options, lap: Lap) -> _Reading:
    article = read(page)
    published = article.published or Publication(page.read_at.date(), page.read_at, "read_at")
    lap("read")
    times = tag(article.body, published, article.language)
    times = _corrected(times, options.corrections, article=article, published=published)
    lap("dates")
    attributions = find_attributions(article)
    claims = find_claims(article, times, attributions, all_sentences=options.all_sentences)
    lap("claims")
    return _Reading(article=article, published=published, times=times, attributions=attributions, claims=claims)


def _brief(reading: _Reading, held: Collection[str], options: Options) -> Brief:
    return brief(reading.article, reading.published, reading.claims, held=held, options=options)


def _corrected(
    times: tuple[TimeExpression, ...],
    corrections: tuple[TimeCorrection, ...],
    *,
    article: Article,
    published: Publication,
) -> tuple[TimeExpression, ...]:
    """The times with the reader's word in place of every one that it overlaps."""
    if not corrections:
        return times
    for correction in corrections:
        if correction.span.end > len(article.text):
            raise CorrectionError(
                f"a correction ends at {correction.span.end}, but the article has {len(article.text)} characters"
            )
    try:
        put_right = tuple(correct(correction.span, correction.value, published) for correction in corrections)
    except ValueError as error:
        raise CorrectionError(str(error)) from error
    kept = (time for time in times if not any(time.span.overlaps(right.span) for right in put_right))
    return tuple(sorted((*kept, *put_right), key=lambda time: time.span))


def _undone(language: str) -> tuple[str, ...]:
    """What cannot be done in the article's language, in the words of `degraded`."""
    if dates_room.supported(language) and claims_room.supported(language):
        return ()
    return (f"language:{language or 'und'}",)


def _overlays(reading: _Reading, linked: tuple[LinkedClaim, ...], background: Background) -> tuple[Overlay, ...]:
    placed = [
        *((time.span, Overlay(time.span, time)) for time in reading.times),
        *((said.content, Overlay(said.content, said)) for said in reading.attributions),
        *((one.claim.span, Overlay(one.claim.span, one)) for one in linked),
    ]
    placed.sort(key=lambda pair: pair[0])
    return (*(overlay for _, overlay in placed), Overlay(None, background))

"""Weights that learn from the owner: what the archive's own articles link to, as lessons for the ranker.

An article that links to an earlier one of the archive is a page whose author said what a reader should see beside it.
The words of its links are taken out, it is read and looked up like any page, and what it linked to is the right answer.
The latest third of such pages is held back; a correction is kept only if it does better there, beyond doubt.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean, stdev

import numpy as np

from backstory.addresses import address_key
from backstory.claims import find_attributions, find_claims
from backstory.dates import tag
from backstory.model import Article, Publication
from backstory.ports import Archive, Progress
from backstory.retrieval import Plan, brief, plan
from backstory.retrieval.candidates import gather
from backstory.retrieval.correction import Correction, Lesson, learn, ndcg
from backstory.retrieval.features import features, look
from backstory.retrieval.link import PAGE
from backstory.retrieval.ranker import Ranker

LEAST_LESSONS = 60  # fewer teach what a few authors like
MOST_LESSONS = 1_500  # the latest; more teach little and take long
HELD_BACK = 1 / 3  # of the lessons, the latest
SURE = 1.645  # standard errors that a gain must be above 0: nineteen times in twenty it is real


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What came of tuning: nDCG@10 on `held_back` pages before and after; no correction where it did not win."""

    lessons: int
    held_back: int
    before: float
    after: float
    sure_gain: float
    correction: Correction | None


async def tune(archive: Archive, ranker: Ranker, on_progress: Progress | None = None) -> Tuning | None:
    """Learn from the links between the archive's articles; None where there are fewer than LEAST_LESSONS.

    `on_progress` counts the pages that are looked up. Takes about a tenth of a second a page.
    """
    linking = await _linking(archive)
    held = await archive.publishers()
    lessons: list[Lesson] = []
    names: tuple[str, ...] = ()
    for number, (article, targets) in enumerate(linking, start=1):
        lesson = await _lesson(archive, held, ranker, article, targets)
        if lesson:
            names, found = lesson
            lessons.append(found)
        if on_progress:
            on_progress(number, len(linking))
    return _judged(lessons, names) if len(lessons) >= LEAST_LESSONS else None


def _judged(lessons: list[Lesson], names: tuple[str, ...]) -> Tuning | None:
    """Learn from the earlier lessons, and keep what was learned if it does better on the later."""
    first_held = round(len(lessons) * (1 - HELD_BACK))
    taught, held_back = lessons[:first_held], lessons[first_held:]
    if not any(lesson.right.any() for lesson in taught):
        return None
    correction = learn(taught, names)
    before = [ndcg(lesson, lesson.score) for lesson in held_back]
    after = [ndcg(lesson, correction.score(lesson)) for lesson in held_back]
    gains = [new - old for new, old in zip(after, before, strict=True)]
    sure_gain = fmean(gains) - SURE * stdev(gains) / sqrt(len(gains))
    return Tuning(
        lessons=len(lessons),
        held_back=len(held_back),
        before=fmean(before),
        after=fmean(after),
        sure_gain=sure_gain,
        correction=correction if sure_gain > 0 else None,
    )


async def _linking(archive: Archive) -> list[tuple[Article, tuple[str, ...]]]:
    """The articles that link to earlier ones of the archive, with the addresses of these, by day."""
    known: dict[str, tuple[str, Publication]] = {}
    having: list[Article] = []
    async for article in archive.export():
        if article.published:
            known[address_key(article.url)] = (article.url, article.published)
            if article.links:
                having.append(article)
    found = [(article, _targets(article, known)) for article in having]
    some = sorted((each for each in found if each[1]), key=lambda each: (_day(each[0]), each[0].url))
    return some[-MOST_LESSONS:]


def _targets(article: Article, known: Mapping[str, tuple[str, Publication]]) -> tuple[str, ...]:
    leads = (known.get(address_key(link.url)) for link in article.links)
    published = article.published
    return tuple(
        dict.fromkeys(
            url for url, day in filter(None, leads) if url != article.url and published and day.is_before(published)
        )
    )


def _day(article: Article) -> str:
    return article.published.day.isoformat() if article.published else ""


async def _lesson(
    archive: Archive, held: Collection[str], ranker: Ranker, article: Article, targets: Collection[str]
) -> tuple[tuple[str, ...], Lesson] | None:
    """A page as the ranker sees it, with the names of its features."""
    asked = await page_plan(archive, held, without_links(article))
    candidates = gather(asked, await archive.search(asked.queries))
    if candidates is None:
        return None
    view = look(asked, candidates, [PAGE])
    found = features(view)
    score, _ = ranker.rank(found, view.there)
    urls = [candidates.urls[place] for place in view.articles[0]]
    right = np.array([url in targets for url in urls], np.float64)
    return tuple(found), Lesson(
        rows=np.stack([table[0] for table in found.values()], axis=1),
        score=score[0],
        right=right,
        missed=len(targets) - int(right.sum()),
    )


def without_links(article: Article) -> Article:
    """The article with the words of its links blanked, so that nothing but its subject leads to them."""
    text = article.text
    for link in article.links:
        text = f"{text[: link.span.start]}{' ' * (link.span.end - link.span.start)}{text[link.span.end :]}"
    return replace(article, text=text, links=())


async def page_plan(archive: Archive, held: Collection[str], article: Article) -> Plan:
    """What a page asks for itself, without what it asks for single claims: its own candidates do not come from there.

    Raises ValueError for an article without a day of publication.
    """
    published = article.published
    if published is None:
        raise ValueError(f"an article needs its day of publication: {article.url}")
    times = tag(article.body, published, article.language)
    claims = find_claims(article, times, find_attributions(article))
    wanted = brief(article, published, claims, held=held)
    asked = plan(wanted, await archive.frequencies(wanted.words))
    return replace(asked, asks=tuple(ask for ask in asked.asks if ask.need < wanted.first_claim))

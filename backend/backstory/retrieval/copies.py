"""Copies: one report printed by several outlets, shown once as its earliest and counted.

Copies are cut, re-headed and corrected, so that two of them seldom agree in all; but most of the shorter one stands
in the longer, word after word, and both appear within days.
"""

from collections.abc import Sequence
from datetime import UTC, date

from backstory.addresses import host_of
from backstory.retrieval.candidates import Candidates
from backstory.retrieval.terms import fold

RUN = 3  # words that stand side by side
CONTAINED = 0.6  # of the shorter one's runs found in the longer
CONTAINED_IN_OUTLET = 0.8  # where one outlet published both: it has its own forms, and writes its own reports on
MAX_DAYS = 7  # between a report and its copies
MIN_RUNS = 8  # a shorter text tells nothing
MAX_COMPARED = 40  # of the best articles; bounds the work


def collapse(candidates: Candidates, order: Sequence[int], limit: int) -> tuple[tuple[int, int], ...]:
    """The first `limit` articles of an order with the number of their copies, copies left out.

    The earliest of several copies stands for all, in the place of the best.
    """
    groups: list[list[int]] = []
    runs: dict[int, frozenset[tuple[int, ...]]] = {}
    for place, article in enumerate(order):
        if place >= max(MAX_COMPARED, 2 * limit):
            break
        runs[article] = _runs(candidates, article)
        group = next((group for group in groups if is_copy(candidates, runs, group[0], article)), None)
        if group is None:
            groups.append([article])
        else:
            group.append(article)
    return tuple((min(group, key=lambda article: _moment(candidates, article)), len(group) - 1) for group in groups)[
        :limit
    ]


def is_copy(candidates: Candidates, runs: dict[int, frozenset[tuple[int, ...]]], one: int, other: int) -> bool:
    """Whether two articles are one report."""
    days = abs((_moment(candidates, one)[0] - _moment(candidates, other)[0]).days)
    shorter = min(len(runs[one]), len(runs[other]))
    if days > MAX_DAYS or shorter < MIN_RUNS:
        return False
    contained = len(runs[one] & runs[other]) / shorter
    if contained < CONTAINED:
        return False
    return contained >= CONTAINED_IN_OUTLET or _outlet(candidates, one) != _outlet(candidates, other)


def _runs(candidates: Candidates, article: int) -> frozenset[tuple[int, ...]]:
    spoken = (candidates.spoken(number) for number in candidates.own(article))
    return frozenset(run for text in spoken for run in zip(*(text[step:] for step in range(RUN)), strict=False))


def _outlet(candidates: Candidates, article: int) -> str:
    opening = candidates.opening(article)
    return fold(opening.publisher) or host_of(opening.url)


def _moment(candidates: Candidates, article: int) -> tuple[date, str, str]:
    published = candidates.opening(article).published
    instant = "" if published.at is None else published.at.astimezone(UTC).isoformat()
    return published.day, instant, candidates.urls[article]

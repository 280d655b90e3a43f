from datetime import date

import pytest

from backstory.model import (
    ArchiveStats,
    Attribution,
    Claim,
    Gap,
    Interval,
    LinkedClaim,
    Publication,
    Span,
    TimeExpression,
)
from backstory.retrieval.gaps import FEW_ARTICLES, with_gap

PUBLISHED = Publication(date(2016, 4, 21))
MARCH = Interval(date(2016, 3, 1), date(2016, 3, 31))
SAID = Attribution(content=Span(0, 1), cue=Span(2, 3), publisher="The Lake Courier")


def silent(abstained, *intervals, attribution=None):
    times = tuple(
        TimeExpression(span=Span(number, number + 1), type="DATE", value="", interval=interval)
        for number, interval in enumerate(intervals)
    )
    claim = Claim(span=Span(0, 9), text="It closed.", times=times, attribution=attribution)
    return LinkedClaim(claim=claim, abstained=abstained)


def held(*months):
    return ArchiveStats(articles=1_000, passages=5_000, publishers=9, months=months)


FULL = held(*((date(2016, month, 1), FEW_ARTICLES) for month in range(1, 5)))


def gap(linked, stats=FULL):
    return with_gap(linked, PUBLISHED, stats).gap


@pytest.mark.parametrize(
    ("days", "months"),
    [
        pytest.param(MARCH, MARCH, id="a month"),
        pytest.param(Interval(date(2016, 3, 7), date(2016, 3, 7)), MARCH, id="a day as its month"),
        pytest.param(
            Interval(date(2016, 2, 27), date(2016, 3, 2)),
            Interval(date(2016, 2, 1), date(2016, 3, 31)),
            id="two months",
        ),
        pytest.param(
            Interval(date(2015, 12, 31), date(2015, 12, 31)),
            Interval(date(2015, 12, 1), date(2015, 12, 31)),
            id="the last day of a year",
        ),
        pytest.param(
            Interval(date(2016, 4, 18), date(2016, 4, 24)),
            Interval(date(2016, 4, 1), date(2016, 4, 20)),
            id="the page's own month as far as the day before",
        ),
        pytest.param(
            Interval(date(2015, 1, 1), date(2015, 12, 31)), Interval(date(2015, 1, 1), date(2015, 12, 31)), id="a year"
        ),
    ],
)
def test_a_gap_is_the_months_that_an_empty_archive_lacks(days, months):
    assert gap(silent("nothing-in-window", days), held()) == Gap(days=months)


def test_a_month_of_which_there_is_little_is_a_gap_and_one_of_which_there_is_enough_is_none():
    claim = silent("nothing-in-window", MARCH)
    assert gap(claim, held((date(2016, 3, 1), FEW_ARTICLES - 1))) == Gap(days=MARCH)
    assert gap(claim, held((date(2016, 3, 1), FEW_ARTICLES))) is None


def test_of_several_times_the_first_that_is_not_held_is_the_gap():
    last_year = Interval(date(2015, 10, 1), date(2015, 10, 31))
    assert gap(silent("nothing-in-window", MARCH, last_year)) == Gap(days=last_year)


@pytest.mark.parametrize(
    "interval",
    [
        pytest.param(None, id="no days"),
        pytest.param(Interval(date(2016, 5, 1), date(2016, 5, 31)), id="days to come"),
        pytest.param(Interval(date(2006, 4, 1), date(2016, 4, 1)), id="ten years"),
    ],
)
def test_what_no_report_can_be_looked_for_in_is_no_gap(interval):
    assert gap(silent("nothing-in-window", interval), held()) is None


def test_an_outlet_that_is_not_held_is_a_gap_in_the_months_that_the_claim_names():
    alone = silent("outlet-not-in-archive", attribution=SAID)
    dated = silent("outlet-not-in-archive", MARCH, attribution=SAID)

    assert gap(alone) == Gap(publisher="The Lake Courier")
    assert gap(dated) == Gap(days=MARCH, publisher="The Lake Courier")


@pytest.mark.parametrize("abstained", ["below-threshold", None])
def test_what_was_found_wanting_is_no_gap(abstained):
    assert gap(silent(abstained, MARCH, attribution=SAID), held()) is None

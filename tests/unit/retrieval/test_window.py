from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.model import Interval, Span, TimeExpression
from backstory.retrieval.window import MAX_DAYS, MAX_WINDOWS, distance, windows
from factories import make_publication

PUBLISHED = make_publication("2016-04-21")


def time(start: str, end: str) -> TimeExpression:
    interval = Interval(date.fromisoformat(start), date.fromisoformat(end))
    return TimeExpression(span=Span(0, 1), type="DATE", value=start, interval=interval)


def test_a_report_may_come_three_days_before_and_a_week_after_what_it_reports():
    [window] = windows((time("2015-10-01", "2015-10-31"),), PUBLISHED)

    assert window == Interval(date(2015, 9, 28), date(2015, 11, 7))


def test_a_window_does_not_reach_past_the_page_itself():
    [window] = windows((time("2016-04-18", "2016-04-20"),), PUBLISHED)

    assert window == Interval(date(2016, 4, 15), date(2016, 4, 21))


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param(time("2016-06-07", "2016-06-07"), id="the future has not been reported"),
        pytest.param(time("2006-01-01", "2015-12-31"), id="a decade is no window"),
        pytest.param(TimeExpression(span=Span(0, 1), type="SET", value="P1D"), id="every day is no day"),
        pytest.param(time("0001-01-01", "0001-01-02"), id="the first day of the calendar has none before it"),
    ],
)
def test_what_names_no_past_days_has_no_window(expression: TimeExpression):
    assert windows((expression,), PUBLISHED) == ()


def test_the_same_days_are_looked_at_once_and_no_claim_has_many_windows():
    months = [time(f"2015-{month:02}-01", f"2015-{month:02}-02") for month in range(1, 12)]

    assert len(windows((months[0], months[0]), PUBLISHED)) == 1
    assert len(windows(tuple(months), PUBLISHED)) == MAX_WINDOWS


@given(st.dates(date(1900, 1, 1), date(2016, 4, 20)), st.integers(0, MAX_DAYS))
def test_a_window_holds_the_day_on_which_the_event_began(start: date, days: int):
    end = date.fromordinal(start.toordinal() + days)

    [window] = windows((time(start.isoformat(), end.isoformat()),), PUBLISHED)

    assert window.holds(start)
    assert distance(window, start) == 0


def test_distance_counts_days_to_the_nearest_end():
    window = Interval(date(2016, 3, 10), date(2016, 3, 20))

    assert distance(window, date(2016, 3, 8)) == 2
    assert distance(window, date(2016, 3, 25)) == 5

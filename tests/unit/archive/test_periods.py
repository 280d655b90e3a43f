from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.archive.periods import Days, period, spelled

ordinals = st.integers(date.min.toordinal(), date.max.toordinal())


def days(first: str, last: str) -> Days:
    return Days(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


@given(ordinals, ordinals)
def test_the_periods_of_some_days_hold_them_all(first: int, last: int) -> None:
    some = Days(min(first, last), max(first, last))

    assert some & some.whole == some
    assert {period(some.whole.first), period(some.whole.last)} == {some.periods[0], some.periods[-1]}
    assert len(some.periods) * 90 <= len(some.whole) <= len(some.periods) * 92


def test_a_period_is_a_quarter_of_a_year() -> None:
    assert days("2024-02-29", "2024-04-01").whole == days("2024-01-01", "2024-06-30")
    assert len(days("2015-12-31", "2016-01-01").periods) == 2


@pytest.mark.parametrize(("first", "last"), [("2024-05-08", "2024-05-07"), ("9999-12-31", "0001-01-01")])
def test_days_that_end_before_they_start_are_none(first: str, last: str) -> None:
    assert not days(first, last)


def test_words_are_spelled_with_the_number_of_their_period() -> None:
    assert spelled(period(date(2024, 5, 7).toordinal()), ("pier", "2.5")) == "8097:pier 8097:2.5"
    assert spelled(1, ()) == ""

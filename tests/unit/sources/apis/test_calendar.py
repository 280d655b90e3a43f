from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backstory.model import Interval
from backstory.sources.apis.calendar import count, each_day, halves, months

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
stretches = st.tuples(days, days).map(lambda pair: Interval(min(pair), max(pair)))


@given(stretches)
def test_months_make_up_the_stretch_and_none_crosses_a_border(stretch):
    cut = list(months(stretch))

    assert cut[0].start == stretch.start
    assert cut[-1].end == stretch.end
    assert all((later.start - earlier.end).days == 1 for earlier, later in pairwise(cut))
    assert all((each.start.year, each.start.month) == (each.end.year, each.end.month) for each in cut)


@given(stretches.filter(lambda stretch: stretch.start < stretch.end))
def test_halves_make_up_the_stretch(stretch):
    first, second = halves(stretch)
    assert (first.start, second.end) == (stretch.start, stretch.end)
    assert (second.start - first.end).days == 1
    assert abs(count(first) - count(second)) <= 1


def test_the_last_days_of_the_calendar_have_an_end():
    last = Interval(date(9999, 11, 30), date.max)
    assert len(list(months(last))) == 2
    assert len(list(each_day(last))) == 32

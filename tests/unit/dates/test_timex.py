"""Values, the days they cover, and the thirds that "early", "mid" and "late" take of them."""

from datetime import date

import pytest

from backstory.dates.timex import interval_of, kind_of, narrowed
from backstory.model import Interval


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("0071", "0071-01-01", "0071-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-W16", "2016-04-18", "2016-04-24"),
        ("2016-W16-WE", "2016-04-23", "2016-04-24"),
        ("2016-W16-4", "2016-04-21", "2016-04-21"),
        ("2016-Q4", "2016-10-01", "2016-12-31"),
        ("2016-H1", "2016-01-01", "2016-06-30"),
        ("2016-WI", "2016-12-01", "2017-02-28"),
        ("19", "1900-01-01", "1999-12-31"),
        ("198", "1980-01-01", "1989-12-31"),
        ("2016-04-21TMO", "2016-04-21", "2016-04-21"),
    ],
)
def test_a_value_covers_its_days(value, start, end):
    assert interval_of(value) == Interval(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("value", ["P6M", "PRESENT_REF", "XXXX-03", "BC0044", "2015-W53-WE-1", "9999-WI", "2016-06-31"])
def test_what_covers_no_days_gives_none(value):
    assert interval_of(value) is None


@pytest.mark.parametrize(
    ("value", "mod", "start", "end"),
    [
        ("2015", "START", "2015-01-01", "2015-04-30"),
        ("2015", "MID", "2015-05-01", "2015-08-31"),
        ("2015", "END", "2015-09-01", "2015-12-31"),
        ("2015-03", "START", "2015-03-01", "2015-03-10"),
        ("2015-02", "END", "2015-02-21", "2015-02-28"),
        ("198", "START", "1980-01-01", "1983-12-31"),
        ("198", "END", "1987-01-01", "1989-12-31"),
        ("2015-Q1", "MID", "2015-02-01", "2015-02-28"),
        ("2016-W16", "END", "2016-04-22", "2016-04-24"),
        ("2016-04-21", "START", "2016-04-21", "2016-04-21"),
        ("2016-04-21TAF", "MID", "2016-04-21", "2016-04-21"),
        ("2015", "APPROX", "2015-01-01", "2015-12-31"),
    ],
)
def test_early_mid_and_late_take_a_third(value, mod, start, end):
    whole = interval_of(value)
    assert whole is not None

    assert narrowed(whole, mod) == Interval(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("value", "kind"),
    [("P2Y3M", "DURATION"), ("PT2.5H", "DURATION"), ("PXY", "DURATION"), ("BC0044", "DATE"), ("XXXX-WXX-2", "SET")],
)
def test_a_value_tells_its_type(value, kind):
    assert kind_of(value) == kind

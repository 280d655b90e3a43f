"""Named days that move, against days that calendars of the time printed."""

from datetime import date

import pytest

from backstory.dates.feasts import feast_days


@pytest.mark.parametrize(
    ("code", "day"),
    [
        pytest.param("easter 0", "2016-03-27", id="Easter"),
        pytest.param("easter -2", "2013-03-29", id="Good Friday"),
        pytest.param("easter 49", "2019-06-09", id="Pentecost"),
        pytest.param("orthodox 0", "2016-05-01", id="Orthodox Easter"),
        pytest.param("4 thursday 11", "2015-11-26", id="Thanksgiving"),
        pytest.param("4 thursday 11 +1", "2012-11-23", id="Black Friday"),
        pytest.param("-1 monday 05", "2016-05-30", id="Memorial Day"),
        pytest.param("hebrew 7 10", "2018-09-19", id="Yom Kippur"),
        pytest.param("hebrew 1 15", "2013-03-26", id="Passover"),
        pytest.param("hebrew 9 25", "2016-12-25", id="Hanukkah"),
        pytest.param("hebrew 12 14", "2016-03-24", id="Purim in a leap year"),
        pytest.param("islamic 9 1", "2016-06-06", id="Ramadan"),
        pytest.param("islamic 12 10", "2019-08-11", id="Eid al-Adha"),
        pytest.param("lunar 0", "2016-02-08", id="Lunar New Year"),
        pytest.param("12-25", "2016-12-25", id="Christmas"),
    ],
)
def test_a_feast_falls_on_its_day(code, day):
    wanted = date.fromisoformat(day)

    assert wanted in feast_days(code, wanted.year)


def test_an_islamic_feast_may_fall_twice_in_a_year():
    assert len(feast_days("islamic 9 1", 2030)) == 2


def test_a_day_of_one_year_falls_in_no_other():
    assert feast_days("09-11 2001", 2002) == []


def test_a_table_that_ends_gives_no_day_beyond():
    assert feast_days("lunar 0", 2200) == []

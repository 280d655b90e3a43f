"""Days and weeks by their number: of a month that is said, turned to, or told of."""

from datetime import date

import pytest

from backstory.dates import tag
from backstory.model import Publication

_PUBLISHED = Publication(date(2016, 4, 21))


def _values(text):
    return [(found.span.of(text), found.value) for found in tag(text, _PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It meets on the first Monday of next month.", "the first Monday of next month", "2016-05-02"),
        ("It met in the third week of March.", "the third week of March", "2016-W11"),
        ("It closed on the last day of February 2012.", "the last day of February 2012", "2012-02-29"),
        ("It opens on the first day of next year.", "the first day of next year", "2017-01-01"),
        ("It closed on the 18th of last month.", "the 18th of last month", "2016-03-18"),
        ("It rained in week 53 of 2015.", "week 53 of 2015", "2015-W53"),
        ("It rained two Thursdays ago.", "two Thursdays ago", "2016-04-07"),
        ("It opens three Fridays from now.", "three Fridays from now", "2016-05-06"),
        ("He will leave the week after next.", "the week after next", "2016-W18"),
        ("It was sold the year before last.", "the year before last", "2014"),
        ("It closed two winters ago.", "two winters ago", "2014-WI"),
    ],
)
def test_a_number_is_counted_within_its_month_or_year(text, words, value):
    assert _values(text) == [(words, value)]


@pytest.mark.parametrize("text", ["It ends on the 31st of this month.", "It rained in week 53 of 2014."])
def test_what_no_calendar_has_is_no_day(text):
    assert not any(value.count("-") == 2 or "W53" in value for _, value in _values(text))


def test_the_month_is_the_one_a_history_tells_of():
    text = "They crossed the river in July 1863, and on the last day of the month burned the bridge."

    assert _values(text) == [("July 1863", "1863-07"), ("the last day of the month", "1863-07-31")]


def test_numbers_joined_by_and_are_two_unless_a_hundred_stands_before_it():
    assert _values("It takes between six and eight weeks.") == [("six", "P6W"), ("eight weeks", "P8W")]
    assert _values("It took two hundred and fifty years.") == [("two hundred and fifty years", "P250Y")]


def test_an_hour_later_counts_from_the_time_told():
    text = "The alarm rang at 11:50 p.m. on Monday; twenty minutes later the house was ablaze."

    assert _values(text)[-1] == ("twenty minutes later", "2016-04-19T00:10")


def test_parts_of_a_day_take_early_and_late():
    text = "They landed on 6 June 1944. By mid-afternoon they were ashore."

    assert _values(text)[-1] == ("mid-afternoon", "1944-06-06TAF")

"""What holds for any text: order, borders, purity, and time that grows no faster than the text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.dates import supported, tag
from backstory.model import Publication
from growth import grows_in_line

_PUBLISHED = Publication(date(2016, 4, 21))
_WORDS = [
    "on",
    "in",
    "the",
    "of",
    "last",
    "next",
    "this",
    "that",
    "past",
    "two",
    "three",
    "a",
    "an",
    "half",
    "and",
    "to",
    "until",
    "from",
    "monday",
    "friday",
    "may",
    "march",
    "october",
    "2015",
    "1984",
    "5",
    "12th",
    "31",
    "first",
    "second",
    "quarter",
    "year",
    "years",
    "week",
    "weeks",
    "days",
    "ago",
    "later",
    "earlier",
    "early",
    "late",
    "mid",
    "end",
    "century",
    "1980s",
    "'the",
    "80s",
    "BC",
    "3",
    "p.m.",
    "10:30",
    "noon",
    "night",
    "morning",
    "every",
    "twice",
    "will",
    "was",
    "said",
    ".",
    ",",
    "-",
    "–",
    "(",
    ")",
    "\n\n",
    "2016-04-21",
    "21/4/2016",
    "Christmas",
    "Easter",
    "vor",
    "zwei",
    "Jahren",
    "am",
    "Montag",
    "Uhr",
    "Anfang",
    "März",
    "30.",
    "Jahrhundert",
    "seit",
    "bis",
]
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=60).map("".join),
)


@given(_TEXTS, st.sampled_from(["en", "de", "en-GB", "de_AT"]))
def test_expressions_stand_in_order_and_apart_within_the_text(text, language):
    end = 0
    for expression in tag(text, _PUBLISHED, language):
        assert end <= expression.span.start < expression.span.end <= len(text)
        end = expression.span.end
        assert expression.span.of(text).strip() == expression.span.of(text)
        assert expression.value


@given(_TEXTS)
def test_the_same_text_reads_the_same_twice(text):
    assert tag(text, _PUBLISHED) == tag(text, _PUBLISHED)


@given(_TEXTS, st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)))
def test_any_day_of_publication_will_do(text, day):
    for expression in tag(text, Publication(day)):
        assert expression.interval is None or expression.interval.start <= expression.interval.end


@given(st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join))
def test_blanks_before_a_text_move_its_expressions_and_change_nothing_else(text):
    plain = tag(text, _PUBLISHED)
    moved = tag(" " * 40 + text, _PUBLISHED)

    assert [(e.span.start + 40, e.value, e.interval) for e in plain] == [
        (e.span.start, e.value, e.interval) for e in moved
    ]


_HOSTILE = [
    pytest.param("two " * 10_000, id="numbers in words"),
    pytest.param("1 " * 20_000, id="numbers in figures"),
    pytest.param("1" * 40_000, id="one number without end"),
    pytest.param("1-" * 20_000, id="numbers and dashes"),
    pytest.param("1:" * 20_000, id="numbers and colons"),
    pytest.param("5, " * 30_000 + "May", id="a list that ends in a month"),
    pytest.param("May 5, " * 12_000, id="a list that never ends"),
    pytest.param("the end of " * 8_000, id="ends of ends"),
    pytest.param("Monday " * 12_000, id="weekdays without a verb"),
    pytest.param("in October " * 8_000, id="months without a verb"),
    pytest.param("on Monday to " * 7_000, id="ranges without end"),
    pytest.param("\n " * 20_000, id="lines of blanks"),
    pytest.param("a" * 40_000, id="one word without end"),
    pytest.param("'" * 40_000, id="apostrophes"),
    pytest.param("in 49 BC two years later " * 4_000, id="years before 1 CE"),
    pytest.param("twenty-two and a half " * 4_000, id="halves"),
    pytest.param("\N{COMBINING ACUTE ACCENT}" * 40_000, id="marks without letters"),
]


@pytest.mark.parametrize("text", _HOSTILE)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(text):
    assert grows_in_line(lambda words: tag(words, _PUBLISHED), text[-len(text) // 4 :], text, times=4)


def test_the_instant_of_publication_tells_the_time_of_hours_ago():
    published = Publication(date(2016, 4, 21), datetime(2016, 4, 21, 14, 30, tzinfo=UTC))

    [expression] = tag("The dam broke two hours ago.", published)

    assert expression.value == "2016-04-21T12:30"


@pytest.mark.parametrize(
    ("language", "known"), [("en", True), ("en-GB", True), ("de_AT", True), ("", True), ("fr", False)]
)
def test_a_language_is_known_by_its_primary_tag(language, known):
    assert supported(language) is known


@pytest.mark.parametrize(
    ("language", "country", "day"),
    [("en-US", "", "2016-03-04"), ("en-GB", "", "2016-04-03"), ("en", "GB", "2016-04-03"), ("en", "", "2016-03-04")],
)
def test_the_outlets_country_orders_the_figures_of_a_date(language, country, day):
    [expression] = tag("He left on 03/04/2016.", _PUBLISHED, language, country=country)

    assert expression.value == day

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.sources.feeds_dates import publication

CEST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Tue, 07 May 2024 10:15:00 GMT", datetime(2024, 5, 7, 10, 15, tzinfo=UTC)),
        ("Tue, 7 May 24 10:15 +0200", datetime(2024, 5, 7, 10, 15, tzinfo=CEST)),
        ("07 May 2024 10:15:00 EST", datetime(2024, 5, 7, 15, 15, tzinfo=UTC)),
        ("Tuesday, 07-May-24 10:15:00 UTC", datetime(2024, 5, 7, 10, 15, tzinfo=UTC)),
        ("Tue,  7 May 2024 10:15:00 CEST", datetime(2024, 5, 7, 8, 15, tzinfo=UTC)),
        ("Tue, 07 May 2024 10:15:00 GMT+2:00", datetime(2024, 5, 7, 8, 15, tzinfo=UTC)),
        ("Tue, 07 May 2024 10:15:00 -0000", datetime(2024, 5, 7, 10, 15, tzinfo=UTC)),
        ("Tue, 07 May 2024 10:15:00 +5:30", datetime(2024, 5, 7, 4, 45, tzinfo=UTC)),
        ("Tue, 07 May 2024 10:15 PM PDT", datetime(2024, 5, 8, 5, 15, tzinfo=UTC)),
        ("Tue May  7 10:15:00 CEST 2024", datetime(2024, 5, 7, 8, 15, tzinfo=UTC)),
        ("May 7, 2024 12:15 am EDT", datetime(2024, 5, 7, 4, 15, tzinfo=UTC)),
        ("2024-05-07T10:15:00Z", datetime(2024, 5, 7, 10, 15, tzinfo=UTC)),
        ("2024-05-07T10:15:00.123+02:00", datetime(2024, 5, 7, 8, 15, tzinfo=UTC)),
        ("2024-05-07 10:15:00 +0200", datetime(2024, 5, 7, 8, 15, tzinfo=UTC)),
        ("Tue, 31 Dec 2024 23:59:60 GMT", datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read(text, at):
    found = publication(text)
    assert found
    assert found.at == at


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 07 May 2024",
        "Tue, 07 May 2024 10:15:00",
        "Tue, 07 May 2024 10:15:00 IST",
        "Tue, 07 May 2024 25:15:00 GMT",
        "2024-05-07",
        "2024-05-07T10:15:00",
        "20240507",
        "mardi 7 mai 2024",
        "7. Mai 2024",
        "May 7, 2024",
        "7 May 24",
    ],
)
def test_without_its_zone_the_day_stands_alone(text):
    found = publication(text)
    assert found
    assert (found.day, found.at) == (date(2024, 5, 7), None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0000-00-00",
        "31 Feb 2024",
        "2024-05",
        "2024",
        "7 Foo 2024",
        "x" * 9_999,
    ],
)
def test_nonsense_is_no_date(text):
    assert publication(text) is None


def test_the_day_is_the_one_that_the_outlet_writes():
    found = publication("Tue, 07 May 2024 23:30:00 -0700")
    assert found
    assert found.day == date(2024, 5, 7)


def test_tomorrow_is_a_zone_apart_and_the_day_after_is_no_date():
    read_at = datetime(2024, 5, 7, 12, tzinfo=UTC)
    assert publication("2024-05-08", read_at) is not None
    assert publication("2024-05-09", read_at) is None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_what_a_program_writes_is_read_back(at):
    at = at.replace(microsecond=0)
    for text in (at.strftime("%a, %d %b %Y %H:%M:%S +0000"), at.isoformat(), at.strftime("%a %b %d %H:%M:%S UTC %Y")):
        found = publication(text)
        assert found
        assert found.at == at


@given(st.text(max_size=150))
def test_no_text_does_harm(text):
    publication(text)

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.sources.feeds_rhythm import MAX_TTL, Rests, rests, ttl_seconds


@pytest.mark.parametrize(
    ("ttl", "period", "frequency", "seconds"),
    [
        ("60", "", "", 3_600),
        (" 5 ", "hourly", "1", 300),
        ("", "hourly", "4", 900),
        ("", " Daily ", "", 86_400),
        ("", "yearly", "1", MAX_TTL),
        ("999999", "", "", MAX_TTL),
        ("0", "", "", 0),
        ("-5", "often", "x", 0),
        ("", "hourly", "0", 3_600),
        ("९", "", "", 0),
    ],
)
def test_how_often_a_feed_asks_to_be_read(ttl, period, frequency, seconds):
    assert ttl_seconds(ttl, period, frequency) == seconds


def test_a_feed_rests_at_night_and_on_sundays():
    resting = rests(["0", "1", "24", "99", "x"], ["Sunday", "Someday"])
    saturday_noon = datetime(2024, 5, 4, 12, tzinfo=UTC)

    assert resting.seconds(saturday_noon) == 0
    assert resting.seconds(datetime(2024, 5, 4, 1, 30, tzinfo=UTC)) == 1_800
    assert resting.seconds(datetime(2024, 5, 5, 0, 0, tzinfo=UTC)) == 26 * 3_600


def test_the_hours_are_those_of_utc():
    resting = Rests(frozenset({10}))
    assert resting.seconds(datetime(2024, 5, 7, 12, 30, tzinfo=timezone(timedelta(hours=2)))) == 1_800


@given(
    st.frozensets(st.integers(0, 23)),
    st.frozensets(st.integers(0, 6)),
    st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
)
def test_a_feed_may_always_be_read_within_eight_days(hours, days, at):
    resting = Rests(hours, days)
    wait = resting.seconds(at)
    moment = at + timedelta(seconds=wait)

    assert 0 <= wait < 8 * 86_400
    if len(hours) < 24 and len(days) < 7:
        assert moment.hour not in hours
        assert moment.weekday() not in days

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backstory.following.schedule import (
    BACK_OFF_MOST_SECONDS,
    LEAST_SECONDS,
    MOST_SECONDS,
    REST_MOST_SECONDS,
    USUAL_SECONDS,
    back_off,
    pace_of,
    rest_of,
    turn_after,
)

NOW = datetime(2024, 5, 8, 12, tzinfo=UTC)
CHANCES = st.floats(0, 1)


def hours_ago(*hours):
    return [NOW - timedelta(hours=hour) for hour in hours]


def test_a_feed_is_polled_about_as_often_as_it_has_news():
    assert pace_of(hours_ago(1, 3, 6, 8), NOW) == 2 * 3600
    assert pace_of(hours_ago(*(hour / 60 for hour in range(60))), NOW) == LEAST_SECONDS
    assert pace_of(hours_ago(1_000, 2_000), NOW) == MOST_SECONDS


def test_a_feed_that_does_not_tell_is_polled_every_hour():
    assert pace_of([], NOW) == pace_of(hours_ago(5), NOW) == USUAL_SECONDS


def test_what_is_yet_to_come_does_not_count():
    assert pace_of([NOW + timedelta(days=1), *hours_ago(2, 4)], NOW) == 2 * 3600


@given(CHANCES, st.floats(LEAST_SECONDS, MOST_SECONDS), st.floats(0, REST_MOST_SECONDS))
def test_a_turn_is_near_its_pace_and_never_before_the_rest_is_over(chance, pace, rest):
    wait = (turn_after(NOW, pace, rest, lambda: chance) - NOW).total_seconds()
    assert wait >= rest - 1e-3
    assert 0.9 * pace - 1e-3 <= wait <= max(1.1 * pace, rest) + 1e-3


@given(st.integers(1, 10_000), CHANCES)
def test_failures_wait_ever_longer_up_to_a_day(failures, chance):
    wait = back_off(failures, 0, lambda: chance)
    assert LEAST_SECONDS <= wait <= BACK_OFF_MOST_SECONDS
    assert back_off(failures + 1, 0, lambda: chance) >= wait


def test_a_failure_never_comes_back_before_its_server_wants():
    assert back_off(1, 200_000, lambda: 0.5) == 200_000
    assert back_off(1, 10 * REST_MOST_SECONDS, lambda: 0.5) == REST_MOST_SECONDS


def test_a_wish_to_be_left_alone_is_heard_for_a_week_at_most():
    assert rest_of(-5, 30, 10) == 30
    assert rest_of(-1) == 0
    assert rest_of(1e12) == REST_MOST_SECONDS

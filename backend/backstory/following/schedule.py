"""When a feed's next turn comes: pure sums over what it says of itself and what it has shown.

pace = mean time between its items, within LEAST_SECONDS and MOST_SECONDS
next = now + max(pace, what it asks for itself) ± JITTER
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

LEAST_SECONDS = 900.0
"""The shortest time between two polls of a feed, however busy it is."""

MOST_SECONDS = 12 * 3_600.0
"""The longest time between two polls of a feed that does not ask for more."""

USUAL_SECONDS = 3_600.0
"""The time between two polls of a feed that does not tell how busy it is."""

REST_MOST_SECONDS = 7 * 86_400.0
"""The longest that a feed is left alone at its own wish."""

BACK_OFF_MOST_SECONDS = 86_400.0
"""The longest time between two polls of a feed that fails."""

JITTER = 0.1
"""Share by which a turn comes earlier or later, so that not all feeds are polled in the same minute."""

_TOLD_MOST = 50  # of a feed's newest items, which tell how busy it is now


def pace_of(published: Iterable[datetime], now: datetime) -> float:
    """Seconds between two polls of a feed whose items came out at these moments."""
    known = sorted((at for at in published if at <= now), reverse=True)[:_TOLD_MOST]
    if len(known) < 2:  # noqa: PLR2004 - two moments make a span
        return USUAL_SECONDS
    # Up to now, so that a feed that has fallen silent is asked less often.
    mean = (now - known[-1]).total_seconds() / len(known)
    return min(max(mean, LEAST_SECONDS), MOST_SECONDS)


def rest_of(*wishes: float) -> float:
    """Seconds that a feed is left alone because it, or its server, said so."""
    return min(max(0.0, *wishes), REST_MOST_SECONDS)


def turn_after(now: datetime, pace: float, rest: float, random: Callable[[], float]) -> datetime:
    """The next turn of a feed that is well; `random` gives a number from 0 to 1. Never before its rest is over."""
    jittered = pace * (1 + JITTER * (2 * random() - 1))
    return now + timedelta(seconds=max(jittered, rest))


def back_off(failures: int, rest: float, random: Callable[[], float]) -> float:
    """Seconds until a feed that failed so often in a row is asked again: doubled each time, and at least its rest."""
    doubled = min(LEAST_SECONDS * 2.0 ** min(failures - 1, 20), BACK_OFF_MOST_SECONDS)
    return max(min(doubled * (1 + JITTER * random()), BACK_OFF_MOST_SECONDS), rest_of(rest))

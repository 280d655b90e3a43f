"""Where the time of one answer went, told in its `Server-Timing` (https://www.w3.org/TR/server-timing/)."""

import time
from collections.abc import Callable


class Stopwatch:
    """Counts what passes from one lap to the next. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._last = clock()
        self.laps: list[tuple[str, float]] = []

    def lap(self, stage: str) -> None:
        """A stage has ended."""
        now = self._clock()
        self.laps.append((stage, now - self._last))
        self._last = now

    def header(self) -> str:
        """The laps so far, in milliseconds: `read;dur=4.1, dates;dur=2.0`."""
        return ", ".join(f"{stage};dur={seconds * 1000:.1f}" for stage, seconds in self.laps)

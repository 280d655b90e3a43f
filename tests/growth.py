"""Whether work grows in line with the text it is given, told from the process's own time on a busy machine too."""

import gc
import time
from collections.abc import Callable

_ROUNDS = 5


def grows_in_line(work: Callable[[str], object], part: str, whole: str, times: int) -> bool:
    """Whether `whole`, so many `times` the size of `part` (4 or more), takes less than twice as many times as long.

    A square would take `times` as many. Neighbours on the machine only ever make a run longer, so the shortest of a few
    counts, and the first rounds that tell are enough.
    """
    least_part = least_whole = float("inf")
    for _ in range(_ROUNDS):
        least_part = min(least_part, _seconds(work, part))
        least_whole = min(least_whole, _seconds(work, whole))
        if least_whole < 2 * times * least_part:
            return True
    return False


def _seconds(work: Callable[[str], object], text: str) -> float:
    """Without the collector, which would look through what all other tests have left as well."""
    gc.disable()
    try:
        begun = time.process_time()
        work(text)
        return time.process_time() - begun
    finally:
        gc.enable()

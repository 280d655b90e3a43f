"""Progress of long work, drawn on the terminal and nowhere else: standard output stays clean, logs stay short."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


@contextmanager
def progress(doing: str, total: int | None) -> Iterator[Callable[..., None]]:
    """Hands out a function that is told how much is done, and of how much where that has changed.

    Nothing is drawn where nobody watches.
    """
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as drawn:
        task = drawn.add_task(doing, total=total)

        def tell(done: int, total: int | None = None) -> None:
            drawn.update(task, completed=done, total=total)

        yield tell

"""Reading HTML on several cores: processes that are handed lines and give back articles, in the order of the lines.

A page takes milliseconds to read, and a thread would hold the others up. Each process is handed a few lines at once, so
that it does not wait for this one after each, and gives them back one by one, so that a line which ends its process, or
keeps it for too long, is known: it is refused, and a new process goes on with the lines after it.
"""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from multiprocessing.connection import Connection
from queue import SimpleQueue

from backstory.ingest.lines import Line
from backstory.ingest.reading import LineReader, Refusal
from backstory.ingest.readings import HTML
from backstory.model import Article

READ_HERE = 300
"""Pages that are read in this process first: a few are read before another process has started."""

HANDED = 6
"""Lines that a process is handed at once: many enough that it seldom waits, few enough that all end at one time."""

MAX_READ_SECONDS = 60.0
"""The longest that one line may keep a process; a large page takes a tenth of a second."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Readers:
    """Reads batches of lines, with the help of `jobs` processes (0: one for each core) once there is much HTML."""

    def __init__(self, read_line: LineReader, jobs: int, *, read_here: int = READ_HERE) -> None:
        self._read_line = read_line
        self._jobs = jobs or cores()
        self._here = read_here
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._hands: ThreadPoolExecutor | None = None

    def read(self, lines: Sequence[Line]) -> list[Article | Refusal | None]:
        """What each line holds, one for one and in order."""
        pages = sum(HTML in line.raw for line in lines)
        self._here -= pages
        if self._jobs < 2 or not pages or self._here > 0:  # noqa: PLR2004 - one helper alone would be no help
            return [self._read_line(line) for line in lines]
        if self._hands is None:
            self._hands = ThreadPoolExecutor(self._jobs, "reader")
            for _ in range(self._jobs):
                self._idle.put(_Process(self._read_line))
        html = [line for line in lines if HTML in line.raw]
        groups = [html[start : start + HANDED] for start in range(0, len(html), HANDED)]
        coming = self._hands.map(self._read_some, groups)
        here = {line.number: self._read_line(line) for line in lines if HTML not in line.raw}
        there = chain.from_iterable(coming)
        return [here[line.number] if line.number in here else next(there) for line in lines]

    def close(self) -> None:
        """Let the processes go."""
        if self._hands is not None:
            self._hands.shutdown()
            while not self._idle.empty():
                self._idle.get().close()

    def _read_some(self, lines: Sequence[Line]) -> list[Article | Refusal | None]:
        process = self._idle.get()
        try:
            return process.read(lines)
        finally:
            self._idle.put(process)


class _Process:
    """One process that reads; a new one is started in the place of one that ended."""

    def __init__(self, read_line: LineReader) -> None:
        self._read_line = read_line
        self._start()

    def read(self, lines: Sequence[Line]) -> list[Article | Refusal | None]:
        """What lines hold; one is refused where the process does not come back from it."""
        found: list[Article | Refusal | None] = []
        while len(found) < len(lines):
            trouble = self._go_on(lines, found)
            if trouble:
                found.append(Refusal(lines[len(found)].number, trouble))
                self.close()
                self._start()
        return found

    def _go_on(self, lines: Sequence[Line], found: list[Article | Refusal | None]) -> str:
        """Find what the lines hold that come after those found; what went wrong with the next, if anything."""
        try:
            # All at once, and nothing more until all came back: were both sides sending, neither would take.
            self._pipe.send(lines[len(found) :])
            while len(found) < len(lines):
                if not self._pipe.poll(MAX_READ_SECONDS):
                    return f"it was not read within {MAX_READ_SECONDS:g} s"
                found.append(self._pipe.recv())
        except (EOFError, OSError):
            return "reading it ended the process that read it"
        return ""

    def close(self) -> None:
        """End the process, which may be in the middle of a line."""
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, self._read_line), daemon=True)
        self._process.start()
        there.close()  # so that its end is the end of the pipe


def _serve(pipe: Connection, read_line: LineReader) -> None:
    """Read what comes, until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this decides when it ends
    with contextlib.suppress(EOFError, OSError):
        while True:
            for line in pipe.recv():
                pipe.send(read_line(line))

"""Whole imports by the command itself, in processes of their own: their clock, their CPU and their memory."""

import os
import re
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_LOOK_SECONDS = 0.2  # between two looks at a process's memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One import: what it said, seconds by the clock and of CPU (its helpers' too), and memory in MiB.

    Memory is the importing process's own (not files of the index, which the system takes back), looked at five times a
    second: `memory` its median while it kept each thousand articles, `peak` its most, `together` the most of all the
    import's processes.
    """

    said: str
    clock: float
    cpu: float
    peak: float
    memory: list[float]
    together: float

    def count(self, what: str) -> int:
        """How many articles were "added", "unchanged" or "refused"; 0 where it did not come to say so."""
        return sum(int(found.replace(",", "")) for found in re.findall(rf"([\d,]+) {what}", self.said))

    def growth(self) -> float | None:
        """The most memory in any thousand after the first, to that in the second; nothing where it took no more."""
        warm = self.memory[1:]
        return max(warm) / warm[0] if len(warm) > 1 else None


def importing(
    *arguments: str, home: Path, cores: str, environ: dict[str, str] | None = None, kill_after: float = 0
) -> Run:
    """Run `backstory import` on these cores ("0", "0,1"); killed outright after so many seconds, if any."""
    line = [
        "taskset",
        "--cpu-list",
        cores,
        sys.executable,
        "-m",
        "backstory",
        "import",
        *arguments,
        "--home",
        str(home),
    ]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **(environ or {})}
    )
    with _watched(process.pid, home) as looks:
        if kill_after:
            time.sleep(kill_after)
            process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(
        said=re.sub(r"\S*/", "", said),  # results are kept; where this machine keeps its files is not
        clock=time.perf_counter() - begun,
        cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        peak=max((look.own for look in looks), default=0.0),
        memory=_by_thousand(looks),
        together=max((look.together for look in looks), default=0.0),
    )


@contextmanager
def serving(archive: Path, hosts: int) -> Iterator[list[str]]:
    """Serve an archive's pages from another process; hands out the origins."""
    script = Path(__file__).with_name("serve.py")
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, script, archive, str(hosts)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield [f"http://127.0.0.{number}:{port}" for number in range(1, hosts + 1)]
    finally:
        process.terminate()
        process.communicate()


@dataclass(frozen=True, slots=True)
class _Look:
    """What a process held at a moment: articles in its archive, MiB of its own, and of its helpers too."""

    articles: int
    own: float
    together: float


def _by_thousand(looks: Sequence[_Look]) -> list[float]:
    """Medians by the thousand; of one that nobody looked at, as it went by so fast, that of the one before."""
    found: list[float] = []
    for thousand in range(looks[-1].articles // 1_000 + 1 if looks else 0):
        own = [look.own for look in looks if look.articles // 1_000 == thousand]
        found.append(statistics.median(own) if own else found[-1] if found else 0.0)
    return found


@contextmanager
def _watched(process: int, home: Path) -> Iterator[list[_Look]]:
    """Looks at a process, its children and the archive in its home, while the block runs."""
    looks: list[_Look] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK_SECONDS):
            own = _anonymous(process)
            if own:
                looks.append(_Look(_articles(home), own, own + sum(map(_anonymous, _children(process)))))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield looks
    finally:
        done.set()
        watcher.join()


def _articles(home: Path) -> int:
    """How many articles were ever added to the archive in a home."""
    place = f"{(home / 'archive' / 'archive.sqlite3').absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(place, uri=True)) as base:
            [(articles,)] = base.execute("SELECT coalesce(max(id), 0) FROM articles")
            return int(articles)
    except sqlite3.Error:  # not there yet
        return 0


def _children(process: int) -> set[int]:
    """Processes that any thread of a process has started."""
    found: set[int] = set()
    with suppress(OSError):  # it, or the thread, has ended
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            found.update(map(int, children.read_text("ascii").split()))
    return found


def _anonymous(process: int) -> float:
    """Memory of a process's own (RssAnon), in MiB; 0 where it has ended."""
    try:
        found = re.search(r"^RssAnon:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text("ascii"), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0

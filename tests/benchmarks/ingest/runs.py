"""Whole imports by the command itself, in processes of their own: their clock, their CPU and their memory."""

import os
import re
import resource
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LOOK_SECONDS = 0.2  # between two looks at a process's memory
_WARM = 0.3  # of a run, after which its memory counts as steady


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One import: what it said, seconds by the clock and of CPU (its helpers' too), and memory in MiB.

    Memory is that of its own (not files of the index, which the system takes back): the importing process's at its
    peak and when steady, and the peak of all its processes together.
    """

    said: str
    clock: float
    cpu: float
    peak: float
    steady: float
    together: float

    def count(self, what: str) -> int:
        """How many articles were "added", "unchanged" or "refused"; 0 where it did not come to say so."""
        return sum(int(found.replace(",", "")) for found in re.findall(rf"([\d,]+) {what}", self.said))


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
    with _watched(process.pid) as looks:
        if kill_after:
            time.sleep(kill_after)
            process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = [look[0] for look in looks] or [0.0]
    return Run(
        said=said,
        clock=time.perf_counter() - begun,
        cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        peak=max(own),
        steady=statistics.median(own[int(len(own) * _WARM) :]),
        together=max((sum(look) for look in looks), default=0.0),
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


@contextmanager
def _watched(process: int) -> Iterator[list[list[float]]]:
    """Looks at the memory of a process and its children, the process's own first, while the block runs."""
    looks: list[list[float]] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK_SECONDS):
            if found := [memory for pid in (process, *_children(process)) if (memory := _anonymous(pid))]:
                looks.append(found)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield looks
    finally:
        done.set()
        watcher.join()


def _children(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    except OSError:
        return []


def _anonymous(process: int) -> float:
    """Memory of a process's own (RssAnon), in MiB; 0 where it has ended."""
    try:
        found = re.search(r"^RssAnon:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text("ascii"), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0

"""The real service in a process of its own, held to one core and watched for memory."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_READY_WITHIN = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Running:
    """A service that answers: where, since how long after its start, and under which process number."""

    origin: str
    started_in: float
    process: int

    def peak_memory_mb(self) -> float:
        """The most memory the process has held so far (VmHWM), in MiB."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        [kib] = re.findall(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
        return int(kib) / 1024


def backstory(*arguments: str) -> list[str]:
    """The command line of this environment, on one core."""
    return ["taskset", "--cpu-list", "0", sys.executable, "-m", "backstory", *arguments]


def fill(home: Path, archive: Path) -> float:
    """Import an archive into an empty home; seconds it took."""
    start = time.perf_counter()
    subprocess.run([*backstory("import", str(archive), "--home", str(home))], check=True, capture_output=True)  # noqa: S603
    return time.perf_counter() - start


@contextmanager
def serving(home: Path) -> Iterator[Running]:
    """Serve a home on a free port until the block ends."""
    port = _free_port()
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        backstory("serve", "--port", str(port), "--home", str(home)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        origin = f"http://127.0.0.1:{port}"
        _wait(origin, start)
        yield Running(origin, time.perf_counter() - start, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(origin: str, start: float) -> None:
    while time.perf_counter() - start < _READY_WITHIN:
        try:
            if httpx.get(f"{origin}/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise TimeoutError(f"not ready in {_READY_WITHIN:.0f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

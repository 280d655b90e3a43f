"""How long a reader waits: the seed and real articles against 107,000 statements, on one core.

`python tests/benchmarks/latency/run.py [--pages 25] [--repeats 4]` prints a table and writes results.md.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import httpx
from environment import python_with
from service import Running, fill, serving

from pages import MeasuredPage, pages

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SHARED = Path(os.environ.get("BACKSTORY_DATA", ROOT.parent / "shared"))
PEERS = ("dateparser==1.5.0",)

GOAL_P95_MS = 300
GOAL_MEMORY_MB = 400


@dataclass(frozen=True, slots=True)
class Answered:
    """One request: what the client waited for, and what the service says each stage took (ms)."""

    waited: float
    stages: dict[str, float]


def main() -> None:
    """Measure, print, write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=25, help="articles beside the seed")
    parser.add_argument("--repeats", type=int, default=4, help="warm rounds over all pages")
    arguments = parser.parse_args()
    measured = pages(SHARED, most=arguments.pages)
    archive = SHARED / "data" / "wcep" / "archive.ndjson.gz"
    with tempfile.TemporaryDirectory() as folder:
        filled_in = fill(Path(folder), archive)
        with serving(Path(folder)) as service:
            report = [*_head(measured, filled_in, service), *_measure(service, measured, arguments.repeats)]
        report += _peer(archive, measured)
    text = "\n".join(report) + "\n"
    print(text)
    (HERE / "results.md").write_text(text, encoding="utf-8")


def _head(measured: list[MeasuredPage], filled_in: float, service: Running) -> list[str]:
    words = sorted(page.words for page in measured)
    return [
        "# Latency",
        "",
        f"{len(measured)} pages of {words[0]} to {words[-1]} words, one core, archive `wcep` (107,002 statements).",
        "Written by `make bench-latency`.",
        "",
        f"- filling the archive: {filled_in:.1f} s",
        f"- start until ready: {service.started_in:.2f} s",
    ]


def _measure(service: Running, measured: list[MeasuredPage], repeats: int) -> list[str]:
    with httpx.Client(base_url=service.origin, timeout=60) as client:
        cold = _ask(client, measured[0])
        first_round = [_ask(client, page) for page in measured]
        warm = [_ask(client, page) for _ in range(repeats) for page in measured]
        seed = [_ask(client, measured[0]) for _ in range(repeats * 5)]
    memory = service.peak_memory_mb()
    return [
        f"- the very first request (the seed): {cold.waited:.0f} ms",
        f"- peak memory: {memory:.0f} MiB (goal {GOAL_MEMORY_MB})",
        "",
        "| what | p50 ms | p95 ms |",
        "|---|---:|---:|",
        _row("first time a page is asked for", [answer.waited for answer in first_round]),
        _row(f"**warm, whole answer** (goal p95 {GOAL_P95_MS})", [answer.waited for answer in warm]),
        _row("warm, the seed", [answer.waited for answer in seed]),
        *(_row(f"warm, {stage}", took) for stage, took in _by_stage(warm).items()),
    ]


def _ask(client: httpx.Client, page: MeasuredPage) -> Answered:
    start = time.perf_counter()
    answer = client.post("/api/annotations", json=page.request())
    waited = (time.perf_counter() - start) * 1000
    answer.raise_for_status()
    timing = re.findall(r"(\w+);dur=([\d.]+)", answer.headers.get("server-timing", ""))
    return Answered(waited, {stage: float(took) for stage, took in timing})


def _by_stage(answers: list[Answered]) -> dict[str, list[float]]:
    stages: dict[str, list[float]] = defaultdict(list)
    for answer in answers:
        for stage, took in answer.stages.items():
            stages[stage].append(took)
    return stages


def _peer(archive: Path, measured: list[MeasuredPage]) -> list[str]:
    python = python_with(*PEERS)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump([page.request() for page in measured], file)
        file.flush()
        done = subprocess.run(  # noqa: S603 - our own script
            ["taskset", "--cpu-list", "0", python, HERE / "peer.py", archive, file.name],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        )
    return [_row("peer: dateparser + SQLite FTS5, sentence by sentence", json.loads(done.stdout))]


def _row(what: str, took: list[float]) -> str:
    percentiles = quantiles(took, n=100, method="inclusive") if len(took) > 1 else [took[0]] * 99
    return f"| {what} | {percentiles[49]:.0f} | {percentiles[94]:.0f} |"


if __name__ == "__main__":
    main()

"""How fast pages come in: by stage, as a whole, on one core and two, again, and broken off.

    python tests/benchmarks/ingest/run.py [--articles 20000] [--least 1000] [--peer 1000] [--keep FOLDER] [--pin]

The pages are those of pages.py, in one web archive that is imported by the command itself, and served by a server of
eight hosts that the command fetches them from, without a pause. Memory is compared between `--least` articles and all.
The peer takes in the first `--peer` pages. With `--keep` the archive of pages stays in a folder and is not made again.
Writes results.md; compares with floors.toml, which `--pin` writes anew.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from environment import python_with
from records import beginning, starts_of
from runs import Run, importing, serving
from stages import Stage, stages

from pages import HOST, Pages, write

HERE = Path(__file__).parent
DATA = Path(os.environ.get("BACKSTORY_DATA", HERE.parents[3] / "shared")) / "data"
FLOORS = HERE / "floors.toml"
SLACK = 0.25  # of a ratio: what another machine, or a busy one, may change
PEERS = ("trafilatura==2.0.0",)
FLAT = 1.1  # memory may grow by so much from the least articles to all
HOSTS = 8
STAGED = 500  # pages that go through the stages one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything that was measured, by what it was."""

    articles: int
    least: int
    stages: list[Stage]
    runs: dict[str, Run]
    peer: dict[str, float]
    digest: str

    def ratios(self) -> dict[str, float]:
        """What floors hold, each better where it is higher."""
        ours = self.runs["first pages, one core"]
        return {
            "articles for a second of CPU, ours to the peer's": (ours.count("added") / ours.cpu)
            / (self.peer["kept"] / self.peer["cpu"]),
            "CPU of the first time to that of the same again": self.runs["all, two cores"].cpu
            / self.runs["the same again, two cores"].cpu,
        }


def main() -> int:
    """Measure, print, write down, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--least", type=int, default=1_000, help="articles that memory is compared with")
    parser.add_argument("--peer", type=int, default=1_000, help="articles that the peer takes in")
    parser.add_argument("--keep", type=Path, help="make the archive of pages in this folder, and leave it there")
    parser.add_argument("--pin", action="store_true", help="write the ratios reached as floors")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = _measured(given, Path(folder))
    report = "\n".join(_report(measured)) + "\n"
    print(report)
    (HERE / "results.md").write_text(report, encoding="utf-8")
    return _pin(measured) if given.pin else _compare(measured)


def _measured(given: argparse.Namespace, folder: Path) -> Measured:
    archive = (given.keep or folder) / f"pages-{given.articles}.warc.gz"
    if not starts_of(archive).exists():
        _say(f"making {given.articles:,} pages")
        write(Pages(DATA), archive, given.articles)
    few = beginning(archive, given.least, folder / "few.warc.gz")
    staged = beginning(archive, min(STAGED, given.articles), folder / "staged.warc.gz")
    with serving(archive, HOSTS) as origins:
        urls = [f"{origins[number % HOSTS]}/{number}" for number in range(given.articles)]
        by_stage = stages(staged, urls[:STAGED], _hosts())
        _say("stages measured")
        runs = _runs(archive, few, folder) | _fetching(urls, folder)
    peer = beginning(archive, given.peer, folder / "peer.warc.gz")
    runs["first pages, one core"] = importing(str(peer), "--jobs", "1", home=folder / "peer", cores="0")
    return Measured(
        articles=given.articles,
        least=given.least,
        stages=by_stage,
        runs=runs,
        peer=_peer(peer, given.peer),
        digest=hashlib.sha256(staged.read_bytes()).hexdigest()[:16],
    )


def _runs(archive: Path, few: Path, folder: Path) -> dict[str, Run]:
    runs: dict[str, Run] = {}
    for cores, jobs, called in (("0", "1", "one core"), ("0,1", "2", "two cores")):
        for file, what in ((few, "few"), (archive, "all")):
            name = f"{what}, {called}"
            runs[name] = importing(str(file), "--jobs", jobs, home=folder / name, cores=cores)
            _say(f"{name}: {runs[name].clock:.1f} s")
    name = "the same again, two cores"
    runs[name] = importing(str(archive), "--jobs", "2", home=folder / "all, two cores", cores="0,1")
    half = runs["all, two cores"].clock / 2
    name, home = "killed in the middle", folder / "killed"
    runs[name] = importing(str(archive), "--jobs", "2", home=home, cores="0,1", kill_after=half)
    runs["then again"] = importing(str(archive), "--jobs", "2", home=home, cores="0,1")
    return runs


def _fetching(urls: Sequence[str], folder: Path) -> dict[str, Run]:
    table = folder / "addresses.csv"
    table.write_text("url,title\n" + "".join(f"{url},\n" for url in urls), encoding="utf-8")
    environ = {
        "BACKSTORY_SECONDS_BETWEEN_REQUESTS": "0",
        "BACKSTORY_ALLOW_PRIVATE_HOSTS": ",".join(_hosts()),
        "BACKSTORY_HOSTS_AT_ONCE": str(HOSTS),
    }
    runs = {}
    for cores, jobs, called in (("0", "1", "one core"), ("0,1", "2", "two cores")):
        name = f"fetched, {called}"
        runs[name] = importing(str(table), "--fetch", "--jobs", jobs, home=folder / name, cores=cores, environ=environ)
        _say(f"{name}: {runs[name].clock:.1f} s")
    return runs


def _hosts() -> list[str]:
    return [f"127.0.0.{number}" for number in range(1, HOSTS + 1)]


def _peer(archive: Path, count: int) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - our own script
        ["taskset", "--cpu-list", "0", python_with(*PEERS), HERE / "peer.py", archive, str(count)],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


# --- telling ---


def _report(measured: Measured) -> list[str]:
    made = f"{measured.articles:,} HTML pages made of the extraction set by `pages.py` (from {HOST}, a web archive)."
    return [
        "# Taking pages in",
        "",
        made,
        "Written by `make bench-ingest`. CPU is that of all processes of a run; the clock of a busy machine says less.",
        "",
        *_stage_table(measured.stages),
        "",
        *_run_table(measured),
        "",
        *_memory_table(measured),
        "",
        *_restart_lines(measured),
        "",
        "Beside it, one core:",
        "",
        *_peer_table(measured),
    ]


def _stage_table(found: Sequence[Stage]) -> list[str]:
    rows = [f"| {stage.name} | {stage.cpu_ms:.2f} | {1000 / max(stage.cpu_ms, 1e-6):,.0f} |" for stage in found]
    return ["| stage | CPU ms an article | articles a second of CPU |", "|---|---:|---:|", *rows]


def _run_table(measured: Measured) -> list[str]:
    names = ("all, one core", "all, two cores", "fetched, one core", "fetched, two cores")
    rows = [_run_row(name.replace("all", "web archive"), measured.runs[name]) for name in names]
    head = "| import | added | refused | seconds | articles a second | a second of CPU |"
    return [head, "|---|---:|---:|---:|---:|---:|", *rows]


def _run_row(name: str, run: Run) -> str:
    added, refused = run.count("added"), run.count("refused")
    return f"| {name} | {added:,} | {refused:,} | {run.clock:.1f} | {added / run.clock:.0f} | {added / run.cpu:.0f} |"


def _memory_table(measured: Measured) -> list[str]:
    lines = ["| memory of its own, MiB | articles | peak | steady | all processes |", "|---|---:|---:|---:|---:|"]
    for called in ("one core", "two cores"):
        for what, articles in (("few", measured.least), ("all", measured.articles)):
            run = measured.runs[f"{what}, {called}"]
            lines.append(f"| {called} | {articles:,} | {run.peak:.0f} | {run.steady:.0f} | {run.together:.0f} |")
    grown = {called: _growth(measured, called) for called in ("one core", "two cores")}
    said = ", ".join(f"{factor:.2f} on {called}" for called, factor in grown.items())
    return [*lines, "", f"Steady memory with all articles to that with few: {said} (goal: at most {FLAT})."]


def _growth(measured: Measured, called: str) -> float:
    return measured.runs[f"all, {called}"].steady / max(measured.runs[f"few, {called}"].steady, 1)


def _restart_lines(measured: Measured) -> list[str]:
    first, again = measured.runs["all, two cores"], measured.runs["the same again, two cores"]
    killed, then = measured.runs["killed in the middle"], measured.runs["then again"]
    kept, left = then.count("unchanged"), then.count("added")
    whole = "nothing lost, nothing twice" if kept + left == first.count("added") else "NOT THE SAME"
    same = f"The same file again: {again.count('unchanged'):,} unchanged in {again.clock:.1f} s; CPU {again.cpu:.1f} s,"
    broken = f"Killed (-9) after {killed.clock:.1f} s and imported again: {kept:,} were kept, {left:,} added in"
    return [f"{same} the first time {first.cpu:.1f} s.", "", f"{broken} {then.clock:.1f} s; {whole}."]


def _peer_table(measured: Measured) -> list[str]:
    ours, peer = measured.runs["first pages, one core"], measured.peer
    rows = (
        ("Backstory, the start of its command included", ours.count("added"), ours.cpu),
        (f"{PEERS[0].replace('==', ' ')} and SQLite FTS5", peer["kept"], peer["cpu"]),
    )
    head = ["| | articles kept | seconds of CPU | articles a second of CPU |", "|---|---:|---:|---:|"]
    return head + [f"| {name} | {kept:,} | {cpu:.1f} | {kept / cpu:.0f} |" for name, kept, cpu in rows]


# --- holding ---


def _pin(measured: Measured) -> int:
    lines = [f'"{name}" = {ratio:.2f}' for name, ratio in measured.ratios().items()]
    note = f"# Ratios within one run of {measured.articles:,} articles; {SLACK:.0%} less is let pass.\n"
    FLOORS.write_text(f'data = "{measured.digest}"\n\n{note}[floors]\n' + "\n".join(lines) + "\n")
    return 0


def _compare(measured: Measured) -> int:
    pinned = tomllib.loads(FLOORS.read_text())
    if pinned["data"] != measured.digest:
        print(f"other pages than were pinned ({measured.digest}, not {pinned['data']}): there are no floors for them")
        return 0
    reached = measured.ratios()
    fallen = [name for name, floor in pinned["floors"].items() if reached.get(name, floor) < floor * (1 - SLACK)]
    for name in fallen:
        print(f"{name}: {reached[name]:.2f}, below {pinned['floors'][name]:.2f}")
    return 1 if fallen else 0


def _say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

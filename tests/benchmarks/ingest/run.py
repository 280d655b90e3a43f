"""How fast pages come in: by stage, as a whole, on one core and two, again, broken off, and from feeds.

    python tests/benchmarks/ingest/run.py [--only stages,imports,fetching,lines,again,peer,feeds] [--articles 20000]
        [--some 2000] [--peer 1000] [--feeds 500] [--keep FOLDER] [--pin]

The pages are those of pages.py, in one web archive that is imported by the command itself. `--some` of them are served
by a server of eight hosts that the command fetches them from, without a pause, and are taken in again and again. The
peer takes in the first `--peer` pages. With `--keep` the archive of pages stays in a folder and is not made again.
What each section measured stands in results.json and in words in results.md, both written after each section; those
that are not run stay as they are. Compares with floors.toml, which `--pin` writes anew.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from environment import python_with
from feeds import following
from records import beginning, starts_of
from report import PEERS, Measured, ratios, report
from runs import importing, serving
from stages import stages

from pages import Pages, write, write_lines

HERE = Path(__file__).parent
DATA = Path(os.environ.get("BACKSTORY_DATA", HERE.parents[3] / "shared")) / "data"
FLOORS, RESULTS = HERE / "floors.toml", HERE / "results.json"
SLACK = 0.25  # of a ratio: what another machine, or a busy one, may change
HOSTS = 8
STAGED = 500  # pages that go through the stages one by one
CORES = {"one core": ("0", "1"), "two cores": ("0,1", "2")}


def main() -> int:
    """Measure, print, write down, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections to run, with commas")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--some", type=int, default=2_000, help="articles that are fetched, and taken in again")
    parser.add_argument("--peer", type=int, default=1_000, help="articles that the peer takes in")
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="make the archive of pages in this folder, and leave it there")
    parser.add_argument("--pin", action="store_true", help="write the ratios reached as floors")
    given = parser.parse_args()
    sections = given.only.split(",")
    if unknown := set(sections) - SECTIONS.keys():
        parser.error(f"no such sections: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    measured: Measured = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given, Path(folder))
        for section in sections:
            _say(f"{section} …")
            measured[section] = SECTIONS[section](bench)
            _write_down(measured)
    print(*report(measured), sep="\n")
    return _pin(measured) if given.pin else _compare(measured)


class Bench:
    """The sections, and what they share."""

    def __init__(self, given: argparse.Namespace, folder: Path) -> None:
        self._given = given
        self._folder = folder

    @cached_property
    def _archive(self) -> Path:
        """The web archive of all pages."""
        archive: Path = (self._given.keep or self._folder) / f"pages-{self._given.articles}.warc.gz"
        if not starts_of(archive).exists():
            archive.parent.mkdir(parents=True, exist_ok=True)
            _say(f"making {self._given.articles:,} pages")
            write(self._pages, archive, self._given.articles)
        return archive

    @cached_property
    def _pages(self) -> Pages:
        return Pages(DATA)

    def stages(self) -> dict[str, Any]:
        """Each stage by itself."""
        staged = self._first(STAGED)
        with serving(staged, HOSTS) as origins:
            urls = [f"{origins[number % HOSTS]}/{number}" for number in range(min(STAGED, self._given.articles))]
            found = stages(staged, urls, _hosts())
        digest = hashlib.sha256(staged.read_bytes()).hexdigest()[:16]
        return {"stages": [asdict(stage) for stage in found], "digest": digest}

    def imports(self) -> dict[str, Any]:
        """All pages out of their web archive."""
        return {name: self._run(str(self._archive), name=name) for name in CORES}

    def fetching(self) -> dict[str, Any]:
        """Some pages from a server."""
        some = self._first(self._given.some)
        environ = {
            "BACKSTORY_SECONDS_BETWEEN_REQUESTS": "0",
            "BACKSTORY_ALLOW_PRIVATE_HOSTS": ",".join(_hosts()),
            "BACKSTORY_HOSTS_AT_ONCE": str(HOSTS),
        }
        with serving(some, HOSTS) as origins:
            urls = [f"{origins[number % HOSTS]}/{number}" for number in range(self._given.some)]
            table = self._folder / "addresses.csv"
            table.write_text("url,title\n" + "".join(f"{url},\n" for url in urls), encoding="utf-8")
            return {name: self._run(str(table), "--fetch", name=name, environ=environ) for name in CORES}

    def lines(self) -> dict[str, Any]:
        """As many articles that have been read already, as NDJSON."""
        file = self._folder / "articles.ndjson"
        write_lines(self._pages, file, self._given.articles)
        return {name: self._run(str(file), name=name) for name in CORES}

    def again(self) -> dict[str, Any]:
        """Some pages, the same once more; and again after having been killed half way."""
        some = str(self._first(self._given.some))
        runs = {"first": self._run(some, name="two cores", home="again")}
        runs["again"] = self._run(some, name="two cores", home="again")
        half = runs["first"]["clock"] / 2
        runs["killed"] = self._run(some, name="two cores", home="killed", kill_after=half)
        runs["then"] = self._run(some, name="two cores", home="killed")
        return runs

    def peer(self) -> dict[str, Any]:
        """The first pages, by us and by the peer."""
        first = self._first(self._given.peer)
        line: list[str | Path] = [
            "taskset",
            "--cpu-list",
            "0",
            python_with(*PEERS),
            HERE / "peer.py",
            first,
            str(self._given.peer),
        ]
        done = subprocess.run(line, check=True, capture_output=True, text=True)  # noqa: S603 - our own script
        return {"ours": self._run(str(first), name="one core", home="peer"), "peer": json.loads(done.stdout)}

    def feeds(self) -> dict[str, Any]:
        """Feeds, two rounds; that nothing is lost and nothing fetched twice is no figure but a must."""
        rounds = following(self._given.feeds, self._folder / "feeds")
        assert not any(each.lost or each.twice for each in rounds), [(each.lost, each.twice) for each in rounds]
        return {"feeds": self._given.feeds, "rounds": [asdict(each) for each in rounds]}

    def _first(self, count: int) -> Path:
        return beginning(self._archive, count, self._folder / f"first-{count}.warc.gz")

    def _run(self, *files: str, name: str, home: str = "", **more: Any) -> dict[str, Any]:
        cores, jobs = CORES[name]
        place = self._folder / (home or f"{Path(files[0]).stem} {name}")
        run = importing(*files, "--jobs", jobs, home=place, cores=cores, **more)
        _say(f"  {name}: {run.clock:.1f} s, {run.count('added'):,} added")
        return asdict(run)


SECTIONS: dict[str, Callable[[Bench], dict[str, Any]]] = {
    "stages": Bench.stages,
    "imports": Bench.imports,
    "fetching": Bench.fetching,
    "lines": Bench.lines,
    "again": Bench.again,
    "peer": Bench.peer,
    "feeds": Bench.feeds,
}


def _hosts() -> list[str]:
    return [f"127.0.0.{number}" for number in range(1, HOSTS + 1)]


# --- holding ---


def _write_down(measured: Measured) -> None:
    RESULTS.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    (HERE / "results.md").write_text("\n".join(report(measured)) + "\n", "utf-8")


def _pin(measured: Measured) -> int:
    lines = [f'"{name}" = {ratio:.2f}' for name, ratio in ratios(measured).items()]
    note = f"# Each is better where it is higher; {SLACK:.0%} less is let pass.\n"
    digest = measured["stages"]["digest"]
    FLOORS.write_text(f'data = "{digest}"\n\n{note}[floors]\n' + "\n".join(lines) + "\n")
    return 0


def _compare(measured: Measured) -> int:
    pinned = tomllib.loads(FLOORS.read_text())
    digest = measured.get("stages", {}).get("digest")
    if pinned["data"] != digest:
        print(f"other pages than were pinned ({digest}, not {pinned['data']}): there are no floors for them")
        return 0
    reached = ratios(measured)
    fallen = [name for name, floor in pinned["floors"].items() if reached.get(name, floor) < floor * (1 - SLACK)]
    for name in fallen:
        print(f"{name}: {reached[name]:.2f}, below {pinned['floors'][name]:.2f}")
    return 1 if fallen else 0


def _say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

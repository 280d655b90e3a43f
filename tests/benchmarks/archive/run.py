"""The archive at size: how fast it takes articles in and answers pages, from ten thousand articles up.

    python tests/benchmarks/archive/run.py [--sizes 10000 100000] [--pages 30] [--peers 100000] [--keep FOLDER] [--pin]

An archive grows from size to size with the articles of make_corpus.py. At each size pages are asked as the service
asks them: 15 claims each with its windows, beside the page and its paragraphs, in one call. The clock and the CPU time
of this process are both given, since other work on the machine slows the one and hardly the other. The same queries go
to SQLite's FTS5 and to tantivy as it comes, up to the size that `--peers` says. With `--keep` archives stay in a
folder for each size, and those that are there are not made again. Writes results.md; compares with floors.toml, which
`--pin` writes anew.
"""

import argparse
import asyncio
import hashlib
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from make_corpus import Corpus, data_folder
from peers import Fts5, PlainTantivy, Row

from backstory.archive.local import LocalArchive
from backstory.archive.preparing import body_words
from backstory.archive.store import Store
from backstory.archive.writing import DATABASE
from backstory.ingest import ingest
from backstory.model import Article, Page
from pages import Asked, Read, ask, made, shuffled

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
SLACK = 0.25  # of a ratio: what another machine, or a busy one, may change
GOALS = {100_000: (60, 120), 1_000_000: (120, 300)}  # p50 and p95 of searching and ranking, in ms
ROUNDS = 2
PEER_PAGES = 3  # FTS5 takes seconds for each
STRIDE = 2_000

Peer = Fts5 | PlainTantivy


@dataclass(slots=True)
class Grown:
    """What taking in came to, up to a size: seconds by the clock and of CPU, and the most memory (MiB)."""

    articles: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0


@dataclass(slots=True, kw_only=True)
class Measured:
    """An archive of one size."""

    articles: int
    passages: int
    grown: Grown
    disk: float
    resident: float
    queries: float
    asked: list[Asked]
    peers: dict[str, float] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)


def main() -> int:
    """Measure, print, write down, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--peers", type=int, default=100_000, help="the most articles that peers are asked about")
    parser.add_argument("--keep", type=Path, help="make the archives in this folder, and leave them there")
    parser.add_argument("--pin", action="store_true", help="write the ratios reached as floors")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured, digest = asyncio.run(_measured(given, Path(folder)))
    report = "\n".join(_report(measured)) + "\n"
    print(report)
    (HERE / "results.md").write_text(report, encoding="utf-8")
    return _pin(measured, digest) if given.pin else _compare(measured, digest)


async def _measured(given: argparse.Namespace, folder: Path) -> tuple[list[Measured], str]:
    """Every size, and the digest of the articles."""
    growth = Growth(given.keep or folder)
    digest, measured = growth.digest(), []
    read = made(growth.corpus, given.pages, among=STRIDE)
    for size in sorted(given.sizes):
        home, grown = await growth.to(size)
        one = await _measure(home, grown, read)
        print(f"{size:,} articles: search {_span(one.asked, 'search', 1)} ms of CPU", file=sys.stderr)
        if size <= given.peers:
            await _ask_peers(home, read, one)
        measured.append(one)
    return measured, digest


# --- taking in ---


class Growth:
    """Archives that take in the corpus, one folder for each size, each grown from a copy of the one before."""

    def __init__(self, folder: Path) -> None:
        self.corpus = Corpus(data_folder())
        self._folder = folder

    def digest(self) -> str:
        """Of the corpus's beginning; the rest follows from the same texts."""
        return hashlib.sha256(b"".join(self.corpus.lines(STRIDE))).hexdigest()[:16]

    async def to(self, size: int) -> tuple[Path, Grown]:
        """The folder of a size, grown to it unless it is there already, and what growing came to."""
        home = self._folder / str(size)
        before = max((int(other.name) for other in self._folder.glob("[0-9]*") if int(other.name) < size), default=0)
        if not home.exists() and before:
            shutil.copytree(self._folder / str(before), home)
        home.mkdir(parents=True, exist_ok=True)
        grown = _remembered(home)
        if grown.articles < size:
            await self._grow(home, grown, size)
            (home / "grown.json").write_text(json.dumps(asdict(grown)))
        return home, grown

    async def _grow(self, home: Path, grown: Grown, size: int) -> None:
        archive = await LocalArchive.open(home / "archive")
        lines = islice(Corpus(data_folder()).lines(size), grown.articles, None)
        while chunk := b"".join(islice(lines, STRIDE)):
            started, cpu = time.perf_counter(), time.process_time()
            report = await ingest([chunk], archive, read=_no_html, max_article_bytes=2_000_000)
            grown.seconds += time.perf_counter() - started
            grown.cpu += time.process_time() - cpu
            grown.articles += report.added
        await archive.close()
        grown.peak = max(grown.peak, _memory("VmHWM"))


def _remembered(home: Path) -> Grown:
    """What is known of an archive that was kept."""
    known = home / "grown.json"
    return Grown(**json.loads(known.read_text())) if known.exists() else Grown()


def _index(home: Path, peer: Peer) -> None:
    """Give a peer the passages that it does not have yet."""
    store, last, held = Store(home / "archive" / DATABASE, read_only=True), 0, peer.passages
    if held < store.count_passages():
        while numbers := store.numbers_after(last, STRIDE):
            peer.add(row for row in _rows(store, numbers) if row[0] > held)
            last = numbers[-1]
        peer.settle()
    store.close()


def _rows(store: Store, numbers: Sequence[int]) -> Iterator[Row]:
    for number, _, passage in store.passages_of(numbers):
        yield number, " ".join(body_words(passage)), passage.published.day


# --- asking ---


async def _measure(home: Path, grown: Grown, pages: Sequence[Read]) -> Measured:
    archive = await LocalArchive.open(home / "archive", read_only=True)
    for page in pages:
        await ask(archive, page)
    asked = [await ask(archive, page) for page in shuffled(pages, ROUNDS)]
    stats, resident = await archive.stats(), _memory("VmRSS")
    await archive.close()
    return Measured(
        articles=stats.articles,
        passages=stats.passages,
        grown=grown,
        disk=_disk_mb(home / "archive"),
        resident=resident,
        queries=statistics.mean(len(one.queries) for one in asked),
        asked=asked,
    )


async def _ask_peers(home: Path, pages: Sequence[Read], one: Measured) -> None:
    """The same queries of the same pages, by turns: CPU ms for a page, and how many times ours that is."""
    archive = await LocalArchive.open(home / "archive", read_only=True)
    asked = [await ask(archive, page) for page in pages[:PEER_PAGES]]
    peers: list[Peer] = [Fts5(home), PlainTantivy(home)]
    for peer in peers:
        _index(home, peer)
    took: dict[str, list[float]] = {peer.name: [] for peer in peers}
    ours = []
    for page in asked:
        cpu = time.process_time()
        await archive.search(page.queries)
        ours.append(1000 * (time.process_time() - cpu))
        for peer in peers:
            cpu = time.process_time()
            for query in page.queries:
                peer.search(query)
            took[peer.name].append(1000 * (time.process_time() - cpu))
    await archive.close()
    one.peers = {name: statistics.median(times) for name, times in took.items()}
    one.ratios = {name: sum(times) / sum(ours) for name, times in took.items()}


# --- telling ---


def _report(measured: Sequence[Measured]) -> Iterator[str]:
    queries = statistics.mean(one.queries for one in measured)
    yield "# The archive at size"
    yield ""
    yield "Articles and pages made by `make_corpus.py`; written by `make bench-archive`. A page has 15 claims and comes"
    yield f"to {queries:.0f} queries; times are p50 / p95 in ms for a page, warm, in one process, other work beside it."
    yield ""
    yield "| articles | passages | taken in, a second (of CPU) | peak MiB | disk MB | resident MiB |"
    yield "|---:|---:|---:|---:|---:|---:|"
    for one in measured:
        rates = f"{one.grown.articles / one.grown.seconds:,.0f} ({one.grown.articles / one.grown.cpu:,.0f})"
        yield (
            f"| {one.articles:,} | {one.passages:,} | {rates} | {one.grown.peak:,.0f} | {one.disk:,.0f} "
            f"| {one.resident:,.0f} |"
        )
    yield ""
    yield "| articles | search, CPU | search, clock | search and ranking, CPU | search and ranking, clock | goal |"
    yield "|---:|---:|---:|---:|---:|---:|"
    for one in measured:
        spans = " | ".join(_span(one.asked, part, unit) for part in ("search", "whole") for unit in (1, 0))
        goal = " / ".join(map(str, GOALS.get(one.articles, ()))) or "-"
        yield f"| {one.articles:,} | {spans} | {goal} |"
    yield ""
    yield "The same queries asked of others, CPU ms for a page (p50) and how many times ours; they bring no passages."
    yield ""
    yield "| articles | " + " | ".join(peer.name for peer in (Fts5, PlainTantivy)) + " |"
    yield "|---:|---:|---:|"
    for one in measured:
        if one.peers:
            told = " | ".join(f"{took:,.0f} ({one.ratios[name]:.1f}x)" for name, took in one.peers.items())
            yield f"| {one.articles:,} | {told} |"


def _span(asked: Sequence[Asked], part: str, unit: int) -> str:
    """p50 and p95; unit 0 is the clock, 1 is CPU."""
    times = [getattr(one, part)[unit] for one in asked]
    return f"{statistics.median(times):.0f} / {statistics.quantiles(times, n=20)[-1]:.0f}"


def _ratios(measured: Sequence[Measured]) -> dict[str, float]:
    return {f"{name} at {one.articles}": ratio for one in measured for name, ratio in one.ratios.items()}


def _pin(measured: Sequence[Measured], digest: str) -> int:
    lines = [f'"{name}" = {ratio:.1f}' for name, ratio in _ratios(measured).items()]
    note = f"# A page's search is at least so many times faster; {SLACK:.0%} less is let pass.\n"
    FLOORS.write_text(f'data = "{digest}"\n\n{note}[floors]\n' + "\n".join(lines) + "\n")
    return 0


def _compare(measured: Sequence[Measured], digest: str) -> int:
    pinned = tomllib.loads(FLOORS.read_text())
    if pinned["data"] != digest:
        print(f"other articles than were pinned ({digest}, not {pinned['data']}): there are no floors for them")
        return 0
    reached = _ratios(measured)
    fallen = [name for name, floor in pinned["floors"].items() if reached.get(name, floor) < floor * (1 - SLACK)]
    for name in fallen:
        print(f"{name}: {reached[name]:.1f} times, below {pinned['floors'][name]:.1f}")
    return 1 if fallen else 0


def _disk_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _memory(what: str) -> float:
    """This process's memory, now (VmRSS) or at most (VmHWM), in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [kib] = re.findall(rf"^{what}:\s+(\d+) kB", status, re.MULTILINE)
    return int(kib) / 1024


def _no_html(page: Page) -> Article:
    raise AssertionError(f"no line of this corpus holds HTML: {page.url}")


if __name__ == "__main__":
    sys.exit(main())

"""What was measured, as results.md says it, and the ratios that floors hold."""

from collections.abc import Iterator, Mapping
from typing import Any

from runs import Run

from pages import HOST

PEERS = ("trafilatura==2.0.0",)
FLAT = 1.1  # memory may grow by so much from the second thousand articles to any later one

Measured = dict[str, Any]
"""What each section measured, by the section's name; values as JSON holds them."""


def ratios(measured: Measured) -> dict[str, float]:
    """What floors hold of the sections that were measured, each better where it is higher."""
    found: dict[str, float] = {}
    if "peer" in measured:
        ours, peer = Run(**measured["peer"]["ours"]), measured["peer"]["peer"]
        name = "articles for a second of CPU, ours to the peer's"
        found[name] = (ours.count("added") / ours.cpu) / (peer["kept"] / peer["cpu"])
    if "again" in measured:
        first, again = measured["again"]["first"], measured["again"]["again"]
        found["CPU of the first time to that of the same again"] = first["cpu"] / again["cpu"]
    if "imports" in measured and "lines" in measured:
        lines, pages = (Run(**measured[section]["one core"]) for section in ("lines", "imports"))
        name = "articles for a second of CPU, NDJSON to web archive"
        found[name] = (lines.count("added") / lines.cpu) / (pages.count("added") / pages.cpu)
    if "feeds" in measured:
        first, second = measured["feeds"]["rounds"]
        found["articles for a request, first poll of feeds"] = first["added"] / first["requests"]
        found["CPU of a first poll of feeds to that of a second"] = first["cpu"] / second["cpu"]
    return found


def report(measured: Measured) -> Iterator[str]:
    """The lines of results.md."""
    yield "# Taking pages in"
    yield ""
    yield f"HTML pages made of the extraction set by `pages.py` (from {HOST}, a web archive). Written by"
    yield "`make bench-ingest`; sections may have been measured at different times, each as a whole. CPU is that of all"
    yield "processes of a run; the clock of a busy machine says less."
    for section, told in _TOLD.items():
        if section in measured:
            yield ""
            yield from told(measured[section])


def _stages(found: Measured) -> Iterator[str]:
    yield "| stage | CPU ms an article | articles a second of CPU |"
    yield "|---|---:|---:|"
    for stage in found["stages"]:
        yield f"| {stage['name']} | {stage['cpu_ms']:.2f} | {1000 / max(stage['cpu_ms'], 1e-6):,.0f} |"


def _imports(found: Measured) -> Iterator[str]:
    yield from _runs("web archive", found)
    yield ""
    yield from _memory(found)


def _runs(what: str, found: Measured) -> Iterator[str]:
    yield "| import | added | refused | seconds | articles a second | a second of CPU | peak MiB | with helpers |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, run in _named(found):
        added, refused = run.count("added"), run.count("refused")
        rates = f"{added / run.clock:,.0f} | {added / run.cpu:,.0f}"
        row = f"{added:,} | {refused:,} | {run.clock:.1f} | {rates} | {run.peak:.0f} | {run.together:.0f}"
        yield f"| {what}, {name} | {row} |"


def _memory(found: Measured) -> Iterator[str]:
    """Memory by thousands: the second, in which all has been warmed up, and what came after."""
    yield "Memory of the importing process's own while it kept each thousand articles (median, MiB):"
    yield ""
    for name, run in _named(found):
        growth = run.growth()
        said = "too few for a growth" if growth is None else f"at most {growth:.2f} of the second (goal {FLAT})"
        yield f"- {name}: {', '.join(f'{each:.0f}' for each in run.memory)}; {said}."


def _again(found: Measured) -> Iterator[str]:
    first, again, killed, then = (Run(**found[name]) for name in ("first", "again", "killed", "then"))
    kept, left = then.count("unchanged"), then.count("added")
    whole = "nothing lost, nothing twice" if kept + left == first.count("added") else "NOT THE SAME"
    same = f"The same file again: {again.count('unchanged'):,} unchanged in {again.clock:.1f} s; CPU {again.cpu:.1f} s,"
    broken = f"Killed (-9) after {killed.clock:.1f} s and imported again: {kept:,} were kept, {left:,} added in"
    yield f"{same} the first time {first.cpu:.1f} s."
    yield ""
    yield f"{broken} {then.clock:.1f} s; {whole}."


def _peer(found: Measured) -> Iterator[str]:
    ours, peer = Run(**found["ours"]), found["peer"]
    yield "Beside it, one core:"
    yield ""
    yield "| | articles kept | seconds of CPU | articles a second of CPU |"
    yield "|---|---:|---:|---:|"
    for name, kept, cpu in (
        ("Backstory, the start of its command included", ours.count("added"), ours.cpu),
        (f"{PEERS[0].replace('==', ' ')} and SQLite FTS5", peer["kept"], peer["cpu"]),
    ):
        yield f"| {name} | {kept:,} | {cpu:.1f} | {kept / cpu:.0f} |"


def _feeds(found: Measured) -> Iterator[str]:
    yield f"{found['feeds']:,} feeds on a server of this machine, a tenth of them out of order in every way there is:"
    yield ""
    yield "| poll | polled | failed | requests | of them articles | kept | lost | fetched twice | CPU s | seconds |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for name, each in zip(("first", "second"), found["rounds"], strict=True):
        counts = " | ".join(f"{each[what]:,}" for what in ("polled", "failed", "requests", "pages", "added"))
        counts += f" | {len(each['lost'])} | {len(each['twice'])}"
        yield f"| {name} | {counts} | {each['cpu']:.1f} | {each['clock']:.1f} |"


def _named(found: Mapping[str, Any]) -> Iterator[tuple[str, Run]]:
    return ((name, Run(**run)) for name, run in found.items())


_TOLD = {
    "stages": _stages,
    "imports": _imports,
    "fetching": lambda found: _runs("fetched", found),
    "lines": lambda found: _runs("NDJSON", found),
    "again": _again,
    "peer": _peer,
    "feeds": _feeds,
}

"""Read the pages of `../shared/data/extraction-trafilatura` with ours and with peers, and write `results.md`.

    .venv/bin/python tests/benchmarks/extraction/run.py                 # all contestants, results.md
    .venv/bin/python tests/benchmarks/extraction/run.py --only backstory --worst 20

The peers live in an environment of their own, which the first run makes beside the output.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from contestants import CONTESTANTS
from corpus import Sample, digest, samples
from environment import python_with
from score import Answer, Segments, bootstrap, days, segments

HERE = Path(__file__).parent
PEERS = ("trafilatura==2.3.1", "readability-lxml==0.9", "htmldate==1.11.0")
HALVES = ("development", "check")


def main() -> None:
    """Run what was asked for."""
    options = _options()
    pages = list(samples(options.data))
    options.output.mkdir(parents=True, exist_ok=True)
    names = options.only or list(CONTESTANTS)
    answers = {name: _answers(name, options) for name in names}
    table = "\n".join(_table(pages, answers))
    print(table)
    if options.worst:
        print("\n".join(_worst(pages, answers[names[0]], options.worst)))
    if not options.only:
        (HERE / "results.md").write_text(_report(table, options.data), encoding="utf-8")


def _options() -> argparse.Namespace:
    shared = Path(os.environ.get("BACKSTORY_DATA", HERE.parents[3] / "shared" / "data"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=shared / "extraction-trafilatura")
    parser.add_argument("--output", type=Path, default=HERE / "output", help="answers and the peers' environment")
    parser.add_argument("--only", nargs="*", choices=list(CONTESTANTS), help="these alone; results.md stays as it is")
    parser.add_argument(
        "--keep", action="store_true", help="take the peers' answers of an earlier run, where there are"
    )
    parser.add_argument("--worst", type=int, default=0, help="list so many pages of the development half, worst first")
    return parser.parse_args()


def _answers(name: str, options: argparse.Namespace) -> dict[str, Answer]:
    """Let a contestant read every page in a process of its own."""
    python = sys.executable if name == "backstory" else str(python_with(*PEERS))
    output = options.output / f"{name.replace(' ', '-')}.ndjson"
    if not (options.keep and output.exists() and name != "backstory"):
        subprocess.run([python, HERE / "contestants.py", name, options.data, output], check=True)  # noqa: S603 - our own script
    rows = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    return {row["id"]: Answer(row["text"], row["day"], row["seconds"]) for row in rows}


def _table(pages: Sequence[Sample], answers: dict[str, dict[str, Answer]]) -> Iterator[str]:
    """A row for each contestant and half; a figure is left out where the contestant does not try."""
    yield "| contestant | half | precision | recall | segment F1 | 95% | day accuracy | day F1 | pages/s |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, given in answers.items():
        for half in HALVES:
            own = [page for page in pages if page.half == half]
            yield f"| {name} | {half} | " + " | ".join(_figures(own, given)) + " |"


def _figures(pages: Sequence[Sample], answers: dict[str, Answer]) -> Iterable[str]:
    counts = [segments(page, answers[page.id].text) for page in pages]
    total = sum(counts, start=Segments())
    low, high = bootstrap(counts)
    has_text, has_days = total.right > 0, any(answers[page.id].day for page in pages)
    accuracy, f1 = days(pages, answers)
    speed = len(pages) / sum(answers[page.id].seconds for page in pages)
    text = (f"{total.precision:.3f}", f"{total.recall:.3f}", f"{total.f1:.3f}", f"{low:.3f} to {high:.3f}")
    return (
        *(text if has_text else ("",) * len(text)),
        *((f"{accuracy:.3f}", f"{f1:.3f}") if has_days else ("", "")),
        f"{speed:.0f}",
    )


def _worst(pages: Sequence[Sample], answers: dict[str, Answer], count: int) -> Iterator[str]:
    """Pages of the development half by errors, each with what it missed, what it should not have, and its day."""

    def errors(page: Sample) -> int:
        found = segments(page, answers[page.id].text)
        return found.missed + found.extra + bool(page.day and answers[page.id].day != page.day)

    for page in sorted((page for page in pages if page.half == "development"), key=errors, reverse=True)[:count]:
        text = " ".join(answers[page.id].text.split())
        yield f"\n{errors(page)} errors: {page.id}  day {page.day or '-'}, read as {answers[page.id].day or '-'}"
        yield from (f"  missed: {one}" for one in page.wanted if " ".join(one.split()) not in text)
        yield from (f"  extra:  {one}" for one in page.unwanted if " ".join(one.split()) in text)


def _report(table: str, data: Path) -> str:
    return f"""# Extraction

Made by `run.py`; not to be edited. Data: `extraction-trafilatura`, state `{digest(data)}`. Segments count where they
stand in the text, white space folded; micro F1 over segments with a 95% interval by bootstrap over pages; days over the
pages that have one. The halves are drawn by a hash of the page's name; ours was developed on
the first; of the second, two pages that had been refused were looked at. Pages a second are by processor time, on a
machine that others used too: compare them roughly. With `--keep` the peers' answers are those of an earlier run.

{table}
"""


if __name__ == "__main__":
    main()

"""Measure linking: ours beside BM25, decay and rank fusion, on pages and sets that the ranker has not seen.

    make bench-linking ARGS="[--again] [--pin REASON] [--asked PAGES]"

Every query of the development sets goes through the service's own steps (read, dates, claims, needs, search, features)
against a local archive; the candidates are kept in output/ and used by later runs until `--again`. The ranker is grown
on the earlier half of each set and measured on the later; then on all sets but one, and measured on that. Writes
results.md, and the surest errors to output/errors.md. Takes half an hour on two cores. With `--asked` nothing is grown:
so many pages of each set are put to the running service instead (asked.py).
"""

import argparse
import os
import sys
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[3] / "backend"))

from asked import ask
from score import Answer, Score, aurc, calibration_error, mean, ndcg, share_at
from systems import PEERS

from training.linking import Model, grow, kept_examples
from training.linking_examples import SETS, Example

_HERE = Path(__file__).parent
_FLOORS = _HERE / "floors.toml"
_KEPT = _HERE / "output" / "examples.pickle"
_SLACK = 0.01  # growing the same forests on another machine moves a figure by about that much
_LISTED = 40  # errors of each set in output/errors.md
_SILENT = 2.8  # optech's pages without gold, over those that were taken


def main() -> int:
    """Gather, grow, score, write, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", action="store_true", help="gather the candidates anew")
    parser.add_argument("--pin", help="write new floors, with this reason")
    parser.add_argument("--asked", type=int, metavar="PAGES", help="only see what the service answers")
    given = parser.parse_args()
    data = Path(os.environ.get("BACKSTORY_DATA", _HERE.parents[3] / "shared" / "data"))
    every = kept_examples(data, _KEPT, again=given.again)
    if given.asked:
        return ask(data, every, given.asked)
    earlier, later = _halves(every)
    model = grow(earlier)
    halves = _ranking(later, model)
    silence = _silence([each for each in later if each.kind == "optech" and each.mixed], model)
    _list_errors(later, model)
    across: dict[str, dict[str, Score]] = {}
    for family in ("digitalgov", "optech", "wcep"):
        stranger = grow([each for each in every if not each.kind.startswith(family)])
        across |= _ranking([each for each in every if each.kind.startswith(family)], stranger)
    (_HERE / "results.md").write_text(_written(halves, across, silence), encoding="utf-8")
    print(_written(halves, across, silence))
    reached = {f"{kind}": scores["backstory"].value for kind, scores in halves.items()}
    return _pin(reached, data, given.pin) if given.pin else _compare(reached, data)


def _halves(every: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Each set's pages before the middle of those with gold, and the rest."""
    middle = {kind: sorted(each.day for each in every if each.kind == kind and each.gold) for kind in SETS}
    first = {kind: days[len(days) // 2] for kind, days in middle.items()}
    return (
        [each for each in every if each.day < first[each.kind]],
        [each for each in every if each.day >= first[each.kind]],
    )


def _ranking(pages: Sequence[Example], model: Model) -> dict[str, dict[str, Score]]:
    """nDCG@10 of every system, by set and archive."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        if not page.gold:
            continue
        of_set = found[f"{page.kind}, {'all sets in one archive' if page.mixed else 'own archive'}"]
        for name, order in PEERS.items():
            of_set[name].append(ndcg(order(page), page.gold))
        score, _ = model.rank(page)
        ours = [page.urls[number] for number in np.argsort(-score, kind="stable")]
        of_set["backstory"].append(ndcg(ours, page.gold))
        of_set["gain over BM25"].append(of_set["backstory"][-1] - of_set["BM25"][-1])
    return {kind: {name: mean(values) for name, values in systems.items()} for kind, systems in sorted(found.items())}


def _list_errors(pages: Sequence[Example], model: Model) -> None:
    """The surest wrong first links of every set, and where what is right stood, for reading case by case."""
    lines = []
    for kind in SETS:
        wrong = []
        for page in pages:
            score, confidence = model.rank(page)
            order = [page.urls[number] for number in np.argsort(-score, kind="stable")]
            if page.kind == kind and page.mixed and order[0] not in page.gold:
                ranks = {url: order.index(url) + 1 if url in order else 0 for url in page.gold}
                wrong.append((float(confidence[np.argmax(score)]), page.id, order[0], ranks))
        lines += [f"## {kind}: {len(wrong)} wrong first links", ""]
        for sure, name, first, ranks in sorted(wrong, key=lambda each: -each[0])[:_LISTED]:
            lines += [
                f"- {sure:.2f} {name}: {first}",
                *(f"  - right, rank {rank or 'none'}: {url}" for url, rank in ranks.items()),
            ]
    (_KEPT.parent / "errors.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _silence(pages: Sequence[Example], model: Model) -> dict[str, float]:
    answers, plain = [], []
    for page in pages:
        weight = 1.0 if page.gold else _SILENT
        score, confidence = model.rank(page)
        order = np.argsort(-score, kind="stable")
        answers.append(Answer(confidence[order], page.right[order], weight))
        score = page.rows[:, page.names.index("passage")]
        order = np.argsort(-score, kind="stable")
        plain.append(Answer(score[order], page.right[order], weight))
    return {
        "AURC": aurc(answers),
        "AURC by BM25's score": aurc(plain),
        "share answered at precision .8": share_at(answers),
        "share answered at precision .8 by BM25's score": share_at(plain),
        "calibration error (ECE)": calibration_error(answers),
    }


def _written(
    halves: dict[str, dict[str, Score]], across: dict[str, dict[str, Score]], silence: dict[str, float]
) -> str:
    lines = ["# Linking, measured", "", "Written by `make bench-linking`; nDCG@10 [95 % interval]."]
    for title, table in (
        ("Grown on the earlier half of every set, measured on the later", halves),
        ("Grown on the other sets alone", across),
    ):
        systems = list(next(iter(table.values())))
        lines += ["", f"## {title}", "", "| | " + " | ".join(systems) + " |", "|---" * (len(systems) + 1) + "|"]
        lines += [
            f"| {kind} | " + " | ".join(str(scores[name]) for name in systems) + " |" for kind, scores in table.items()
        ]
    lines += ["", "## Silence, on the later half of optech (in one archive with all sets)", ""]
    lines += [f"- {name}: {value:.3f}" for name, value in silence.items()]
    return "\n".join(lines) + "\n"


def _digest(data: Path) -> str:
    kept = sha256()
    for kind in SETS:
        for file in sorted((data / kind).glob("*.gz")):
            kept.update(file.read_bytes())
    return kept.hexdigest()[:16]


def _compare(reached: dict[str, float], data: Path) -> int:
    pinned = tomllib.loads(_FLOORS.read_text(encoding="utf-8"))
    if pinned["data"] != _digest(data):
        print("other data than was pinned: measure anew and --pin")
        return 1
    fallen = {name: floor for name, floor in pinned["floors"].items() if reached[name] < floor - _SLACK}
    for name, floor in fallen.items():
        print(f"{name} has fallen to {reached[name]:.3f}, below its floor of {floor:.3f}")
    return 1 if fallen else 0


def _pin(reached: dict[str, float], data: Path, reason: str) -> int:
    rows = "\n".join(f'"{name}" = {value:.3f}' for name, value in reached.items())
    _FLOORS.write_text(f'data = "{_digest(data)}"\nreason = {reason!r}\n\n[floors]\n{rows}\n', encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Measure claims and attributions on sentences: ours beside three others, in one run.

    python tests/benchmarks/claims/run.py [train | val] [--worst N] [--pin REASON]

Prints a table with 95 % intervals and ours' worst errors by class, and fails where a figure has fallen below its
floor in floors.toml. `--pin` writes new floors; one that would be lower than before is refused without a reason.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from contestants import TfIdf, backstory, every_sentence, plain_rules
from corpus import CLASSES, Answer, Example, digest, read, words_in
from score import Score, score

_HERE = Path(__file__).parent
_FLOORS = _HERE / "floors.toml"
_SLACK = 0.002  # one flipped sentence of 480 moves a figure by about that much
_LOWER_IS_BETTER = frozenset({"claim Brier"})


def main() -> int:
    """Run, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=("train", "val"), default="val")
    parser.add_argument("--worst", type=int, default=5, help="how many errors of each class to print")
    parser.add_argument("--pin", nargs="?", const="", help="write new floors; a reason allows lower ones")
    given = parser.parse_args()
    data = Path(os.environ.get("BACKSTORY_DATA", _HERE.parents[3] / "shared" / "data")) / "claims-factappeal"
    path = data / f"{given.part}.ndjson"
    examples = read(path)
    texts = [example.text for example in examples]
    ours = backstory(texts)
    table = {
        "backstory": score(examples, ours),
        "every sentence": score(examples, every_sentence(texts)),
        "tf-idf + LR": score(examples, TfIdf(read(data / "train.ndjson"))(texts)),
        "plain rules": score(examples, plain_rules(texts)),
    }
    _print_table(table)
    _print_worst(examples, ours, given.worst)
    reached = {name: figure.value for name, figure in table["backstory"].items() if name not in _LOWER_IS_BETTER}
    if given.part != "val":
        return 0
    return _pin(reached, digest(path), given.pin) if given.pin is not None else _compare(reached, digest(path))


def _print_table(table: dict[str, dict[str, Score]]) -> None:
    names = list(next(iter(table.values())))
    print(f"{'':16}" + "".join(f"{system:>24}" for system in table))
    for name in names:
        print(f"{name:16}" + "".join(f"{scores[name]!s:>24}" for scores in table.values()))


def _print_worst(examples: Sequence[Example], answers: Sequence[Answer], count: int) -> None:
    for name in CLASSES:
        errors = sorted(zip(examples, answers, strict=True), key=lambda pair: -_wrong(pair[0], pair[1], name))
        print(f"\nworst in {name}:")
        for example, answer in errors[:count]:
            gold, said = (
                [example.text[a:b] for a, b in spans.get(name, ())] for spans in (example.spans, answer.spans)
            )
            print(f"  {example.id}\n    gold {gold}\n    said {said}")


def _wrong(example: Example, answer: Answer, name: str) -> int:
    return len(words_in(example.text, example.spans[name]) ^ words_in(example.text, answer.spans.get(name, ())))


def _compare(reached: dict[str, float], data: str) -> int:
    pinned = tomllib.loads(_FLOORS.read_text())
    if pinned["data"] != data:
        print(f"\nother data than was pinned ({data}, not {pinned['data']}): measure anew and --pin")
        return 1
    fallen = [n for n, floor in pinned["floors"].items() if reached[n] < floor - _SLACK]
    for name in fallen:
        print(f"\n{name} fell to {reached[name]:.3f}, below {pinned['floors'][name]:.3f}")
    return 1 if fallen else 0


def _pin(reached: dict[str, float], data: str, reason: str) -> int:
    before = tomllib.loads(_FLOORS.read_text())["floors"] if _FLOORS.exists() else {}
    lower = [name for name, floor in before.items() if reached[name] < floor - _SLACK]
    if lower and not reason:
        print(f"\nwould lower {', '.join(lower)}: give --pin a reason")
        return 1
    lines = [f'"{name}" = {value:.3f}' for name, value in reached.items()]
    note = f"reason = {reason!r}\n" if reason else ""
    _FLOORS.write_text(f'data = "{data}"\n{note}\n[floors]\n' + "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

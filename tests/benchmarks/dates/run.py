"""Measure the dates room: our own cases, the development sets, peers beside ours in the same run.

python tests/benchmarks/dates/run.py                     ours, scores and the worst documents
python tests/benchmarks/dates/run.py --peers all         each set beside the peers (slow: HeidelTime is Java)
python tests/benchmarks/dates/run.py --held-out          the third of our cases that is kept aside
python tests/benchmarks/dates/run.py --raise-floors      write what was reached into floors.toml
"""

import argparse
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from cases import Case, Expected, read_cases
from comparable import comparable
from datasets import DataSet, read_data_set
from score import Found, Score, add, pairs, right_days, right_value
from systems import PEERS, ours, peer

_FLOORS = Path(__file__).with_name("floors.toml")
_RESULTS = Path(__file__).with_name("results.md")
_HEAD = """# Dates

Made by `run.py --raise-floors`; not to be edited. Scores as TempEval-3 counts them: strict and relaxed span F1 and
value F1. On the development sets a value is right if the days it covers are; a range that a set annotates whole is
joined, and prepositions are cut, for every system alike (`comparable.py`). On our own cases "all" counts a value or
its days. Rows of a peer that was not run again are of an earlier run; its cases may have been fewer.

| set | system | strict F1 | relaxed F1 | value F1 | gold |
|---|---|---|---|---|---|
"""
_SETS = ("gum", "recognizers", "duckling")
_EPSILON = 0.002  # one case more or less is noise
_SCORES = ("strict", "relaxed", "value")


def main() -> int:
    """Run what is asked for; 1 where a floor is broken."""
    options = _options()
    reached: dict[str, dict[str, float | str]] = {}
    misses: list[tuple[int, str]] = []
    for language in ("en", "de"):
        cases = [case for case in read_cases(language) if case.held_out == options.held_out]
        answers = [ours(case, language) for case in cases]
        total = _score_own(cases, answers, misses)
        name = f"own-{language}" + ("-held-out" if options.held_out else "")
        reached[name] = _line(name, "backstory", total)
        _by_group(cases, answers)
    if not options.held_out:
        for name in _SETS:
            reached[name] = _measure_set(name, options.peers, options.heideltime, misses)
    if options.peers and not options.held_out:
        _peers_on_own(options.peers, options.heideltime)
    if options.speed:
        _speed()
    for _, text in sorted(misses, key=lambda miss: -miss[0])[: options.worst]:
        print(text)
    return _keep_floors(reached, write=options.raise_floors)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worst", type=int, default=30, help="print the documents with most errors")
    parser.add_argument("--held-out", action="store_true", help="only the third of our cases that is kept aside")
    parser.add_argument(
        "--peers", nargs="*", default=["recognizers", "dateparser"], help=f"any of {', '.join(PEERS)}; or all, or none"
    )
    parser.add_argument("--heideltime", type=int, default=0, help="most documents of a set for HeidelTime; 0: all")
    parser.add_argument("--speed", action="store_true", help="articles a second, and start-up")
    parser.add_argument("--raise-floors", action="store_true", help="write what was reached into floors.toml")
    options = parser.parse_args()
    if options.peers in (["all"], ["none"]):
        options.peers = list(PEERS) if options.peers == ["all"] else []
    return options


def _score_own(cases: Sequence[Case], answers: Sequence[list[Found]], misses: list[tuple[int, str]]) -> Score:
    total = Score()
    for case, found in zip(cases, answers, strict=True):
        if not add(total, case, found, right_value):
            misses.append(_miss(case, found, right_value))
    return total


_ROWS: list[str] = []  # of results.md


def _line(name: str, system: str, total: Score, value: Score | None = None) -> dict[str, float | str]:
    """Print one row, keep it for results.md, and give it back."""
    row: dict[str, float | str] = {score: round(total.f1(score), 4) for score in _SCORES}
    if value is not None:
        row["value"] = round(value.f1("value"), 4)
    days = total.share("days", "asked_days")
    print(
        f"{name:18} {system:12} strict {row['strict']:.3f}  relaxed {row['relaxed']:.3f}  value {row['value']:.3f}"
        f"  days {days:.3f}  ({total.gold} gold, {total.given} found)"
    )
    _ROWS.append(
        f"| {name} | {system} | {row['strict']:.3f} | {row['relaxed']:.3f} | {row['value']:.3f} | {total.gold} |"
    )
    return row


def _by_group(cases: Sequence[Case], answers: Sequence[list[Found]]) -> None:
    """Cases that were wholly right, by class of error."""
    right, all_of = Counter[str](), Counter[str]()
    for case, found in zip(cases, answers, strict=True):
        all_of[case.group] += 1
        right[case.group] += add(Score(), case, found, right_value)
    print("   " + "  ".join(f"{group} {right[group]}/{count}" for group, count in all_of.items()))


def _measure_set(name: str, peers: Sequence[str], most: int, misses: list[tuple[int, str]]) -> dict[str, float | str]:
    """One development set, beside the peers."""
    try:
        data = read_data_set(name)
    except FileNotFoundError:
        print(f"{name}: not beside the checkout, left out")
        return {}
    row = _score_set(data, "backstory", data.cases, [ours(case) for case in data.cases], misses)
    for system in peers:
        cases = data.cases[: most or None] if system == "heideltime" else data.cases
        answers = _ask(system, cases, "narrative" if name == "gum" else "news")
        if answers is not None:
            label = system if len(cases) == len(data.cases) else f"{system} first {len(cases)}"
            _score_set(data, label, cases, answers, [])
            if len(cases) != len(data.cases):
                _score_set(data, f"backstory {len(cases)}", cases, [ours(case) for case in cases], [])
    return {**row, "digest": data.digest}


def _ask(system: str, cases: Sequence[Case], mode: str) -> list[list[Found]] | None:
    try:
        return peer(system, cases, mode)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"{system} could not be run: {error}", file=sys.stderr)
        return None


def _score_set(
    data: DataSet, system: str, cases: Sequence[Case], answers: Sequence[list[Found]], misses: list[tuple[int, str]]
) -> dict[str, float | str]:
    total, value, level = Score(), Score(), Score()
    for case, answer in zip(cases, answers, strict=True):
        asked, found = comparable(data.name, case, _asked_for(data, case, answer))
        if not add(total, asked, found, right_days):
            misses.append(_miss(asked, found, right_days))
        _add_values(value, asked, found, lambda gold: bool(gold.accept))
        _add_values(level, asked, found, partial(_need_not_lie_ahead, case))
    row = _line(data.name, system, total, value)
    if data.name != "gum":
        print(f"{'':31} value where the day need not lie ahead: {level.f1('value'):.3f} ({level.gold} gold)")
    return row


def _need_not_lie_ahead(case: Case, gold: Expected) -> bool:
    return any(stretch.start <= case.published for stretch in gold.accept)


def _add_values(value: Score, case: Case, found: Sequence[Found], asks: Callable[[Expected], bool]) -> None:
    """Count values among the gold expressions that are asked; what was found elsewhere counts as given too much."""
    matched = pairs(case.expected, found)
    value.gold += sum(map(asks, case.expected))
    value.given += len(found) - sum(not asks(gold) for gold, _ in matched)
    for gold, one in matched:
        value.count("value", asks(gold) and right_days(gold, one))


def _asked_for(data: DataSet, case: Case, found: Sequence[Found]) -> list[Found]:
    """Without what the set does not annotate: vague gold, and in GUM lengths, sets and now unless it has them."""
    left_out = data.left_out[case.id]
    kept = [one for one in found if not any(one.start < end and start < one.end for start, end in left_out)]
    if data.name != "gum":
        return kept
    return [
        one
        for one in kept
        if (one.type in ("DATE", "TIME") and not one.value.endswith("_REF"))
        or any(one.start < gold.end and gold.start < one.end for gold in case.expected)
    ]


def _peers_on_own(peers: Sequence[str], most: int) -> None:
    """The peers on our own English cases; a value is right if it, or the days it covers, are."""
    cases = read_cases("en")

    def right(gold: Expected, found: Found) -> bool:
        return right_value(gold, found) or right_days(gold, found)

    for system in ("backstory", *peers):
        chosen = cases[:: max(1, len(cases) // most)] if system == "heideltime" and most else cases
        answers = [ours(case) for case in chosen] if system == "backstory" else _ask(system, chosen, "news")
        if answers is None:
            continue
        total = Score()
        for case, found in zip(chosen, answers, strict=True):
            add(total, case, found, right)
        _line(f"own-en all {len(chosen)}", system, total)


def _miss(case: Case, found: Sequence[Found], right: object) -> tuple[int, str]:
    """How many errors a case has, and what was expected and found."""
    matched = pairs(case.expected, found)
    errors = len(case.expected) + len(found) - 2 * len(matched)
    lines = [f"\n{case.group} {case.id} ({case.published}): {case.why}"]
    if len(case.text) <= 400:
        lines.append(f"  {case.text!r}")
    for gold, one in matched:
        valued = right(gold, one) if callable(right) else False
        if (gold.start, gold.end) != (one.start, one.end) or not valued:
            errors += 1
            wanted = " or ".join(f"{i.start}..{i.end}" for i in gold.accept)
            lines.append(
                f"  expected [{gold.text}] {gold.value} {wanted}; "
                f"found [{case.text[one.start : one.end]}] {one.value} {one.days or ''}"
            )
    lines += [f"  missed   [{gold.text}] {gold.value}" for gold in case.expected if gold not in [g for g, _ in matched]]
    taken = [one for _, one in matched]
    lines += [f"  too much [{case.text[one.start : one.end]}] {one.value}" for one in found if one not in taken]
    return errors, "\n".join(lines)


def _speed() -> None:
    """Articles of 600 words a second on one core, warm, by CPU time; the best of five runs over all documents."""
    texts = read_data_set("gum").cases
    words = sum(len(case.text.split()) for case in texts)
    for case in texts:
        ours(case)
    best = min(_seconds(texts) for _ in range(5))
    print(f"{words / 600 / best:.0f} articles of 600 words a second on dates-gum, which is dense with dates")


def _seconds(cases: Sequence[Case]) -> float:
    started = time.process_time()
    for case in cases:
        ours(case)
    return time.process_time() - started


def _with_kept_rows() -> list[str]:
    """The rows of this run, and behind those of its set each row of a peer that was not run again."""
    rows = list(_ROWS)
    new = {_set_and_system(row) for row in rows}
    for row in _RESULTS.read_text("utf-8").splitlines() if _RESULTS.exists() else ():
        name, system = _set_and_system(row)
        if system.startswith(tuple(PEERS)) and (name, system) not in new:
            behind = [at for at, other in enumerate(rows, 1) if _set_and_system(other)[0] == name]
            rows.insert(behind[-1] if behind else len(rows), row)
    return rows


def _set_and_system(row: str) -> tuple[str, str]:
    cells = [cell.strip() for cell in row.split("|")]
    return (cells[1], cells[2]) if len(cells) > len(("", "set", "system")) else ("", "")


def _keep_floors(reached: dict[str, dict[str, float | str]], *, write: bool) -> int:
    """Compare with the floors, or write them."""
    if write:
        lines = ["# What has been reached, set by set; `make bench-dates` fails below. Raised by --raise-floors."]
        for name, row in reached.items():
            if row:
                lines += ["", f"[{name}]", *(f"{key} = {value!r}".replace("'", '"') for key, value in row.items())]
        _FLOORS.write_text("\n".join(lines) + "\n", "utf-8")
        _RESULTS.write_text(_HEAD + "\n".join(_with_kept_rows()) + "\n", "utf-8")
        return 0
    floors = tomllib.loads(_FLOORS.read_text("utf-8")) if _FLOORS.exists() else {}
    broken = [
        f"{name}: {key} {row[key]} is below {floor}"
        for name, row in reached.items()
        for key, floor in floors.get(name, {}).items()
        if key in row and isinstance(floor, float) and float(row[key]) < floor - _EPSILON
    ]
    changed = [name for name, row in reached.items() if row.get("digest") != floors.get(name, row).get("digest")]
    print("\n".join(broken + [f"{name}: the data changed, measure anew" for name in changed]))
    return 1 if broken or changed else 0


if __name__ == "__main__":
    sys.exit(main())

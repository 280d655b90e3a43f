"""Scores as TempEval-3 counts them (UzZaman et al., SemEval 2013).

Strict: a span with the same borders. Relaxed: one that overlaps, each gold span taken once. Value: of the relaxed
matches, those with the right value; both precision and recall are over all spans.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from cases import Case, Expected


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression as a system gave it; `start` and `end` are offsets, `days` what it covers, if said."""

    start: int
    end: int
    type: str = ""
    value: str = ""
    days: tuple[str, str] | None = None
    mod: str = ""


@dataclass(slots=True)
class Score:
    """Counts over documents."""

    gold: int = 0
    given: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def f1(self, name: str) -> float:
        """F1 of one count."""
        hits = self.counts.get(name, 0)
        return 2 * hits / (self.gold + self.given) if self.gold + self.given else 1.0

    def share(self, name: str, of: str) -> float:
        """One count as a share of another."""
        return self.counts.get(name, 0) / max(self.counts.get(of, 0), 1)

    def count(self, name: str, hit: object) -> None:
        """Count a hit."""
        self.counts[name] = self.counts.get(name, 0) + bool(hit)


def pairs(expected: Sequence[Expected], found: Sequence[Found]) -> list[tuple[Expected, Found]]:
    """Gold and found spans that overlap, one to one, the same borders first."""
    free = list(found)
    matched: list[tuple[Expected, Found]] = []
    for same in (True, False):
        for gold in expected:
            if any(gold is taken for taken, _ in matched):
                continue
            for candidate in free:
                exact = (candidate.start, candidate.end) == (gold.start, gold.end)
                if exact if same else candidate.start < gold.end and gold.start < candidate.end:
                    matched.append((gold, candidate))
                    free.remove(candidate)
                    break
    return matched


def right_days(gold: Expected, found: Found) -> bool:
    """Whether the stretch found is one of those that count."""
    return found.days is not None and any(found.days == (str(i.start), str(i.end)) for i in gold.accept)


def right_value(gold: Expected, found: Found) -> bool:
    """Whether the TIMEX3 value is the same."""
    return gold.value == found.value


def score(
    cases: Iterable[Case],
    system: Callable[[Case], Sequence[Found]],
    right: Callable[[Expected, Found], bool] = right_value,
) -> Score:
    """Run a system over cases and count."""
    total = Score()
    for case in cases:
        add(total, case, system(case), right)
    return total


def add(total: Score, case: Case, found: Sequence[Found], right: Callable[[Expected, Found], bool]) -> bool:
    """Count one case; whether all of it was right."""
    total.gold += len(case.expected)
    total.given += len(found)
    matched = pairs(case.expected, found)
    fine = len(matched) == len(case.expected) == len(found)
    for gold, one in matched:
        strict, valued = (gold.start, gold.end) == (one.start, one.end), right(gold, one)
        total.count("relaxed", hit=True)
        total.count("strict", strict)
        total.count("value", valued)
        total.count("type", gold.type == one.type)
        total.count("mod", valued and gold.mod == one.mod)
        total.count("asked_days", valued and gold.accept)
        total.count("days", valued and gold.accept and right_days(gold, one))
        fine = fine and strict and valued and (not gold.accept or right_days(gold, one))
    return fine

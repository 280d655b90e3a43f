"""What an answer is worth: segments found, days right, pages a second."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Sample

_DRAWS = 500  # of the bootstrap
_INTERVAL = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a contestant made of one page, and how long it took."""

    text: str
    day: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Segments:
    """Counts over segments: wanted and found, unwanted and found, wanted and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: "Segments") -> "Segments":
        return Segments(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)


def segments(sample: Sample, text: str) -> Segments:
    """A segment counts where it stands in the text, white space folded."""
    folded = _folded(text)
    found = sum(_folded(segment) in folded for segment in sample.wanted)
    extra = sum(_folded(segment) in folded for segment in sample.unwanted)
    return Segments(found, extra, len(sample.wanted) - found)


def bootstrap(counts: Sequence[Segments], *, seed: int = 0) -> tuple[float, float]:
    """The 95% interval of micro F1, by drawing pages anew."""
    draw = random.Random(seed)  # noqa: S311 - not a secret
    scores = sorted(sum(draw.choices(counts, k=len(counts)), start=Segments()).f1 for _ in range(_DRAWS))
    low, high = (scores[int(share * (_DRAWS - 1))] for share in _INTERVAL)
    return low, high


def days(samples: Sequence[Sample], answers: dict[str, Answer]) -> tuple[float, float]:
    """Accuracy over labelled pages, and F1 where no day is no answer."""
    labelled = [sample for sample in samples if sample.day]
    given = sum(bool(answers[sample.id].day) for sample in labelled)
    right = sum(answers[sample.id].day == sample.day for sample in labelled)
    return right / max(1, len(labelled)), 2 * right / max(1, len(labelled) + given)


def _folded(text: str) -> str:
    return " ".join(text.split())

"""Figures: numbers with what they count, so that two of them can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from backstory.retrieval.wording import Word

_YEARS = range(1900, 2101)  # a bare number in it is more likely a year than a figure


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the word after it, as printed and as the archive spells them."""

    text: str
    number: str
    counted: str


def figures(said: Iterable[Word]) -> tuple[Figure, ...]:
    """Every number that counts something: "5,000 troops"."""
    return tuple(
        Figure(f"{number.text} {counted.text}", "".join(number.stems), counted.stems[0])
        for number, counted in pairwise(said)
        if _counts(number) and not counted.is_number and counted.start - number.end <= 1
    )


def _counts(word: Word) -> bool:
    return word.is_number and not (word.text.isdecimal() and int(word.text[:5]) in _YEARS)


def differing(here: Iterable[Figure], there: Iterable[Figure]) -> tuple[Figure, Figure] | None:
    """The first figure here of which there is another number there, and no equal one."""
    known = tuple(there)
    for figure in here:
        same = [other for other in known if other.counted == figure.counted]
        if same and all(other.number != figure.number for other in same):
            return figure, same[0]
    return None

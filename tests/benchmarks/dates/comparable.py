"""Makes gold and answers comparable where a set's customs are not TIMEX3's, in the same way for every system.

The phrase sets annotate a range whole and with its preposition ("from May to July"), TIMEX3 its two ends: expressions
that lie in one gold span with nothing but range words between them are joined, and prepositions at a border are cut.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cases import Case, Expected
from score import Found

_BETWEEN = re.compile(
    r"\s*(?:to|through|thru|until|till|and|or|on|at|in|of|for|by|the|from|[-–~,]|\s)*\s*", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?:(?:from|between|in|on|at|for|by|before|after|since|until|till|within|during|about|around|over|the|of|than"
    r"|less|more|later|earlier)\s+)+(?=\S)",
    re.IGNORECASE,
)


def comparable(name: str, case: Case, found: Sequence[Found]) -> tuple[Case, list[Found]]:
    """The case and what was found in it, with borders that can be compared; GUM's are TIMEX3's as they are."""
    if name == "gum":
        return case, list(found)
    joined = list(found)
    for gold in case.expected:
        joined = _join(case.text, gold, joined)
    expected = tuple(replace(gold, start=_bare(case.text, gold.start, gold.end)) for gold in case.expected)
    return replace(case, expected=expected), [
        replace(one, start=_bare(case.text, one.start, one.end)) for one in joined
    ]


def _bare(text: str, start: int, end: int) -> int:
    """Where a span begins without prepositions and articles."""
    opening = _BEFORE.match(text, start, end)
    return opening.end() if opening else start


def _join(text: str, gold: Expected, found: list[Found]) -> list[Found]:
    """What lies in a gold span as one, if only range words part it."""
    inside = [one for one in found if gold.start <= one.start and one.end <= gold.end]
    gaps = [text[left.end : right.start] for left, right in pairwise(inside)]
    if len(inside) < 2 or not all(_BETWEEN.fullmatch(gap) for gap in gaps):
        return found
    days = [one.days for one in inside if one.days]
    stretch = (min(start for start, _ in days), max(end for _, end in days)) if days else None
    whole = Found(inside[0].start, inside[-1].end, inside[0].type, inside[0].value, stretch)
    return [one for one in found if one not in inside] + [whole]

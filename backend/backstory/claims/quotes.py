"""Text → quotations: what stands between quotation marks, in any style, across paragraphs.

Double and single, high and low, curly, straight and angled: each is closed by its own mark.
A quotation that its paragraph leaves open goes on in the next one where that begins with the same opening mark.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from backstory.model import Block, Span

_MATES = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "'": "'", "‹": "›", "「": "」"}
_DOUBLE = frozenset('“”„«»"‹›「」')


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch in quotation marks, marks included; `ends_open` where its paragraph does not close it."""

    span: Span
    block: int
    ends_open: bool = False


def find_quotations(text: str, blocks: Sequence[Block]) -> list[Quotation]:
    """All quotations of the blocks, in order; they neither nest nor overlap."""
    return [quotation for number, block in enumerate(blocks) for quotation in _in_block(text, block.span, number)]


def _in_block(text: str, span: Span, number: int) -> Iterable[Quotation]:
    opened, mates, seen = -1, "", False
    for at in _marks(text, span):
        mark = text[at]
        if opened < 0 and not seen and _closes_unopened(text, at, span):
            yield Quotation(Span(span.start, at + 1), number)
        elif opened >= 0:
            if mark in mates and _may_close(text, at, span):
                yield Quotation(Span(opened, at + 1), number)
                opened = -1
        elif mark in _MATES and _may_open(text, at, span):
            opened, mates = at, _MATES[mark]
        seen = seen or mark in _DOUBLE
    # Only a double mark may be left open: a lone single one is an apostrophe.
    if opened >= 0 and text[opened] in _DOUBLE:
        end = span.start + len(span.of(text).rstrip())
        if end > opened + 1:
            yield Quotation(Span(opened, end), number, ends_open=True)


_MARKS = re.compile("[" + "".join({*_MATES, *"".join(_MATES.values())}) + "]")


def _marks(text: str, span: Span) -> list[int]:
    return [match.start() for match in _MARKS.finditer(text, span.start, span.end)]


def _closes_unopened(text: str, at: int, span: Span) -> bool:
    """Whether a block's first mark closes a quotation that began before the block did."""
    after = text[at + 1] if at + 1 < span.end else " "
    return at > span.start and text[at] in '”"' and text[at - 1] in ".,!?…" and after.isspace()


def _may_open(text: str, at: int, span: Span) -> bool:
    before = text[at - 1] if at > span.start else " "
    after = text[at + 1] if at + 1 < span.end else " "
    if text[at] in "'‘" and not after.isalnum():
        return False
    return not after.isspace() and not before.isalnum()


def _may_close(text: str, at: int, span: Span) -> bool:
    before = text[at - 1]
    after = text[at + 1] if at + 1 < span.end else " "
    if text[at] in "'’":
        return not after.isalnum() and not before.isspace() and (before in ".,!?…;" or _no_plural(text, at))
    return not (after.isalnum() and text[at] == '"' and before.isspace())


def _no_plural(text: str, at: int) -> bool:
    """A single mark after "s" may be a plural's apostrophe ("the countries' forces")."""
    return text[at - 1] not in "sS" or (at + 1 < len(text) and text[at + 1] in ",.;:!?)")


def continued(quotations: Sequence[Quotation]) -> list[bool]:
    """For each quotation whether it goes on with the one before it."""
    return [False, *(a.ends_open and b.block == a.block + 1 for a, b in pairwise(quotations))][: len(quotations)]

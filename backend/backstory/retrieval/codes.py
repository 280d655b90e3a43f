"""Words as numbers of 32 bits: how an engine may keep a passage's words, so that ranking need not analyse it again.

    ("harbour",), ("ferry", "leav", "harbour") → 1, 3, crc(harbour), crc(ferry), crc(leav), crc(harbour)

Numbers are compared where words would be, a whole page's candidates at a time. Two words in four thousand million
share a number: of a page's words, one in seven million of an archive's is taken for another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from struct import pack as pack_row
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from backstory.model import Passage
from backstory.retrieval.terms import words

_KEPT = 1 << 15  # words whose numbers are remembered, some 4 MB
_LEAD = 2  # numbers before the words: how many are the headline's, how many the text's

Codes = NDArray[Any]
"""Words' numbers (unsigned, 32 bits, little end first)."""


class _Numbers(dict[str, int]):
    """Each word's number, worked out once."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        number = self[word] = crc32(word.encode())
        return number


_numbers = _Numbers()


def codes(said: Sequence[str]) -> Codes:
    """The numbers of words."""
    return np.array([_numbers[word] for word in said], "<u4")


def packed(headline: Sequence[str], text: Sequence[str]) -> bytes:
    """The words of a passage's headline and text in one row."""
    said = map(_numbers.__getitem__, chain(headline, text))
    return pack_row(f"<{_LEAD + len(headline) + len(text)}I", len(headline), len(text), *said)


def pack(passage: Passage) -> bytes:
    """The same for a passage that nobody has analysed yet."""
    return packed(words(passage.headline, passage.language), words(passage.text, passage.language))


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Rows of `packed` one behind another: all numbers, and the row that each belongs to.

    `is_headline` and `is_text` tell which numbers are words of which; the rest count them.
    """

    codes: Codes
    row: Codes
    is_headline: NDArray[np.bool]
    is_text: NDArray[np.bool]
    headline_lengths: Codes
    text_lengths: Codes


def unpacked(rows: Sequence[bytes]) -> Unpacked:
    """Rows as `packed` made them, at least one."""
    found = np.frombuffer(b"".join(rows), "<u4")
    sizes = np.array([len(row) >> 2 for row in rows], np.intp)
    start = np.cumsum(sizes) - sizes
    in_headline, in_text = found[start].astype(np.intp), found[start + 1].astype(np.intp)
    row = np.repeat(np.arange(len(rows)), sizes)
    place = np.arange(found.size) - np.repeat(start + _LEAD, sizes)
    is_text = place >= np.repeat(in_headline, sizes)
    return Unpacked(found, row, (place >= 0) & ~is_text, is_text, in_headline, in_text)

"""How often texts hold a page's words, and which of its words stand side by side in them as they do in the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory.retrieval.codes import Codes, codes

Floats = NDArray[Any]
Integers = NDArray[Any]
Pairs = dict[tuple[str, str], int]
"""Pairs of words, numbered."""

_LOW = 0xFFFF  # a table of so many numbers tells at once most words that the page does not have


@dataclass(frozen=True, slots=True)
class Counts:
    """How often texts hold the page's words: `times` that a text (`row`) holds a word (`column`), in order."""

    row: Integers
    column: Integers
    times: Floats
    shape: tuple[int, int]

    def dense(self, values: Floats | None = None) -> Floats:
        """Texts x words; `values` in the place of `times`."""
        table = np.zeros(self.shape, np.float32)
        table[self.row, self.column] = self.times if values is None else values
        return table

    def saturated(self, lengths: Floats, *, k1: float, b: float, usual: float) -> Floats:
        """BM25's term frequency: grows ever slower with the count, and counts less in a text longer than usual."""
        longer = (k1 * (1 - b + b * lengths / usual)).astype(np.float32)
        return self.dense(self.times * np.float32(k1 + 1) / (self.times + longer[self.row]))

    def together(self, owner: Integers, owners: int) -> "Counts":
        """The counts of texts that belong together added up, as if they were one; `owner` is each text's."""
        return _counts(owner[self.row], self.column, self.times, (owners, self.shape[1]))


@dataclass(frozen=True, slots=True)
class Placed:
    """The words of texts one behind another: the text (`row`) and the page's word that each is, -1 for none."""

    row: Integers
    column: Integers

    def counted(self, texts: int, words: int) -> Counts:
        """How often each text holds each word."""
        some = np.flatnonzero(self.column >= 0)
        return _counts(self.row[some], self.column[some], None, (texts, words))

    def stand(self, pairs: Pairs, vocabulary: Mapping[str, int], texts: int) -> Floats:
        """Which pairs of words stand side by side in each text: 1, else 0 (texts x pairs)."""
        found = np.zeros((texts, len(pairs)), np.float32)
        if pairs:
            width = len(vocabulary)
            both = (self.column[:-1] >= 0) & (self.column[1:] >= 0) & (self.row[:-1] == self.row[1:])
            start = np.flatnonzero(both)
            known = np.array([vocabulary[one] * width + vocabulary[other] for one, other in pairs])
            number = _among(known, self.column[start] * width + self.column[start + 1])
            found[self.row[start[number >= 0]], number[number >= 0]] = 1.0
        return found


def columns(found: Codes, vocabulary: Mapping[str, int]) -> Integers:
    """The page's word that each number stands for, -1 where the page does not have it."""
    column = np.full(found.size, -1)
    if vocabulary:
        known = codes(tuple(vocabulary))
        is_likely = np.zeros(_LOW + 1, bool)
        is_likely[known & _LOW] = True
        likely = np.flatnonzero(is_likely[found & _LOW])
        column[likely] = _among(known, found[likely])
    return column


def numbered_pairs(says: Iterable[Sequence[str]], vocabulary: Mapping[str, int]) -> Pairs:
    """The different words of the vocabulary that stand side by side in any of some texts."""
    found = (
        pair
        for said in says
        for pair in pairwise(said)
        if pair[0] != pair[1] and pair[0] in vocabulary and pair[1] in vocabulary
    )
    return {pair: number for number, pair in enumerate(dict.fromkeys(found))}


def _among(known: Integers, some: Integers) -> Integers:
    """Where each of some numbers stands among the known ones, -1 where it does not."""
    order = np.argsort(known)
    nearest = order[np.minimum(np.searchsorted(known, some, sorter=order), known.size - 1)]
    return np.where(known[nearest] == some, nearest, -1)


def _counts(row: Integers, column: Integers, times: Floats | None, shape: tuple[int, int]) -> Counts:
    width = max(shape[1], 1)
    table = np.bincount(row * width + column, times, minlength=shape[0] * width)
    held = np.flatnonzero(table)
    return Counts(held // width, held % width, table[held].astype(np.float32), shape)

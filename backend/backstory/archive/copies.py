"""Copies: one report that several outlets carry, cut, re-headed and corrected.

Two articles are copies of one another where

    they came out at most MAX_DAYS apart,
    most of the shorter one's runs (RUN words in a row) stand in the longer: CONTAINED of them, or, where both say in
    their first words that they come from the same agency, CONTAINED_BY_WIRE; of two from one outlet, which has its
    own forms and writes its own reports on, CONTAINED_IN_OUTLET, and
    the runs stand where the longer begins: a report is cut from its end, and gets paragraphs put before it, but a
    survey of the week that quotes five reports is none of them.

Copies of copies are one group.
"""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from backstory.addresses import host_of
from backstory.archive.preparing import publisher_key
from backstory.model import Article, Copy
from backstory.retrieval.terms import SPACELESS

RUN = 4  # words that stand side by side
MAX_DAYS = 3  # between two copies; a report is carried on within days (NEWS-COPY; Silcock et al., 2023)
CONTAINED = 0.5  # of the shorter one's runs found in the longer
CONTAINED_BY_WIRE = 0.3  # of them where both name the same agency
CONTAINED_IN_OUTLET = 0.8  # of them where one outlet published both
MIN_RUNS = 30  # a shorter text tells nothing
MAX_WORDS = 4_000  # of an article that are looked at
_MAX_CHARACTERS = 12 * MAX_WORDS

_LEAD = 100  # runs from the first whose traces lie close: short copies are cut from there
_LEAD_SHARE, _SHARE = 5, 48  # one run in so many leaves a trace: in the lead, and behind it
_REACH = 2  # times the shorter one's length in which its runs have to stand,
_PREFACE = 60  # and so many runs more: a paragraph put before it

_BEGINNING = 300  # characters in which a report names its agency
_DATELINE = re.compile(r"\(([^\W\d_][\w.&/-]{1,20}(?: [\w.&/-]{1,20}){0,2})\) ?[-\u2013\u2014]")
# By any of these names an agency signs; what is not here is taken as it stands.
_AGENCIES = {
    "the associated press": "ap",
    "associated press": "ap",
    "agence france-presse": "afp",
    "thomson reuters": "reuters",
    "reuters": "reuters",
    "ap": "ap",
    "afp": "afp",
    "dpa": "dpa",
    "pa": "pa",
    "pa media": "pa",
    "press association": "pa",
    "xinhua": "xinhua",
    "tass": "tass",
    "efe": "efe",
    "ansa": "ansa",
    "upi": "upi",
    "kyodo": "kyodo",
    "bloomberg": "bloomberg",
    "the canadian press": "canadian press",
    "canadian press": "canadian press",
    "press trust of india": "pti",
    "pti": "pti",
}

_PUNCTUATION = (string.punctuation + string.whitespace).encode()
_BLANKED = bytes(range(256)).translate(bytes.maketrans(_PUNCTUATION, b" " * len(_PUNCTUATION)))
_MARKS = "\u00a0\u2013\u2014\u2018\u2019\u201c\u201d\u2026"  # that stand at words, and are more than one byte
# A character of a script that sets no spaces is a word of its own.
_UNSPACED = re.compile(f"[{SPACELESS}]")
# Odd numbers of no meaning, that spread what they are multiplied with over 64 bits.
_SPREAD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_HALF = np.uint64(32)  # of their bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What tells of an article whether it is a copy.

    `runs` are the hashes of its runs, in order; `traces` those few of them by which copies are looked for, as signed
    numbers.
    """

    day: int
    outlet: str
    agency: str
    runs: NDArray[np.uint32]
    traces: frozenset[int]


def fingerprint(article: Article) -> Fingerprint:
    """The fingerprint of an article that has its day; linear in what is read of it."""
    if article.published is None:
        raise ValueError(f"an article needs its day of publication: {article.url}")
    body = " ".join(block.span.of(article.text) for block in article.blocks)
    runs = _runs(body)
    if len(runs) < MIN_RUNS:
        runs = runs[:0]
    leaves = runs % _SHARE == 0
    leaves[:_LEAD] |= runs[:_LEAD] % _LEAD_SHARE == 0
    return Fingerprint(
        day=article.published.day.toordinal(),
        outlet=publisher_key(article.publisher) or host_of(article.url),
        agency=_agency(article, body),
        runs=runs,
        traces=frozenset(runs[leaves].view(np.int32).tolist()),
    )


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two articles are copies of one another."""
    if abs(one.day - other.day) > MAX_DAYS or one.traces.isdisjoint(other.traces):
        return False
    shorter, longer = sorted((one.runs, other.runs), key=len)
    beginning = np.sort(longer[: _REACH * len(shorter) + _PREFACE])
    # What numpy's isin tells as well, but much more slowly of so few.
    found = beginning.take(beginning.searchsorted(shorter), mode="clip") == shorter
    return int(np.count_nonzero(found)) >= _wanted(one, other) * len(shorter)


def _wanted(one: Fingerprint, other: Fingerprint) -> float:
    if one.outlet == other.outlet:
        return CONTAINED_IN_OUTLET
    return CONTAINED_BY_WIRE if one.agency and one.agency == other.agency else CONTAINED


def grouped(fingerprints: Mapping[int, Fingerprint]) -> list[list[int]]:
    """What copies of copies come to: groups of the keys, in order, each of them in order."""
    groups: list[list[int]] = []
    for key in sorted(fingerprints):
        joined = [group for group in groups if any(is_copy(fingerprints[key], fingerprints[other]) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append(sorted([key, *(other for group in joined for other in group)]))
    return sorted(groups)


def earliest(copy: Copy) -> tuple[date, str, str]:
    """To sort copies by, the first report first; of one day that one first of which the instant is not known."""
    at = copy.published.at
    return copy.published.day, "" if at is None else at.astimezone(UTC).isoformat(), copy.url


def _runs(text: str) -> NDArray[np.uint32]:
    words = _words(text[:_MAX_CHARACTERS].lower())[:MAX_WORDS]
    if len(words) < RUN:
        return np.empty(0, np.uint32)
    hashed = np.fromiter(map(crc32, words), np.uint64, len(words))
    mixed = sum(hashed[step : len(words) - RUN + 1 + step] * spread for step, spread in enumerate(_SPREAD))
    runs: NDArray[np.uint32] = ((mixed ^ (mixed >> _HALF)) * _SPREAD[0] >> _HALF).astype(np.uint32)
    return runs


def _words(text: str) -> list[bytes]:
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
        text = _UNSPACED.sub(r" \g<0> ", text)
    return text.encode().translate(_BLANKED).split()


def _agency(article: Article, body: str) -> str:
    dateline = _DATELINE.search(body, 0, _BEGINNING)
    if dateline:
        name = dateline[1].lower()
        return _AGENCIES.get(name, name)
    return next((_AGENCIES[name] for name in map(str.lower, article.authors) if name in _AGENCIES), "")

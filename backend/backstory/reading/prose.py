"""How much running text a piece holds, and how much of it another text repeats."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from backstory.reading.layout import Piece, Region

Weight = Callable[[Region], int]
"""A region's share of something that its pieces add up to."""

_PROSE = 80  # characters from which a piece with any punctuation is prose
_SENTENCE = 30  # characters from which a piece that ends like a sentence is prose
_SHORT_SENTENCE = 12  # characters from which it is at least a sentence
_HEADING = 200  # characters from which what is marked as a heading is a paragraph in large type
_DENSE_WRITING = 2  # one character of Chinese, Japanese or Korean says as much as two letters
_HEAD = 200  # characters of a piece that tell how it is written

_SHINGLE = 4  # words that two texts must share in a row to be the same words
MAX_TOLD = 200_000
"""Characters that are read of the publisher's own copy of an article."""

_END = re.compile(r"[.!?…。！？؟।:][\"'”’»«“)\]]{0,3}$")
_TAIL = 5  # characters in which such an ending stands
_STOP = re.compile(r"[.!?…。！？؟।,;:、，]")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w+")


def prose(piece: Piece) -> int:
    """How many characters of running text a piece holds, outside of links."""
    text, length = piece.text, len(piece.text)
    if (piece.kind == "heading" and length < _HEADING) or piece.linked * 2 > length:
        return 0
    dense = len(_DENSE.findall(text[:_HEAD])) * 2 > min(length, _HEAD)
    size = length * (_DENSE_WRITING if dense else 1)
    if (size >= _PROSE and _STOP.search(text)) or (size >= _SENTENCE and _ends(text)):
        return size - piece.linked
    return 0


def is_sentence(piece: Piece) -> bool:
    """Whether a piece may be an article's first or last: prose, or a short sentence without links."""
    if prose(piece):
        return True
    text = piece.text
    return piece.kind != "heading" and not piece.linked and len(text) >= _SHORT_SENTENCE and " " in text and _ends(text)


def sums(sizes: Iterable[int]) -> Weight:
    """Sizes of pieces, one for each and in order, to the size of any region, in constant time."""
    upto = list(accumulate(sizes, initial=0))
    return lambda region: upto[region.last] - upto[region.first]


def coverage(texts: Sequence[str], told: str) -> list[float]:
    """For each text, the share of its shingles (four words in a row) that another text holds."""
    known = _shingles(told[:MAX_TOLD])
    return [len(own & known) / len(own) if (own := _shingles(text)) else 0.0 for text in texts]


def folded(text: str) -> str:
    """A text's words alone, in lower case: what is left when only the look differs."""
    return " ".join(_WORD.findall(text.lower()))


def _ends(text: str) -> bool:
    return _END.search(text[-_TAIL:]) is not None


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return (
        {tuple(words[place : place + _SHINGLE]) for place in range(max(1, len(words) - _SHINGLE + 1))}
        if words
        else set()
    )

"""Article → sentences, by nupunkt, with its known slips put right.

A sentence never runs over the border of a block.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import nupunkt

from backstory.model import Article, Span

_FULL = re.compile(r"[.!?…。！？؟:;][\"'”’»“)\]]*$")
# Abbreviations that never end a sentence, and those that do not before a word in lower case or a number.
_NEVER_LAST = re.compile(
    r"(?:^|[\s(“\"'])(?:vs|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Mr|Mrs|Ms|Dr|Supt|Det|Adm|Hon|Pres|No|Nos|cf|e\.g|i\.e|approx)\.\s*$"
)
_LOWER = re.compile(r"[\"'“‘(\[]*[a-z]")
_OPENERS, _CLOSERS = "“„«‘", "”»"


def sentences(article: Article) -> Iterator[tuple[Span, int]]:
    """The sentences of an article with the number of the block each stands in."""
    for number, block in enumerate(article.blocks):
        for span in split_text(article.text, block.span):
            yield span, number


def split_text(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of a stretch of text, without the white space around them."""
    if within is None:
        if not text.strip():
            return []
        within = Span(0, len(text))
    stretch = within.of(text)
    ends = [end for _, end in nupunkt.sent_spans(stretch)]
    cuts = [0, *(end for end in ends[:-1] if _is_border(stretch, end)), len(stretch)]
    return [span for start, end in pairwise(cuts) if (span := _trimmed(stretch, start, end, within.start))]


def _is_border(text: str, at: int) -> bool:
    before, after = text[max(0, at - 24) : at], text[at : at + 4]
    return not (_NEVER_LAST.search(before) or (_LOWER.match(after) and not before.endswith("\n")))


def _trimmed(text: str, start: int, end: int, shift: int) -> Span | None:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    return Span(shift + start + left, shift + start + right) if left < right else None

"""Where words stand, as the W3C says it: a quote that can be found again, and a position that hints.

https://www.w3.org/TR/annotation-model/#selectors
"""

from bisect import bisect_right
from typing import Any

from backstory.model import Article, Span

_CONTEXT = 32  # code points either side; enough to tell repeats apart in practice


def select(article: Article, span: Span) -> list[dict[str, Any]]:
    """A TextQuoteSelector and a TextPositionSelector for a stretch of the article's text."""
    return [quote(article.text, span), {"type": "TextPositionSelector", "start": span.start, "end": span.end}]


def quote(text: str, span: Span) -> dict[str, Any]:
    """The words themselves, with what stands before and after them."""
    return {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - _CONTEXT) : span.start],
        "suffix": text[span.end : span.end + _CONTEXT],
    }


def block_number(article: Article, span: Span) -> str:
    """The number that the reader's page gave the block in which the words begin; empty where it gave none."""
    place = bisect_right(article.blocks, span.start, key=lambda block: block.span.start) - 1
    if place < 0 or article.blocks[place].span.end <= span.start:
        return ""
    return article.blocks[place].number

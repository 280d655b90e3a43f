"""Article → sentences with their words tagged and their quotations marked: what attribution reads."""

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache

from backstory.claims import tagger
from backstory.claims.language import supported
from backstory.claims.phrases import Sentence
from backstory.claims.quotes import Quotation, find_quotations
from backstory.claims.sentences import sentences
from backstory.claims.tokens import Tokens, lower, tokenise
from backstory.model import Article

LONGEST_SENTENCE = 200
"""Words that are read as one sentence; the rest is read as another, so that no page takes more than linear time."""

_READ_AT_ONCE = 4  # articles kept read, so that their claims need not read them again


@lru_cache(maxsize=_READ_AT_ONCE)
def read_speech(article: Article) -> tuple[list[Sentence], list[Quotation]]:
    """The article's sentences, tagged, and its quotations."""
    quotations = find_quotations(article.text, article.blocks)
    tokens, blocks = _read_in_pieces(article)
    words = [each.words for each in tokens]
    tags = (
        tagger.english().tag(words) if supported(article.language) else [list(map(_by_shape, each)) for each in words]
    )
    inside = _inside(quotations)
    return [
        Sentence(
            span=each.span(0, len(each)),
            block=block,
            tokens=each,
            words=lower(each.words),
            tags=tuple(tagged),
            quoted=tuple(map(inside, each.starts)),
        )
        for each, block, tagged in zip(tokens, blocks, tags, strict=True)
    ], quotations


def _read_in_pieces(article: Article) -> tuple[list[Tokens], list[int]]:
    """The tokens of each sentence and the block it stands in; what is far too long for a sentence is cut."""
    pieces: list[Tokens] = []
    blocks: list[int] = []
    for span, block in sentences(article):
        tokens = tokenise(article.text, span)
        for first in range(0, len(tokens), LONGEST_SENTENCE):
            pieces.append(tokens.slice(first, first + LONGEST_SENTENCE))
            blocks.append(block)
    return pieces, blocks


def _by_shape(word: str) -> str:
    """All that can be said of a word in an unknown language: a number, a mark, or some word."""
    if word[0].isdigit():
        return "CD"
    return "NN" if any(map(str.isalnum, word)) else "PUNCT"


def _inside(quotations: list[Quotation]) -> Callable[[int], bool]:
    starts = [quotation.span.start for quotation in quotations]
    ends = [quotation.span.end for quotation in quotations]

    def inside(position: int) -> bool:
        at = bisect_left(starts, position + 1) - 1
        return at >= 0 and position < ends[at]

    return inside

"""An article to the passages that the archive stores and returns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backstory.model import Article, Passage, Publication, Span
from backstory.retrieval.terms import SPACELESS

# Two or three paragraphs of news: enough words that a claim's find company, few enough that what is quoted can be read
# at a glance. BM25 prefers the shorter of two, so the closer passages are in length, the fairer it compares them.
LEAST_WORDS = 60
MOST_WORDS = 120

_SENTENCE_END = re.compile(
    r"""
    [.!?…。！？\n]
    (?: (?<=\n) \s*
      | (?<=[。！？]) [」』”）]* \s*
      | (?<=[.!?…]) (?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z][a-z]\.) ["'”’»)\]]* \s+  # not after Gen. or U.S.
    )
    """,
    re.VERBOSE,
)
_SPACELESS = re.compile(f"[{SPACELESS}]")
_SPACELESS_WORD = re.compile(rf"[{SPACELESS}]{{1,2}}|[^\W{SPACELESS}]+")  # two of its characters count as one word
_WORD = re.compile(r"\w+")  # the same where no script is spaceless, in a third of the time


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some of an article's text and how many words are in it; `closes` where a block ends with it."""

    span: Span
    words: int
    closes: bool


def split(article: Article) -> tuple[Passage, ...]:
    """Cut an article into passages of whole sentences, word for word, in order.

    Each holds 60 to 120 words where the article has as many, and nothing that stands outside the blocks; a sentence
    that is longer is cut between words. An article without blocks is known by its headline, where it has one.
    Raises ValueError for an article without a day of publication.
    """
    if article.published is None:
        raise ValueError(f"an article needs its day of publication: {article.url}")
    texts = [span.of(article.text) for span in _grouped(article.text, list(_stretches(article)))]
    if not texts and article.headline:
        texts = [article.headline]
    return tuple(_passage(article, article.published, ordinal, text) for ordinal, text in enumerate(texts))


def _stretches(article: Article) -> Iterator[_Stretch]:
    text = article.text
    word = _SPACELESS_WORD if not text.isascii() and _SPACELESS.search(text) else _WORD
    cut = [list(_sentences(text, block.span, word)) for block in article.blocks]
    is_short = sum(words for pieces in cut for _, words in pieces) <= MOST_WORDS  # no passage can overflow
    for block, pieces in zip(article.blocks, cut, strict=True):
        if is_short and pieces:
            whole = _trimmed(text, block.span.start, block.span.end)
            yield _Stretch(whole, sum(words for _, words in pieces), closes=True)
        else:
            for number, (span, words) in enumerate(pieces, start=1):
                yield _Stretch(span, words, closes=number == len(pieces))


def _sentences(text: str, block: Span, word: re.Pattern[str]) -> Iterator[tuple[Span, int]]:
    """The sentences of a block that have words, and how many; one that has too many in several pieces."""
    start = block.start
    for end in [match.end() for match in _SENTENCE_END.finditer(text, block.start, block.end)] + [block.end]:
        count = len(word.findall(text, start, end))
        if count > MOST_WORDS:
            yield from _cut(text, start, end, word)
        elif count:
            yield _trimmed(text, start, end), count
        start = end


def _cut(text: str, start: int, end: int, word: re.Pattern[str]) -> Iterator[tuple[Span, int]]:
    """A sentence in pieces of as many words as a passage may have."""
    count = 0
    for match in word.finditer(text, start, end):
        if count == MOST_WORDS:
            yield _trimmed(text, start, match.start()), count
            start, count = match.start(), 0
        count += 1
    yield _trimmed(text, start, end), count


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, start + max(lead + 1, len(piece.rstrip())))


def _grouped(text: str, stretches: list[_Stretch]) -> list[Span]:
    """Join neighbours until a passage has words enough, over nothing that stands outside the blocks."""
    spans: list[Span] = []
    counts: list[int] = []
    is_open = False
    for stretch in stretches:
        joins = bool(spans) and not text[spans[-1].end : stretch.span.start].strip()
        if joins and is_open and counts[-1] + stretch.words <= MOST_WORDS:
            spans[-1] = Span(spans[-1].start, stretch.span.end)
            counts[-1] += stretch.words
        else:
            spans.append(stretch.span)
            counts.append(stretch.words)
        is_open = not (stretch.closes and counts[-1] >= LEAST_WORDS)
    return spans


def _passage(article: Article, published: Publication, ordinal: int, text: str) -> Passage:
    return Passage(
        id=f"{article.url}#{ordinal}",
        url=article.url,
        text=text,
        ordinal=ordinal,
        headline=article.headline,
        publisher=article.publisher,
        language=article.language,
        published=published,
        rating=article.rating,
    )

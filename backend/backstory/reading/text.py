"""Plain text as its sender has it: read where it stands, not a character changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backstory.model import Block, BlockKind, Span
from backstory.reading.characters import seen
from backstory.reading.lines import is_byline, is_furniture

MAX_BLOCKS = 20_000
"""Blocks that are read of one text; a long read has some hundreds."""

_MAX_HEADLINE = 250  # characters of a headline
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_END = re.compile(r"[.!?…。！？؟।:;,][\"'”’»«“)\]]{0,3}$")
_TAIL = 5  # characters in which such an ending stands
_BULLET = re.compile(r"[•·*‣▪◦●–—-][^\S\n]+")
_WRAPPED = 0.5  # of a paragraph's lines that end like sentences: from here on each is a paragraph


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text's headline (empty where it has none), its blocks, and all its paragraphs, furniture among them."""

    headline: str = ""
    blocks: tuple[Block, ...] = ()
    paragraphs: tuple[Span, ...] = ()


def read_text(text: str) -> PlainText:
    """Find the paragraphs that report; where all looks like furniture, all of it is taken at its word."""
    every = [span for chunk in _chunks(text) for span in _paragraphs(text, chunk)][:MAX_BLOCKS]
    if not every:
        return PlainText()
    spans = [span for span in every if not is_furniture(span.of(text))]
    headline = _headline(text, spans)
    if headline:
        spans = _without_byline(text, spans[1:])
    blocks = tuple(_block(text, span) for span in spans or every)
    return PlainText(headline.of(text) if headline else "", blocks, tuple(every))


def _chunks(text: str) -> Iterator[list[Span]]:
    """The text's lines, without the blanks around them, in groups with blank lines between."""
    chunk: list[Span] = []
    end = 0
    for line in _LINE.finditer(text):
        span = _stripped(text, line.start(), line.end())
        if chunk and (span is None or _is_gap(text[end : line.start()])):
            yield chunk
            chunk = []
        if span:
            chunk.append(span)
        end = line.end()
    if chunk:
        yield chunk


def _is_gap(between: str) -> bool:
    """Whether the line breaks between two lines leave a blank one."""
    return len(between.replace("\r\n", "\n")) > 1 or "\u2029" in between


def _paragraphs(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """The paragraphs of a group of lines: split by furniture, by bullets, and where lines end like sentences."""
    ending = sum(_ends(line.of(text)) for line in lines[:-1])
    apart = len(lines) > 1 and ending >= _WRAPPED * (len(lines) - 1)
    start: Span | None = None
    last: Span | None = None
    for line in lines:
        own = is_furniture(line.of(text)) or _BULLET.match(text, line.start)
        if start and last and (own or apart):
            yield Span(start.start, last.end)
            start = None
        if own:
            yield line
            last = None
            continue
        start, last = start or line, line
    if start and last:
        yield Span(start.start, last.end)


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and not seen(text[start]).strip():
        start += 1
    while end > start and not seen(text[end - 1]).strip():
        end -= 1
    return Span(start, end) if start < end else None


def _headline(text: str, spans: Sequence[Span]) -> Span | None:
    """The first paragraph, where it is one short line that does not end like a sentence and introduces a longer one."""
    if len(spans) < 2:  # noqa: PLR2004 - a headline and what it stands over
        return None
    first = spans[0]
    words = first.of(text)
    longest = max(span.end - span.start for span in spans[1:4])
    fits = len(words) <= _MAX_HEADLINE and "\n" not in words and not _ends(words) and not _BULLET.match(words)
    return first if fits and longest > len(words) else None


def _without_byline(text: str, spans: list[Span]) -> list[Span]:
    """Without who wrote it and when, under the headline."""
    while len(spans) > 1 and is_byline(spans[0].of(text)):
        spans = spans[1:]
    return spans


def _block(text: str, span: Span) -> Block:
    kind: BlockKind = "paragraph"
    bullet = _BULLET.match(text, span.start, span.end)
    if bullet and bullet.end() < span.end:
        span, kind = Span(bullet.end(), span.end), "list"
    return Block(span, kind)


def _ends(line: str) -> bool:
    return _END.search(line[-_TAIL:]) is not None

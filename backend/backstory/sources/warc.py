"""Web archives: WARC 1.0 and 1.1 (ISO 28500), as crawlers and browsers write them, to the pages in them.

Read by ourselves, so that each limit has a name: the readers at hand hold a line, a chunk or a record of any length in
memory, and take a file that breaks off for one that ends.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from backstory.errors import SourceError
from backstory.model import Offer
from backstory.reading.decoding import decode
from backstory.sources.http_answers import MAX_HEAD, split_head, unwrapped
from backstory.sources.unpacking import BREAKS
from backstory.sources.unreadable import Unreadable

MAX_LINE = 64_000
"""Bytes of a header line; addresses are the longest."""

MAX_HEADERS = 100
"""Header lines of a record; real ones have a dozen."""

_PIECE = 256_000  # bytes that are passed over at a time
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FOUND = 200  # the status of an answer that is a page


@dataclass(frozen=True, slots=True)
class _Record:
    """A record's headers by their names in lower case, and the length of its block in bytes."""

    headers: dict[str, str]
    length: int

    @property
    def url(self) -> str:
        return self.headers.get("warc-target-uri", "").strip("<>")  # wget 1.19 put them there

    @property
    def holds(self) -> str:
        """What kind of page it may hold: "response", "resource", or nothing for all the others."""
        kind = self.headers.get("warc-type", "").lower()
        content = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not self.url.lower().startswith(("http://", "https://")):
            return ""
        wanted = content in _PAGES if kind == "resource" else kind == "response" and content == "application/http"
        return kind if wanted else ""


def offers_of(stream: io.BufferedReader, *, max_page_bytes: int) -> Iterator[Offer | Unreadable]:
    """Every page of a web archive that was found (status 200) and is HTML, in order; other records are passed over.

    A broken record is told, and reading goes on with the next; where the file itself breaks off, what was whole has
    been given by then.
    """
    last = "the beginning"
    try:
        while True:
            there, strayed = _next_record(stream)
            if strayed:
                yield Unreadable(f"after {last}", "something else than a record stands here")
            if not there:
                return
            try:
                record = _record(stream)
                last = record.url or last
                yield from _pages(record, stream, max_page_bytes)
            except SourceError as error:
                yield Unreadable(last, str(error))
    except BREAKS as error:
        yield Unreadable(f"after {last}", f"the file breaks off here: {error}")


def _next_record(stream: io.BufferedReader) -> tuple[bool, bool]:
    """Go over the first line of the next record: whether there is one, and whether something else stood before it."""
    strayed = False
    while line := stream.readline(MAX_LINE):
        if line.startswith(b"WARC/"):
            return True, strayed
        strayed = strayed or bool(line.strip())
    return False, strayed


def _record(stream: io.BufferedReader) -> _Record:
    headers: dict[str, str] = {}
    for _ in range(MAX_HEADERS):
        line = stream.readline(MAX_LINE)
        if not line.endswith(b"\n"):
            raise SourceError("a record's headers break off")
        if not line.strip():
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 16):  # noqa: PLR2004 - a petabyte
        raise SourceError("a record does not say how long it is")
    return _Record(headers, int(length))


def _pages(record: _Record, stream: io.BufferedReader, most: int) -> Iterator[Offer]:
    """The page in a record's block, if any, going over the block. Raises SourceError where it cannot be had."""
    if not record.holds:
        _pass_over(stream, record.length)
        return
    # Chunked and badly packed answers are a little longer than what they hold.
    wanted = min(record.length, most + most // 8 + MAX_HEAD)
    block = stream.read(wanted)
    if len(block) < wanted:
        raise SourceError("the file breaks off in the middle of it")
    _pass_over(stream, record.length - wanted)
    if (page := _page(record, block, most)) is not None:
        yield page


def _page(record: _Record, block: bytes, most: int) -> Offer | None:
    """The page in a record's block; None where it is another thing. Raises SourceError where it cannot be had."""
    charset = ""
    body = block
    if record.holds == "response":
        head, start = split_head(block)
        if head.status != _FOUND or head.media_type not in _PAGES:
            return None
        if record.length > len(block):
            raise SourceError(f"it has more than {most:,} bytes")
        body, charset = unwrapped(head, block[start:], most), head.charset
    elif record.length > most:
        raise SourceError(f"it has more than {most:,} bytes")
    html = decode(body, charset)
    return Offer(url=record.url, html=html) if html.strip() else None


def _pass_over(stream: io.BufferedReader, length: int) -> None:
    while length > 0:
        piece = stream.read(min(length, _PIECE))
        if not piece:
            raise SourceError("the file breaks off in the middle of it")
        length -= len(piece)

"""Files that hold articles, told apart by what they hold, never by their names.

A file of import lines (NDJSON) is handed on as it is. Every other kind is read here, into offers and into what could
not be read, one at a time.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from backstory.errors import SourceError
from backstory.model import Offer
from backstory.reading.decoding import decode, looks_like_html
from backstory.sources import exports, html_folder, mediawiki, warc, wikinews
from backstory.sources.json_items import list_start
from backstory.sources.unpacking import BREAKS, unpacked
from backstory.sources.unreadable import Unreadable

Kind = Literal["lines", "warc", "mediawiki", "page", "links", "table", "list"]

_HEAD_BYTES = 4_096
_SPACE = b" \t\r\n\xef\xbb\xbf"
_READ_ALONE = frozenset({"warc", "page"})  # kinds that a folder of saved pages may hold

# What a file begins with, and why it is not read.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip file; unpack it first"),
    (b"\xfd7zXZ", "packed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it first"),
    (b"<", "a feed, a list of feeds, or other XML; feeds are followed, not imported"),
)
_LISTS = (b"<!doctype netscape-bookmark-file", b"<title>pocket export</title>")


# Asked in this order: a dump or a list may hold anything further on.
_KINDS: tuple[tuple[Kind, Callable[[bytes], bool]], ...] = (
    ("warc", lambda head: head.lstrip(_SPACE).startswith(b"WARC/")),
    ("mediawiki", lambda head: head.lstrip(_SPACE).startswith(b"<") and b"<mediawiki" in head),
    ("links", lambda head: any(mark in head.lower() for mark in _LISTS)),
    ("page", lambda head: looks_like_html(decode(head)) and not _is_other_xml(head)),
    ("list", lambda head: list_start(head) is not None),
    ("table", exports.is_table),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is open: its kind and its bytes, unpacked; its `size` on disk, and how far into that they are."""

    name: str
    kind: Kind
    stream: io.BufferedReader
    size: int | None = None
    position: Callable[[], int] = lambda: 0


@contextmanager
def opened(path: Path, name: str = "") -> Iterator[Opened]:
    """A file, with its kind; `name` is what it is called, if not by its path.

    Raises SourceError where it holds nothing that is read.
    """
    called = name or str(path)
    with path.open("rb") as raw:
        stream = unpacked(raw)
        yield Opened(called, kind_of(called, stream), stream, path.stat().st_size, raw.tell)


def kind_of(name: str, stream: io.BufferedReader) -> Kind:
    """What a stream holds, from how it begins. Raises SourceError where that is nothing that is read."""
    try:
        head = _peeked(stream)
    except BREAKS as error:
        raise SourceError(f"{name} cannot be unpacked: {error}") from error
    kind = next((kind for kind, is_so in _KINDS if is_so(head)), None)
    if kind is not None:
        return kind
    start = head.lstrip(_SPACE)
    said = next((said for mark, said in _OTHERS if start.startswith(mark)), None)
    if said or (start and not start.startswith(b"{")):
        raise SourceError(f"{name} is {said or 'not NDJSON: each line must be one object, {…}'}")
    return "lines"


def offers_of(file: Opened, *, max_page_bytes: int) -> Iterator[Offer | Unreadable]:
    """What a file offers, in its order; what could not be read is told in its place. Not for a file of lines."""
    match file.kind:
        case "warc":
            yield from warc.offers_of(file.stream, max_page_bytes=max_page_bytes)
        case "mediawiki":
            for page in mediawiki.pages_of(file.stream):
                found = page if isinstance(page, Unreadable) else wikinews.offer_of(page)
                if found is not None:
                    yield found
        case "page":
            yield from _page(file, max_page_bytes)
        case "links":
            yield from exports.link_offers(file.stream)
        case "table":
            yield from exports.table_offers(file.stream)
        case "list":
            file.stream.read(list_start(_peeked(file.stream)) or 0)
            yield from exports.json_offers(file.stream, most=max_page_bytes)
        case "lines":
            raise ValueError(f"{file.name} holds lines; they are handed on as they are")


def offers_in(path: Path, *, max_page_bytes: int) -> Iterator[Offer | Unreadable]:
    """What a file offers, or a folder of saved pages and web archives with all folders below it.

    Other files of a folder are passed over: pictures and styles lie beside saved pages. Raises SourceError where a
    single file holds nothing that is read, or lines.
    """
    if not path.is_dir():
        with opened(path) as file:
            if file.kind == "lines":
                raise SourceError(f"{path} holds lines of an import; they are handed on as they are")
            yield from offers_of(file, max_page_bytes=max_page_bytes)
        return
    for each in html_folder.files_in(path):
        if isinstance(each, Unreadable):
            yield each
        else:
            yield from _in_folder(each, max_page_bytes)


def _in_folder(path: Path, max_page_bytes: int) -> Iterator[Offer | Unreadable]:
    try:
        with opened(path) as file:
            if file.kind in _READ_ALONE:
                yield from offers_of(file, max_page_bytes=max_page_bytes)
    except SourceError:
        return
    except OSError as error:
        yield Unreadable(str(path), f"it cannot be opened: {error.strerror}")


def _page(file: Opened, most: int) -> Iterator[Offer | Unreadable]:
    try:
        found = html_folder.page_in(file.name, file.stream.read(most + 1), max_page_bytes=most)
    except BREAKS as error:
        found = Unreadable(file.name, f"it breaks off: {error}")
    if found is not None:
        yield found


def _is_other_xml(head: bytes) -> bool:
    """Whether it begins as XML does and is no page: a feed, a drawing."""
    return head.lstrip(_SPACE).startswith(b"<?xml") and b"<html" not in head.lower()


def _peeked(stream: io.BufferedReader) -> bytes:
    """The beginning of a stream, which stays to be read."""
    return stream.peek(_HEAD_BYTES)[:_HEAD_BYTES]

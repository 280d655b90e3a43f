"""What programs for reading later give out of what their readers kept: their lists to offers.

JSON: wallabag, Miniflux and other feed readers (entries as their API gives them), Readability, and any list of objects
that name an address. HTML and CSV: Pocket, Instapaper, Raindrop, a browser's bookmarks. Where such a list has no texts,
its offers are addresses, to be fetched.
"""

import codecs
import csv
import html
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from backstory.model import Offer, Publication
from backstory.reading.stamps import machine_stamp
from backstory.sources.json_items import objects_of
from backstory.sources.unpacking import BREAKS
from backstory.sources.unreadable import Unreadable

MAX_ROW = 1_000_000
"""Characters of one row of a table; a longer one is gone over, to the end of its line."""

_PIECE = 100_000  # of a list of links, what is read at a time; a link is far shorter

# By field of an offer, the names that programs give it, the surest first.
_NAMES: Mapping[str, Sequence[str]] = {
    "url": ("url", "given_url", "resolved_url", "article__url", "external_url", "link", "href", "originalurl"),
    "headline": ("title", "resolved_title", "given_title", "article__title", "headline"),
    "html": ("content", "html", "content_html", "article__content"),
    "text": ("text",),
    "bare": ("content_text", "textcontent"),  # the same as the html, without its paragraphs
    "published": ("published", "published_at", "date_published", "publishedtime", "publishedat", "datepublished"),
    "publisher": ("publisher", "sitename", "site_name", "feed", "origin", "domain_name"),
    "authors": ("author", "authors", "published_by", "byline"),
    "language": ("language", "lang"),
}
_LINK = re.compile(r"<a\s([^<>]{0,8000})>([^<]{0,2000})", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]{1,8000})", re.IGNORECASE)


def json_offers(stream: io.BufferedReader, *, most: int) -> Iterator[Offer | Unreadable]:
    """The articles of a list of JSON objects, each of at most `most` bytes; where the list breaks off is told."""
    number = 0
    try:
        for number, written in enumerate(objects_of(stream, most=most), start=1):
            yield _from_json(f"item {number:,}", written, most)
    except BREAKS as error:
        yield Unreadable(f"after item {number:,}", f"the file breaks off here: {error}")


def link_offers(stream: io.BufferedReader) -> Iterator[Offer | Unreadable]:
    """The links of a list in HTML: addresses with their titles."""
    held = ""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    try:
        while piece := stream.read(_PIECE):
            held += decoder.decode(piece)
            end = 0
            for link in _LINK.finditer(held, 0, max(0, len(held) - _PIECE // 4)):
                yield from _from_link(link)
                end = link.end()
            held = held[max(end, len(held) - _PIECE // 2) :]
        for link in _LINK.finditer(held):
            yield from _from_link(link)
    except BREAKS as error:
        yield Unreadable("the rest", f"the file breaks off here: {error}")


def table_offers(stream: io.BufferedReader) -> Iterator[Offer | Unreadable]:
    """The rows of a table (CSV) that names its columns."""
    words = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    number = 0
    names: list[str] | None = None
    try:
        for number, row in enumerate(_rows(words), start=1):
            if isinstance(row, csv.Error):
                yield Unreadable(f"row {number:,}", f"it cannot be read: {row}")
                if names is None:
                    return
            elif names is None:
                names = row
            elif row:
                yield _offer(f"row {number:,}", dict(zip(names, row, strict=False)))
    except BREAKS as error:
        yield Unreadable(f"after row {number:,}", f"the file breaks off here: {error}")
    finally:
        words.detach()  # the stream is not ours to close


def _rows(words: io.TextIOWrapper) -> Iterator[list[str] | csv.Error]:
    """A table's rows; in the place of one that cannot be read, why. The next begins with the line after it."""
    csv.field_size_limit(MAX_ROW)
    lines = _Lines(words)
    reader = csv.reader(lines)
    while True:
        lines.begin_row()
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


class _Lines:
    """The lines of a table, for one row at most MAX_ROW characters of them."""

    def __init__(self, words: io.TextIOWrapper) -> None:
        self._words = words
        self._room = MAX_ROW

    def begin_row(self) -> None:
        """The next line is of another row."""
        self._room = MAX_ROW

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._words.readline(self._room + 1)
        if not line:
            raise StopIteration
        self._room -= len(line)
        if self._room < 0:
            while line and not line.endswith(("\n", "\r")):
                line = self._words.readline(_PIECE)
            raise csv.Error(f"it has more than {MAX_ROW:,} characters")
        return line


def is_table(head: bytes) -> bool:
    """Whether a file begins as a table that has a column of addresses."""
    first = head.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace").strip().lower()
    names = [name.strip(' "') for name in first.split(",")]
    return len(names) > 1 and any(name in _NAMES["url"] for name in names)


def _from_json(place: str, written: bytes | None, most: int) -> Offer | Unreadable:
    if written is None:
        return Unreadable(place, f"it has more than {most:,} bytes")
    try:
        said = json.loads(written)
    except (ValueError, RecursionError):
        return Unreadable(place, "it is no JSON object that can be read")
    if not isinstance(said, dict):
        return Unreadable(place, "it is no object")
    return _offer(place, said)


def _from_link(link: re.Match[str]) -> Iterator[Offer]:
    href = _HREF.search(link[1])
    if href and href[1].lower().startswith(("http://", "https://")):
        yield Offer(url=html.unescape(href[1]), headline=_line(html.unescape(link[2])))


def _offer(place: str, said: Mapping[str, object]) -> Offer | Unreadable:
    known = {name.lower(): value for name, value in said.items()}
    texts = {field: _first(known, names) for field, names in _NAMES.items()}
    url = texts["url"].strip()
    if not url.lower().startswith(("http://", "https://")):
        return Unreadable(place, "it names no web address")
    stamp = machine_stamp(texts["published"])
    headline = _line(texts["headline"])
    return Offer(
        url=url,
        headline="" if headline == url else headline,
        publisher=_line(texts["publisher"]).removeprefix("www."),
        authors=_people(known),
        language=texts["language"].strip(),
        published=Publication(stamp.day, stamp.at) if stamp else None,
        text=texts["text"] or ("" if texts["html"] else texts["bare"]),
        html=texts["html"],
    )


def _first(known: Mapping[str, object], names: Sequence[str]) -> str:
    """The first of these names that says something; of a thing with a title or a name, that."""
    return next((text for name in names if (text := _text(known.get(name)))), "")


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("title") or value.get("name")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else ""


def _people(known: Mapping[str, object]) -> tuple[str, ...]:
    for name in _NAMES["authors"]:
        value = known.get(name)
        names = [_line(_text(each)) for each in (value if isinstance(value, list) else [value])]
        if any(names):
            return tuple(filter(None, names))
    return ()


def _line(text: str) -> str:
    return " ".join(text.split())

"""Dumps of a wiki (MediaWiki's XML export) to its pages, one at a time, however large the dump is.

Read with expat's events, so that nothing is held but the page at hand. A dump has no document type, and one that brings
its own is refused: it could name entities that unfold without end.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.parsers import expat

from backstory.errors import SourceError
from backstory.sources.unpacking import BREAKS
from backstory.sources.unreadable import Unreadable

MAX_PAGE = 4_000_000
"""Characters of a page's markup; MediaWiki itself keeps to 2 MB."""

MAX_FIELD = 4_000
"""Characters of a title, a name or a moment."""

MAX_TOKEN = 8_000_000
"""Bytes in which something must begin or end: one tag of any length is none."""

MAX_LEVELS = 50
"""Levels of nesting; a dump has six."""

_PIECE = 64_000  # bytes that are given to the parser at a time
_PARENTS_SINCE = (0, 7)  # the version of the export from which on a revision names the one before it
_MAIN = frozenset({"", "0"})  # the namespace of articles; the oldest dumps name none
_FIELDS = frozenset({"title", "ns", "timestamp", "text", "sitename", "base", "parentid"})


@dataclass(frozen=True, slots=True)
class Wiki:
    """The wiki that a dump is of: its name, the address of one of its pages, its language."""

    name: str = ""
    base: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiPage:
    """A page as its last revision has it; `begun` is the moment of its first, where the dump holds that one."""

    wiki: Wiki
    title: str
    markup: str
    begun: str = ""


def pages_of(stream: io.BufferedReader) -> Iterator[WikiPage | Unreadable]:
    """Every page of a dump's main namespace that leads nowhere else, in order; where the dump breaks off is told."""
    reader = _Reader()
    try:
        while piece := stream.read(_PIECE):
            yield from reader.feed(piece)
        yield from reader.feed(b"")
    except expat.ExpatError as error:
        yield Unreadable(reader.place, f"the file breaks off here: {expat.errors.messages[error.code]}")
    except BREAKS as error:
        yield Unreadable(reader.place, f"the file breaks off here: {error}")


@dataclass(slots=True)
class _Open:
    """A page while it is read, and of its revision at hand the moment, and whether it is the first."""

    title: str = ""
    namespace: str = ""
    markup: str = ""
    begun: str = ""
    leads_on: bool = False
    too_long: bool = False
    stamp: str = ""
    is_first: bool = True


class _Reader:
    """Expat's events to pages."""

    def __init__(self) -> None:
        self.place = "the beginning"
        self._wiki = Wiki()
        self._page: _Open | None = None
        self._tells_parents = False
        self._level = 0
        self._held: list[str] | None = None
        self._room = 0
        self._fed = 0
        self._done: list[WikiPage | Unreadable] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, piece: bytes) -> list[WikiPage | Unreadable]:
        """The pages that end in this piece of the dump; an empty piece is its end."""
        self._fed += len(piece)
        self._parser.Parse(piece, not piece)
        if self._fed - self._parser.CurrentByteIndex > MAX_TOKEN:
            raise SourceError(f"something longer than {MAX_TOKEN:,} bytes that does not end")
        done, self._done = self._done, []
        return done

    def _refuse(self, *_declared: object) -> None:
        raise SourceError("a dump declares no document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > MAX_LEVELS:
            raise SourceError(f"more than {MAX_LEVELS} levels of nesting")
        if name == "mediawiki":
            self._wiki = replace(self._wiki, language=attributes.get("xml:lang", ""))
            self._tells_parents = _version(attributes.get("version", "")) >= _PARENTS_SINCE
        elif name == "page":
            self._page = _Open()
        elif self._page and name == "revision":
            self._page.stamp, self._page.is_first = "", self._tells_parents
        elif self._page and name == "redirect":
            self._page.leads_on = True
        self._held = [] if name in _FIELDS else None
        self._room = MAX_PAGE if name == "text" else MAX_FIELD

    def _words(self, words: str) -> None:
        if self._held is not None:
            self._held.append(words[: max(0, self._room)])
            self._room -= len(words)

    def _end(self, name: str) -> None:
        self._level -= 1
        if self._held is not None and name in _FIELDS:
            self._take(name, "".join(self._held))
        self._held = None
        if self._page and name == "revision" and self._page.is_first:
            self._page.begun = self._page.begun or self._page.stamp
        elif self._page and name == "page":
            self._close(self._page)
            self._page = None

    def _take(self, name: str, said: str) -> None:
        page = self._page
        match name:
            case "sitename":
                self._wiki = replace(self._wiki, name=said.strip())
            case "base":
                self._wiki = replace(self._wiki, base=said.strip())
            case "title" if page:
                page.title = self.place = said
            case "ns" if page:
                page.namespace = said.strip()
            case "timestamp" if page:
                page.stamp = said.strip()
            case "parentid" if page:
                page.is_first = False
            case "text" if page:
                page.markup, page.too_long = said, self._room < 0

    def _close(self, page: _Open) -> None:
        if page.namespace not in _MAIN or page.leads_on or not page.title:
            return
        if page.too_long:
            self._done.append(Unreadable(page.title, f"it has more than {MAX_PAGE:,} characters"))
        else:
            self._done.append(WikiPage(wiki=self._wiki, title=page.title, markup=page.markup, begun=page.begun))


def _version(said: str) -> tuple[int, ...]:
    return tuple(int(part) for part in said.split(".")[:2] if part.isascii() and part.isdecimal() and len(part) < 4)  # noqa: PLR2004 - digits

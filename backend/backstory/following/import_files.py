"""Files to import as lines to be sent on, and what of them could not be read or is still to be fetched."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from backstory.ingest import to_line
from backstory.model import Offer
from backstory.sources import files
from backstory.sources.files import Opened
from backstory.sources.unpacking import BREAKS
from backstory.sources.unreadable import Unreadable

READ_BYTES = 256_000
"""Bytes of a file of lines that are sent on at a time."""

SENT_BYTES = 64_000
"""Bytes of lines that are sent on together."""

SIGN_OF_LIFE = b"\n"
"""A blank line, sent while there is nothing to send: a service does not wait for ever."""

MOST_TO_FETCH = 100_000
"""Addresses without a text that are kept in mind to be fetched; a file with more says so."""

TOLD = 20
"""Parts of a file that could not be read, told one by one; the rest is counted."""


@dataclass(slots=True)
class Found:
    """What came to light in a file beside its lines: parts that could not be read, and addresses without a text."""

    unreadable: int = 0
    told: list[Unreadable] = field(default_factory=list)
    offers: int = 0
    addresses: int = 0
    to_fetch: list[Offer] = field(default_factory=list)

    def take(self, found: Offer | Unreadable) -> bytes:
        """The line that something found is sent on as; empty where it is none."""
        if isinstance(found, Unreadable):
            self.unreadable += 1
            if len(self.told) < TOLD:
                self.told.append(found)
        elif found.text.strip() or found.html.strip():
            self.offers += 1
            return to_line(found)
        else:
            self.addresses += 1
            if len(self.to_fetch) < MOST_TO_FETCH:
                self.to_fetch.append(found)
        return b""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Lines to be sent on part by part; `size` is what `position` comes to in the end, where that is known."""

    parts: Iterable[bytes]
    size: int | None = None
    position: Callable[[], int] | None = None
    found: Found = field(default_factory=Found)

    def chunks(self, tell: Callable[[int], None]) -> Iterator[bytes]:
        """The parts, saying after each how far into the file that is."""
        held = bytearray()
        for part in self.parts:
            held += part
            if len(held) >= SENT_BYTES or part == SIGN_OF_LIFE:
                yield bytes(held)
                held.clear()
            if self.position is not None:
                tell(self.position())
        yield bytes(held)


def import_file(file: Opened, max_page_bytes: int) -> ImportFile:
    """A file that is open, of any kind that is read."""
    position = file.position if file.size is not None else None
    found = Found()
    if file.kind == "lines":
        return ImportFile(_lines(file, found), file.size, position, found)
    offers = files.offers_of(file, max_page_bytes=max_page_bytes)
    return ImportFile(map(found.take, offers), file.size, position, found)


def _lines(file: Opened, found: Found) -> Iterator[bytes]:
    try:
        yield from iter(partial(file.stream.read1, READ_BYTES), b"")
    except BREAKS as error:
        found.take(Unreadable("the end", f"the file breaks off here: {error}"))

"""The objects of a JSON list, one by one, however long the list is.

`[{…}, {…}]`, or such a list under a name in an object: `{"total": 2, "entries": [{…}, {…}]}`.
"""

import io
import re
from collections.abc import Iterator

_PIECE = 256_000  # bytes that are read at a time
_OUTSIDE = re.compile(rb'["{}\[\]]')
_INSIDE = re.compile(rb'["\\]')
_LIST_OF = re.compile(
    rb'\s*\{\s*(?:"[^"\\]{1,60}"\s*:\s*(?:-?\d{1,20}|"(?:[^"\\]|\\.){0,500}"|null|true|false)\s*,\s*){0,20}'
    rb'"(?:entries|items|bookmarks|articles|documents|list)"\s*:\s*(?=\[)'
)


def list_start(head: bytes) -> int | None:
    """Where a file's list of objects begins, at once or under a name that exports give it; None where it holds none."""
    plain = head.lstrip(b" \t\r\n\xef\xbb\xbf")
    lead = len(head) - len(plain)
    if plain.startswith(b"["):
        return lead
    found = _LIST_OF.match(plain)
    return lead + found.end() if found else None


def objects_of(stream: io.BufferedReader, *, most: int) -> Iterator[bytes | None]:
    """Each object of the list that the stream begins with, as it is written; None for one of more than `most` bytes.

    Raises EOFError where the list does not end.
    """
    scanner = _Scanner(most)
    while piece := stream.read1(_PIECE):
        yield from scanner.feed(piece)
        if scanner.ended:
            return
    raise EOFError("the list does not end")


class _Scanner:
    """Finds where objects begin and end, and holds the one at hand."""

    def __init__(self, most: int) -> None:
        self.ended = False
        self._most = most
        self._depth = 0  # 1 within the list, 2 and more within one of its objects
        self._in_text = False
        self._escaped = False
        self._held = bytearray()
        self._size = 0

    def feed(self, piece: bytes) -> Iterator[bytes | None]:
        """The objects that end in this piece."""
        place = start = 0
        while not self.ended and (mark := self._next(piece, place)) is not None:
            place = mark + 1
            byte = piece[mark : mark + 1]
            if self._in_text or byte == b'"':
                self._in_text = not self._in_text
            elif byte in b"{[":
                self._depth += 1
                if self._depth == 2:  # noqa: PLR2004 - directly within the list
                    start = mark
                    self._held.clear()
                    self._size = 0
            else:
                self._depth -= 1
                if self._depth == 1:
                    self._hold(piece[start:place])
                    yield bytes(self._held) if self._size <= self._most else None
                self.ended = self._depth <= 0
        if self._depth > 1:
            self._hold(piece[start:])

    def _next(self, piece: bytes, place: int) -> int | None:
        """The next sign that matters: outside of texts a quotation mark or bracket, within one its end."""
        while place < len(piece):
            if self._escaped:
                self._escaped = False
                place += 1
                continue
            found = (_INSIDE if self._in_text else _OUTSIDE).search(piece, place)
            if found is None:
                return None
            if found[0] != b"\\":
                return found.start()
            self._escaped = True
            place = found.end()
        return None

    def _hold(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= self._most:
            self._held += part
        else:
            self._held.clear()

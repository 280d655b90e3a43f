"""An HTTP answer as it was recorded: its head, and its body without the wrappings of the way.

Crawlers record answers as they came, or unwrap them and leave the headers as they were. A wrapping that is announced
but not there is therefore no fault.
"""

import zlib
from dataclasses import dataclass

from backstory.errors import SourceError

MAX_HEAD = 64_000
"""Bytes of an answer's status line and headers; servers refuse more than a tenth of it."""

_CHUNK_LINE = 64  # bytes of the line before a chunk: its size, and at times a remark
_UNWRAPPED = frozenset({"", "identity", "none"})
_GZIP = frozenset({"gzip", "x-gzip"})


@dataclass(frozen=True, slots=True)
class Head:
    """An answer's status and its headers by their names in lower case; of repeated ones the last."""

    status: int
    headers: dict[str, str]

    @property
    def media_type(self) -> str:
        """What the body is said to be, in lower case: "text/html"."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the answer names; empty where it names none."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \"'")
        return ""


def split_head(answer: bytes) -> tuple[Head, int]:
    """An answer's head, and where its body begins. Raises SourceError where it has no head of MAX_HEAD."""
    end, gap = min(
        ((place, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (place := answer.find(mark, 0, MAX_HEAD)) >= 0),
        default=(-1, 0),
    )
    status, *lines = answer[: max(end, 0)].decode("utf-8", "replace").splitlines() or [""]
    words = status.split(None, 2)
    if len(words) < 2 or not words[0].upper().startswith("HTTP/") or not words[1].isdecimal():  # noqa: PLR2004 - both
        raise SourceError("it holds no HTTP answer")
    pairs = (line.partition(":") for line in lines)
    return Head(int(words[1][:3]), {name.strip().lower(): value.strip() for name, _, value in pairs}), end + gap


def unwrapped(head: Head, body: bytes, most: int) -> bytes:
    """The body without its transfer and content codings.

    Raises SourceError where it has more than `most` bytes, breaks off, or is packed in a way that is not read.
    """
    if "chunked" in head.headers.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    codings = head.headers.get("content-encoding", "").lower().split(",")
    for coding in reversed([name.strip() for name in codings]):
        body = _decoded(body, coding, most)
    if len(body) > most:
        raise SourceError(f"it has more than {most:,} bytes")
    return body


def _dechunked(body: bytes) -> bytes:
    """Chunks put together; as it is where it does not begin with one, up to the break where one is cut."""
    parts: list[bytes] = []
    place = 0
    while place < len(body):
        end = body.find(b"\n", place, place + _CHUNK_LINE)
        try:
            size = int(body[place:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return b"".join(parts) if parts else body
        if size == 0:
            break
        parts.append(body[end + 1 : end + 1 + size])
        place = end + 1 + size
        place += 2 if body.startswith(b"\r\n", place) else 1
    return b"".join(parts)


def _decoded(body: bytes, coding: str, most: int) -> bytes:
    if coding in _UNWRAPPED:
        return body
    if coding in _GZIP:
        return _inflated(body, (16 + zlib.MAX_WBITS,), most) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        return _inflated(body, (zlib.MAX_WBITS, -zlib.MAX_WBITS), most)
    if body.lstrip()[:1] == b"<":
        return body
    raise SourceError(f"its content is packed as {coding!r}, which is not read")


def _inflated(body: bytes, kinds: tuple[int, ...], most: int) -> bytes:
    """Unpacked in the first of these ways that works, and no further than it takes to know that it is too much.

    One that works in no way was unpacked already.
    """
    for kind in kinds:
        worker = zlib.decompressobj(kind)
        try:
            found = worker.decompress(body, most + 1)
        except zlib.error:
            continue
        if not worker.eof and len(found) <= most:
            raise SourceError("its content breaks off")
        return found
    return body

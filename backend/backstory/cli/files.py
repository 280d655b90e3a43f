"""Files to import: told apart by what they hold, never by their name."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

_GZIP = b"\x1f\x8b"
_CHUNK_BYTES = 256_000
_HEAD_BYTES = 512
_SPACE = b" \t\r\n\xef\xbb\xbf"

# What a file begins with, and what it then is. None of these is read yet.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"WARC/", "a web archive (WARC)"),
    (b"<mediawiki", "a MediaWiki dump"),
    (b"<opml", "a list of feeds (OPML)"),
    (b"<", "XML or HTML"),
    (b"[", "one JSON list; write each of its objects on a line of its own"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip file"),
    (b"BZh", "packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "packed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it first"),
)


@dataclass(frozen=True, slots=True)
class ImportFile:
    """NDJSON to be sent on part by part; `size` in bytes as they stand on disk, where that is known."""

    parts: Iterable[bytes]
    size: int | None
    position: Callable[[], int] | None = None

    def chunks(self, tell: Callable[[int], None]) -> Iterator[bytes]:
        """The parts, saying after each how far into the file that is."""
        for part in self.parts:
            yield part
            if self.position is not None:
                tell(self.position())


@contextmanager
def opened(name: str) -> Iterator[ImportFile]:
    """A file (- for standard input), unpacked where it is gzipped.

    Raises:
        ClickException: it holds something else than NDJSON.
    """
    if name == "-":
        source = cast("io.BufferedReader", io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer), _CHUNK_BYTES))
        try:
            yield _import_file(name, source, None)
        finally:
            source.detach()  # standard input is not ours to close
        return
    path = Path(name)
    with path.open("rb") as raw:
        yield _import_file(name, raw, path.stat().st_size)


def _import_file(name: str, raw: io.BufferedReader, size: int | None) -> ImportFile:
    source = raw
    if raw.peek(len(_GZIP)).startswith(_GZIP):
        source = io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw)), _CHUNK_BYTES)
    try:
        _refuse_others(name, source.peek(_HEAD_BYTES))
    except (OSError, EOFError, zlib.error) as error:
        raise click.ClickException(f"{name} cannot be unpacked: {error}") from error
    return ImportFile(_parts(name, source), size, raw.tell if size is not None else None)


def _refuse_others(name: str, head: bytes) -> None:
    start = head.lstrip(_SPACE)
    for mark, kind in _OTHERS:
        if mark in start[:_HEAD_BYTES] if mark in {b"<mediawiki", b"<opml"} else start.startswith(mark):
            raise click.ClickException(f"{name} is {kind}; import takes NDJSON, one article a line")
    if start and not start.startswith(b"{"):
        raise click.ClickException(f"{name} is not NDJSON: each line must be one object, {{…}}")


def _parts(name: str, source: io.BufferedReader) -> Iterator[bytes]:
    try:
        while part := source.read1(_CHUNK_BYTES):
            yield part
    except (OSError, EOFError, zlib.error) as error:
        raise click.ClickException(f"{name} cannot be read to its end: {error}") from error

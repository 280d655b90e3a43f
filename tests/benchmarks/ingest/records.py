"""The web archive that pages are kept in, read by hand: for those who know nothing of Backstory."""

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path


def starts_of(file: Path) -> Path:
    """The file that says where an archive's records begin."""
    return file.with_suffix(".starts")


def answers(file: Path, count: int) -> Iterator[bytes]:
    """The bodies of an archive's first pages, read without Backstory."""
    with gzip.open(file) as archive:
        while head := archive.readline():
            if head.lower().startswith(b"content-length:"):
                archive.readline()
                yield archive.read(int(head.split(b":")[1])).split(b"\r\n\r\n", 1)[1]
                if (count := count - 1) <= 0:
                    return


def beginning(file: Path, count: int, into: Path) -> Path:
    """A web archive of only the first pages of another."""
    starts = json.loads(starts_of(file).read_text(encoding="ascii"))
    left = starts[count] if count < len(starts) else file.stat().st_size
    with file.open("rb") as whole, into.open("wb") as part:
        while piece := whole.read(min(left, 1 << 20)):
            part.write(piece)
            left -= len(piece)
    starts_of(into).write_text(json.dumps(list(islice(starts, count))), encoding="ascii")
    return into

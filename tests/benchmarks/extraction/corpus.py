"""The pages to read, with what is known about each."""

import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One saved page: segments its article has and has not, and its day (empty where unlabelled)."""

    id: str
    url: str
    html: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    day: str
    title: str

    @property
    def half(self) -> str:
        """`development` or `check`, by a hash of the name, so that neither half can be chosen."""
        return ("development", "check")[hashlib.sha256(self.id.encode()).digest()[0] & 1]


def samples(folder: Path) -> Iterator[Sample]:
    """Every page of the set, in the order of the archive."""
    lines = (folder / "pages.ndjson").read_text(encoding="utf-8").splitlines()
    rows = {row["file"]: row for row in map(json.loads, lines)}
    with tarfile.open(folder / "pages.tar.xz") as archive:
        for member in archive:
            row = rows.get(Path(member.name).name)
            source = archive.extractfile(member) if row else None
            if row and source:
                yield Sample(
                    id=row["id"],
                    url=row["url"],
                    html=_decoded(source.read()),
                    wanted=tuple(row["with"]),
                    unwanted=tuple(row["without"]),
                    day=row.get("date") or "",
                    title=row.get("title") or "",
                )


def digest(folder: Path) -> str:
    """Says which state of the data a result was measured on."""
    return hashlib.sha256((folder / "pages.ndjson").read_bytes()).hexdigest()[:16]


def _decoded(page: bytes) -> str:
    """UTF-8, else what the page declares, else Latin-1, as the set's README asks."""
    declared = _DECLARED.search(page[:4096])
    for encoding in ("utf-8", declared.group(1).decode("ascii", "replace") if declared else "", "latin-1"):
        try:
            return page.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise AssertionError("Latin-1 decodes anything")

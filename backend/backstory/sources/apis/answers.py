"""What an interface answered, read with care: whatever is not as it should be counts as not said."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backstory.errors import SourceError
from backstory.model import Publication

_SHOWN = 120  # characters of an answer that means nothing, in the error
_ESCAPE = re.compile(rb'\\["\\/bfnrtu]?')  # a backslash that stands alone escapes nothing that JSON knows
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Record:
    """An object of somebody's JSON."""

    said: dict[str, Any]

    def text(self, *path: str) -> str:
        """The words at a path, without space around them; empty where there are none."""
        value = self._at(path)
        return value.strip() if isinstance(value, str) else ""

    def number(self, *path: str) -> int:
        """The whole number at a path, not below 0; 0 where there is none."""
        value = self._at(path)
        return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else 0

    def record(self, *path: str) -> "Record":
        """The object at a path; an empty one where there is none."""
        value = self._at(path)
        return Record(value if isinstance(value, dict) else {})

    def records(self, *path: str) -> Iterator["Record"]:
        """The objects of the list at a path."""
        value = self._at(path)
        return (Record(each) for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))

    def __contains__(self, name: str) -> bool:
        return name in self.said

    def _at(self, path: tuple[str, ...]) -> object:
        value: object = self.said
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return value


def to_json(body: bytes, source: str) -> object:
    """What a JSON body says; backslashes and controls that JSON does not allow are forgiven, since GDELT sends them.

    Raises:
        SourceError: it is no JSON.
    """
    for mended in (bytes, _mended):
        try:
            return json.loads(mended(body).decode("utf-8-sig", "replace"), strict=False)
        except (ValueError, RecursionError):
            continue
    shown = " ".join(body[: _SHOWN * 4].decode("utf-8", "replace").split())[:_SHOWN]
    raise SourceError(f"{source} answered with what is no JSON: {shown!r}")


def _mended(body: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: found[0] if len(found[0]) > 1 else rb"\\", body)


def to_record(body: bytes, source: str) -> Record:
    """The object that a JSON body is; raises as `to_json` does, and where it is something else."""
    said = to_json(body, source)
    if not isinstance(said, dict):
        raise SourceError(f"{source} answered with JSON that is no object")
    return Record(said)


def to_publication(text: str) -> Publication | None:
    """A moment as interfaces write it (ISO 8601, with or without a time of day); the day is the one that is written."""
    if not _DAY.match(text):
        return None
    try:
        if len(text) == len("2016-04-21"):
            return Publication(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Publication(at.date(), at if at.tzinfo else None)

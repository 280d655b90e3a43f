"""The development sets beside the checkout, as cases: dates-gum, dates-recognizers, dates-duckling.

`accept` holds the stretches of days that count as right; an expression without one is asked for its span alone.
"""

import json
import os
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from cases import Case, Expected

from backstory.model import Interval

DATA = Path(os.environ.get("BACKSTORY_DATA") or Path(__file__).parents[4] / "shared" / "data")

_FILES = {
    "gum": "dates-gum/documents.ndjson",
    "recognizers": "dates-recognizers/cases.ndjson",
    "duckling": "dates-duckling/cases.ndjson",
}


@dataclass(frozen=True, slots=True)
class DataSet:
    """Cases, the file's digest, and the stretches that are left out of the count (vague gold)."""

    name: str
    digest: str
    cases: tuple[Case, ...]
    left_out: dict[str, tuple[tuple[int, int], ...]]


def read_data_set(name: str) -> DataSet:
    """Read a development set. Raises FileNotFoundError where it is not there."""
    raw = (DATA / _FILES[name]).read_bytes()
    rows = [json.loads(line) for line in raw.splitlines() if line.strip()]
    cases = tuple(_case(row, name) for row in rows)
    left_out = {
        row["id"]: tuple((t["start"], t["end"]) for t in row["timexes"] if t.get("vague") or t.get("dct"))
        for row in rows
    }
    return DataSet(name, sha256(raw).hexdigest()[:16], cases, left_out)


def _case(row: dict[str, Any], name: str) -> Case:
    expected = tuple(_expected(t) for t in row["timexes"] if not (t.get("vague") or t.get("dct")))
    return Case(row["id"], row.get("genre", name), row["text"], date.fromisoformat(row["published"][:10]), expected)


def _expected(timex: dict[str, Any]) -> Expected:
    stretches = timex.get("accept") or ([timex["interval"]] if timex.get("interval") else [])
    accept = tuple(Interval(date.fromisoformat(start), date.fromisoformat(end)) for start, end in stretches)
    return Expected(timex["start"], timex["end"], timex["text"], timex["type"], str(timex["value"]), "", accept)

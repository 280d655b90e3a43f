"""Recognizers-Text (Microsoft): cases as NDJSON in, what it finds as NDJSON out. Runs in the peers' own environment."""

import json
import re
import sys
from datetime import date, datetime, timedelta
from typing import Any

from recognizers_date_time import Culture, recognize_datetime

_TYPES = {"date": "DATE", "daterange": "DATE", "time": "TIME", "timerange": "TIME", "datetime": "TIME",
          "datetimerange": "TIME", "duration": "DURATION", "set": "SET"}  # fmt: skip


def read(case: dict[str, str]) -> list[dict[str, Any]]:
    """The expressions of one case."""
    moment = datetime.fromisoformat(case["published"])
    return [found(result, moment) for result in recognize_datetime(case["text"], Culture.English, reference=moment)]


def found(result: Any, moment: datetime) -> dict[str, Any]:
    """One expression; of a past and a future reading the past one, as news mostly means."""
    values = (result.resolution or {}).get("values") or [{}]
    past = [value for value in values if (first_day(value) or date.max) <= moment.date()]
    value = past[-1] if past else values[0]
    kind = result.type_name.split(".")[-1]
    start, end = days(value)
    return {
        "start": result.start, "end": result.end + 1, "type": _TYPES.get(kind, "DATE"),
        "value": timex(value.get("timex", ""), start), "days": [str(start), str(end)] if start else None,
    }  # fmt: skip


def first_day(value: dict[str, str]) -> date | None:
    """The first day of a reading, or None."""
    return days(value)[0]


def days(value: dict[str, str]) -> tuple[date | None, date | None]:
    """First and last day of a reading; its ends are exclusive."""
    text = value.get("start") or value.get("value") or ""
    start = date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d\d-\d\d", text) else None
    last = value.get("end") or ""
    if start and re.match(r"\d{4}-\d\d-\d\d", last):
        end = date.fromisoformat(last[:10])
        return start, max(start, end - timedelta(days=len(last) <= len("2016-04-21")))
    return start, start


def timex(value: str, start: date | None) -> str:
    """Its dialect in TIMEX3: a reading that leaves the year open takes that of the day found."""
    if value.startswith("XXXX-W") and start:
        return str(start) + value[10:]
    return value.replace("XXXX", f"{start.year:04}", 1) if value.startswith("XXXX") and start else value


for line in sys.stdin:
    print(json.dumps(read(json.loads(line))), flush=True)

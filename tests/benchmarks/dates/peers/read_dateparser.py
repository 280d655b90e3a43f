"""dateparser's search_dates: cases as NDJSON in, what it finds as NDJSON out. Runs in the peers' own environment."""

import json
import sys
import warnings
from datetime import datetime
from typing import Any

from dateparser.search import search_dates

warnings.simplefilter("ignore")


def read(case: dict[str, str]) -> list[dict[str, Any]]:
    """The expressions of one case; it gives words without places, which are looked for in order."""
    settings = {"RELATIVE_BASE": datetime.fromisoformat(case["published"]), "PREFER_DATES_FROM": "past"}
    found: list[dict[str, Any]] = []
    at = 0
    for words, moment in search_dates(case["text"], languages=["en"], settings=settings) or ():
        start = case["text"].find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        day = str(moment.date())
        found.append({"start": start, "end": at, "type": "DATE", "value": day, "days": [day, day]})
    return found


for line in sys.stdin:
    print(json.dumps(read(json.loads(line))), flush=True)

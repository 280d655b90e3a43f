"""Days and instants as pages write them: machine stamps in attributes, and dates in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from backstory.reading.tables import rows

FIRST_YEAR = 1990
"""The earliest year in which a page can have been published."""

MAX_STAMP = 200
"""Characters of a text in which a date is looked for."""

_STAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]{1,2}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s{0,2}(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_RFC = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}")
_WRITTEN = re.compile(
    r"(?<!\d)(?:"
    r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<mark>[./-]) ?(?P<b>\d{1,2})(?P=mark) ?(?P<y2>\d{4}|\d{2}(?!\d|:))"
    r"|(?P<d3>\d{1,2})(?:st|nd|rd|th|er|ère|º|ª)?[. ]{0,2}(?:(?:of|de|del|d['’]) ?)?"
    r"(?P<w3>[^\W\d_]{3,12})[., ]{1,2}(?:(?:de|del|of) )?(?P<y3>\d{4})"
    r"|(?P<y5>\d{4})年(?P<m5>\d{1,2})月(?P<d5>\d{1,2})日"
    r"|(?P<y6>\d{4})\. ?(?P<w6>[^\W\d_]{3,12})\.? (?P<d6>\d{1,2})\.?"
    r")(?!\d)"
    r"|(?<![^\W\d_])(?P<w4>[^\W\d_]{3,12})\.? (?P<d4>\d{1,2})(?:st|nd|rd|th)?,? {1,2}(?P<y4>\d{4})(?!\d)"
)
# English is written month first in the United States, day first nearly everywhere else.
_DAY_FIRST = ("en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in", "en-ng", "en-ke", "en-jm", "en-tt")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day as its writer dates it, and the instant where hour and zone are told."""

    day: date
    at: datetime | None = None


def machine_stamp(text: str, language: str = "") -> Stamp | None:
    """The moment in an attribute; a date in words where it is no machine's."""
    text = text[:MAX_STAMP].strip()
    if found := _STAMP.search(text):
        return _from_iso(found)
    if found := _COMPACT.fullmatch(text):
        return _stamp(*map(int, found.groups()))
    if _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(text[:10]), tz=UTC)
        return Stamp(at.date(), at)
    if _RFC.match(text):
        return _from_rfc(text)
    return next((stamp for stamp, _ in written_stamps(text, language)), None)


def written_stamps(text: str, language: str = "") -> Iterator[tuple[Stamp, int]]:
    """Full dates in a text, in order, each with the place where it begins."""
    for found in _WRITTEN.finditer(text):
        parts = {name: value for name, value in found.groupdict().items() if value}
        stamp = _from_mark(parts, language) if "mark" in parts else _from_parts(parts)
        if stamp:
            yield stamp, found.start()


def _from_iso(found: re.Match[str]) -> Stamp | None:
    year, month, day, hour, minute, second, zone = found.groups()
    stamp = _stamp(int(year), int(month), int(day))
    if stamp is None or hour is None or zone is None:
        return stamp
    try:
        at = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))
    except ValueError:
        return stamp
    return Stamp(stamp.day, at)


def _zone(text: str) -> timezone:
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _from_rfc(text: str) -> Stamp | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return Stamp(at.date(), at if at.tzinfo else None)


def _from_mark(parts: dict[str, str], language: str) -> Stamp | None:
    """A date in three numbers: which of the first two is the month, the mark and the language tell."""
    first, second, year = int(parts["a"]), int(parts["b"]), int(parts["y2"])
    english = language.lower().startswith("en") and not language.lower().startswith(_DAY_FIRST)
    month_first = parts["mark"] == "/" and english
    year = year if year > 99 else 2000 + year  # noqa: PLR2004 - two digits
    orders = ((first, second), (second, first)) if month_first else ((second, first), (first, second))
    return next((stamp for month, day in orders if (stamp := _stamp(year, month, day))), None)


def _from_parts(parts: dict[str, str]) -> Stamp | None:
    numbers = {name[0]: value for name, value in parts.items()}
    month = int(numbers["m"]) if "m" in numbers else _MONTHS.get(numbers["w"].casefold(), 0)
    return _stamp(int(numbers["y"]), month, int(numbers["d"]))


def _stamp(year: int, month: int, day: int) -> Stamp | None:
    try:
        return Stamp(date(year, month, day)) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def _months() -> dict[str, int]:
    """Every name of `months.txt` to the number of its month; the first language that has a name keeps it."""
    months: dict[str, int] = {}
    for row in rows("months"):
        for number, names in enumerate(row.split()[1:], start=1):
            for name in names.split("/"):
                months.setdefault(name.casefold(), number)
    return months


_MONTHS = _months()

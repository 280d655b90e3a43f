"""Dates as feeds write them, good and sloppy, to the day of publication and, where the zone is told, the instant.

    "Tue, 7 May 24 10:15 CEST" → 7 May 2024, 08:15 UTC

RSS asks for RFC 822, with years of two digits and names of zones; Atom and JSON Feed for RFC 3339. What is neither is
read as pages are: a date in words gives its day.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

from backstory.model import Publication
from backstory.reading.stamps import FIRST_YEAR, machine_stamp

MAX_DATE = 100
"""Characters in which a date is looked for."""

AHEAD = timedelta(days=1)
"""How far a date may lie after the moment of reading: zones differ by less, and clocks by little."""

_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s{0,3}(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_ZONE = r"(?:(?:GMT|UTC)(?=[+-]))?(?P<zone>[+-]\d{1,2}:?\d{2}|[A-Za-z]{1,5})"
_FORMS = (
    # Tue, 7 May 2024 10:15:00 +0200; 07-May-24 10:15 CEST
    re.compile(
        r"(?:[^\W\d_]{2,12}\.?,?\s{1,3})?(?P<day>\d{1,2})[\s-]{1,3}(?P<month>[A-Za-z]{3,9})\.?,?[\s-]{1,3}"
        rf"(?P<year>\d{{4}}|\d{{2}})(?!\d)(?:,?\s{{1,3}}{_CLOCK}(?:\s{{0,3}}{_ZONE})?)?"
    ),
    # Tue May  7 10:15:00 CEST 2024, as `date` writes it
    re.compile(
        rf"[A-Za-z]{{3,9}},?\s{{1,3}}(?P<month>[A-Za-z]{{3,9}})\s{{1,3}}(?P<day>\d{{1,2}})\s{{1,3}}{_CLOCK}\s{{1,3}}"
        rf"(?:{_ZONE}\s{{1,3}})?(?P<year>\d{{4}})"
    ),
    # May 7, 2024, 10:15 AM EST
    re.compile(
        r"(?:[^\W\d_]{2,12}\.?,?\s{1,3})?(?P<month>[A-Za-z]{3,9})\.?\s{1,3}(?P<day>\d{1,2}),?\s{1,3}(?P<year>\d{4})"
        rf"(?:,?\s{{1,3}}(?:at\s{{1,3}})?{_CLOCK}(?:\s{{0,3}}{_ZONE})?)?"
    ),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TURN = 50  # a year of two digits below it is of this century (RFC 2822, 4.3)

# Hours from UTC. RFC 822 names the American ones; names that two regions share with different hours (IST, AST,
# Arabia's and the Atlantic's) are left out: their day stands, their instant is not known.
_ZONES = MappingProxyType(
    {
        **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0.0),
        **dict.fromkeys(("BST", "CET", "MEZ", "WAT", "WEST"), 1.0),
        **dict.fromkeys(("CEST", "MESZ", "EET", "CAT", "SAST"), 2.0),
        **dict.fromkeys(("EEST", "MSK", "EAT", "TRT"), 3.0),
        **dict.fromkeys(("PKT",), 5.0),
        **dict.fromkeys(("WIB", "ICT"), 7.0),
        **dict.fromkeys(("AWST", "HKT", "SGT", "PHT", "MYT"), 8.0),
        **dict.fromkeys(("JST", "KST"), 9.0),
        **dict.fromkeys(("ACST",), 9.5),
        **dict.fromkeys(("AEST",), 10.0),
        **dict.fromkeys(("ACDT",), 10.5),
        **dict.fromkeys(("AEDT",), 11.0),
        **dict.fromkeys(("NZST",), 12.0),
        **dict.fromkeys(("NZDT",), 13.0),
        **dict.fromkeys(("BRT", "ART", "ADT"), -3.0),
        **dict.fromkeys(("EDT",), -4.0),
        **dict.fromkeys(("EST", "CDT"), -5.0),
        **dict.fromkeys(("CST", "MDT"), -6.0),
        **dict.fromkeys(("MST", "PDT"), -7.0),
        **dict.fromkeys(("PST", "AKDT"), -8.0),
        **dict.fromkeys(("AKST",), -9.0),
        **dict.fromkeys(("HST",), -10.0),
    }
)


def publication(text: str, read_at: datetime | None = None) -> Publication | None:
    """When something came out, by its feed; `None` for what is no date, is before 1990 or lies after `read_at`."""
    text = text[:MAX_DATE].strip()
    found = next((match for form in _FORMS if (match := form.match(text))), None)
    told = _from_words(found.groupdict()) if found else None
    if told is None and (stamp := machine_stamp(text)):
        told = Publication(stamp.day, stamp.at)
    if told is None or told.day.year < FIRST_YEAR or (read_at and told.day > (read_at + AHEAD).date()):
        return None
    return told


def _from_words(parts: dict[str, str | None]) -> Publication | None:
    """The parts of a date by their names; `None` where they make none."""
    month = (parts["month"] or "")[:3].lower()
    if month not in _MONTHS:
        return None
    year = int(parts["year"] or 0)
    if year < 100:  # noqa: PLR2004 - two digits
        year += 2000 if year < _TURN else 1900
    try:
        day = date(year, _MONTHS.index(month) + 1, int(parts["day"] or 0))
    except ValueError:
        return None
    return Publication(day, _instant(day, parts))


def _instant(day: date, parts: dict[str, str | None]) -> datetime | None:
    zone = _zone(parts["zone"] or "")
    if zone is None or parts["hour"] is None:
        return None
    hour, second = int(parts["hour"]), min(59, int(parts["second"] or 0))  # a leap second is none to datetime
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"] in "Pp" else 0)
    try:
        return datetime(day.year, day.month, day.day, hour, int(parts["minute"] or 0), second, tzinfo=zone)
    except ValueError:
        return None


def _zone(name: str) -> timezone | None:
    if name[:1] in ("+", "-"):
        digits = name[1:].replace(":", "").zfill(4)
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-offset if name[0] == "-" else offset) if offset < timedelta(days=1) else None
    hours = _ZONES.get(name.upper())
    return None if hours is None else timezone(timedelta(hours=hours)) if hours else UTC

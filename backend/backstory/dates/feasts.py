"""Named days, fixed and moving, worked out from a short code.

12-25                 the same day every year            4 thursday 11 +1   the day after November's fourth Thursday
easter -2             days from Western Easter           orthodox 0         days from Orthodox Easter
hebrew 7 10           month (from Nisan) and day of the Hebrew calendar
islamic 9 1           month and day of the tabular Islamic calendar, which sightings may leave by a day
lunar 0               days from the Lunar New Year       09-11 2001         a day of one year only
"""

from datetime import date, timedelta

from backstory.dates import almanac

_WEEKDAYS = {"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7}

# The Lunar New Year of 1985 to 2035, a hundred times the month plus the day; after the Hong Kong Observatory's tables.
_LUNAR_FIRST = 1985
_LUNAR = (
    220, 209, 129, 217, 206, 127, 215, 204, 123, 210, 131, 219, 207, 128, 216, 205, 124, 212, 201, 122, 209, 129,
    218, 207, 126, 214, 203, 123, 210, 131, 219, 208, 128, 216, 205, 125, 212, 201, 122, 210, 129, 217, 206, 126,
    213, 203, 123, 211, 131, 219, 208,
)  # fmt: skip

_HEBREW_EPOCH = -1_373_427  # ordinal of 1 Tishri of year 1
_ISLAMIC_EPOCH = 227_014  # ordinal of 1 Muharram of year 1 (15 July 622, Julian: the epoch of the astronomers)


def feast_days(code: str, year: int) -> list[date]:
    """The days on which a feast falls in a year: none, one, or two for the Islamic calendar."""
    head, *rest = code.split()
    if "-" in head and head[0].isdecimal():
        return [date(year, int(head[:2]), int(head[3:]))] if not rest or int(rest[0]) == year else []
    if head in _MOVING:
        start = _MOVING[head](year)
        return [start + timedelta(days=int(rest[0]))] if start else []
    if head == "hebrew":
        return [day for base in (3760, 3761) if (day := _hebrew(year + base, int(rest[0]), int(rest[1]))).year == year]
    if head == "islamic":
        first = int((year - 622) * 33 / 32) - 1
        candidates = (_islamic(hijri, int(rest[0]), int(rest[1])) for hijri in range(first, first + 5))
        return [day for day in candidates if day.year == year]
    found = almanac.nth_weekday(year, int(rest[1]), _WEEKDAYS[rest[0]], int(head))
    return [found + timedelta(days=int(rest[2]) if len(rest) > 2 else 0)] if found else []


def _lunar(year: int) -> date | None:
    if not _LUNAR_FIRST <= year < _LUNAR_FIRST + len(_LUNAR):
        return None
    month, day = divmod(_LUNAR[year - _LUNAR_FIRST], 100)
    return date(year, month, day)


_MOVING = {"easter": almanac.easter, "orthodox": almanac.orthodox_easter, "lunar": _lunar}


def _hebrew_new_year(year: int) -> int:
    """Ordinal of 1 Tishri, less the epoch (Reingold and Dershowitz, Calendrical Calculations, chapter 8)."""
    months = (235 * year - 234) // 19
    parts = 12_084 + 13_753 * months
    day = 29 * months + parts // 25_920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _hebrew_start(year: int) -> int:
    last, this, following = (_hebrew_new_year(year + step) for step in (-1, 0, 1))
    delay = 2 if following - this == 356 else 1 if this - last == 382 else 0
    return _HEBREW_EPOCH + this + delay


def _hebrew(year: int, month: int, day: int) -> date:
    """A day of the Hebrew calendar; months count from Nisan, Purim's Adar is the last of its year."""
    start, following = _hebrew_start(year), _hebrew_start(year + 1)
    length = following - start
    marheshvan = 30 if length % 10 == 5 else 29
    kislev = 29 if length % 10 == 3 else 30
    if month >= 7 and month < 12:
        lengths = (30, marheshvan, kislev, 29, 30)[: month - 7]
        return date.fromordinal(start + sum(lengths) + day - 1)
    if month == 12:  # Adar, or the second Adar of a leap year: 29 days before Nisan
        return date.fromordinal(_nisan(start, length) - 29 + day - 1)
    lengths = (30, 29, 30, 29, 30, 29)[: month - 1]
    return date.fromordinal(_nisan(start, length) + sum(lengths) + day - 1)


def _nisan(start: int, length: int) -> int:
    """Ordinal of 1 Nisan: the half year from it to Tishri always has 177 days."""
    return start + length - 177


def _islamic(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar (Calendrical Calculations, chapter 7)."""
    before = 29 * (month - 1) + month // 2
    return date.fromordinal(_ISLAMIC_EPOCH - 1 + day + before + (year - 1) * 354 + (3 + 11 * year) // 30)

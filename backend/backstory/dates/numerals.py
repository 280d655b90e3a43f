"""Tokens made of digits: what each can be, and the number it says.

>>> sorted(shapes("12"))
['day', 'digits', 'hour', 'minute', 'monthno', 'num', 'small', 'year2']
"""

import re

_SUFFIXED = re.compile(r"(\d+)(st|nd|rd|th|s|er)")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?::(\d\d))?")
_CLOCK_NOON = re.compile(r"(\d{1,2})(?:[:.](\d\d))?([ap])\.?m\.?", re.IGNORECASE)
_CLOCK_LETTER = re.compile(r"(\d{1,2})h(\d\d)?|(\d\d)(\d\d)(?:hrs|h)")
# With hyphens a two-digit year must be old enough: 12-10-05 may be a record of games won, lost and drawn.
_SLASHED = re.compile(
    r"\d{1,2}([/.])\d{1,2}\1(?:\d{4}|\d\d)|\d{1,2}-\d{1,2}-(?:\d{4}|[4-9]\d)|\d{4}([/-])\d{1,2}\2\d{1,2}|\d{1,2}/\d{1,2}"
)
_MONTH_SLASH = re.compile(r"(?:0?[1-9]|1[0-2])/(?:19|20)\d\d")
_FIRST_YEAR, _LAST_YEAR = 1000, 2199  # four bare digits outside of these are no year


def shapes(token: str) -> frozenset[str]:
    """The categories of a token that begins with a digit, or an apostrophe before one."""
    if token.isdecimal():
        return frozenset(_integer(token))
    if suffixed := _SUFFIXED.fullmatch(token.lower()):
        return frozenset(_with_suffix(suffixed[1], suffixed[2]))
    if token[0] in "'’‘":
        return frozenset({"decade" if token.endswith("s") else "apostrophe_year"})
    return frozenset(_with_marks(token))


def _integer(token: str) -> set[str]:
    value, length = int(token[:12]), len(token)
    found = {"num", "digits"} if length <= 9 else {"junk"}
    if length <= 2:
        found |= {"small"}
        found |= {"day"} if 1 <= value <= 31 else set()
        found |= {"monthno"} if 1 <= value <= 12 else set()
        found |= {"hour"} if value <= 24 else set()
    if length == 2:
        found |= {"year2"} | ({"minute"} if value < 60 else set())
    if length <= 3:
        found |= {"shortyear"}
    if length == 3 and value >= 100:
        found |= {"year3"}
    if length == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:
        found |= {"year"}
    elif length == 4:
        found |= {"oddyear"} | ({"milclock"} if token[0] == "0" and value % 100 < 60 else set())
    if length == 8 and _FIRST_YEAR <= int(token[:4]) <= _LAST_YEAR:
        found |= {"compact"}
    return found


def _with_suffix(digits: str, suffix: str) -> set[str]:
    if suffix in ("s", "er"):
        return {"decade"} if digits.endswith("0") and len(digits) in (2, 4) else {"junk"}
    found = {"ordinal"} if len(digits) <= 3 else {"junk"}
    if len(digits) <= 2 and 1 <= int(digits) <= 31:
        found |= {"dayth"}
    return found


def _with_marks(token: str) -> set[str]:
    if re.match(r"\d{4}-\d\d-\d\d(?!\d)", token):
        return {"iso"}
    found = set()
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+", token):
        found |= {"num"}
    shown = _CLOCK.fullmatch(token)
    if shown and int(shown[1]) <= 24 and int(shown[2]) < 60:
        found |= {"clock" if ":" in token else "dotclock"}
    if _CLOCK_NOON.fullmatch(token):
        found |= {"clock_noon"}
    if _CLOCK_LETTER.fullmatch(token):
        found |= {"clock_letter"}
    if _SLASHED.fullmatch(token):
        found |= {"slashed2" if token.count("/") + token.count(".") == 1 else "slashed"}
    if _MONTH_SLASH.fullmatch(token):
        found |= {"monthslash"}
    return found or {"junk"}


def clock(token: str) -> tuple[int, int | None, str]:
    """Hour, minute (None where unsaid) and "a", "p" or "" of a clock token."""
    if noon := _CLOCK_NOON.fullmatch(token):
        return int(noon[1]), None if noon[2] is None else int(noon[2]), noon[3].lower()
    if letter := _CLOCK_LETTER.fullmatch(token):
        return int(letter[1] or letter[3]), int(letter[2] or letter[4] or 0), ""
    if plain := _CLOCK.fullmatch(token):
        return int(plain[1]), int(plain[2]), ""
    return int(token), None, ""


def leading(token: str) -> int:
    """The digits of a token as a number: 1990 of "1990s", 90 of "90s"; 0 where there are none."""
    digits = re.sub(r"\D", "", token)[:12]
    return int(digits) if digits else 0

"""The fields of a request: taken one by one, each read by a reader that says what would be right."""

import difflib
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from backstory.model import Publication
from backstory.web.problems import ProblemError

T = TypeVar("T")
D = TypeVar("D")
Reader = Callable[[object], T]
"""Reads one value, or raises ValueError with what would be right."""

_URL_LIMIT = 8_192  # characters; what servers themselves accept at most, by custom
_HOST_LIMIT = 253  # characters; what the DNS has room for
_LANGUAGE_LIMIT = 35  # characters; what RFC 5646 asks every program to have room for
_VALUE_LIMIT = 64  # characters of a TIMEX3 value; the longest, an instant with its zone, has 25
_FIRST_YEAR, _LAST_YEAR = 1000, 2999  # calendar sums around a day in these never leave the calendar

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}):(\d{2})(\.\d{1,9})?(?:([Zz])|([+-]\d{2}:\d{2}))", re.ASCII
)
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{1,63}\.?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_NO_URL = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\\]")  # what no address may hold as it is
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Fields:
    """One JSON object's fields. What nobody took is unknown, and `close` refuses it."""

    def __init__(self, said: object, *, path: str = "") -> None:
        if not isinstance(said, dict):
            raise ProblemError("invalid-field", f"{path} must be an object: {{…}}", field=path)
        self._left: dict[str, object] = dict(said)
        self._path = path
        self._known: list[str] = []

    def take(self, name: str, read: Reader[T], default: D) -> T | D:
        """The field's value; the default where it is absent or null.

        Raises:
            ProblemError: the value means nothing.
        """
        self._known.append(name)
        value = self._left.pop(name, None)
        if value is None:
            return default
        try:
            return read(value)
        except ValueError as error:
            raise ProblemError("invalid-field", f"{self.path(name)} must be {error}", field=self.path(name)) from error

    def path(self, name: str) -> str:
        """The field's whole name, as `options.limit`."""
        return f"{self._path}.{name}" if self._path else name

    def within(self, name: str) -> "Fields":
        """The fields of the object that this field holds; none where it is absent."""
        return Fields(self.take(name, _as_it_is, {}), path=self.path(name))

    def close(self) -> None:
        """Refuse what is left: a misspelt field would be silently without effect.

        Raises:
            ProblemError: a field is unknown.
        """
        for name in self._left:
            near = difflib.get_close_matches(name[:80], self._known, n=1)
            known = f"did you mean {near[0]}?" if near else f"known are {', '.join(self._known)}"
            raise ProblemError("invalid-field", f"there is no {self.path(name[:80])!r}; {known}", field=self.path(name))


def _as_it_is(value: object) -> object:
    return value


# --- readers; each ValueError ends the sentence "x must be …" -------------------


def words(value: object) -> str:
    """Text. A lone surrogate, which no UTF-8 can hold, becomes U+FFFD: one code point for one."""
    if not isinstance(value, str):
        raise ValueError("text")  # noqa: TRY004 - one kind of error for whatever is wrong with a value
    return _LONE_SURROGATE.sub("\ufffd", value)


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("true or false")  # noqa: TRY004 - as above
    return value


def whole(least: int, most: int) -> Reader[int]:
    """A whole number, both ends allowed."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"a whole number from {least:,} to {most:,}")
        return value

    return read


def share(value: object) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("a number from 0 to 1")
    return float(value)


def address(value: object) -> str:
    """An http or https address."""
    expected = f"an http or https address of at most {_URL_LIMIT:,} characters"
    if not isinstance(value, str) or len(value) > _URL_LIMIT or _NO_URL.search(value):
        raise ValueError(expected)
    parts = urlsplit(value)  # itself a ValueError where brackets do not match
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(expected)
    return value


def host(value: object) -> str:
    """A host's name of at least two parts, in lower case: a whole top-level domain is more than anybody means."""
    if not isinstance(value, str) or len(value) > _HOST_LIMIT or not _HOST.fullmatch(value):
        raise ValueError('a host of at least two parts, as "paper.example"')
    return value.lower().rstrip(".")


def language(value: object) -> str:
    """A language tag in the form of BCP 47."""
    if not isinstance(value, str) or len(value) > _LANGUAGE_LIMIT or not _LANGUAGE.fullmatch(value):
        raise ValueError('a BCP 47 language tag, as "en" or "pt-BR"')
    return value


def instant(value: object) -> datetime:
    """An RFC 3339 instant. A leap second is read as the second before it."""
    expected = f"an RFC 3339 instant from {_FIRST_YEAR} to {_LAST_YEAR}, as 2016-04-21T09:30:00Z"
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(expected)
    day, minute, second, fraction, _zulu, offset = match.groups()
    said = f"{day}T{minute}:{'59' if second == '60' else second}{(fraction or '')[:7]}{offset or '+00:00'}"
    try:
        at = datetime.fromisoformat(said)
    except ValueError as error:
        raise ValueError(expected) from error
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise ValueError(expected)
    return at


def day(value: object) -> date:
    """An RFC 3339 date."""
    expected = f"a date from {_FIRST_YEAR} to {_LAST_YEAR}, as 2016-04-21"
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(expected)
    try:
        found = date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(expected) from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(expected)
    return found


def publication(value: object) -> Publication:
    """An RFC 3339 date or instant; an instant's day is the one that its own offset gives it."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return Publication(day(value), None, "request")
    try:
        at = instant(value)
    except ValueError as error:
        raise ValueError(f"a date, as 2016-04-21, or {error}") from error
    return Publication(at.date(), at, "request")


def timex_value(value: object) -> str:
    """A TIMEX3 value; whether it names a time the dates room says."""
    if not isinstance(value, str) or not 0 < len(value) <= _VALUE_LIMIT or not value.isascii():
        raise ValueError('a TIMEX3 value, as "2016-03"')
    return value

"""What an answer's head says: where it leads, how long it holds, when to come again."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from backstory.model import Validators

LONGEST_REST_SECONDS = 86_400.0
"""The longest that a host is left alone at its own wish; a slip of its keyboard must not be for ever."""

LONGEST_FRESH_SECONDS = 604_800.0
"""The longest that an answer is taken for fresh: a week."""

_VALIDATOR = re.compile(r"[\x20-\x7e]{1,1000}")  # what can be sent back; an honest one has forty characters
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.ASCII | re.IGNORECASE)
_NEVER_FRESH = re.compile(r"(?:^|[,\s])no-(?:store|cache)(?:$|[,\s])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as its server sent it, in the words of `FetchedPage`."""

    url: str
    body: bytes
    charset: str = ""
    media_type: str = ""
    validators: Validators = Validators()  # noqa: RUF009 - frozen
    unchanged: bool = False
    fresh_seconds: float = 0.0
    moved: str = ""


def media_type_of(headers: httpx.Headers) -> str:
    """The bare media type; empty where the server names none."""
    return str(headers.get("content-type", "")).partition(";")[0].strip().lower()


def validators_of(headers: httpx.Headers, known: Validators = Validators()) -> Validators:  # noqa: B008 - frozen
    """What to send next time; what a server does not repeat still holds."""
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return Validators(
        etag if _VALIDATOR.fullmatch(etag) else known.etag,
        modified if _VALIDATOR.fullmatch(modified) else known.last_modified,
    )


def conditions(known: Validators) -> tuple[tuple[str, str], ...]:
    """The headers that ask whether anything changed."""
    asked = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return tuple((name, value) for name, value in asked if _VALIDATOR.fullmatch(value))


def fresh_seconds(headers: httpx.Headers, now: datetime) -> float:
    """For how long the answer holds (RFC 9111, 4.2): max-age, or else Expires, less what has passed of it."""
    control = headers.get("cache-control", "")
    if _NEVER_FRESH.search(control):
        return 0.0
    if stated := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        left = float(stated[1]) - (float(age) if _SECONDS.fullmatch(age) else 0.0)
    else:
        expires, made = _moment(headers.get("expires", "")), _moment(headers.get("date", ""))
        left = (expires - (made or now)).total_seconds() if expires else 0.0
    return min(max(left, 0.0), LONGEST_FRESH_SECONDS)


def retry_after(headers: httpx.Headers, now: datetime) -> float:
    """The seconds that a host asks to be left alone (RFC 9110, 10.2.3), given as such or as a date; 0 for none."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        seconds = float(said) if _SECONDS.fullmatch(said) else LONGEST_REST_SECONDS
    else:
        until = _moment(said)
        seconds = (until - now).total_seconds() if until else 0.0
    return min(max(seconds, 0.0), LONGEST_REST_SECONDS)


def _moment(date: str) -> datetime | None:
    """An HTTP date; `None` for anything else, as "0" or "-1" are common."""
    if len(date) > 64:  # noqa: PLR2004 - an honest one has 29 characters
        return None
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""How a setting's value is read: text from a flag or the environment, or what TOML makes of it.

Each raises ValueError where the value means nothing, and says what would be right.
"""

import re
from collections.abc import Callable
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ADDRESS = re.compile(r"[a-z-]+=https?://[^\s/]+(?:/\S*)?")
_BEARER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=")  # RFC 6750's b64token

_CONTACT = re.compile(r"https?://[!-'*-~]+|[!-'*-~]+@[!-'*-~]+")  # printable, without what would end a comment


def words(value: object) -> str:
    """Text, without the space around it."""
    if not isinstance(value, str):
        raise ValueError("give text")  # noqa: TRY004 - whatever is wrong with a value is one kind of error here
    return value.strip()


def folder(value: object) -> Path:
    """A folder or file of this machine."""
    return Path(words(value)).expanduser().absolute()


def whole(least: int, most: int) -> Callable[[object], int]:
    """A reader of whole numbers within bounds."""

    def read(value: object) -> int:
        try:
            number = int(value) if isinstance(value, str) else value
        except ValueError:
            number = None
        if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
            raise ValueError(f"give a whole number from {least} to {most}")
        return number

    return read


def yes_or_no(value: object) -> bool:
    """A switch."""
    known = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}
    said = value if isinstance(value, bool) else known.get(str(value).strip().lower())
    if said is None:
        raise ValueError("give yes or no")
    return said


def seconds(most: int) -> Callable[[object], float]:
    """A reader of a length of time in seconds, 0 included."""

    def read(value: object) -> float:
        try:
            number = float(value) if isinstance(value, str | int) and not isinstance(value, bool) else value
        except ValueError:
            number = None
        if not isinstance(number, float) or not 0 <= number <= most:
            raise ValueError(f"give a number of seconds from 0 to {most}")
        return number

    return read


def contact(value: object) -> str:
    """An address, of the web or of mail, that fits into a header."""
    contact = words(value)
    if contact and not _CONTACT.fullmatch(contact):
        raise ValueError("give an address as https://paper.example/about or owner@paper.example")
    return contact


def names(value: object) -> tuple[str, ...]:
    """Names with commas between them, or a list of them."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("give names with commas between them, or a list")
    return tuple(name.strip().lower() for name in value if name.strip())


def one_of(*known: str) -> Callable[[object], str]:
    """A reader of one of some words."""

    def read(value: object) -> str:
        word = words(value).lower()
        if word not in known:
            raise ValueError(f"give one of {', '.join(known)}")
        return word

    return read


def some_of(*known: str) -> Callable[[object], tuple[str, ...]]:
    """A reader of some of some words."""

    def read(value: object) -> tuple[str, ...]:
        chosen = names(value)
        if not set(chosen) <= set(known):
            raise ValueError(f"give some of {', '.join(known)}")
        return chosen

    return read


def addresses(value: object) -> tuple[str, ...]:
    """Pairs of a name and a web address."""
    pairs = value.split(",") if isinstance(value, str) else value
    if not isinstance(pairs, list) or not all(isinstance(pair, str) and _ADDRESS.match(pair.strip()) for pair in pairs):
        raise ValueError("give names and addresses, as guardian=https://mirror.example")
    return tuple(pair.strip().rstrip("/") for pair in pairs)


def token(value: object) -> str:
    """A secret that fits into a header."""
    token = words(value)
    if not token or not _BEARER.issuperset(token):
        raise ValueError("give letters, digits and -._~+/= only, at least one")
    return token


def digest(value: object) -> str:
    """A SHA-256, in hexadecimal."""
    digest = words(value).lower()
    if not _SHA256.fullmatch(digest):
        raise ValueError("give the 64 characters that sha256sum prints")
    return digest

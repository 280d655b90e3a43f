"""Whose page an address is."""

from urllib.parse import urlsplit


def belongs(host: str, owner: str) -> bool:
    """Whether a host is the owner's: the same, or under it."""
    host = host.lower().removeprefix("www.")
    return host == owner or host.endswith(f".{owner}")


def host_of(url: str) -> str:
    """The host of an address without its www; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""

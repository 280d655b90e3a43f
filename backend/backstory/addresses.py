"""Addresses as they are compared: what leads to one article by several spellings is one address.

HTTP://www.Paper.example:80/story/?utm_source=mail#top  →  paper.example/story
"""

from urllib.parse import SplitResult, urlsplit

# What says where a reader came from, and nothing of what stands there.
_TRACKING = ("utm_", "at_", "mc_")
_TRACKERS = frozenset({"fbclid", "gclid", "dclid", "msclkid", "igshid", "cmpid", "ocid", "smid", "ref", "ref_src"})


def address_key(url: str) -> str:
    """An address without what does not tell pages apart: scheme, `www.`, port, fragment, last slash, tracking.

    Never fails: what is no address is compared as it stands.
    """
    parts = _split(url)
    host = host_of(url)
    if parts is None or not host:
        return url
    path = parts.path.rstrip("/")
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair.partition("=")[0].lower()))
    return f"{host.removeprefix('www.')}{path}{f'?{query}' if query else ''}"


def host_of(url: str) -> str:
    """The host of an address in lower case, without its port; empty where it has none."""
    parts = _split(url)
    return ((parts.hostname if parts else None) or "").rstrip(".")


def is_under(host: str, domain: str) -> bool:
    """Whether a host is a domain or lies below it; both in lower case."""
    return host == domain or host.endswith(f".{domain}")


def _tracks(name: str) -> bool:
    return name in _TRACKERS or name.startswith(_TRACKING)


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None

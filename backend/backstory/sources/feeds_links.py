"""Addresses in feeds: made whole, and without what only says which feed led to them."""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

MAX_ADDRESS = 2_000
"""Characters of an address; a longer one is left out."""

_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|format|link\w*|ptr\w*|bbc\w*|custom\w*)|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|"
    r"cmpid|ocid|xtor|wt[_.]mc\w*|ns_(?:mchannel|source|campaign|linkname)|ftag|smid|ftcamp)=.*",
    re.IGNORECASE,
)
_FROM_FEED = re.compile(r"(?:partner|emc|source|src|ref|from|cmp|feedtype)=(?:rss|atom|feed)\w*", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x20\x7f]+")
_SCHEMES = ("http", "https")


def whole(link: str, base: str) -> str:
    """A link as an absolute address of the web, seen from `base`; empty where it is none."""
    link = _UNFIT.sub("", link[: MAX_ADDRESS + 1])
    if not link or len(link) > MAX_ADDRESS:
        return ""
    try:
        own = urlsplit(link)
        if own.scheme and not own.netloc:
            return ""  # "https://" alone, which joining would take for the base
        address = urljoin(base, link) if base else link
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port  # raises where it is no number
    except ValueError:
        return ""
    return address if parts.scheme in _SCHEMES and host and len(address) <= MAX_ADDRESS else ""


def article_address(links: Iterable[str]) -> str:
    """The first of the links (whole, or empty where they lead nowhere), cleaned; empty where all are."""
    return next((_clean(urlsplit(link)) for link in links if link), "")


def _clean(parts: SplitResult) -> str:
    """Without tracking, and without a fragment unless a script reads the page from it (`#!`)."""
    pairs = [pair for pair in parts.query.split("&") if not (_TRACKING.match(pair) or _FROM_FEED.fullmatch(pair))]
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "&".join(pairs), fragment))

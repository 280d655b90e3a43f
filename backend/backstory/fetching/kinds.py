"""What may come back: for each kind of errand the media types that are taken, and how they are asked for."""

from dataclasses import dataclass

from backstory.model import ErrandKind

_PAGE = ("text/html", "application/xhtml+xml", "text/plain")
# Feeds come under every name that a server may give a file; what is none is found out by who reads it.
_FEED = (
    "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/json", "application/octet-stream", "application/gzip", "application/x-gzip", "text/*", "+xml", "+json",
)  # fmt: skip
_DATA = ("application/json", "application/xml", "text/*", "+json", "+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of answer.

    `types` are media types, `text/*` for all of one sort and `+xml` for all of one syntax; none is all of them.
    `unnamed` is what an answer without a type is. `cut` takes what the limit allows of a larger one.
    """

    called: str
    accept: str
    types: tuple[str, ...] = ()
    unnamed: str = ""
    obeys_robots: bool = False
    cut: bool = False

    def takes(self, media_type: str) -> bool:
        """Whether an answer of this media type is one of this kind."""
        sort, _, syntax = media_type.partition("/")
        known = {media_type, f"{sort}/*", "+" + syntax.rpartition("+")[2]}
        return not self.types or not media_type or not known.isdisjoint(self.types)


# A robots.txt tells programs that find addresses by themselves. A feed and an interface are addresses that the owner
# named, of things made for programs, so that it has no say there; the pages that they lead to nobody named.
KINDS: dict[ErrandKind, Kind] = {
    "page": Kind(
        called="a page",
        accept="text/html, application/xhtml+xml, text/plain;q=0.5",
        types=_PAGE,
        unnamed="text/html",
        obeys_robots=True,
    ),
    "feed": Kind(
        called="a feed",
        accept="application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
        types=_FEED,
    ),
    "data": Kind(called="data", accept="application/json, application/xml;q=0.9, */*;q=0.5", types=_DATA),
}

# RFC 9309, 2.2 and 2.5: text, of which at least 500 KiB are read. Whatever its type: many answer with a page.
ROBOTS_TXT = Kind(called="a robots.txt", accept="text/plain, */*;q=0.5", cut=True)

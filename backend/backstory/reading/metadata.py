"""Who published a page, under which headline, and what kind of page it is."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from backstory.model import PageKind
from backstory.reading.characters import BREAK
from backstory.reading.factcheck import checker_of
from backstory.reading.head import Head
from backstory.reading.layout import Layout, Piece
from backstory.reading.prose import folded
from backstory.reading.structured import strings
from backstory.reading.tables import words
from backstory.reading.tree import Element, attribute, opening_text

MAX_AUTHORS = 10
MAX_NAME = 120
"""Characters of the longest name; what is longer is a sentence about its author."""

MAX_BYLINES = 20_000
"""Elements that are looked at for one that names an author."""

MAX_HEADLINE = 400
"""Characters of the longest headline."""

_METAS = words("metas")
_KINDS: dict[str, PageKind] = {
    "liveblogposting": "live",
    "imagegallery": "gallery",
    "mediagallery": "gallery",
    "videoobject": "video",
    "collectionpage": "list",
    "itemlist": "list",
    "searchresultspage": "list",
    "newsarticle": "article",
    "article": "article",
    "blogposting": "article",
    "report": "article",
}
_OG_KINDS: dict[str, PageKind] = {
    "article": "article",
    "video": "video",
    "video.other": "video",
    "video.episode": "video",
}
_NEAREST = 8  # headings above an article among which its own is
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|from|text|autor(?:in)?|author)\b[: ]{0,2}", re.IGNORECASE)
_TITLE_MARK = re.compile(r" [-–—|·•:»«/]{1,2} ")


def headline_of(head: Head, layout: Layout, body: Sequence[Piece]) -> str:
    """The heading over the article where the page's head agrees with it, else what the head states.

    A title in the head is often cut for search engines or followed by the site's name; readers see the heading.
    """
    stated = head.said("headline") or head.meta(*_METAS["headline"])
    titles = [folded(title) for title in (stated, head.title)]
    site = folded(publisher_of(head))
    headings = [piece.text.replace(BREAK, " ") for piece in _headings(layout, body) if folded(piece.text) != site]
    agreeing = [text for text in headings if any(folded(text) in title for title in titles)]
    return max(agreeing, key=len, default="") or _without_site(stated or head.title, head)[:MAX_HEADLINE]


def publisher_of(head: Head) -> str:
    """The outlet's name, of a fact-check at last who gave the verdict; empty where the page does not say it."""
    said = (head.said("publisher"), head.meta(*_METAS["publisher"]), checker_of(head.review))
    return next((name for name in said if _is_name(name)), "")


def authors_of(head: Head, root: Element) -> tuple[str, ...]:
    """The authors' names, each once, in the order of the page."""
    for found in (strings(head.node.get("author")), head.metas_of(*_METAS["author"]), _bylines(root)):
        names = tuple(dict.fromkeys(name for text in found for name in _names(text)))
        if names:
            return names[:MAX_AUTHORS]
    return ()


def kind_of(head: Head) -> PageKind | None:
    """What kind of page it says it is; `None` where it does not say."""
    types = head.types
    said = next((kind for name, kind in _KINDS.items() if name in types), None)
    if said is None and any(name.endswith(("article", "posting")) for name in types):
        said = "article"
    return said or _OG_KINDS.get(head.meta("og:type").lower())


def is_free(head: Head) -> bool | None:
    """Whether the page says that it can be read without paying."""
    said = head.node.get("isAccessibleForFree")
    if isinstance(said, bool):
        return said
    texts = [text.lower() for text in strings(said)] or [head.meta("article:content_tier").lower()]
    if texts[0].endswith("false") or texts[0] in ("locked", "metered", "no"):
        return False
    return True if texts[0].endswith("true") or texts[0] in ("free", "yes") else None


def _headings(layout: Layout, body: Sequence[Piece]) -> list[Piece]:
    """The headings of the first two ranks before the article begins, the nearest last."""
    first = next((place for place, piece in enumerate(layout.pieces) if body and piece is body[0]), len(layout.pieces))
    tops = [piece for piece in layout.pieces[:first] if piece.tag in ("h1", "h2") and len(piece.text) <= MAX_HEADLINE]
    return [piece for piece in tops if folded(piece.text)][-_NEAREST:]


def _without_site(title: str, head: Head) -> str:
    """A title without the site's name, which follows or comes before it."""
    sites = {folded(publisher_of(head)), *_host(head.url)} - {""}
    parts = [
        part
        for part in _TITLE_MARK.split(title)
        if folded(part).replace(" ", "") not in sites and folded(part) not in sites
    ]
    if len(parts) == len(_TITLE_MARK.split(title)) or not parts:
        return title.strip()
    return max(parts, key=len).strip()


def _host(url: str) -> tuple[str, ...]:
    """A page's host as sites spell their names: "example.org", "example"."""
    host = url.partition("//")[2].partition("/")[0].removeprefix("www.").lower()
    return folded(host).replace(" ", ""), host.partition(".")[0], folded(host)


def _bylines(root: Element) -> Iterable[str]:
    named = islice(root.iter("a", "span", "address", "p", "div"), MAX_BYLINES)
    marked = (element for element in named if _is_byline(element))
    return (opening_text(element) for element in islice(marked, MAX_AUTHORS))


def _is_byline(element: Element) -> bool:
    return attribute(element, "rel") == "author" or attribute(element, "itemprop") == "author"


def _names(text: str) -> list[str]:
    """The names in a byline; an address or a sentence is none."""
    plain = _BY.sub("", text).strip(" ,;|·")
    return [name.strip() for name in re.split(r";| \| ", plain) if _is_name(name.strip())]


def _is_name(text: str) -> bool:
    return bool(text) and len(text) <= MAX_NAME and not _is_address(text) and any(map(str.isalpha, text))


def _is_address(text: str) -> bool:
    return "://" in text or text.startswith(("www.", "@", "/"))

"""Who published a page, under which headline, and what kind of page it is."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from backstory.model import PageKind
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
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|from|text|autor(?:in)?|author)\b[: ]{0,2}", re.IGNORECASE)
_TITLE_MARK = re.compile(r" [-–—|·•:»«/]{1,2} ")


def headline_of(head: Head, layout: Layout, body: Sequence[Piece]) -> str:
    """The headline as the page states it, else its heading, else its title without the site's name."""
    stated = head.said("headline") or head.meta(*_METAS["headline"])
    heading = _heading(layout, body)
    # A title in the head often ends in the site's name or is cut for a search engine; the heading is what readers see.
    if heading and (not stated or folded(heading) in folded(stated)):
        return heading
    return (stated or _title(head.title))[:MAX_HEADLINE]


def publisher_of(head: Head) -> str:
    """The outlet's name; empty where the page does not say it."""
    return next((name for name in (head.said("publisher"), head.meta(*_METAS["publisher"])) if _is_name(name)), "")


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


def _heading(layout: Layout, body: Sequence[Piece]) -> str:
    """The last heading of the first rank before the article begins, else the only one of the page."""
    tops = [piece for piece in layout.pieces if piece.tag == "h1" and len(piece.text) <= MAX_HEADLINE]
    if body:
        first = next(place for place, piece in enumerate(layout.pieces) if piece is body[0])
        before = [piece for piece in layout.pieces[:first] if piece.tag == "h1" and len(piece.text) <= MAX_HEADLINE]
        tops = before[-1:] or tops[:1]
    return tops[-1].text.replace("\n", " ") if len(tops) == 1 else ""


def _title(title: str) -> str:
    """A title without what is joined to it: the longest of its parts."""
    return max(_TITLE_MARK.split(title), key=len, default="").strip()


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

"""The names in XML feeds: one spelling for each, whichever namespace, prefix or case its writer chose."""

from types import MappingProxyType

from backstory.sources.xml_tree import Element

MAX_PARTS = 4_000
"""Children of one element that are looked at."""

MAX_TEXT = 2_000_000
"""Characters of one element's text that are kept."""

_RSS = (
    "http://purl.org/rss/1.0",
    "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9",
    "http://purl.org/net/rss1.1",
    "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2",
    "http://backend.userland.com/rss091",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://cyber.law.harvard.edu/rss/rss.html",
)
ATOM = ("http://www.w3.org/2005/atom", "http://purl.org/atom/ns")
# Namespaces, in small letters and without a slash or hash at their end, to the prefix that all the world gives them.
_PREFIXES = MappingProxyType(
    {
        **dict.fromkeys(_RSS, ""),
        **dict.fromkeys(ATOM, "atom:"),
        "http://purl.org/dc/elements/1.1": "dc:",
        "http://purl.org/dc/elements/1.0": "dc:",
        "http://purl.org/dc/terms": "dcterms:",
        "http://purl.org/rss/1.0/modules/content": "content:",
        "http://purl.org/rss/1.0/modules/syndication": "sy:",
        "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
        "http://www.w3.org/1999/xhtml": "xhtml:",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    }
)
_XML = "{http://www.w3.org/XML/1998/namespace}"


def space_of(element: Element) -> str:
    """An element's namespace, as `_PREFIXES` spells it; empty where it has none."""
    return str(element.tag).rpartition("}")[0].lstrip("{").rstrip("/#").lower()


def name_of(element: Element, own: str) -> str:
    """An element's name in small letters, with its usual prefix; names of the feed's `own` namespace have none.

    A prefix that was never declared is believed. What is of a namespace that tells us nothing begins with `?`.
    """
    local = str(element.tag).rpartition("}")[2].lower()
    space = space_of(element)
    return local if space in ("", own) else f"{_PREFIXES.get(space, '?')}{local}"


def parts_of(element: Element, own: str) -> dict[str, list[Element]]:
    """An element's children by their names, the first MAX_PARTS of them."""
    parts: dict[str, list[Element]] = {}
    for number, child in enumerate(element):
        if number >= MAX_PARTS:
            break
        if isinstance(child.tag, str):
            parts.setdefault(name_of(child, own), []).append(child)
    return parts


def text_of(element: Element) -> str:
    """All text in an element."""
    return "".join(text for text in element.itertext() if isinstance(text, str))[:MAX_TEXT].strip()


def texts_of(parts: dict[str, list[Element]], *names: str) -> tuple[str, ...]:
    """The texts of the children with one of the names, in the order of the names; blank ones left out."""
    return tuple(text for name in names for element in parts.get(name, ()) if (text := text_of(element)))


def attribute(element: Element, name: str) -> str:
    """An attribute's value, also where its writer gave it a prefix; empty where it is not there."""
    return str(element.get(name) or element.get(f"{_XML}{name}") or "").strip()


def xml_attribute(element: Element, name: str) -> str:
    """`xml:base` or `xml:lang`; empty where it is not there."""
    return str(element.get(f"{_XML}{name}") or "").strip()

"""HTML to a tree, whatever it holds: bounded in depth, linear in size, and never a step outside the page."""

from itertools import islice
from typing import TypeAlias

from lxml import etree

from backstory.errors import NoArticleError
from backstory.reading.characters import normalised
from backstory.reading.swollen import without_swollen_tags

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it

Attributes: TypeAlias = dict[str, str]

MAX_DEPTH = 2048
"""Levels of nesting that are read: libxml2's own bound; what stands deeper is lost, what came before is kept."""

MAX_ATTRIBUTES = 64
"""Attributes of one element that are looked at; real ones have a dozen."""

MAX_ATTRIBUTE = 2_000
"""Characters of an attribute that are looked at: names, dates and titles are shorter, hostile ones longer."""

_HEAD_TAGS = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})

MAX_PARTS = 20
"""Text nodes that are joined where the words of a short element are asked for."""


def parse(html: str) -> Element:
    """The page as a tree; raises NoArticleError where there is no element at all."""
    # Bytes, since lxml refuses a str that declares its encoding. NUL would end libxml2's reading early.
    source = without_swollen_tags(html.replace("\0", "")).encode("utf-8", "replace")
    # `huge_tree` lifts the depth at which everything is thrown away from 256 to MAX_DEPTH.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise NoArticleError(f"this is no HTML: {error}") from error
    if root is None:
        raise NoArticleError("the page is empty")
    _close_head(root)
    return root


def _close_head(root: Element) -> None:
    """Put into a body what HTML5 would: libxml2 leaves `<main>` in a head whose end tag is left out."""
    head = root.find("head")
    if head is None:
        return
    first = next((number for number, child in enumerate(head) if child.tag not in _HEAD_TAGS), None)
    if first is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    moved = list(head)[first:]
    moved[-1].tail, body.text = (moved[-1].tail or "") + (body.text or ""), None
    for place, child in enumerate(moved):
        body.insert(place, child)


def attribute(element: Element, name: str) -> str:
    """An attribute's value, cut to MAX_ATTRIBUTE; empty where it is not there."""
    return str(element.get(name) or "")[:MAX_ATTRIBUTE]


def attributes_of(element: Element) -> Attributes:
    """An element's attributes, its first MAX_ATTRIBUTES, each cut to MAX_ATTRIBUTE."""
    # By name and not by items(), which looks each value up from the first attribute on.
    names = map(str, element.keys()[:MAX_ATTRIBUTES])
    # In braces lxml looks for a namespace, and raises ValueError where it finds none there.
    return {name: str(element.get(name, ""))[:MAX_ATTRIBUTE] for name in names if "{" not in name}


def opening_text(element: Element) -> str:
    """The first words in an element, as one line: for what is short by nature, a name or a date."""
    parts = (text for text in element.itertext() if isinstance(text, str))
    return normalised(" ".join(islice(parts, MAX_PARTS))[:MAX_ATTRIBUTE])

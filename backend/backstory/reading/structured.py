"""What a page says about itself in JSON-LD: read whatever its form, believed within bounds."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from backstory.reading.characters import normalised
from backstory.reading.tree import Element

MAX_SCRIPT = 1_000_000
"""Characters of JSON-LD that are read of one page, all scripts together."""

MAX_NODES = 2_000
"""Nodes that are looked at: a news page has some tens."""

MAX_VALUE = 5_000
"""Characters of one value (but for the article's own body): a headline or a name is shorter."""

Node: TypeAlias = dict[str, Any]

# Types that are an article, and types that are a page at least. Any other "…Article" or "…Posting" is one too.
_ARTICLE = re.compile(r"article|posting$|^report$")
_PAGE = re.compile(r"page$|^(?:imagegallery|mediagallery|videoobject)$")
# Where a document keeps what it is about; anything else a node holds is about other things.
_INWARD = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")
# What some publishers wrap a script in, for browsers of the last century.
_OPENINGS = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[")
_CLOSINGS = (";", "-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";")
_DANGLING = re.compile(r",(\s*[}\]])")

# What is picked from a script that is no JSON, the first of each.
_PAIR = re.compile(r'"(headline|datePublished|dateModified|articleBody)" {0,8}: {0,8}"((?:[^"\\]|\\.)*)"')


def nodes(root: Element) -> list[Node]:
    """Every node that could be about the page, in the order of the page."""
    found: list[Node] = []
    room = MAX_SCRIPT
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = script.text or ""
        if len(source) > room:
            break
        room -= len(source)
        found += _flat(_loaded(source), MAX_NODES - len(found))
    return found


def main_node(found: list[Node], url: str) -> Node:
    """The node of the page's article: of several, the one that names the page's address; empty where none is."""
    for wanted in (_ARTICLE, _PAGE):
        articles = [node for node in found if any(map(wanted.search, types(node)))]
        here = [node for node in articles if is_about(node, url)]
        if here or articles:
            return (here or articles)[0]
    return {}


def is_about(node: Node, url: str) -> bool:
    """Whether one of the node's addresses is the page's, by path."""
    path = urlsplit(url).path.rstrip("/")
    if not path:
        return False
    addresses = [text for key in ("url", "@id", "mainEntityOfPage") for text in strings(node.get(key))]
    return any(_path(address) == path for address in addresses)


def types(node: Node) -> set[str]:
    """A node's types, without their vocabulary and in lower case."""
    return {re.split(r"[/#:]", name)[-1].lower() for name in strings(node.get("@type"))}


def value(node: Node, *keys: str) -> str:
    """The first of these keys that holds a text, as one line."""
    return next((text for key in keys for text in strings(node.get(key))), "")


def strings(found: object, *, limit: int = MAX_VALUE) -> list[str]:
    """Texts in a value that may be a text, a thing with a name or a value, or a list of such."""
    values = found if isinstance(found, list) else [found]
    texts = []
    for item in values[:50]:
        text = item.get("name") or item.get("@value") or item.get("@id") if isinstance(item, dict) else item
        if isinstance(text, list):
            text = next(iter(text), "")
        if isinstance(text, str) and (line := normalised(_unescaped(text[:limit]))):
            texts.append(line)
    return texts


def _unescaped(text: str) -> str:
    """Publishers escape twice, once for the JSON and once for the page."""
    return html.unescape(html.unescape(text)) if "&" in text else text


def _loaded(source: str) -> object:
    """A script as JSON, mended where publishers break it; what can be picked from it where nothing helps."""
    plain = source.strip()
    for opening in _OPENINGS:
        plain = plain.removeprefix(opening).strip()
    for closing in _CLOSINGS:
        plain = plain.removesuffix(closing).strip()
    for mend in (str, _without_dangling_commas, html.unescape):
        try:
            return json.loads(mend(plain), strict=False)
        except (ValueError, RecursionError):
            continue
    return {"@type": "Article"} | dict(reversed(_PAIR.findall(plain)))


def _without_dangling_commas(source: str) -> str:
    return _DANGLING.sub(r"\1", source)


def _flat(document: object, room: int) -> Iterator[Node]:
    """Nodes of a document, outermost first; never more than there is room for."""
    waiting = [document]
    while waiting and room > 0:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item[:room])
        elif isinstance(item, dict):
            room -= 1
            yield item
            waiting += (item[key] for key in reversed(_INWARD) if isinstance(item.get(key), (dict, list)))


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""

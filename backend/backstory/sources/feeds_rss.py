"""RSS 0.9x, 1.0 and 2.0 to a draft.

https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec
"""

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from backstory.errors import SourceError
from backstory.sources.feeds_items import MAX_ITEMS, Draft, Entry
from backstory.sources.feeds_links import whole
from backstory.sources.feeds_names import attribute, name_of, parts_of, space_of, text_of, texts_of, xml_attribute
from backstory.sources.feeds_rhythm import rests, ttl_seconds
from backstory.sources.feeds_texts import Words, line
from backstory.sources.xml_tree import Element

_PUBLISHED = ("pubdate", "dc:date", "dcterms:created", "dcterms:issued", "atom:published", "atom:issued", "date")
_UPDATED = ("atom:updated", "dcterms:modified", "atom:modified")
_TEXTS = ("content:encoded", "atom:content", "xhtml:body", "description", "content", "fulltext")
_MAILBOX = re.compile(r"^\S+@\S+\s{0,3}(?:\((?P<name>[^()]{1,200})\))?$")

Parts = dict[str, list[Element]]


def read_rss(root: Element, url: str) -> Draft:
    """The feed. Raises SourceError where there is neither a channel nor an item."""
    own = space_of(root)
    above = parts_of(root, own)
    channel = next(iter(above.get("channel", ())), root if name_of(root, own) == "channel" else None)
    parts = parts_of(channel, own) if channel is not None else {}
    items = [*parts.get("item", ()), *above.get("item", ())]
    if channel is None and not items:
        raise SourceError("this is XML, but no feed: it has neither a channel nor items")
    base = whole(xml_attribute(root, "base"), url) or url
    site = next((found for link in texts_of(parts, "link") if (found := whole(link, base))), "")
    language = next(iter(texts_of(parts, "language", "dc:language")), xml_attribute(root, "lang"))
    period, frequency = (next(iter(texts_of(parts, name)), "") for name in ("sy:updateperiod", "sy:updatefrequency"))
    return Draft(
        title=line(next(iter(texts_of(parts, "title", "dc:title")), "")),
        site=site,
        language=language,
        publisher=line(next(iter(texts_of(parts, "dc:publisher")), "")),
        authors=tuple(_authors(parts)),
        ttl_seconds=ttl_seconds(next(iter(texts_of(parts, "ttl")), ""), period, frequency),
        rests=rests(_listed(parts, "skiphours", own), _listed(parts, "skipdays", own)),
        next_url=next(_linked(parts, "next", base), ""),
        hub=next(_linked(parts, "hub", base), ""),
        entries=tuple(_entry(item, own, site or base) for item in items[:MAX_ITEMS]),
        trouble=(f"only the first {MAX_ITEMS:,} of its items were read",) if len(items) > MAX_ITEMS else (),
    )


def _entry(item: Element, own: str, base: str) -> Entry:
    parts = parts_of(item, own)
    base = whole(xml_attribute(item, "base"), base) or base
    guid = next(iter(texts_of(parts, "guid", "atom:id", "dc:identifier")), "")
    return Entry(
        id=guid or str(item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""),
        links=tuple(_links(item, parts, base)),
        title=line(next(iter(texts_of(parts, "title", "dc:title", "atom:title")), "")),
        authors=tuple(_authors(parts)),
        published=texts_of(parts, *_PUBLISHED),
        updated=texts_of(parts, *_UPDATED),
        texts=tuple(Words(markup_of(element)) for name in _TEXTS for element in parts.get(name, ())[:3]),
        publisher=line(next(iter(texts_of(parts, "source", "dc:publisher")), "")),
        language=next(iter(texts_of(parts, "dc:language")), xml_attribute(item, "lang")),
    )


def _links(item: Element, parts: Parts, base: str) -> Iterator[str]:
    """What the item leads to: the outlet's own address before its proxy's, a permanent id where there is no link."""
    yield from (whole(link, base) for link in texts_of(parts, "feedburner:origlink", "link"))
    for guid in parts.get("guid", ()):
        if attribute(guid, "isPermaLink").lower() != "false":
            yield whole(text_of(guid), "")
    yield from _linked(parts, "alternate", base)
    for link in parts.get("link", ()):
        yield whole(attribute(link, "href"), base)  # Atom's way, in a feed that mixes them up
    yield whole(str(item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""), "")


def _linked(parts: Parts, relation: str, base: str) -> Iterator[str]:
    """Addresses of Atom's links in RSS, of one relation."""
    for link in parts.get("atom:link", ()):
        if (attribute(link, "rel") or "alternate") == relation and (found := whole(attribute(link, "href"), base)):
            yield found


def _authors(parts: Parts) -> Iterator[str]:
    """Names: `dc:creator`, or RSS's mailbox with the name in brackets; an address alone is no name."""
    for text in texts_of(parts, "dc:creator", "author", "managingeditor"):
        mailbox = _MAILBOX.match(text)
        name = line((mailbox["name"] or "") if mailbox else text)
        if name:
            yield name
    for author in parts.get("atom:author", ()):
        yield from (text_of(child) for child in author if name_of(child, "") == "atom:name")


def _listed(parts: Parts, name: str, own: str) -> list[str]:
    return [text_of(child) for element in parts.get(name, ()) for child in parts_of(element, own).get(name[4:-1], ())]


def markup_of(element: Element) -> str:
    """An element's content as HTML: its text, and elements that should have been escaped and were not."""
    if len(element) == 0:
        return text_of(element)
    for inner in element.iter():
        if isinstance(inner.tag, str):
            inner.tag = inner.tag.rpartition("}")[2] or "span"
    return "".join([str(element.text or ""), *map(_html, element)]).strip()


def _html(element: Element) -> str:
    """An element and what follows it; copied, since in its feed it is written with the feed's namespaces."""
    alone = deepcopy(element)
    etree.cleanup_namespaces(alone)
    return str(etree.tostring(alone, method="html", encoding="unicode"))

"""Atom 1.0 (RFC 4287) and its draft 0.3 to a draft of ours."""

from collections.abc import Iterator

from backstory.sources.feeds_items import MAX_ITEMS, Draft, Entry
from backstory.sources.feeds_links import whole
from backstory.sources.feeds_names import attribute, parts_of, space_of, text_of, texts_of, xml_attribute
from backstory.sources.feeds_rhythm import ttl_seconds
from backstory.sources.feeds_rss import markup_of
from backstory.sources.feeds_texts import Words, line, plain_line
from backstory.sources.xml_tree import Element

_PLAIN = ("", "text", "text/plain")
_PUBLISHED = ("published", "issued", "created", "dc:date")
_UPDATED = ("updated", "modified")

Parts = dict[str, list[Element]]


def read_atom(root: Element, url: str) -> Draft:
    """The feed, also where it has no entry."""
    own = space_of(root)
    parts = parts_of(root, own)
    base = whole(xml_attribute(root, "base"), url) or url
    entries = parts.get("entry", [])
    period, frequency = (next(iter(texts_of(parts, name)), "") for name in ("sy:updateperiod", "sy:updatefrequency"))
    return Draft(
        title=_title(parts),
        site=next(_linked(parts, "alternate", base), ""),
        language=xml_attribute(root, "lang"),
        publisher=line(next(iter(texts_of(parts, "dc:publisher")), "")),
        authors=tuple(_authors(parts, own)),
        ttl_seconds=ttl_seconds("", period, frequency),
        next_url=next(_linked(parts, "next", base), ""),
        hub=next(_linked(parts, "hub", base), ""),
        entries=tuple(_entry(entry, own, base) for entry in entries[:MAX_ITEMS]),
        trouble=(f"only the first {MAX_ITEMS:,} of its entries were read",) if len(entries) > MAX_ITEMS else (),
    )


def _entry(entry: Element, own: str, base: str) -> Entry:
    parts = parts_of(entry, own)
    base = whole(xml_attribute(entry, "base"), base) or base
    name = next(iter(texts_of(parts, "id")), "")
    original = (whole(link, base) for link in texts_of(parts, "feedburner:origlink"))
    return Entry(
        id=name,
        links=(*original, *_linked(parts, "alternate", base), whole(name, "")),
        title=_title(parts),
        authors=tuple(_authors(parts, own)),
        published=texts_of(parts, *_PUBLISHED),
        updated=texts_of(parts, *_UPDATED),
        texts=tuple(_words(element) for kind in ("content", "summary") for element in parts.get(kind, ())[:3]),
        publisher=_origin(parts, own),
        language=xml_attribute(entry, "lang"),
    )


def _linked(parts: Parts, relation: str, base: str) -> Iterator[str]:
    """Addresses of the links of one relation, those to HTML first; a link without a relation is an alternate."""
    links = [link for link in parts.get("link", ()) if (attribute(link, "rel") or "alternate") == relation]
    links.sort(key=lambda link: "html" not in (attribute(link, "type") or "html"))
    for link in links:
        if found := whole(attribute(link, "href"), whole(xml_attribute(link, "base"), base) or base):
            yield found


def _title(parts: Parts) -> str:
    """The title, whichever way it was written."""
    for element in parts.get("title", ())[:1]:
        words = _words(element)
        return line(words.text) if words.is_html else plain_line(words.text)
    return ""


def _authors(parts: Parts, own: str) -> Iterator[str]:
    for author in parts.get("author", ()):
        yield from (line(name) for name in texts_of(parts_of(author, own), "name"))
    yield from (line(name) for name in texts_of(parts, "dc:creator"))


def _origin(parts: Parts, own: str) -> str:
    """The title of the feed that an entry was taken over from."""
    for source in parts.get("source", ())[:1]:
        return _title(parts_of(source, own))
    return ""


def _words(element: Element) -> Words:
    """A text construct; what stands elsewhere (`src`) or is no text (base64) is none.

    Atom 0.3 tells by `mode` how the text was written, and by `type` what it is.
    """
    kind, mode = attribute(element, "type").lower(), attribute(element, "mode").lower()
    if attribute(element, "src") or mode == "base64":
        return Words("")
    if len(element):
        return Words(markup_of(element))
    return Words(text_of(element), is_html=kind not in _PLAIN or (mode == "escaped" and kind != "text/plain"))

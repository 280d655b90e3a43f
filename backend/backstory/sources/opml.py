"""OPML, the list of feeds that readers hand to one another, in and out.

    bytes ⇄ OpmlFeeds

What is written is read back as it was: the same feeds in the same order. http://opml.org/spec2.opml
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from lxml import etree

from backstory.errors import SourceError
from backstory.sources.feeds_links import whole
from backstory.sources.feeds_texts import plain_line
from backstory.sources.kinds import root_name
from backstory.sources.xml_tree import UNFIT, Element, decode, mended, mended_tree, strict_tree, without_doctype

MAX_FEEDS = 10_000
"""Feeds of one list that are read."""

MAX_OUTLINES = 100_000
"""Outlines that are looked at for them."""

BETWEEN_FOLDERS = " / "
"""What stands between a folder's name and that of the folder in it."""


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed in a list: its title, its address, the page that it belongs to and the folder it is filed under."""

    title: str
    url: str
    site: str = ""
    folder: str = ""


def read_opml(body: bytes) -> tuple[OpmlFeed, ...]:
    """The feeds of a list, each address once; outlines that are no feed of the web are passed over.

    Raises SourceError for what is no OPML.
    """
    text = decode(body)
    if root_name(text) != "opml":
        raise SourceError("this is no OPML list of feeds: it does not begin as one")
    feeds: dict[str, OpmlFeed] = {}
    for feed in islice(_feeds(_tree(without_doctype(text))), MAX_OUTLINES):
        if len(feeds) >= MAX_FEEDS:
            break
        feeds.setdefault(feed.url, feed)
    return tuple(feeds.values())


def write_opml(feeds: Iterable[OpmlFeed], title: str = "Feeds") -> bytes:
    """The list as OPML 2.0; feeds that follow one another in one folder stand in one outline."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _fit(title)
    body = etree.SubElement(root, "body")
    for folder, filed in groupby(feeds, key=lambda feed: feed.folder):
        parent = etree.SubElement(body, "outline", text=_fit(folder)) if folder else body
        for feed in filed:
            name = _fit(feed.title)
            outline = etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=_fit(feed.url))
            if feed.site:
                outline.set("htmlUrl", _fit(feed.site))
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _tree(text: str) -> Element:
    try:
        return strict_tree(text)
    except SourceError as error:
        root = mended_tree(mended(text))
        if root is None:
            raise SourceError(f"this is no OPML list that can be read: {error}") from error
        return root


def _feeds(root: Element) -> Iterator[OpmlFeed]:
    """Feeds in the order of the list; folders by hand, since they may be nested as deeply as somebody likes."""
    waiting = [(child, "") for child in reversed(root)]
    while waiting:
        element, folder = waiting.pop()
        # One by one: lxml's list of all of them takes the square of their number.
        said = {str(name).lower(): str(element.get(name)) for name in islice(element.attrib, 50)}
        title = plain_line(said.get("title") or said.get("text") or "")
        if url := whole(_of_the_web(said.get("xmlurl", "")), ""):
            filed = folder or plain_line(said.get("category", "").partition(",")[0].strip("/"))
            yield OpmlFeed(title, url, whole(said.get("htmlurl", ""), ""), filed)
        else:
            folder = plain_line(BETWEEN_FOLDERS.join(filter(None, (folder, title))))
        waiting += [(child, folder) for child in reversed(element)]


def _of_the_web(url: str) -> str:
    """An address as programs of old wrote it: feed://host/path, feed:https://host/path."""
    address = url.strip()
    if not address.lower().startswith("feed:"):
        return address
    rest = address[len("feed:") :]
    return f"http:{rest}" if rest.startswith("//") else rest


def _fit(text: str) -> str:
    """A text without what XML cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8").translate(UNFIT)

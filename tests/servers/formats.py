"""The same items in every format that feeds have come in since 1999, written as their makers' programs write them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What one item says; empty where it does not. `body` is the article as HTML where the feed carries it."""

    id: str
    url: str
    title: str
    summary: str = ""
    body: str = ""
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says of itself; `ttl` in minutes, 0 where it does not say."""

    title: str
    site: str
    url: str
    ttl: int = 0
    next_url: str = ""


Writer = Callable[[Channel, Sequence[Item]], str]


def _rss2(channel: Channel, items: Sequence[Item]) -> str:
    ttl = f"<ttl>{channel.ttl}</ttl>" if channel.ttl else ""
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(item.url)}</link>"
        + (f'<guid isPermaLink="false">{escape(item.id)}</guid>' if item.id else "")
        + (f"<pubDate>{format_datetime(item.at)}</pubDate>" if item.at else "")
        + (f"<dc:creator>{escape(item.author)}</dc:creator>" if item.author else "")
        + f"<description>{escape(escape(item.summary))}</description>"
        + (f"<content:encoded><![CDATA[{item.body}]]></content:encoded>" if item.body else "")
        + "</item>\n"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">\n'
        f"<channel><title>{escape(channel.title)}</title><link>{escape(channel.site)}</link>"
        f"<description>News</description><language>en</language>{ttl}"
        f'<atom:link rel="self" href="{escape(channel.url)}"/>\n{entries}</channel></rss>\n'
    )


def _rss091(channel: Channel, items: Sequence[Item]) -> str:
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(item.url)}</link>"
        f"<description>{escape(escape(item.summary))}</description></item>\n"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
        f'<rss version="0.91"><channel><title>{escape(channel.title)}</title><link>{escape(channel.site)}</link>'
        f"<description>News</description><language>en</language>\n{entries}</channel></rss>\n"
    )


def _rss1(channel: Channel, items: Sequence[Item]) -> str:
    listed = "".join(f'<rdf:li rdf:resource="{escape(item.url)}"/>' for item in items)
    entries = "".join(
        f'<item rdf:about="{escape(item.url)}"><title>{escape(item.title)}</title><link>{escape(item.url)}</link>'
        f"<description>{escape(escape(item.summary))}</description>"
        + (f"<dc:date>{item.at.isoformat()}</dc:date>" if item.at else "")
        + "</item>\n"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">\n'
        f'<channel rdf:about="{escape(channel.url)}"><title>{escape(channel.title)}</title>'
        f"<link>{escape(channel.site)}</link><description>News</description><dc:language>en</dc:language>"
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{entries}</rdf:RDF>\n"
    )


def _atom1(channel: Channel, items: Sequence[Item]) -> str:
    entries = "".join(
        f"<entry><id>{escape(item.id or item.url)}</id><title>{escape(item.title)}</title>"
        f'<link rel="alternate" type="text/html" href="{escape(item.url)}"/>'
        + (f"<published>{item.at.isoformat()}</published><updated>{item.at.isoformat()}</updated>" if item.at else "")
        + (f"<author><name>{escape(item.author)}</name></author>" if item.author else "")
        + f"<summary>{escape(item.summary)}</summary>"
        + (f'<content type="html">{escape(item.body)}</content>' if item.body else "")
        + "</entry>\n"
        for item in items
    )
    following = f'<link rel="next" href="{escape(channel.next_url)}"/>' if channel.next_url else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<title>{escape(channel.title)}</title><id>{escape(channel.url)}</id>"
        f'<link rel="self" href="{escape(channel.url)}"/><link href="{escape(channel.site)}"/>{following}\n'
        f"{entries}</feed>\n"
    )


def _atom03(channel: Channel, items: Sequence[Item]) -> str:
    entries = "".join(
        f'<entry><id>{escape(item.id or item.url)}</id><title mode="escaped" type="text/html">'
        f"{escape(escape(item.title))}</title>"
        f'<link rel="alternate" type="text/html" href="{escape(item.url)}"/>'
        + (f"<issued>{item.at.isoformat()}</issued><modified>{item.at.isoformat()}</modified>" if item.at else "")
        + f'<summary type="text/plain">{escape(item.summary)}</summary>'
        + (f'<content mode="escaped" type="text/html">{escape(item.body)}</content>' if item.body else "")
        + "</entry>\n"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en">\n'
        f"<title>{escape(channel.title)}</title>"
        f'<link rel="alternate" type="text/html" href="{escape(channel.site)}"/>\n{entries}</feed>\n'
    )


def _json(version: str, channel: Channel, items: Sequence[Item]) -> str:
    said = {
        "version": f"https://jsonfeed.org/version/{version}",
        "title": channel.title,
        "home_page_url": channel.site,
        "feed_url": channel.url,
        **({"language": "en"} if version == "1.1" else {}),
        **({"next_url": channel.next_url} if channel.next_url else {}),
        "items": [_json_item(version, item) for item in items],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _json_item(version: str, item: Item) -> dict[str, object]:
    authors = (
        {"authors": [{"name": item.author}]}
        if item.author and version == "1.1"
        else {"author": {"name": item.author}}
        if item.author
        else {}
    )
    return {
        "id": item.id or item.url,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.body or f"<p>{escape(item.summary)}</p>",
        **({"date_published": item.at.isoformat()} if item.at else {}),
        **authors,
    }


WRITERS: dict[str, Writer] = {
    "rss2": _rss2,
    "atom1": _atom1,
    "json1.1": lambda channel, items: _json("1.1", channel, items),
    "rss1": _rss1,
    "atom0.3": _atom03,
    "json1": lambda channel, items: _json("1", channel, items),
    "rss0.91": _rss091,
}
"""Each format's name and who writes it."""

TYPES = {
    "rss2": "application/rss+xml; charset=utf-8",
    "rss0.91": "text/xml",
    "rss1": "application/rdf+xml",
    "atom1": "application/atom+xml; charset=utf-8",
    "atom0.3": "application/atom+xml",
    "json1": "application/json",
    "json1.1": "application/feed+json",
}
"""Each format's media type, as servers send it."""

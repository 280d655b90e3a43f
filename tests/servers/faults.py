"""What goes wrong with feeds, by name: each takes the newsroom, the outlet and the request, and answers."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from servers.formats import TYPES, WRITERS, Channel, Item
from servers.http import Answer, Request
from servers.stories import FIRST_AT

if TYPE_CHECKING:
    from servers.feeds import Newsroom, Outlet

Fault = Callable[["Newsroom", "Outlet", Request], Answer]

HUGE = 40_000_000
"""Bytes of the feed that is too large, and of what the packed bomb unpacks to, times ten."""

RETRY_AFTER = 7
"""Seconds that a busy server asks to be left alone."""

SILENCE = 3_600.0
"""Seconds that a silent server says nothing."""

_LOGIN = b"""<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to go on</h1>
<form method="post" action="/login"><input name="user"><input name="password" type="password"></form></body></html>"""


def _status(status: int, *headers: tuple[str, str]) -> Fault:
    page = f"<html><body><h1>{status}</h1></body></html>".encode()
    return lambda _newsroom, _outlet, _request: Answer(
        status=status, body=page, headers=(("Content-Type", "text/html"), *headers)
    )


def _moved(newsroom: "Newsroom", outlet: "Outlet", _: Request) -> Answer:
    return Answer(status=301, headers=(("Location", newsroom.path(outlet.number, "new-feed")),))


def _loop(_newsroom: "Newsroom", _outlet: "Outlet", request: Request) -> Answer:
    return Answer(status=302, headers=(("Location", request.path),))


def _typed(body: bytes, kind: str) -> Fault:
    return lambda _newsroom, _outlet, _request: Answer(body=body, headers=(("Content-Type", kind),))


def _changed(change: Callable[[Answer], Answer]) -> Fault:
    """The right feed, spoilt on its way out."""
    return lambda newsroom, outlet, request: change(newsroom.plain_feed(outlet, request))


def _with_type(kind: str) -> Callable[[Answer], Answer]:
    def change(answer: Answer) -> Answer:
        kept = tuple(header for header in answer.headers if header[0] != "Content-Type")
        return replace(answer, headers=(("Content-Type", kind), *kept))

    return change


def _flaky(newsroom: "Newsroom", outlet: "Outlet", request: Request) -> Answer:
    """Broken at every other poll, the first among them."""
    return newsroom.plain_feed(outlet, request) if outlet.polls % 2 == 0 else Answer(status=500)


def _busy_once(newsroom: "Newsroom", outlet: "Outlet", request: Request) -> Answer:
    if outlet.polls == 1:
        return Answer(status=429, headers=(("Retry-After", "1"),))
    return newsroom.plain_feed(outlet, request)


def _items(change: Callable[[Item, int], Item]) -> Fault:
    """The right feed, with each of its items changed; `change` is told the item's place."""

    def answer(newsroom: "Newsroom", outlet: "Outlet", request: Request) -> Answer:
        base = f"http://{request.host}"
        items = [change(newsroom.item(outlet, story, base), place) for place, story in enumerate(outlet.shown)]
        channel = Channel(title=outlet.name, site=f"{base}/{outlet.number}/", url=base + request.path)
        return newsroom.validated(WRITERS[outlet.format](channel, items), outlet, request)

    return answer


def _twice(newsroom: "Newsroom", outlet: "Outlet", request: Request) -> Answer:
    """Every item comes two times."""
    return newsroom.plain_feed(outlet, request, [story for story in outlet.shown for _ in range(2)])


def _changing(newsroom: "Newsroom", outlet: "Outlet", request: Request) -> Answer:
    """At every poll the newest story has been changed."""
    newsroom.change(outlet.number, max(outlet.stories))
    return newsroom.plain_feed(outlet, request)


def _vanishing(newsroom: "Newsroom", outlet: "Outlet", request: Request) -> Answer:
    """Whatever was shown once is gone at the next poll."""
    shown, outlet.shown = outlet.shown, []
    return newsroom.plain_feed(outlet, request, shown)


def _packed(answer: Answer) -> Answer:
    return replace(answer, body=gzip.compress(answer.body), headers=(*answer.headers, ("Content-Encoding", "gzip")))


@cache
def _bomb() -> bytes:
    """An entity that would come to a billion letters, and one that would read a file."""
    levels = "".join(
        f'<!ENTITY {here} "{f"&{below};" * 10}">' for below, here in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lollollol">{levels}'
        '<!ENTITY file SYSTEM "file:///etc/hostname">]>'
        '<rss version="2.0"><channel><title>&i;</title><item><title>&i;&file;</title><link>http://example.org/</link>'
        "</item></channel></rss>"
    ).encode()


@cache
def _packed_bomb() -> bytes:
    return gzip.compress(b"<rss><channel><title>" + b" " * HUGE * 10, 9)


@cache
def _huge() -> bytes:
    item = b"<item><title>Again</title><link>http://example.org/again</link></item>\n"
    return b'<rss version="2.0"><channel><title>Huge</title>' + item * (HUGE // len(item)) + b"</channel></rss>"


def _tomorrow(item: Item, _: int) -> Item:
    return replace(item, at=FIRST_AT + timedelta(days=20_000))


FAULTS: dict[str, Fault] = {
    # the server says no
    "gone": _status(410),
    "missing": _status(404),
    "forbidden": _status(403),
    "busy": _status(429, ("Retry-After", str(RETRY_AFTER))),
    "busy-once": _busy_once,
    "unavailable": _status(503, ("Retry-After", str(RETRY_AFTER))),
    "broken": _status(500),
    "flaky": _flaky,
    "moved": _moved,
    "loop": _loop,
    # the way there
    "silent": lambda _newsroom, _outlet, _request: Answer(wait=SILENCE),
    "slow": _changed(lambda answer: replace(answer, drip=2.0)),
    "hangs-up": _changed(lambda answer: replace(answer, cut=len(answer.body) // 2)),
    "no-http": lambda _newsroom, _outlet, _request: Answer(raw=b"\x00\xff\x15\x03\x01 not what you think\r\n\r\n"),
    # what comes
    "truncated": _changed(lambda answer: replace(answer, body=answer.body[: len(answer.body) * 6 // 10])),
    "mistyped": _changed(_with_type("text/html; charset=utf-8")),
    "mislabelled": _changed(_with_type("application/xml; charset=iso-8859-1")),
    "nonsense-charset": _changed(_with_type("application/xml; charset=punycode")),
    "packed": _changed(_packed),
    "packed-bomb": lambda _newsroom, outlet, _request: Answer(
        body=_packed_bomb(), headers=(("Content-Type", TYPES[outlet.format]), ("Content-Encoding", "gzip"))
    ),
    "huge": lambda _newsroom, _outlet, _request: Answer(body=_huge(), headers=(("Content-Type", "text/xml"),)),
    "bomb": lambda _newsroom, _outlet, _request: Answer(body=_bomb(), headers=(("Content-Type", "text/xml"),)),
    "login": _typed(_LOGIN, "text/html"),
    "empty": _typed(b"", "application/rss+xml"),
    "rubbish": _typed(bytes(range(256)) * 40, "application/rss+xml"),
    # what it says
    "same-ids": _items(lambda item, _: replace(item, id="courier")),
    "no-ids": _items(lambda item, _: replace(item, id="")),
    "undated": _items(lambda item, _: replace(item, at=None)),
    "tomorrow": _items(_tomorrow),
    "twice": _twice,
    "changing": _changing,
    "vanishing": _vanishing,
    "articles-missing": lambda newsroom, outlet, request: newsroom.plain_feed(outlet, request),
}
"""Everything that can go wrong, by name."""

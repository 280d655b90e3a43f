"""Outlets with feeds on this machine, in every format, and with everything that goes wrong with feeds.

    with Newsroom(outlets=8, faults={3: "gone"}).serving() as newsroom:
        newsroom.feed_url(0); newsroom.publish(0, 2); newsroom.served.asked[newsroom.path(0, "feed")]

Each outlet has a front page that names its feed, a directory that names everybody's, articles, a news sitemap, and ETag
and Last-Modified on its feed. The same seed makes the same news. `faults.py` lists what can go wrong. Run as a program
it serves until it is stopped, for benchmarks.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape

from servers.faults import FAULTS
from servers.formats import TYPES, WRITERS, Channel, Item
from servers.http import Answer, Request, Served, serving
from servers.stories import STORIES_APART, Story, make_story, page_of

_SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{}</urlset>\n'
)


@dataclass
class Outlet:
    """One outlet: what its feed shows now (`shown`, newest first) and all that it ever published (`stories`)."""

    number: int
    format: str = "rss2"
    fault: str = ""
    ttl: int = 0
    full_text: bool = False
    shown: list[Story] = field(default_factory=list)
    stories: dict[int, Story] = field(default_factory=dict)
    polls: int = 0

    @property
    def name(self) -> str:
        """What it calls itself."""
        return f"Courier No. {self.number}"


class Newsroom:
    """Outlets behind one server; `outlets[n]` has the format `formats[n % len(formats)]`, every fourth in full text."""

    def __init__(  # noqa: PLR0913 - one argument for each thing that a test may be about
        self,
        outlets: int = 7,
        *,
        stories: int = 5,
        seed: int = 0,
        hosts: int = 1,
        shows: int = 20,
        ttl: int = 0,
        formats: tuple[str, ...] = tuple(WRITERS),
        faults: Mapping[int, str] | None = None,
    ) -> None:
        """`stories` are there at first; a feed shows its newest `shows`; `faults` by the number of the outlet."""
        if unknown := set((faults or {}).values()) - FAULTS.keys():
            raise ValueError(f"no such faults: {sorted(unknown)}; there are {', '.join(FAULTS)}")
        self.seed, self.hosts, self.shows = seed, hosts, shows
        self.served = Served()
        self.outlets = [
            Outlet(
                number,
                format=formats[number % len(formats)],
                fault=(faults or {}).get(number, ""),
                ttl=ttl,
                full_text=number % 4 == 3,
            )
            for number in range(outlets)
        ]
        for outlet in self.outlets:
            self.publish(outlet.number, stories)

    def publish(self, number: int, count: int = 1) -> list[int]:
        """Let an outlet publish so many more stories; their numbers."""
        outlet = self.outlets[number]
        first = len(outlet.stories)
        new = list(range(first, first + count))
        for story in new:
            outlet.stories[story] = make_story(number * STORIES_APART + story, seed=self.seed)
            outlet.shown.insert(0, outlet.stories[story])
        del outlet.shown[self.shows :]
        return new

    def change(self, number: int, story: int) -> None:
        """Let an outlet change a story that it has published."""
        outlet = self.outlets[number]
        old = outlet.stories[story]
        new = make_story(old.number, seed=self.seed, edition=old.edition + 1)
        outlet.stories[story] = new
        outlet.shown = [new if shown is old else shown for shown in outlet.shown]

    @contextmanager
    def serving(self, port: int = 0) -> Iterator["Newsroom"]:
        """Serve until left; `served` says where, and counts."""
        with serving(self.answer, hosts=self.hosts, port=port) as self.served:
            yield self

    def path(self, number: int, what: str = "") -> str:
        """The path of something of an outlet's: "feed", "news/3", "sitemap.xml", or its front page."""
        return f"/{number}/{what}"

    def origin(self, number: int) -> str:
        """The origin at which an outlet is to be asked; its neighbours stand on other hosts, as far as there are."""
        return self.served.origins[number % len(self.served.origins)]

    def feed_url(self, number: int) -> str:
        """The whole address of an outlet's feed."""
        return self.origin(number) + self.path(number, "feed")

    def article_url(self, number: int, story: int) -> str:
        """The whole address of an article."""
        return self.origin(number) + self.path(number, f"news/{story}")

    def answer(self, request: Request) -> Answer:
        """What the server says to a request."""
        if request.path == "/robots.txt":
            return self._robots(request)
        number, _, what = request.path.removeprefix("/").partition("/")
        if number.isdecimal() and int(number) < len(self.outlets):
            return self._of(self.outlets[int(number)], what, request)
        return Answer(status=404, body=b"There is no such outlet.")

    def _of(self, outlet: Outlet, what: str, request: Request) -> Answer:
        kind, _, story = what.partition("/")
        match kind:
            case "feed" | "new-feed":
                return self._feed(outlet, request)
            case "news" if story.isdecimal() and int(story) in outlet.stories:
                return self._article(outlet, int(story), request)
            case "sitemap.xml":
                return self._sitemap(outlet, request)
            case "":
                return self._front([outlet])
            case "directory":
                return self._front(self.outlets)
        return Answer(status=404, body=b"There is no such page.")

    def plain_feed(self, outlet: Outlet, request: Request, stories: list[Story] | None = None) -> Answer:
        """The feed as it should be; 304 where the asker has it already."""
        base = f"http://{request.host}"
        shown = outlet.shown if stories is None else stories
        channel = Channel(
            title=outlet.name, site=base + self.path(outlet.number), url=base + request.path, ttl=outlet.ttl
        )
        items = [self.item(outlet, story, base) for story in shown]
        return self.validated(WRITERS[outlet.format](channel, items), outlet, request)

    def item(self, outlet: Outlet, story: Story, base: str) -> Item:
        """A story as an item."""
        place = story.number % STORIES_APART
        return Item(
            id=f"courier-{story.number}",
            url=f"{base}{self.path(outlet.number, f'news/{place}')}",
            title=story.headline,
            summary=story.summary,
            body=story.body if outlet.full_text else "",
            author=story.author,
            at=story.at,
        )

    def validated(self, text: str, outlet: Outlet, request: Request) -> Answer:
        """A body with validators, or nothing where those of the request still hold."""
        body = text.encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        latest = max((story.at for story in outlet.stories.values()), default=None)
        modified = format_datetime(latest, usegmt=True) if latest else ""
        headers = (("Content-Type", TYPES[outlet.format]), ("ETag", etag), ("Last-Modified", modified))
        if request.headers.get("if-none-match") == etag:
            return Answer(status=304, headers=headers[1:])
        return Answer(body=body, headers=headers)

    def _feed(self, outlet: Outlet, request: Request) -> Answer:
        outlet.polls += 1
        fault = FAULTS.get(outlet.fault)
        if fault is None or request.path.endswith("/new-feed"):
            return self.plain_feed(outlet, request)
        return fault(self, outlet, request)

    def _article(self, outlet: Outlet, story: int, request: Request) -> Answer:
        if outlet.fault == "articles-missing":
            return Answer(status=404, body=b"There is no such article.")
        url = f"http://{request.host}{request.path}"
        page = page_of(outlet.stories[story], url, outlet=outlet.name)
        return Answer(body=page.encode(), headers=(("Content-Type", "text/html; charset=utf-8"),))

    def _front(self, outlets: list[Outlet]) -> Answer:
        """A page that names the feeds of outlets, those that stand on its own host."""
        links = "".join(
            f'<link rel="alternate" type="{TYPES[outlet.format].partition(";")[0]}" title="{escape(outlet.name)}"'
            f' href="{self.path(outlet.number)}feed">'
            for outlet in outlets
        )
        page = (
            f"<!doctype html><html lang=en><head><title>{escape(outlets[0].name)}</title>{links}"
            "</head><body><h1>News</h1><p>All the news of the region, every day but Sunday.</p></body></html>"
        )
        return Answer(body=page.encode(), headers=(("Content-Type", "text/html; charset=utf-8"),))

    def _sitemap(self, outlet: Outlet, request: Request) -> Answer:
        base = f"http://{request.host}"
        entries = "".join(
            f"<url><loc>{base}{self.path(outlet.number, f'news/{place}')}</loc><news:news><news:publication>"
            f"<news:name>{escape(outlet.name)}</news:name><news:language>en</news:language></news:publication>"
            f"<news:publication_date>{story.at.isoformat()}</news:publication_date>"
            f"<news:title>{escape(story.headline)}</news:title></news:news></url>\n"
            for place, story in outlet.stories.items()
        )
        return Answer(body=_SITEMAP.format(entries).encode(), headers=(("Content-Type", "application/xml"),))

    def _robots(self, request: Request) -> Answer:
        lines = [f"Sitemap: http://{request.host}{self.path(outlet.number, 'sitemap.xml')}" for outlet in self.outlets]
        body = "\n".join(["User-agent: *", "Allow: /", *lines]) + "\n"
        return Answer(body=body.encode(), headers=(("Content-Type", "text/plain"),))


def main() -> None:
    """Serve outlets until standard input ends; says on standard output where."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    for name, default in (("outlets", 7), ("stories", 5), ("seed", 0), ("hosts", 1), ("port", 0)):
        arguments.add_argument(f"--{name}", type=int, default=default)
    wanted = arguments.parse_args()
    newsroom = Newsroom(wanted.outlets, stories=wanted.stories, seed=wanted.seed, hosts=wanted.hosts)
    with newsroom.serving(wanted.port):
        sys.stdout.write(" ".join(newsroom.served.origins) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()

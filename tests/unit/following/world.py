"""A door that is a small world: addresses to what stands there, and a note of each errand."""

from backstory.errors import FetchError
from backstory.fetching import Fetched
from factories import PARAGRAPHS

FEED = "https://paper.example/feed"


class World:
    """A door behind which every address shows what it was given, or raises it."""

    def __init__(self):
        self.places = {}
        self.asked = []
        self.gate = None

    async def get(self, errand):
        self.asked.append(errand)
        if self.gate is not None:
            await self.gate.wait()
        found = self.places.get(errand.url, FetchError(f"{errand.url} answered with 404", status=404))
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, Fetched) else Fetched(errand.url, found.encode())

    def urls(self):
        return [errand.url for errand in self.asked]


def feed_of(*numbers, extra=""):
    items = "".join(
        f"<item><guid>id-{n}</guid><link>https://paper.example/{n}</link><title>Report {n}</title>"
        f"<pubDate>Tue, 07 May 2024 0{n % 9}:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>The Paper</title>{extra}{items}</channel></rss>"


def page_of(number):
    return f"<html><head><title>Report {number}</title></head><body><article><h1>Report {number}</h1>" + "".join(
        f"<p>{paragraph} It was report {number}.</p>" for paragraph in PARAGRAPHS
    )


async def kept(archive):
    return sorted([article.url async for article in archive.export()])

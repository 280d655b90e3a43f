"""A web of a few addresses, and a clock that passes only when it is waited for."""

from datetime import UTC, datetime, timedelta

import httpx

from backstory.fetching import Clocks, Manners, PoliteDoor
from backstory.model import Errand

PUBLIC = "93.184.216.34"
PAGE = b"<html><body><p>It rained.</p></body></html>"
HTML = {"Content-Type": "text/html; charset=koi8-r"}
BEGINNING = datetime(2026, 3, 4, 12, tzinfo=UTC)

# What names resolve to in these tests; others resolve to nothing.
NAMES = {
    "paper.example": (PUBLIC,),
    "other.example": (PUBLIC,),
    "both.example": (PUBLIC, "10.0.0.7"),
    "inside.example": ("192.168.1.5",),
    "xn--e1afmkfd.example": (PUBLIC,),
    "127.0.0.1": ("127.0.0.1",),
    "169.254.169.254": ("169.254.169.254",),
}


class Time:
    """Seconds since the beginning; sleeping is what makes them pass."""

    def __init__(self):
        self.seconds = 0.0

    def clocks(self):
        return Clocks(now=self.now, ticks=lambda: self.seconds, sleep=self.sleep)

    def now(self):
        return BEGINNING + timedelta(seconds=self.seconds)

    async def sleep(self, seconds):
        self.seconds += seconds


class Web:
    """Answers by address, a list of them one after another; remembers what it was asked, and when."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []
        self.times = []
        self.noted = []
        self.time = Time()

    async def resolve(self, host, _port):
        return NAMES.get(host, ())

    def __call__(self, request):
        self.asked.append(request)
        self.times.append(self.time.seconds)
        place = f"{request.url.scheme}://{request.headers['host']}{request.url.raw_path.decode()}"
        answer = self.answers.get(place, httpx.Response(404))
        answer = answer.pop(0) if isinstance(answer, list) else answer
        return httpx.Response(answer.status_code, headers=answer.headers, stream=answer.stream)  # unread, as off a wire

    @property
    def places(self):
        return [f"{request.headers['host']}{request.url.raw_path.decode()}" for request in self.asked]

    def door(self, *, handler=None, resolve=None, **manners):
        ours = {"max_page_bytes": 1_000, "max_fetch_bytes": 2_000, "seconds_between_requests": 0, **manners}
        return PoliteDoor(
            Manners(**ours),
            clocks=self.time.clocks(),
            note=self.noted.append,
            resolve=resolve or self.resolve,
            transport=httpx.MockTransport(handler or self),
        )

    async def fetch(self, url, **more):
        """A page, as a person opens it."""
        return await self.door(obeys_robots=False, **more).get(Errand(url=url))


def page(body=PAGE, status=200, **headers):
    return httpx.Response(status, stream=httpx.ByteStream(body), headers=headers or HTML)


def answer(body=b"", status=200, headers=()):
    return httpx.Response(status, stream=httpx.ByteStream(body), headers=list(headers))


def leading_to(place, status=302):
    return httpx.Response(status, headers={"Location": place})

"""On what terms each interface answers: where it is, how often it may be asked, and what the owner has to do first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One interface, as its keepers offer it.

    `address` is where it answers. `seconds_between` is from one request to the next and `a_day` the most requests in a
    day, 0 where no number is given; both as its keepers state them for whoever asks free of charge. `key_from` says
    where a key is given out; where it is empty, the interface asks for none and the owner says yes to it instead.
    """

    address: str
    brings: str
    seconds_between: float
    a_day: int = 0
    key_from: str = ""

    def seconds(self, requests: int) -> float:
        """How long so many requests take at the least, waiting for further days included."""
        waiting = (requests - 1) // self.a_day * 86_400 if self.a_day else 0
        return max(waiting, 0) + requests * self.seconds_between


TERMS: dict[str, Terms] = {
    "guardian": Terms(
        address="https://content.guardianapis.com",
        brings="the Guardian's articles since 1999, whole",
        seconds_between=1.0,
        a_day=500,
        key_from="https://open-platform.theguardian.com/access/",
    ),
    "nyt": Terms(
        address="https://api.nytimes.com",
        brings="headlines and summaries of the New York Times since 1851",
        seconds_between=12.0,
        a_day=500,
        key_from="https://developer.nytimes.com/get-started",
    ),
    "factcheck": Terms(
        address="https://factchecktools.googleapis.com",
        brings="fact-checks of many outlets, with their own verdicts",
        seconds_between=0.5,
        key_from="https://developers.google.com/fact-check/tools/api",
    ),
    "gdelt": Terms(
        address="https://api.gdeltproject.org",
        brings="addresses of the world's news of the last three months; their pages are fetched",
        seconds_between=5.0,
    ),
    "wikinews": Terms(
        address="https://en.wikinews.org",
        brings="English Wikinews since 2004, whole",
        seconds_between=1.0,
    ),
    "current-events": Terms(
        address="https://en.wikipedia.org",
        brings="Wikipedia's daily list of events, a sentence or two each, with the report it rests on",
        seconds_between=1.0,
    ),
    "wayback": Terms(
        address="https://web.archive.org",
        brings="one outlet's pages as the Internet Archive kept them",
        seconds_between=4.0,
    ),
}
"""Every interface by the name that the owner calls it."""

"""GDELT's DOC 2.0 interface, on this machine: at most 250 articles, and errors in plain words with status 200."""

import json
from datetime import datetime
from typing import Any

from servers.http import Answer, Request
from servers.interface import JSON, Interface

_MOST, _USUAL = 250, 75


def make_article(moment: datetime, number: int, host: str = "paper.example") -> dict[str, Any]:
    """An article as GDELT lists it."""
    return {
        "url": f"https://{host}/{moment:%Y/%m/%d}/ferry-strikes-pier-{number}",
        "url_mobile": "",
        "title": f"Ferry strikes pier , says authority ' s report {number}",
        "seendate": f"{moment:%Y%m%dT%H%M%SZ}",
        "socialimage": "",
        "domain": host,
        "language": "English",
        "sourcecountry": "Germany",
    }


def plain(words: str) -> Answer:
    """How it says that something is wrong."""
    return Answer(body=words.encode(), headers=(("Content-Type", "text/html; charset=utf-8"),))


TOO_OFTEN = plain(
    "Please limit requests to one every 5 seconds or contact kalev.leetaru5@gmail.com for larger queries.\n"
)


class Gdelt(Interface):
    """`articles` is all that it has seen; a query's plain words must stand in a title."""

    def __init__(self, articles: list[dict[str, Any]]) -> None:
        super().__init__()
        self.articles = sorted(articles, key=lambda article: article["seendate"])

    def answer(self, request: Request) -> Answer:
        query = request.query
        most = int(query.get("maxrecords", _USUAL))
        if most > _MOST:
            return plain("The maxrecords parameter was invalid.\n")
        if len(query.get("query", "")) < 3:
            return plain("Your query was too short or too long.\n")
        found = [article for article in self.articles if self._matches(article, query)]
        if not found:
            return Answer(body=b"{}", headers=(JSON,))
        # As it comes: a lone backslash before an apostrophe, which JSON does not know.
        body = json.dumps({"articles": found[:most]}).replace("'", "\\'")
        return Answer(body=body.encode(), headers=(JSON,))

    @staticmethod
    def _matches(article: dict[str, Any], query: dict[str, str]) -> bool:
        seen = article["seendate"].replace("T", "").removesuffix("Z")
        for word in query["query"].split():
            if word.startswith("domainis:"):
                if article["domain"] != word.removeprefix("domainis:"):
                    return False
            elif word.lower() not in article["title"].lower():
                return False
        return bool(query["startdatetime"] <= seen <= query["enddatetime"])

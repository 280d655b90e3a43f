"""The Guardian Open Platform, on this machine: its pages, its refusals, its limits."""

import re
from datetime import date
from math import ceil
from typing import Any

from servers.http import Answer, Request
from servers.interface import Interface, as_json

KEY = "guardian-key-0b5e"
_PAGE_SIZES = range(201)


def make_result(
    day: str, number: int, *, words: str = "The ferry struck the pier.", body: bool = True
) -> dict[str, Any]:
    """An article as the interface tells it; two paragraphs of markup where it has a body."""
    when = date.fromisoformat(day)
    place = f"world/{when:%Y}/{when:%b}/{when:%d}/report-{number}".lower()
    markup = f'<p>{words}</p> <p>Nobody was hurt, <a href="https://paper.example/{number}">the port said</a>.</p>'
    fields = {"headline": f"Report {number}", "byline": "Ida Berg in Lindau and Jo Hill"}
    if body:
        fields |= {"body": markup, "bodyText": re.sub("<[^>]*>", "", markup)}
    return {
        "id": place,
        "type": "article",
        "sectionId": "world",
        "sectionName": "World news",
        "webPublicationDate": f"{day}T09:30:00Z",
        "webTitle": f"Report {number}",
        "webUrl": f"https://www.theguardian.com/{place}",
        "apiUrl": f"https://content.guardianapis.com/{place}",
        "isHosted": False,
        "fields": fields,
    }


class Guardian(Interface):
    """`results` is all that it has published; words of `q` must all be in an article."""

    def __init__(self, results: list[dict[str, Any]], *, a_day: int | None = None) -> None:
        super().__init__()
        self.results = sorted(results, key=lambda result: result["webPublicationDate"])
        self.a_day = a_day

    def answer(self, request: Request) -> Answer:
        if request.query.get("api-key") != KEY:
            return as_json({"message": "Unauthorized"}, 401)
        if self.a_day is not None and len(self.asked) > self.a_day:
            return as_json({"message": "API rate limit exceeded"}, 429, X_RateLimit_Remaining_day=0)
        if request.path != "/search":
            return self._error("The requested resource could not be found.", 404)
        return self._page(request.query)

    def _page(self, query: dict[str, str]) -> Answer:
        size, page = int(query.get("page-size", 10)), int(query.get("page", 1))
        if size not in _PAGE_SIZES:
            return self._error("page-size must be an integer between 0 and 200", 400)
        found = [result for result in self.results if self._matches(result, query)]
        pages = ceil(len(found) / size)
        if page > max(pages, 1):
            return self._error("requested page is beyond the number of available pages", 400)
        start = (page - 1) * size
        return as_json(
            {
                "response": {
                    "status": "ok",
                    "userTier": "developer",
                    "total": len(found),
                    "startIndex": start + 1 if found else 0,
                    "pageSize": size,
                    "currentPage": page,
                    "pages": pages,
                    "orderBy": query.get("order-by", "newest"),
                    "results": [self._shown(result, query) for result in found[start : start + size]],
                }
            }
        )

    @staticmethod
    def _matches(result: dict[str, Any], query: dict[str, str]) -> bool:
        day = result["webPublicationDate"][:10]
        words = query.get("q", "").lower().split()
        said = (result["webTitle"] + " " + result["fields"].get("bodyText", "")).lower()
        return query.get("from-date", "") <= day <= query.get("to-date", "9999") and all(word in said for word in words)

    @staticmethod
    def _shown(result: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        wanted = query.get("show-fields", "").split(",")
        fields = {name: value for name, value in result["fields"].items() if name in wanted or wanted == ["all"]}
        return {name: value for name, value in result.items() if name != "fields"} | (
            {"fields": fields} if fields else {}
        )

    @staticmethod
    def _error(message: str, status: int) -> Answer:
        return as_json({"response": {"status": "error", "userTier": "developer", "message": message}}, status)


OVER_THE_LIMIT = as_json({"message": "API rate limit exceeded"}, 429, Retry_After=1)

"""The New York Times' archive interface, on this machine: whole months, and faults in their own form."""

from typing import Any

from servers.http import Answer, Request
from servers.interface import Interface, as_json

KEY = "nyt-key-77aa"


def make_document(day: str, number: int, *, hour: int = 14, **more: object) -> dict[str, Any]:
    """An article as the archive describes it."""
    place = day.replace("-", "/")
    return {
        "abstract": f"Report {number}: a ferry struck the eastern pier.",
        "web_url": f"https://www.nytimes.com/{place}/world/report-{number}.html",
        "snippet": f"Report {number}: a ferry struck…",
        "lead_paragraph": "LINDAU — Nobody was hurt when a ferry struck the eastern pier on Monday.",
        "source": "The New York Times",
        "multimedia": [],
        "headline": {"main": f"Report {number}", "kicker": None, "print_headline": ""},
        "keywords": [{"name": "glocations", "value": "Lindau", "rank": 1, "major": "N"}],
        "pub_date": f"{day}T{hour:02}:30:00+0000",
        "document_type": "article",
        "news_desk": "Foreign",
        "section_name": "World",
        "byline": {
            "original": "By IDA BERG and Jo H. Hill",
            "person": [
                {"firstname": "IDA", "middlename": None, "lastname": "BERG", "role": "reported", "rank": 1},
                {"firstname": "Jo", "middlename": "H.", "lastname": "Hill", "role": "reported", "rank": 2},
            ],
            "organization": None,
        },
        "type_of_material": "News",
        "_id": f"nyt://article/{number}",
        "word_count": 612,
        "uri": f"nyt://article/{number}",
        **more,
    }


class NewYorkTimes(Interface):
    """`months` holds the documents of "2016/4"."""

    def __init__(self, months: dict[str, list[dict[str, Any]]]) -> None:
        super().__init__()
        self.months = months

    def answer(self, request: Request) -> Answer:
        if request.query.get("api-key") != KEY:
            return fault(401, "Invalid ApiKey", "oauth.v2.InvalidApiKey")
        month = request.path.removeprefix("/svc/archive/v1/").removesuffix(".json")
        documents = self.months.get(month, [])
        return as_json(
            {
                "copyright": "Copyright (c) 2026 The New York Times Company. All Rights Reserved.",
                "response": {"docs": documents, "meta": {"hits": len(documents)}},
            }
        )


def fault(status: int, says: str, code: str) -> Answer:
    """As its gateway says that something is wrong."""
    return as_json({"fault": {"faultstring": says, "detail": {"errorcode": code}}}, status)


OVER_THE_LIMIT = fault(429, "Rate limit quota violation", "policies.ratelimit.QuotaViolation")

"""Google's Fact Check Tools, on this machine: claims with their reviews, page tokens, and Google's own errors."""

from datetime import date, timedelta
from typing import Any

from servers.http import Answer, Request
from servers.interface import Interface, as_json

KEY = "factcheck-key-31cf"
TODAY = date(2026, 5, 8)


def make_claim(day: str, number: int, rating: str, *, site: str = "checkers.example") -> dict[str, Any]:
    """A claim that one outlet looked at."""
    return {
        "text": f"A ferry sank the eastern pier, number {number}.",
        "claimant": "Posts on social media",
        "claimDate": f"{day}T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "The Checkers", "site": site},
                "url": f"https://{site}/ferry-{number}",
                "title": f"No, no ferry sank pier {number}",
                "reviewDate": f"{day}T00:00:00Z",
                "textualRating": rating,
                "languageCode": "en",
            }
        ],
    }


class FactCheck(Interface):
    """`claims` is all that was looked at."""

    def __init__(self, claims: list[dict[str, Any]]) -> None:
        super().__init__()
        self.claims = claims

    def answer(self, request: Request) -> Answer:
        query = request.query
        if query.get("key") != KEY:
            return error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
        site = query.get("reviewPublisherSiteFilter", "")
        if not query.get("query") and not site:
            return error(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
        found = [claim for claim in self.claims if self._matches(claim, query, site)]
        begin = int(query.get("pageToken", "0"))
        end = begin + int(query.get("pageSize", "10"))
        if not found[begin:end]:
            return as_json({})
        more = {"nextPageToken": str(end)} if end < len(found) else {}
        return as_json({"claims": found[begin:end]} | more)

    @staticmethod
    def _matches(claim: dict[str, Any], query: dict[str, str], site: str) -> bool:
        review = claim["claimReview"][0]
        age = TODAY - date.fromisoformat(review["reviewDate"][:10])
        return (
            all(word in claim["text"].lower() for word in query.get("query", "").lower().split())
            and site in {"", review["publisher"]["site"]}
            and age <= timedelta(days=int(query.get("maxAgeDays", "1000000")))
        )


def error(status: int, code: str, message: str) -> Answer:
    """As all of Google's interfaces say it."""
    return as_json({"error": {"code": status, "message": message, "status": code}}, status)


OVER_THE_LIMIT = error(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Queries'.")

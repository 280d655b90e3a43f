"""A page that is a fact-check: the verdict that it says in its JSON-LD, and whose it is.

https://schema.org/ClaimReview. Nothing else that is rated counts: a review of a book or a car is no fact-check.
"""

from collections.abc import Iterator

from backstory.reading.structured import Node, is_about, strings, types, value

MAX_RATING = 200
"""Characters of a rating; what is longer is cut after a word."""

MAX_REVIEWS = 50
"""Fact-checks of one page that are looked at."""

_HELD = ("claimReview", "review")  # where an article holds its fact-checks
_WORDS = ("alternateName", "name", "ratingValue")  # of a rating, best first; a value is often a mere number
_ORGANIZATION = ("organization", "newsmediaorganization", "ngo", "corporation")


def claim_review(found: list[Node], article: Node, url: str) -> Node:
    """The fact-check that the page is: of several the first that names its address, or no address; empty for none.

    `found` are the page's nodes and `article` the one that it is about. A page that carries the fact-checks of other
    pages, as a list of them does, is none itself.
    """
    reviews = list(_reviews(found, article))
    here = [review for review in reviews if is_about(review, url)]
    nameless = (review for review in reviews if not strings(review.get("url")))
    return next(iter(here), next(nameless, {}))


def rating_of(review: Node) -> str:
    """The verdict of a fact-check, in the words of who gave it; empty where it is told by a number alone."""
    said = review.get("reviewRating")
    ratings = [
        rating for rating in (said if isinstance(said, list) else [said])[:MAX_REVIEWS] if isinstance(rating, dict)
    ]
    told = (text for rating in ratings for key in _WORDS for text in strings(rating.get(key)))
    return _cut(next((text for text in told if any(map(str.isalpha, text))), ""))


def checker_of(review: Node) -> str:
    """The outlet that gave the verdict; empty where that is a person, or is not said."""
    authors = review.get("author")
    for author in (authors if isinstance(authors, list) else [authors])[:MAX_REVIEWS]:
        if isinstance(author, dict) and types(author) & set(_ORGANIZATION):
            return value(author, "name")
    return ""


def _reviews(found: list[Node], article: Node) -> Iterator[Node]:
    for key in _HELD:
        held = article.get(key)
        for node in (held if isinstance(held, list) else [held])[:MAX_REVIEWS]:
            if isinstance(node, dict) and ("claimreview" in types(node) or (key == "claimReview" and not types(node))):
                yield node
    yield from [node for node in found if "claimreview" in types(node)][:MAX_REVIEWS]


def _cut(text: str) -> str:
    return (
        text if len(text) <= MAX_RATING else f"{text[: MAX_RATING - 1].rpartition(' ')[0] or text[: MAX_RATING - 1]}…"
    )

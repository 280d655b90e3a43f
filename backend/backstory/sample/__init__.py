"""The sample coverage and the sample articles, so that Backstory can be seen at work without any data set.

The coverage is some 120 short news items from September 2015 to April 2016, one JSON object a line, as
`backstory import` takes them. They tell three running stories (Russia and Israel over Syria, the climate agreement of
Paris, Volkswagen's diesel cars) and some others beside them. The articles, of late April 2016, look back on the three.

The facts are history; the sentences, the outlets and the addresses are ours, and every address lies under `.example`,
which belongs to nobody (RFC 2606).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

__all__ = ["SampleArticle", "articles", "coverage"]

_HERE = files(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """An article that refers back to the coverage.

    `html` is its body without the headline: paragraphs and headings, one a line, with no markup inside.
    """

    slug: str
    url: str
    headline: str
    publisher: str
    author: str
    published: date
    html: str


def coverage() -> Iterator[bytes]:
    """The sample coverage as NDJSON, oldest day first, each line with its newline."""
    with _HERE.joinpath("coverage.ndjson").open("rb") as lines:
        yield from lines


def articles() -> tuple[SampleArticle, ...]:
    """The sample articles; the first is the one to show to somebody new."""
    return tuple(
        SampleArticle(
            **{**entry, "published": date.fromisoformat(entry["published"])},
            html=_HERE.joinpath("articles", f"{entry['slug']}.html").read_text("utf-8"),
        )
        for entry in json.loads(_HERE.joinpath("articles.json").read_text("utf-8"))
    )

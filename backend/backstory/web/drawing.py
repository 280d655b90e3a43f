"""An annotation page and its text to what is drawn: paragraphs cut into pieces, with their notes.

    text + items → Paragraph(pieces, dates, cards)

It reads the document as any other client would, so that a drawing shows what the wire says.
"""

import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from backstory.web.wording import byline, lacking, link, reading, relation, why

_GAP = re.compile(r"\n[ \t]*\n\s*")  # between two paragraphs


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are drawn alike: under which card's claim (0: none), and with which reading of a date."""

    words: str
    card: int = 0
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Prior coverage as a card shows it."""

    byline: str
    headline: str
    href: str
    passage: str
    relation: str
    why: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What the archive lacks, in words ("from March 2016"), and where on the owner's pages it can be fetched."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """A claim's prior coverage, best first, under its number."""

    number: int
    priors: tuple[Prior, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph or heading, the dates named in it (the words and their reading) and the cards of its claims."""

    pieces: tuple[Piece, ...]
    dates: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A whole article, ready for a template."""

    headline: str
    byline: str
    href: str
    paragraphs: tuple[Paragraph, ...]
    background: tuple[Prior, ...]
    gaps: tuple[Filling, ...]
    dates: int
    claims: int
    linked: int


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    card: Card | None = None
    date: str = ""


def draw(document: dict[str, Any], *, headings: Collection[int] = ()) -> Drawing:
    """The drawing of an annotation page that came with its text (`options.include_text`).

    `headings` says where in the text one begins: the document itself does not tell headings from paragraphs.
    """
    article = document["article"]
    published = article["datePublished"]
    claims = [item for item in document["items"] if "claim" in item]
    marks = sorted(_marks(document, published), key=lambda mark: (mark.start, mark.end))
    background: list[dict[str, Any]] = next(
        (item["body"] for item in document["items"] if "selector" not in item["target"]), []
    )
    return Drawing(
        headline=article["headline"] or "",
        byline=byline(article) if published else article["publisher"] or "",
        href=link(article["url"]),
        paragraphs=tuple(_paragraphs(article["text"], marks, headings)),
        background=tuple(_prior(prior, published) for prior in background),
        gaps=tuple(dict.fromkeys(_filling(item["gap"]) for item in claims if "gap" in item)),
        dates=sum(bool(mark.date) for mark in marks),
        claims=len(claims),
        linked=sum(bool(item["body"]) for item in claims),
    )


def _marks(document: dict[str, Any], published: str | None) -> Iterator[_Mark]:
    number = 0
    for item in document["items"]:
        if "selector" not in item["target"]:
            continue
        place = item["target"]["selector"][1]
        if "claim" in item and item["body"]:
            number += 1
            priors = tuple(_prior(prior, published) for prior in item["body"])
            yield _Mark(place["start"], place["end"], card=Card(number, priors))
        elif "claim" not in item and item["body"]["type"] == "TimeExpression":
            yield _Mark(place["start"], place["end"], date=reading(item["body"]))


def _filling(gap: dict[str, str]) -> Filling:
    return Filling(lacking(gap), f"/backfill?{urlencode(gap)}")


def _prior(prior: dict[str, Any], published: str | None) -> Prior:
    source = prior["source"]
    return Prior(
        byline=byline(source),
        headline=source["headline"] or source["id"],
        href=link(prior["deepLink"]),
        passage=prior["selector"]["exact"],
        relation=relation(prior, published),
        why=why(prior["because"]),
    )


def _paragraphs(text: str, marks: list[_Mark], headings: Collection[int]) -> Iterator[Paragraph]:
    """Paragraphs with their marks. One pass over both: marks come in order, and few are open at a time."""
    waiting = iter([*marks, None])
    following = next(waiting)
    opened: list[_Mark] = []
    for start, end in _stretches(text):
        opened = [mark for mark in opened if mark.end > start]
        while following is not None and following.start < end:
            opened.append(following)
            following = next(waiting)
        here = [mark for mark in opened if mark.end > start]
        yield Paragraph(
            pieces=tuple(_pieces(text, start, end, here)),
            dates=tuple((text[mark.start : mark.end], mark.date) for mark in here if mark.date),
            cards=tuple(mark.card for mark in here if mark.card is not None and mark.start >= start),
            is_heading=start in headings,
        )


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _GAP.finditer(text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _pieces(text: str, start: int, end: int, marks: list[_Mark]) -> Iterator[Piece]:
    edges = sorted({start, end, *(edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end)})
    waiting = deque(marks)
    over: list[_Mark] = []
    for left, right in pairwise(edges):
        over = [mark for mark in over if mark.end > left]
        while waiting and waiting[0].start <= left:
            over.append(waiting.popleft())
        yield Piece(
            text[left:right],
            card=next((mark.card.number for mark in over if mark.card is not None), 0),
            date=next((mark.date for mark in over if mark.date), ""),
        )

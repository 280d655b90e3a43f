"""The day on which a page was published, as its outlet dates it.

Traces are asked in the order in which they can be trusted. A stamp in UTC tells the instant, but not the outlet's
day: where the page's address or a date that readers see names a neighbouring day, that is the outlet's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from backstory.model import Publication, PublicationSource
from backstory.reading.head import Head
from backstory.reading.layout import Layout, Piece
from backstory.reading.stamps import Stamp, machine_stamp, written_stamps
from backstory.reading.tables import words
from backstory.reading.tree import Element, attribute, opening_text

_CREATED = ("datePublished", "dateCreated", "uploadDate")
_METAS = words("metas")

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_MAX_LINE = 140  # characters of a line that says when; longer ones tell of something
_MAX_DATELINE = 60  # characters of a paragraph in which its dateline ends
_MAX_PATH = 500  # characters of an address
_NEAR = 12  # pieces before and after the article in which such a line stands
_BEFORE = 40  # characters before a date that say what happened then
_SOME, _LITTLE = 0.5, 0.25  # votes of what may be another's time, and of what most often is
_UPDATED = re.compile(
    r"updat|modifi|edited|revis|aktualis|geändert|überarbeit|mise? à jour|actualiz|atualiz|aggiorn|bijgewerkt|gewijzigd"
    r"|zaktual|обновл|opdat|uppdat|päivit",
    re.IGNORECASE,
)

_ITEMS = frozenset(("datePublished", "dateCreated", "uploadDate"))
_MAX_ELEMENTS = 200  # with a time or a property that are looked at


@dataclass(frozen=True, slots=True)
class _Trace:
    """A day that the page names somewhere: what named it, and how sure that is to be the publication (1 is sure)."""

    found: PublicationSource
    stamp: Stamp
    votes: float


def published_of(head: Head, root: Element, layout: Layout, body: Sequence[Piece], read_at: datetime) -> Publication:
    """The publication that the page's traces tell; the day of `read_at` where there are none."""
    visible = sorted(_visible(layout, body, head.language), key=lambda trace: -trace.votes)
    places = (_json_ld(head), _meta(head), _times(root, head.language), _url(head.url), visible)
    traces = [trace for found in places if (trace := _first(found, _latest(read_at)))]
    if not traces:
        return Publication(read_at.date(), found="read_at")
    return _publication(_chosen(traces), traces)


def modified_of(head: Head) -> Publication | None:
    """When the page says it was last changed."""
    for found, text in (("json-ld", head.said("dateModified")), ("meta", head.meta(*_METAS["modified"]))):
        if stamp := machine_stamp(text, head.language):
            return Publication(stamp.day, stamp.at, "json-ld" if found == "json-ld" else "meta")
    return None


def published_of_text(paragraphs: Iterable[str], url: str, language: str, read_at: datetime) -> Publication:
    """The publication of a plain text: its dateline or a line that says when, its address, else the reader's day."""
    trace = _first((*_url(url), *_lines(paragraphs, language)), _latest(read_at))
    return Publication(trace.stamp.day, found=trace.found) if trace else Publication(read_at.date(), found="read_at")


def _chosen(traces: Sequence[_Trace]) -> _Trace:
    """The day with most votes; of equals, the one told by what is asked first."""
    votes: dict[date, float] = {}
    for trace in traces:
        votes[trace.stamp.day] = votes.get(trace.stamp.day, 0) + trace.votes
    best = max(traces, key=lambda trace: votes[trace.stamp.day])
    # A stamp kept in UTC is a day off for outlets east and west of it: what readers see, and the address, is not.
    seen = [trace for trace in reversed(traces) if trace.found in ("url", "text", "time") and trace.votes >= _SOME]
    if any(trace.stamp.day == best.stamp.day for trace in seen):
        return best
    return next((trace for trace in seen if abs(trace.stamp.day - best.stamp.day) == timedelta(days=1)), best)


def _publication(chosen: _Trace, traces: Iterable[_Trace]) -> Publication:
    """With the instant, where any trace tells it that cannot lie on another day."""
    instants = (trace.stamp.at for trace in traces if trace.stamp.at)
    at = next((at for at in instants if abs(at.date() - chosen.stamp.day) <= timedelta(days=1)), None)
    return Publication(chosen.stamp.day, at, chosen.found)


def _latest(read_at: datetime) -> date:
    """The last day that can be true: the outlet's clock may be ahead of the reader's."""
    day = read_at.date()
    return day if day == date.max else day + timedelta(days=1)


def _first(traces: Iterable[_Trace], latest: date) -> _Trace | None:
    return next((trace for trace in traces if trace.stamp.day <= latest), None)


def _json_ld(head: Head) -> Iterator[_Trace]:
    stamps = (machine_stamp(head.said(key), head.language) for key in _CREATED)
    return (_Trace("json-ld", stamp, 1) for stamp in stamps if stamp)


def _meta(head: Head) -> Iterator[_Trace]:
    stamps = (machine_stamp(text, head.language) for text in head.metas_of(*_METAS["published"]))
    return (_Trace("meta", stamp, 1) for stamp in stamps if stamp)


def _times(root: Element, language: str) -> Iterable[_Trace]:
    """Elements that mark a time, those first that say it is the publication."""
    marked = (*islice(root.iterfind(".//*[@itemprop]"), _MAX_ELEMENTS), *islice(root.iter("time"), _MAX_ELEMENTS))
    voting = [(element, votes) for element in marked if (votes := _votes(element))]
    traces = [_Trace("time", stamp, votes) for element, votes in voting for stamp in _stamps(element, language)]
    return sorted(traces, key=lambda trace: -trace.votes)


def _stamps(element: Element, language: str) -> Iterator[Stamp]:
    """What an element states for machines, else what it says to readers."""
    texts = (attribute(element, "content"), attribute(element, "datetime"), opening_text(element)[:_MAX_LINE])
    stamps = (machine_stamp(text, language) for text in texts if text)
    yield from islice((stamp for stamp in stamps if stamp), 1)


def _votes(element: Element) -> float:
    """How sure an element's time is to be the publication's."""
    names = attribute(element, "class").lower()
    if attribute(element, "itemprop") in _ITEMS:
        return 1
    if element.tag != "time" or attribute(element, "itemprop") or _UPDATED.search(names):
        return 0
    return 1 if "pubdate" in element.attrib or "publish" in names or "entry-date" in names else _SOME


def _url(url: str) -> Iterator[_Trace]:
    """The day in an address: /2016/04/21/, /2016-04-21-…, /20160421/."""
    try:
        path = urlsplit(url).path[:_MAX_PATH]
    except ValueError:
        return
    for year, mark, month, day in _URL_DAY.findall(path):
        stamp = machine_stamp(f"{year}-{month}-{day}")
        if stamp and (mark or len(month) == len(day) == 2):  # noqa: PLR2004 - digits
            yield _Trace("url", stamp, 1)


def _visible(layout: Layout, body: Sequence[Piece], language: str) -> Iterator[_Trace]:
    """Days in short lines near the article: before it, in its first lines, behind it."""
    edges = [place for place, piece in enumerate(layout.pieces) if body and (piece is body[0] or piece is body[-1])]
    if not edges:
        return
    first, last = edges[0], edges[-1]
    before = reversed(layout.pieces[max(0, first - _NEAR) : first])
    yield from _days(before, language, _MAX_LINE, 1)
    yield from _days(layout.pieces[first : first + _NEAR], language, _MAX_DATELINE, _SOME)
    yield from _days(layout.pieces[last + 1 : last + 1 + _NEAR], language, _MAX_LINE, _LITTLE)


def _days(pieces: Iterable[Piece], language: str, reach: int, votes: float) -> Iterator[_Trace]:
    """Days in short lines, or, with the reach of a dateline, where any piece begins; an update's counts little."""
    for piece in pieces:
        if len(piece.text) <= _MAX_LINE or reach == _MAX_DATELINE:
            text = piece.text[:reach]
            for stamp, start in written_stamps(text, language):
                updated = _UPDATED.search(text[max(0, start - _BEFORE) : start])
                yield _Trace("text", stamp, _LITTLE if updated else votes)


def _lines(paragraphs: Iterable[str], language: str) -> Iterator[_Trace]:
    """Days in a text's first lines that are short, and where its first paragraphs begin."""
    for paragraph in islice(paragraphs, _NEAR):
        reach = _MAX_LINE if len(paragraph) <= _MAX_LINE else _MAX_DATELINE
        for stamp, _ in written_stamps(paragraph[:reach], language):
            yield _Trace("text", stamp, 1)

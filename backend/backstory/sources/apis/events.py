"""Wikipedia's Current Events: a page a day, its events a sentence or two each, with the reports they rest on.

*[[Syrian Civil War]]                                          a topic
**The army enters [[Palmyra]]. [http://… (BBC)] [http://… (AP)]    an event and its reports
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backstory.addresses import host_of
from backstory.sources.wikitext import plain

MAX_LINE = 20_000
"""Characters of a line that are looked at; an event has some hundred."""

_BULLET = re.compile(r"(\*+)(.*)")
_REPORT = re.compile(r"\[(https?://[^\s\[\]|{}<>\"]{1,2000})(?:[ \t]+([^\[\]]{0,300}))?\]")
_VIA = " via "


@dataclass(frozen=True, slots=True)
class Report:
    """Where an event was reported: the address, and the outlet as Wikipedia names it."""

    url: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, under which topic (empty where there is none), and who reported it."""

    topic: str
    text: str
    reports: tuple[Report, ...]


def events_of(markup: str) -> Iterator[Event]:
    """The events of a day's page, in order. A line without a report is the topic of what stands deeper."""
    topics: list[tuple[int, str]] = []
    for line in _without_comments(markup).splitlines():
        bullet = _BULLET.match(line[:MAX_LINE].strip())
        if bullet is None:
            topics = topics if not line.strip() else []  # a heading begins anew
            continue
        depth, words = len(bullet[1]), bullet[2]
        topics = [(level, topic) for level, topic in topics if level < depth]
        text = plain(_REPORT.sub(" ", words), lambda _template: "").strip()
        reports = tuple(_report(url, label) for url, label in _REPORT.findall(words))
        if text and reports:
            yield Event(topics[-1][1] if topics else "", text, reports)
        elif text:
            topics.append((depth, text))


def _without_comments(markup: str) -> str:
    first, *rest = markup.split("<!--")
    return "".join([first, *(part.partition("-->")[2] for part in rest)])


def _report(url: str, label: str) -> Report:
    """An outlet as it is named in brackets, "(AP via ''ABC News'')": the one whose page it is comes last."""
    name = plain(label, lambda _template: "").strip().removeprefix("(").removesuffix(")").rpartition(_VIA)[2].strip()
    return Report(url, name or host_of(url).removeprefix("www."))

"""Named events as times: a table of ours, and whatever a caller adds."""

import tomllib
from dataclasses import dataclass

from backstory.dates.tables import read_table
from backstory.model import Interval


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """Words that name an event, as they stand in a text ("the Paris climate conference"), and its days."""

    name: str
    days: Interval


def known_events(language: str) -> tuple[NamedEvent, ...]:
    """The events of our table that have a name in a language."""
    table = tomllib.loads(read_table("events.toml"))
    return tuple(
        NamedEvent(name, Interval(event["start"], event["end"]))
        for event in table["event"]
        for name in event.get(language, ())
    )

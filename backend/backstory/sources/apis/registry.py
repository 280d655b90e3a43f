"""Which interfaces may be asked: those that the owner has a key to, or said yes to."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backstory.ports import Door, Source
from backstory.sources.apis.current_events import CurrentEvents
from backstory.sources.apis.factcheck import FactCheck
from backstory.sources.apis.gdelt import Gdelt
from backstory.sources.apis.guardian import Guardian
from backstory.sources.apis.nyt import NewYorkTimes
from backstory.sources.apis.pacing import Paced
from backstory.sources.apis.terms import TERMS
from backstory.sources.apis.wayback import Wayback
from backstory.sources.apis.wikinews import Wikinews


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a source is made of; `clock` tells the present moment."""

    door: Door
    address: str
    clock: Callable[[], datetime]
    key: str = field(default="", repr=False)


_MAKERS: dict[str, Callable[[Opening], Source]] = {
    "guardian": lambda it: Guardian(it.door, it.key, address=it.address),
    "nyt": lambda it: NewYorkTimes(it.door, it.key, address=it.address),
    "factcheck": lambda it: FactCheck(it.door, it.key, it.clock, address=it.address),
    "gdelt": lambda it: Gdelt(it.door, it.clock, address=it.address),
    "wikinews": lambda it: Wikinews(it.door, address=it.address),
    "current-events": lambda it: CurrentEvents(it.door, address=it.address),
    "wayback": lambda it: Wayback(it.door, address=it.address),
}


def open_sources(
    door: Door,
    *,
    keys: Mapping[str, str],
    allowed: Collection[str],
    addresses: Mapping[str, str],
    clock: Callable[[], datetime],
) -> tuple[Source, ...]:
    """The sources that may be asked.

    `keys` by source, empty where there is none; `allowed` are those without a key that the owner said yes to;
    `addresses` are other places to ask them at, where nobody but the door sets the pace.
    """
    found = []
    for name, make in _MAKERS.items():
        terms, key = TERMS[name], keys.get(name, "")
        if not (key if terms.key_from else name in allowed):
            continue
        paced = door if name in addresses else Paced(door, terms.seconds_between)
        found.append(make(Opening(door=paced, key=key, address=addresses.get(name, terms.address), clock=clock)))
    return tuple(found)


def how_to_allow(name: str) -> str:
    """What the owner has to do before a source may be asked."""
    if place := TERMS[name].key_from:
        variable = f"BACKSTORY_{name.upper()}_KEY"
        return f"{name} needs a key, which {place} gives out; set {variable} or {variable}_FILE"
    return f"{name} is asked only where the owner says yes: set BACKSTORY_ALLOW_SOURCES={name}"

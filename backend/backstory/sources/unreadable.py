"""What a source could not offer, told instead of an article."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of a file that offers nothing: where it stands (a name, an address, a number), and why."""

    place: str
    reason: str

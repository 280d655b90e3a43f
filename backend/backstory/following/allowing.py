"""Which sources without a key may be asked: those that the settings name, and those that the owner said yes to."""

from collections.abc import Collection

from backstory.following.flags import Flags
from backstory.sources.apis.terms import TERMS

KEYLESS = tuple(name for name, terms in TERMS.items() if not terms.key_from)
"""The sources that ask for a yes instead of a key."""

ALLOW_SOURCES = "allow_sources"
"""The setting that this stands beside, and the flag under which it is kept."""


class Allowing:
    """The owner's yes to each of them; what is said on a page is kept beside what is `set`."""

    def __init__(self, flags: Flags, settled: Collection[str] = ()) -> None:
        self._flags = flags
        self._settled = frozenset(settled)

    def said(self) -> tuple[str, ...]:
        """Those that the owner said yes to on a page, in the order of TERMS."""
        names = self._flags.get(ALLOW_SOURCES).split(",")
        return tuple(name for name in KEYLESS if name in names)

    def allows(self, name: str) -> bool:
        """Whether a source may be asked; one with a key needs no yes."""
        return name not in KEYLESS or name in self._settled or name in self.said()

    def may_take_back(self, name: str) -> bool:
        """Whether the yes is of a page alone; what the settings say is not to be changed there."""
        return name in self.said() and name not in self._settled

    def say(self, name: str, *, yes: bool) -> None:
        """Say yes to a source, or take that back. Raises ValueError where there is no such source without a key."""
        if name not in KEYLESS:
            raise ValueError(f"a yes is for {', '.join(KEYLESS)}; others need a key")
        names = {*self.said(), name} if yes else {*self.said()} - {name}
        self._flags.set(ALLOW_SOURCES, ",".join(each for each in KEYLESS if each in names))

"""Interfaces of one outlet, which bring what it published itself since a day of its own."""

from dataclasses import dataclass
from datetime import date

from backstory.addresses import is_under
from backstory.errors import SourceError
from backstory.model import Interval, Wanted


@dataclass(frozen=True, slots=True)
class Outlet:
    """The outlet behind an interface: what the owner calls that, the outlet's host, and the first day it has."""

    source: str
    host: str
    first_day: date

    def days(self, wanted: Wanted) -> Interval:
        """The days that are wanted, as far as the outlet has them.

        Raises:
            SourceError: another outlet is wanted, or nothing but earlier days.
        """
        if wanted.host and not is_under(wanted.host, self.host):
            raise SourceError(f"{self.source} brings {self.host} alone, not {wanted.host}")
        if wanted.days.end < self.first_day:
            raise SourceError(f"{self.source} begins on {self.first_day.day} {self.first_day:%B %Y}")
        return Interval(max(wanted.days.start, self.first_day), wanted.days.end)

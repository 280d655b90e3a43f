"""The one door to other people's servers: what is asked for, when, and how much of an answer is taken.

An errand passes through, in this order: its address (`hosts`), what the host lets programs fetch (`robots`), its turn
(`turns`), one request (`wire`), and what may be taken of the answer (`taking`, `kinds`). `door` joins them.
"""

from backstory.fetching.answers import Fetched
from backstory.fetching.clocks import Clocks
from backstory.fetching.door import Manners, PoliteDoor
from backstory.fetching.hosts import is_public

__all__ = ["Clocks", "Fetched", "Manners", "PoliteDoor", "is_public"]

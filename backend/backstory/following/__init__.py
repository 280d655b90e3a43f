"""What is followed, what was seen of it, and the long work that runs: feeds, jobs, tokens and the log of requests."""

from backstory.following.desk import Desk
from backstory.following.feeds import Feed
from backstory.following.jobs import Job, Reporter
from backstory.following.ledger import Ledger
from backstory.following.retention import Keeping
from backstory.following.tokens import Token
from backstory.sources.discovery import Found

__all__ = ["Desk", "Feed", "Found", "Job", "Keeping", "Ledger", "Reporter", "Token"]

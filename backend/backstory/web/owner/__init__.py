"""The owner's pages: a person who never opens a terminal runs Backstory from here."""

from backstory.web.owner.addresses import owner_routes

__all__ = ["owner_routes"]

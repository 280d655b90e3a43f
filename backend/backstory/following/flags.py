"""Small facts that outlive a restart: what the owner switched on, or has read."""

from backstory.following.database import Database


class Flags:
    """The table of flags, each a name and a word."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: str = "") -> str:
        """What was said last."""
        return next(
            (str(value) for (value,) in self._database.rows("SELECT value FROM flags WHERE name = ?", name)), default
        )

    def set(self, name: str, value: str) -> None:
        """Say something else from now on."""
        self._database.write(
            "INSERT INTO flags VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value
        )

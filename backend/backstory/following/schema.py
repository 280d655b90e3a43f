"""What the ledger looks like, and how an older one becomes what it is now.

`PRAGMA user_version` counts the migrations that a ledger has been through. Moments are seconds since 1970.
"""

import sqlite3

from backstory.errors import LedgerError
from backstory.following.backfill_schema import TABLES as BACKFILL_TABLES

# Each is a script that ran on ledgers which exist; one is added at the end, none is ever changed.
MIGRATIONS: tuple[str, ...] = (
    """
    -- A feed that moves keeps its number, and with it what was seen of it.
    CREATE TABLE feeds (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        site TEXT NOT NULL,
        folder TEXT NOT NULL,
        added_at REAL NOT NULL,
        next_at REAL NOT NULL,
        tried_at REAL,
        good_at REAL,
        failures INTEGER NOT NULL DEFAULT 0,
        trouble TEXT NOT NULL DEFAULT '',
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        pace REAL NOT NULL DEFAULT 0,
        rest REAL NOT NULL DEFAULT 0,
        brought INTEGER NOT NULL DEFAULT 0,
        active INTEGER NOT NULL DEFAULT 1
    );
    CREATE INDEX feeds_by_turn ON feeds (active, next_at);
    -- What a feed offered and is dealt with: kept, refused, or waiting for its page.
    CREATE TABLE seen (
        feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
        item TEXT NOT NULL,
        url TEXT NOT NULL,
        at REAL NOT NULL,
        PRIMARY KEY (feed, item)
    ) WITHOUT ROWID;
    CREATE INDEX seen_by_url ON seen (url);
    CREATE INDEX seen_by_age ON seen (at);
    -- Offers whose page is still to be fetched; those given up stay a while with the reason.
    CREATE TABLE waiting (
        url TEXT PRIMARY KEY,
        host TEXT NOT NULL,
        feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
        offer TEXT NOT NULL,  -- JSON
        tries INTEGER NOT NULL DEFAULT 0,
        next_at REAL NOT NULL,
        trouble TEXT NOT NULL DEFAULT '',
        given_up INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX waiting_by_turn ON waiting (given_up, host, next_at);
    CREATE INDEX waiting_by_feed ON waiting (feed);
    CREATE TABLE outgoing (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        url TEXT NOT NULL,
        why TEXT NOT NULL,
        outcome TEXT NOT NULL,
        status INTEGER NOT NULL,
        size INTEGER NOT NULL,
        seconds REAL NOT NULL
    );
    CREATE TABLE jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        begun_at REAL NOT NULL,
        ended_at REAL,
        done INTEGER NOT NULL,
        total INTEGER NOT NULL,
        added INTEGER NOT NULL,
        refused INTEGER NOT NULL,
        trouble TEXT NOT NULL
    );
    CREATE TABLE tokens (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        digest BLOB NOT NULL UNIQUE,  -- SHA-256 of the token, which itself is kept nowhere
        made_at REAL NOT NULL,
        used_at REAL
    );
    CREATE TABLE flags (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    BACKFILL_TABLES,
    """
    -- What an item said when it was last read (a digest), since when it is known, when it was read, how often again.
    ALTER TABLE seen ADD COLUMN said BLOB NOT NULL DEFAULT x'';
    ALTER TABLE seen ADD COLUMN since REAL NOT NULL DEFAULT 0;
    ALTER TABLE seen ADD COLUMN read_at REAL NOT NULL DEFAULT 0;
    ALTER TABLE seen ADD COLUMN renewals INTEGER NOT NULL DEFAULT 0;
    -- Whether the page is read again, for an article that is there.
    ALTER TABLE waiting ADD COLUMN renews INTEGER NOT NULL DEFAULT 0;
    """,
)


def migrate(connection: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring a ledger up to date, each step whole or not at all.

    Raises:
        LedgerError: it has been through more than we know.
    """
    found = version(connection)
    if found > len(migrations):
        raise LedgerError(
            f"the ledger has version {found}, this Backstory knows up to {len(migrations)}; use the newer Backstory"
        )
    for number, script in enumerate(migrations[found:], start=found + 1):
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
        except sqlite3.Error:
            connection.rollback()
            raise


def make(connection: sqlite3.Connection, version: int) -> None:
    """Give an empty database the tables that a ledger of this version has."""
    migrate(connection, MIGRATIONS[:version])


def check_current(connection: sqlite3.Connection) -> None:
    """Refuse a ledger of another version, which a mere reader must not bring up to date.

    Raises:
        LedgerError: it is older or newer than this Backstory.
    """
    found = version(connection)
    if found != len(MIGRATIONS):
        raise LedgerError(
            f"the ledger has version {found}, this Backstory reads {len(MIGRATIONS)}; `backstory serve` brings an older"
            " one up to date"
        )


def version(connection: sqlite3.Connection) -> int:
    """How many migrations a ledger has been through."""
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]

"""What the embedded archive's database looks like, and how an older one becomes what it is now.

`PRAGMA user_version` counts the migrations that a database has been through.
"""

import sqlite3

from backstory.archive.rows import site_of
from backstory.errors import ArchiveUnavailableError, ArchiveVersionError

# Each is a script that ran on archives which exist; one is added at the end, none is ever changed.
MIGRATIONS: tuple[str, ...] = (
    """
    -- `day` is the outlet's own and `at` the instant, where it is known (ISO 8601); `moment` the same instant in
    -- microseconds since 1970, to compare. Numbers are given once and for all: the index speaks of articles and
    -- passages by them.
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        url TEXT NOT NULL UNIQUE,
        digest BLOB NOT NULL,
        headline TEXT NOT NULL,
        publisher TEXT NOT NULL,
        publisher_key TEXT NOT NULL,
        language TEXT NOT NULL,
        day TEXT NOT NULL,
        at TEXT,
        moment INTEGER,
        found TEXT NOT NULL,
        details TEXT NOT NULL,  -- JSON: authors, blocks and what else is known but never searched
        text TEXT NOT NULL
    );
    CREATE INDEX articles_by_day ON articles (day, id);
    CREATE INDEX articles_by_publisher ON articles (publisher, publisher_key);
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (article, ordinal)
    );
    -- Articles that the index may have wrong: written before it is touched, emptied once it is right.
    CREATE TABLE unsettled (article INTEGER PRIMARY KEY);
    """,
    """
    -- `site` is the host with its labels turned round and a dot after each ("example.paper."), so that a domain's hosts
    -- stand side by side; `rating` a fact-check's verdict.
    ALTER TABLE articles ADD COLUMN site TEXT NOT NULL DEFAULT '';
    ALTER TABLE articles ADD COLUMN rating TEXT NOT NULL DEFAULT '';
    UPDATE articles SET site = site_of(url);
    CREATE INDEX articles_by_site ON articles (site);
    CREATE INDEX articles_by_outlet ON articles (publisher_key);
    CREATE INDEX articles_by_day_and_outlet ON articles (day, publisher);
    -- Which articles link to an address, as addresses are compared; the links themselves are among the details.
    CREATE TABLE links (
        address TEXT NOT NULL,
        article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        PRIMARY KEY (address, article)
    ) WITHOUT ROWID;
    CREATE INDEX links_by_article ON links (article);
    -- By what copies are found (`archive.copies`): each article's day, its traces, and its story, which is the lowest
    -- number of all articles that carry the same report.
    CREATE TABLE fingerprints (
        article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        story INTEGER NOT NULL,
        day INTEGER NOT NULL,   -- proleptic ordinal
        traces BLOB NOT NULL    -- signed numbers of 32 bits, little end first
    );
    CREATE INDEX fingerprints_by_story ON fingerprints (story);
    CREATE TABLE traces (
        week INTEGER NOT NULL,  -- the day by seven
        trace INTEGER NOT NULL,
        article INTEGER NOT NULL,
        PRIMARY KEY (week, trace, article)
    ) WITHOUT ROWID;
    -- Articles whose copies have not been looked for yet.
    CREATE TABLE ungrouped (article INTEGER PRIMARY KEY);
    INSERT INTO ungrouped SELECT id FROM articles;
    """,
)


def migrate(connection: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring a database up to date, each step whole or not at all.

    Raises ArchiveVersionError where the database has been through more than we know.
    """
    connection.create_function("site_of", 1, site_of, deterministic=True)
    for number, script in enumerate(migrations[check(connection, migrations) :], start=1 + version(connection)):
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
        except sqlite3.Error:
            connection.rollback()
            raise


def make(connection: sqlite3.Connection, version: int) -> None:
    """Give an empty database the tables that an archive of this version has."""
    migrate(connection, MIGRATIONS[:version])


def check(connection: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> int:
    """The database's version, if it is one of ours."""
    found = version(connection)
    if found > len(migrations):
        raise ArchiveVersionError(
            f"the archive has version {found}, this Backstory knows up to {len(migrations)}; use the newer Backstory"
        )
    return found


def check_current(connection: sqlite3.Connection) -> None:
    """Refuse a database that would have to be brought up to date first, which a mere reader must not do."""
    found = check(connection)
    if found < len(MIGRATIONS):
        raise ArchiveUnavailableError(
            f"the archive has version {found} of {len(MIGRATIONS)}; open it once for writing, as `backstory serve` does"
        )


def version(connection: sqlite3.Connection) -> int:
    """How many migrations a database has been through."""
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]

"""The tables of back-fills, as a migration of the ledger."""

TABLES = """
    CREATE TABLE backfills (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        query TEXT NOT NULL,
        host TEXT NOT NULL,
        begun_at REAL NOT NULL,
        UNIQUE (source, first_day, last_day, query, host)
    );
    CREATE TABLE backfill_steps (
        id INTEGER PRIMARY KEY,
        backfill INTEGER NOT NULL REFERENCES backfills (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        requests INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting',  -- waiting, done, failed
        added INTEGER NOT NULL DEFAULT 0,
        refused INTEGER NOT NULL DEFAULT 0,
        trouble TEXT NOT NULL DEFAULT '',
        UNIQUE (backfill, key)
    );
    CREATE INDEX backfill_steps_by_turn ON backfill_steps (backfill, state, first_day, id);
"""

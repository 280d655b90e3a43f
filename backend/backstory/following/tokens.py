"""Named tokens that the owner makes beside the configured one: shown once, kept as their SHA-256, taken back at will.

A digest without salt is enough: a token has 256 random bits, which no list of guesses holds.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from backstory.following.database import Database, Row, moment, moment_or_none, seconds

TOKENS_MOST = 100
"""How many there may be."""

NAME_LIMIT = 80
"""Characters in a token's name."""

_TOKEN_BYTES = 32
_DIGEST_OF = "SELECT digest FROM tokens WHERE id = ?"
_NOTE_EVERY = timedelta(minutes=5)  # how exactly the last use is kept; not every request writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as the owner sees it: its name and when it was made and last used, never its words."""

    number: int
    name: str
    made_at: datetime
    used_at: datetime | None = None


class Tokens:
    """The table of named tokens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Token, ...]:
        """Every token, the oldest first."""
        return tuple(map(_token, self._database.rows("SELECT id, name, made_at, used_at FROM tokens ORDER BY id")))

    def make(self, name: str, now: datetime) -> tuple[Token, str]:
        """A new token and its words, which nobody can see again.

        Raises:
            ValueError: the name is blank, too long or taken, or there are TOKENS_MOST already.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= NAME_LIMIT or not name.isprintable():
            raise ValueError(f"a token's name must have 1 to {NAME_LIMIT} characters")
        words = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._database.together():
            known = self.all()
            if any(token.name == name for token in known):
                raise ValueError(
                    f"there is a token called {name!r} already; take it back first, or choose another name"
                )
            if len(known) >= TOKENS_MOST:
                raise ValueError(f"there are {TOKENS_MOST} tokens already; take one back first")
            number = self._database.insert(
                "INSERT INTO tokens (name, digest, made_at) VALUES (?, ?, ?)", name, _digest(words), seconds(now)
            )
        return Token(number=number, name=name, made_at=now), words

    def revoke(self, number: int) -> bool:
        """Take a token back; whether there was one."""
        return self._database.write("DELETE FROM tokens WHERE id = ?", number) > 0

    def accepts(self, words: str, now: datetime) -> bool:
        """Whether these are the words of a token, which is noted as used."""
        return self.number_of(words, now) > 0

    def number_of(self, words: str, now: datetime) -> int:
        """The number of the token with these words, which is noted as used; 0 where there is none.

        Only digests are compared, so that the time it takes tells nothing about the words of a token.
        """
        found = self._database.rows("SELECT id, used_at FROM tokens WHERE digest = ?", _digest(words))
        for number, used_at in found:
            if used_at is None or now - moment(used_at) > _NOTE_EVERY:
                self._database.write("UPDATE tokens SET used_at = ? WHERE id = ?", seconds(now), number)
        return next((int(number) for number, _ in found), 0)

    def digest_of(self, number: int) -> bytes:
        """What is kept of the words of a token; empty once it is taken back."""
        return next((bytes(digest) for (digest,) in self._database.rows(_DIGEST_OF, number)), b"")


def _digest(words: str) -> bytes:
    return sha256(words.encode("utf-8", "surrogatepass")).digest()


def _token(row: Row) -> Token:
    number, name, made_at, used_at = row
    return Token(number=number, name=name, made_at=moment(made_at), used_at=moment_or_none(used_at))

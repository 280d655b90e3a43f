"""Claim → Query → Hit: what an archive is asked, what it answers, and what it holds."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from backstory.model.values import Interval, Publication


@dataclass(frozen=True, slots=True)
class Term:
    """A word as the archive knows it (folded and stemmed), and how much it counts in a query."""

    word: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for in the archive, and the moment it must come before.

    `terms` score a passage; a passage that holds none of them is no hit. The rest are hard filters, each
    off where empty: `window` (day of publication, both ends included), `publishers` (any of these, as
    folded names), `before` (strictly earlier, by `Publication.is_before`), `without` (addresses left out).
    """

    terms: tuple[Term, ...]
    window: Interval | None = None
    publishers: tuple[str, ...] = ()
    before: Publication | None = None
    without: tuple[str, ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit that the archive stores and returns: a stretch of one archived article.

    `id` is `url#ordinal`. `text` is the passage, word for word as published.
    """

    id: str
    url: str
    text: str
    ordinal: int = 0
    headline: str = ""
    publisher: str = ""
    language: str = ""
    published: Publication
    rating: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query; a higher score is better.

    `words` are its words as `retrieval.codes` packs them, where the engine keeps them: what saves analysing the text.
    """

    passage: Passage
    score: float
    words: bytes = field(default=b"", repr=False, compare=False)


Ranking = tuple[Hit, ...]
"""Hits, best first; rank starts at 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """What an embedder finds: for each text the passages nearest to it, scored by their cosine.

    `cosines` has those of all passages that were looked at, by the number of the text and the passage's id.
    """

    rankings: tuple[Ranking, ...]
    cosines: dict[tuple[int, str], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The articles that a query finds, each by its best passage; `total` counts them without the query's limit.

    `copies` says of each hit, in order, how many other articles of the archive are copies of it.
    """

    total: int
    hits: Ranking
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One of several articles that carry the same report."""

    url: str
    publisher: str
    published: Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many articles an outlet has in the archive of one month, told by its first day, or of one day."""

    publisher: str
    day: date
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """How common terms are in the archive: passages in all, and those that hold each term."""

    passages: int
    of: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStats:
    """What an archive holds; `months` counts articles by the first day of their month, in order, none of them empty."""

    articles: int
    passages: int
    publishers: int
    first_day: date | None = None
    last_day: date | None = None
    months: tuple[tuple[date, int], ...] = ()


Outcome = Literal["added", "replaced", "unchanged"]
"""What adding an article did."""

"""The embedded archive's index: BM25 over passages, by tantivy, made wholly from the database.

What is indexed are our own words (`retrieval.terms`), set apart by spaces, so that it scores the very words that the
reference does. tantivy's k1 (1.2) and b (.75) are built in. It rounds the length of a passage of more than 40 words
down by up to a twelfth, and counts what was dropped until segments merge: scores differ that much.

Filters stand in the query: fetching more and filtering later, or an index for each period, would gain nothing
(docs/decisions/0008).
"""

import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import tantivy
from tantivy import FieldType, Occur

from backstory.archive.preparing import body_words, clean, headline_words, publisher_key
from backstory.archive.rows import moment
from backstory.archive.scoring import HEADLINE_WEIGHT, weights
from backstory.errors import ArchiveUnavailableError
from backstory.model import Passage, Publication, Query

VERSION = 1  # of the fields and the words in them; a change of either takes a new number, and the index is made anew

COUNTED = 10_000  # passages of one query that are looked at to count their articles; more than a person pages through
_HEAP_BYTES = 32_000_000  # what the writer gathers before it writes a segment out
_WORDS = "whitespace"  # tantivy's tokenizer for words that are words already


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name=_WORDS, index_option="freq")
    builder.add_text_field("headline", tokenizer_name=_WORDS, index_option="freq")
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)  # proleptic ordinal
    builder.add_integer_field("moment", indexed=True, fast=True)  # as in the database; absent where unknown
    builder.add_integer_field("article", indexed=True, fast=True)
    builder.add_integer_field("passage", fast=True)
    return builder.build()


class Snapshot:
    """The index at one moment; any number of threads may search it."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return int(self._searcher.num_docs)

    def ranked(self, query: Query, without: Collection[int], limit: int) -> list[tuple[int, float]]:
        """The passages that a query finds, as number and score, best first; `without` are articles left out."""
        hits = self._hits(query, without, limit)
        return list(zip(self._numbers("passage", hits), (score for score, _ in hits), strict=True))

    def articles(self, query: Query, without: Collection[int]) -> tuple[int, list[tuple[int, float]]]:
        """How many articles a query finds, and the best passage of each, as number and score, best first.

        Looks at no more than the COUNTED best passages; beyond them the number is an estimate (HyperLogLog, within
        two in a hundred).
        """
        hits = self._hits(query, without, COUNTED + 1)
        best: dict[int, tuple[int, float]] = {}
        for article, passage, (score, _) in zip(
            self._numbers("article", hits), self._numbers("passage", hits), hits, strict=True
        ):
            best.setdefault(article, (passage, score))
        wanted = self._wanted(query, without)
        if len(hits) <= COUNTED or wanted is None:
            return len(best), list(best.values())
        with _translated():
            estimate = round(self._searcher.cardinality(wanted, "article"))
        return min(max(len(best), estimate), self.count(query, without)), list(best.values())

    def count(self, query: Query, without: Collection[int]) -> int:
        """How many passages a query finds."""
        wanted = self._wanted(query, without)
        if wanted is None:
            return 0
        with _translated():
            found = self._searcher.search(wanted, limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined] # tantivy's stubs leave it out

    def frequency(self, word: str) -> int:
        """How many passages hold a word; some that were dropped may still be counted."""
        with _translated():
            return min(self.passages, int(self._searcher.doc_freq("body", clean(word))))

    def _hits(self, query: Query, without: Collection[int], limit: int) -> list[tuple[float, tantivy.DocAddress]]:
        limit = min(limit, self.passages)
        wanted = self._wanted(query, without)
        if wanted is None or limit < 1:
            return []
        with _translated():
            return list(self._searcher.search(wanted, limit=limit, count=False).hits)

    def _numbers(self, field: str, hits: list[tuple[float, tantivy.DocAddress]]) -> list[int]:
        with _translated():
            return cast("list[int]", self._searcher.fast_field_values(field, [address for _, address in hits]))

    def _wanted(self, query: Query, without: Collection[int]) -> tantivy.Query | None:
        scored = [
            (Occur.Should, tantivy.Query.boost_query(self._term(field, word), weight * share))
            for word, weight in weights(query).items()
            for field, share in (("body", 1.0), ("headline", HEADLINE_WEIGHT))
        ]
        if not scored:
            return None
        clauses = [(Occur.Must, tantivy.Query.boolean_query(scored))]
        clauses += [(Occur.Must, tantivy.Query.const_score_query(each, 0.0)) for each in self._filters(query)]
        clauses += [(Occur.MustNot, self._term("article", number)) for number in without]
        return tantivy.Query.boolean_query(clauses)

    def _filters(self, query: Query) -> Iterator[tantivy.Query]:
        if query.window is not None:
            yield self._range("day", query.window.start.toordinal(), query.window.end.toordinal())
        if query.publishers:
            yield _any_of(self._term("publisher", publisher_key(name)) for name in query.publishers)
        if query.before is not None:
            yield self._earlier(query.before)

    def _earlier(self, than: Publication) -> tantivy.Query:
        """As `Publication.is_before` has it."""
        day, instant = than.day.toordinal(), moment(than)
        earlier = self._range("day", None, day - 1)
        if instant is None:
            return earlier
        same_day = [self._range("day", day, day), self._range("moment", None, instant - 1)]
        return _any_of([earlier, tantivy.Query.boolean_query([(Occur.Must, each) for each in same_day])])

    def _term(self, field: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "freq")

    def _range(self, field: str, first: int | None, last: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, FieldType.Integer, first, last)


class Index:
    """The index on disk. One thread writes; `snapshot` is for all."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self._folder = folder
        self._index = index
        self._writer: tantivy.IndexWriter | None = None
        self.reload()

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """The index in a folder. Raises ArchiveUnavailableError where there is none that can be read."""
        with _translated():
            return cls(folder, tantivy.Index.open(str(folder)))

    @classmethod
    def make(cls, folder: Path) -> "Index":
        """A new index in a folder, in place of what was there."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with _translated():
            return cls(folder, tantivy.Index(_schema(), path=str(folder)))

    def follow(self) -> None:
        """Take what another process has committed since the last `reload`."""
        if self._committed_at() != self._seen:
            self.reload()

    def reload(self) -> None:
        """Take the last commit for the snapshot."""
        self._seen = self._committed_at()
        with _translated():
            self._index.reload()
            self.snapshot = Snapshot(self._index.schema, self._index.searcher())

    def add(self, passages: Iterable[tuple[int, int, Passage]]) -> None:
        """Index passages: a number, their article's number, the passage."""
        with _translated():
            writer = self._writing()
            for number, article, passage in passages:
                writer.add_document(_document(number, article, passage))

    def drop(self, articles: Iterable[int]) -> None:
        """Drop the passages of articles, as far as they were added before."""
        with _translated():
            writer = self._writing()
            for number in articles:
                writer.delete_documents_by_term("article", number)

    def clear(self) -> None:
        """Drop everything."""
        with _translated():
            self._writing().delete_all_documents()

    def commit(self) -> None:
        """Bring what was added and dropped to disk; `reload` shows it."""
        with _translated():
            self._writing().commit()

    def undo(self) -> None:
        """Forget what was added and dropped since the last commit."""
        self._writer = None  # tantivy's own rollback needs a writer that still works; a new one always does

    def close(self) -> None:
        """Let go of the files."""
        self._writer = None

    def _committed_at(self) -> int:
        with _translated():
            return (self._folder / "meta.json").stat().st_mtime_ns

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        return self._writer


def _document(number: int, article: int, passage: Passage) -> tantivy.Document:
    body = body_words(passage)
    document = tantivy.Document()
    document.add_text("body", " ".join(body))
    document.add_text("headline", " ".join(headline_words(passage, body)))
    document.add_text("publisher", publisher_key(passage.publisher))
    document.add_integer("day", passage.published.day.toordinal())
    instant = moment(passage.published)
    if instant is not None:
        document.add_integer("moment", instant)
    document.add_integer("article", article)
    document.add_integer("passage", number)
    return document


def _any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, each) for each in queries])


@contextmanager
def _translated() -> Iterator[None]:
    """Whatever goes wrong in tantivy is a ValueError."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise ArchiveUnavailableError(f"the archive's index does not answer: {error}") from error

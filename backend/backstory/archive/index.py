"""The embedded archive's index: BM25 over passages, by tantivy, made wholly from the database.

What is indexed are our own words (`retrieval.terms`), set apart by spaces, so that it scores the very words that the
reference does. tantivy's k1 (1.2) and b (.75) are built in. It rounds the length of a passage of more than 40 words
down by up to a twelfth, and counts what was dropped until segments merge: scores differ that much.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import tantivy

from backstory.archive.periods import period, spelled
from backstory.archive.preparing import body_words, headline_words, publisher_key
from backstory.archive.questions import BODY, HEADLINE, IN_PERIODS, translated
from backstory.archive.rows import moment
from backstory.archive.snapshot import Snapshot
from backstory.archive.spoken import SpokenWriter
from backstory.model import Passage
from backstory.retrieval.codes import packed
from backstory.retrieval.terms import words

VERSION = 3  # of the fields and the words in them; a change of either takes a new number, and the index is made anew

# What the writer gathers before it writes a segment out: little while articles come by batches, each a segment anyhow;
# much when the index is made anew, since every query looks up its words in every segment.
_HEAP_BYTES, _GREAT_HEAP_BYTES = 32_000_000, 256_000_000
_WORDS = "whitespace"  # tantivy's tokenizer for words that are words already


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in (BODY, HEADLINE, *IN_PERIODS.values()):
        builder.add_text_field(field, tokenizer_name=_WORDS, index_option="freq")
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)  # proleptic ordinal
    builder.add_integer_field("moment", indexed=True, fast=True)  # as in the database; absent where unknown
    builder.add_integer_field("article", indexed=True, fast=True)
    builder.add_integer_field("passage", fast=True)
    builder.add_integer_field("spoken", fast=True)  # the key to its words as numbers
    return builder.build()


class Index:
    """The index on disk. One thread writes; `snapshot` is for all."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self._folder = folder
        self._index = index
        self._writer: tantivy.IndexWriter | None = None
        self._is_great = False
        self._spoken = SpokenWriter(folder)
        self.reload()

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """The index in a folder. Raises ArchiveUnavailableError where there is none that can be read."""
        with translated():
            return cls(folder, tantivy.Index.open(str(folder)))

    @classmethod
    def make(cls, folder: Path) -> "Index":
        """A new index in a folder, in place of what was there."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with translated():
            return cls(folder, tantivy.Index(_schema(), path=str(folder)))

    def follow(self) -> None:
        """Take what another process has committed since the last `reload`."""
        if self._committed_at() != self._seen:
            self.reload()

    def reload(self) -> None:
        """Take the last commit for the snapshot."""
        self._seen = self._committed_at()
        with translated():
            self._index.reload()
            self.snapshot = Snapshot(self._index.schema, self._index.searcher(), self._folder)

    def add(self, passages: Iterable[tuple[int, int, Passage]]) -> None:
        """Index passages: a number, their article's number, the passage."""
        with translated():
            writer = self._writing()
            headline, owner = tuple[str, ...](), 0
            for number, article, passage in passages:
                if article != owner:  # an article's passages stand together
                    headline, owner = words(passage.headline, passage.language), article
                body = body_words(passage)
                key = self._spoken.add(packed(headline, body))
                writer.add_document(_document(number, article, passage, body, key))

    def drop(self, articles: Iterable[int]) -> None:
        """Drop the passages of articles, as far as they were added before."""
        with translated():
            writer = self._writing()
            for number in articles:
                writer.delete_documents_by_term("article", number)

    def start_anew(self) -> None:
        """Drop everything, to be filled with all there is: in few and large segments, until `commit`."""
        self._writer = None  # there can be but one
        with translated():
            self._writer = self._index.writer(heap_size=_GREAT_HEAP_BYTES, num_threads=1)
            self._writer.delete_all_documents()
            self._is_great = True
            self._spoken.start_anew()

    def commit(self) -> None:
        """Bring what was added and dropped to disk; `reload` shows it."""
        with translated():
            writer = self._writing()
            self._spoken.flush()
            writer.commit()
            if self._is_great:
                writer.wait_merging_threads()  # it takes no more after that
                self._writer, self._is_great = None, False
                self._spoken.drop_older()

    def undo(self) -> None:
        """Forget what was added and dropped since the last commit."""
        self._writer, self._is_great = (
            None,
            False,
        )  # tantivy's rollback needs a writer that works; a new one always does

    def close(self) -> None:
        """Let go of the files."""
        self._writer = None
        self._spoken.close()

    def size(self) -> int:
        """How many bytes its files take, by the share of passages in them that were not dropped."""
        with translated():
            segments = json.loads((self._folder / "meta.json").read_bytes())["segments"]
            held = sum(segment["max_doc"] for segment in segments)
            dropped = sum((segment["deletes"] or {"num_deleted_docs": 0})["num_deleted_docs"] for segment in segments)
            files = sum(map(_bytes, self._folder.iterdir()))
        return int(files * (held - dropped) // max(1, held))

    def _committed_at(self) -> int:
        with translated():
            return (self._folder / "meta.json").stat().st_mtime_ns

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        return self._writer


def _document(number: int, article: int, passage: Passage, body: tuple[str, ...], spoken: int) -> tantivy.Document:
    document = tantivy.Document()
    day = passage.published.day.toordinal()
    for field, said in ((BODY, body), (HEADLINE, headline_words(passage, body))):
        document.add_text(field, " ".join(said))
        document.add_text(IN_PERIODS[field], spelled(period(day), said))
    document.add_text("publisher", publisher_key(passage.publisher))
    document.add_integer("day", day)
    instant = moment(passage.published)
    if instant is not None:
        document.add_integer("moment", instant)
    document.add_integer("article", article)
    document.add_integer("passage", number)
    document.add_integer("spoken", spoken)
    return document


def _bytes(file: Path) -> int:
    """A file's size; none where it has just been dropped."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0

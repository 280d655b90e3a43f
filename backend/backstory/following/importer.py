"""Imports as jobs of the running service: files that were handed in, and the pages of addresses that they name."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backstory.errors import SourceError
from backstory.following.backfill import Keep
from backstory.following.feeds import Feed
from backstory.following.import_files import Found, import_file
from backstory.following.inbox import Inbox, discard
from backstory.following.jobs import Job, Jobs, Reporter
from backstory.following.lists import from_list
from backstory.ingest import IngestReport, ingest
from backstory.model import Article, Offer, Page
from backstory.ports import Archive
from backstory.sources import files
from backstory.sources.kinds import LOOKED_AT, what_is

KIND, FETCHING = "import", "fetching"
"""What such jobs are: an import counts bytes of its file, fetching counts pages."""

LIST_BYTES = 5_000_000
"""The largest list of feeds that is taken."""

FETCHED_TOGETHER = 50
"""Pages that are fetched before it is told how many came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How articles are read: in how many `processes`, and the file `readings` that remembers what they were read as."""

    read: Callable[[Page], Article]
    clock: Callable[[], datetime]
    max_article_bytes: int
    processes: int
    readings: Path | None


class Importer:
    """Runs imports of files that lie in the inbox; each file is removed with the end of its job, however that ends."""

    def __init__(self, inbox: Inbox, archive: Archive, keep: Keep, *, jobs: Jobs, manner: Manner) -> None:
        self.inbox = inbox
        self._archive = archive
        self._keep = keep
        self._jobs = jobs
        self._manner = manner

    def start(self, path: Path, name: str, *, fetch: bool) -> Job:
        """Begin to import a file that was called so; with `fetch`, the pages of addresses without a text after it.

        Raises:
            SourceError: it holds nothing that is read. The file is removed.
            ValueError: too many jobs are running. The file is removed.
        """

        async def work(reporter: Reporter) -> None:
            try:
                found = await self._import(path, name, reporter)
            finally:
                discard(path)
            self._go_on(found, name, reporter, fetch=fetch)

        try:
            with files.opened(path, name):
                return self._jobs.start(KIND, name, work)
        except (SourceError, ValueError):
            discard(path)
            raise

    async def _import(self, path: Path, name: str, reporter: Reporter) -> Found:
        position = 0

        def note(place: int) -> None:
            nonlocal position
            position = place

        with files.opened(path, name) as file:
            lines, size = import_file(file, self._manner.max_article_bytes), file.size or 0
            reporter.at(0, size)
            report = await ingest(
                lines.chunks(note),
                self._archive,
                read=self._manner.read,
                max_article_bytes=self._manner.max_article_bytes,
                read_at=self._manner.clock(),
                jobs=self._manner.processes,
                readings=self._manner.readings,
                on_progress=lambda _: reporter.at(position, size),
            )
        reporter.at(size, size)
        _tell(report, lines.found, reporter)
        return lines.found

    def _go_on(self, found: Found, name: str, reporter: Reporter, *, fetch: bool) -> None:
        """Fetch the pages of addresses, as a job of its own, or say that there are some."""
        if not found.addresses:
            return
        said = f"{found.addresses:,} addresses come without a text"
        if fetch:
            if found.addresses > len(found.to_fetch):
                said += f", and the first {len(found.to_fetch):,} are fetched"
            try:
                self._jobs.start(FETCHING, f"Pages that {name} names", _fetching(self._keep, found.to_fetch))
            except ValueError as error:
                said += f", and are not fetched: {error}"
        else:
            said += "; to have their pages fetched, hand it in again and say so"
        reporter.trouble("; ".join(filter(None, (reporter.job.trouble, said))))


def feeds_in(path: Path, now: datetime) -> tuple[Feed, ...] | None:
    """The feeds that a file lists, to be polled at once; None where it is no list of feeds.

    Raises:
        SourceError: it is a list, but cannot be read, names none, or is too large for one.
    """
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
        if what_is(head) != "opml":
            return None
        body = head + file.read(LIST_BYTES - len(head) + 1)
    if len(body) > LIST_BYTES:
        raise SourceError(f"a list of feeds may have {LIST_BYTES:,} bytes")
    feeds = from_list(body, now)
    if not feeds:
        raise SourceError("the list names no feed of the web")
    return feeds


def _fetching(keep: Keep, offers: Sequence[Offer]) -> Callable[[Reporter], Awaitable[None]]:
    async def work(reporter: Reporter) -> None:
        reporter.at(0, len(offers))
        for place in range(0, len(offers), FETCHED_TOGETHER):
            some = offers[place : place + FETCHED_TOGETHER]
            kept = await keep(some)
            reporter.count(done=len(some), added=kept.added + kept.replaced, refused=kept.refused)
            if kept.trouble:
                reporter.trouble(f"the last that was refused: {kept.trouble}")

    return work


def _tell(report: IngestReport, found: Found, reporter: Reporter) -> None:
    """Say what became of a file. Raises SourceError where it could not give one article, and why the first did not."""
    refused = len(report.refused) + report.refused_more + found.unreadable
    taken = report.added + report.replaced + report.unchanged
    reporter.count(added=report.added + report.replaced, refused=refused)
    reasons = [f"{each.place}: {each.reason}" for each in found.told[:1]]
    reasons += [f"line {each.line:,}: {each.reason}" for each in report.refused[:1]]
    if refused and not taken:
        raise SourceError(f"none of it could be added; {reasons[0]}")
    said = [f"{report.unchanged:,} were there already"] if report.unchanged else []
    said += [f"the first that was refused is {reasons[0]}"] if reasons else []
    reporter.trouble("; ".join(said))

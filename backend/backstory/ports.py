"""The sockets: what Backstory asks of the parts that can be exchanged."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from datetime import date
from typing import Any, Protocol

from numpy.typing import NDArray

from backstory.model import (
    ArchiveStats,
    Article,
    Copy,
    Coverage,
    Errand,
    Found,
    Frequencies,
    Nearness,
    Outcome,
    Passage,
    Publication,
    Query,
    Ranking,
    Step,
    Taken,
    TimeExpression,
    Validators,
    Wanted,
)

Progress = Callable[[int, int], None]
"""Told how much of a long work is done, and of how much."""


class Archive(Protocol):
    """Prior coverage, kept and searched.

    Everything here raises `ArchiveUnavailableError` when the engine does not answer.
    """

    async def add(self, articles: Sequence[Article]) -> Sequence[Outcome]:
        """Keep articles, one outcome for each and in order.

        Idempotent by address: the same article again is `unchanged`, a changed one replaces its
        passages. When this returns, the articles are on disk and `search` finds them.
        An article without `published` is refused with `ValueError`, and with it all that came in the same call.
        A character that no text can hold (NUL, half a surrogate pair) is kept as U+FFFD, so that positions stay.
        """

    async def search(self, queries: Sequence[Query]) -> Sequence[Ranking]:
        """Answer each query, one for one and in order.

        A ranking holds at most `limit` hits, best first, each of them passing every filter of its
        query. All of a page's queries come in one call, so that an engine can answer them in one
        round trip. A term scores where the passage holds it, and, at a lower weight, where the headline does:
        a headline counts with the first passage of its article. Weights multiply; a term whose weight is not
        above 0 is not looked for.
        """

    async def count(self, query: Query) -> int:
        """How many passages a query would find without its limit."""

    async def find(self, query: Query) -> Found:
        """The articles that a query finds, for a person who looks through the archive.

        As `search`, but an article comes once, by its best passage; without terms all articles that pass the
        filters come, the newest first, each by its first passage. An engine may estimate a `total` above 10,000.
        """

    async def get(self, url: str) -> Article | None:
        """The article at an address, as it was added."""

    def export(self) -> AsyncIterator[Article]:
        """Every article, in the order in which they came; what is added or dropped meanwhile may be among them."""

    async def frequencies(self, words: Collection[str]) -> Frequencies:
        """How many passages hold each word (as `Term` spells it), headlines aside.

        An engine may still count what was replaced or dropped a while ago.
        """

    async def publishers(self) -> Collection[str]:
        """The outlets that the archive holds, by their names as published."""

    async def links_to(self, url: str) -> Sequence[str]:
        """The addresses of the articles that link to an address, in the order in which they came.

        Addresses are compared by `addresses.address_key`; whether an article stands at `url` does not matter.
        """

    async def copies_of(self, url: str) -> Sequence[Copy]:
        """The articles that carry the same report as the one at an address, itself among them, the earliest first.

        The first of them is the first report. An article that nobody else carried comes alone; an address
        that is not in the archive has none.
        """

    async def coverage(self, first: date, last: date, *, daily: bool = False) -> Sequence[Coverage]:
        """How many articles of each outlet came out in each month (`daily`: on each day), in order of time.

        From `first` to `last`, both included; what there is none of is left out. An outlet without a name is "".
        """

    async def size(self) -> int:
        """How many bytes the archive takes; what was dropped and waits to be used anew is not counted."""

    async def forget(self, url: str) -> bool:
        """Drop an article and its passages; whether it was there."""

    async def forget_host(self, host: str) -> int:
        """Drop every article from a host and from all hosts below it; how many there were.

        This and what follows go batch by batch, each on disk before the next: broken off anywhere, asked again, it
        goes on with what is left.
        """

    async def forget_publisher(self, publisher: str) -> int:
        """Drop every article of an outlet, by its name as filters compare it; how many there were."""

    async def drop_before(self, day: date) -> int:
        """Drop every article published before a day; how many there were."""

    async def keep_newest(self, articles: int) -> int:
        """Drop the articles first published beyond so many; how many there were."""

    async def stats(self) -> ArchiveStats:
        """What the archive holds."""

    async def rebuild(self, on_progress: Progress | None = None) -> None:
        """Make anew what can be made from the articles kept; progress counts articles.

        Nothing is lost by it, and `search` goes on. An engine that keeps nothing twice has nothing to do.
        """

    async def close(self) -> None:
        """Let go of files and connections; further calls are an error."""


DateTagger = Callable[[str, Publication, str], tuple[TimeExpression, ...]]
"""Text, its day of publication and its language (BCP 47) to the time expressions in it, in order."""


class FetchedPage(Protocol):
    """What a server sent: the address it was found at in the end, its bytes unpacked, and what the server said of it.

    `unchanged` says that what the validators stood for still holds; the body is empty then. `fresh_seconds` is for how
    long the server says that asking again is useless. `moved` is the new address of what moved for good, else empty.
    """

    @property
    def url(self) -> str: ...  # noqa: D102 - the class says it

    @property
    def body(self) -> bytes: ...  # noqa: D102 - as above

    @property
    def charset(self) -> str: ...  # noqa: D102 - as above

    @property
    def media_type(self) -> str: ...  # noqa: D102 - as above

    @property
    def validators(self) -> Validators: ...  # noqa: D102 - as above

    @property
    def unchanged(self) -> bool: ...  # noqa: D102 - as above

    @property
    def fresh_seconds(self) -> float: ...  # noqa: D102 - as above

    @property
    def moved(self) -> str: ...  # noqa: D102 - as above


Fetch = Callable[[str], Awaitable[FetchedPage]]
"""An address to the page behind it. Raises FetchError, FetchRefusedError where it is not to be fetched."""


class Door(Protocol):
    """The one way to other people's servers: polite, bounded, and noted."""

    async def get(self, errand: Errand) -> FetchedPage:
        """Run an errand when its host's turn comes.

        Raises FetchRefusedError where it is not to be fetched (a private address, robots.txt, too large, of another
        kind), FetchError where it could not be.
        """


class Source(Protocol):
    """Coverage of past days that can be asked for over the network, step by step."""

    @property
    def name(self) -> str:
        """What the owner calls it: "guardian"."""

    def steps(self, wanted: Wanted) -> Sequence[Step]:
        """Every step to what is wanted, the oldest days first; the same for the same wish. Asks nobody.

        Raises SourceError where the source cannot bring it, and says why.
        """

    async def take(self, step: Step) -> Taken:
        """Ask one step. Raises FetchError or SourceError, after which the step may be asked again."""


class Embedder(Protocol):
    """Texts to vectors of one length, near where the texts mean alike."""

    @property
    def dimensions(self) -> int:
        """The length of every vector."""

    @property
    def name(self) -> str:
        """Which model this is; vectors of two models do not mix."""

    def embed(self, texts: Sequence[str], *, asking: bool = False) -> NDArray[Any]:
        """One row of unit length for each text (float32); `asking` for a query rather than a passage."""


class Meaning(Protocol):
    """Passages found by what they mean, where an embedder is set up."""

    async def near(
        self, texts: Sequence[str], before: Publication, *, limit: int, passages: Sequence[Passage] = ()
    ) -> Nearness:
        """The passages nearest to each text that are strictly earlier, `limit` a text at most, one ranking a text.

        Also how near each text is to `passages`, as far as they have vectors.
        """

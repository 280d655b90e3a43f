"""Values for tests: each has honest defaults, and a test states only what it is about."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from backstory.model import Article, Block, BlockKind, Page, Passage, Publication, PublicationSource, Span

READ_AT = datetime(2024, 5, 8, 9, 30, tzinfo=UTC)
"""When a test's reader saw a page, unless the test says otherwise."""

PARAGRAPHS = (
    "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier.",
    "Nobody was hurt, the port authority said, but the pier will stay shut until June.",
)


def make_publication(
    day: str | date = "2024-05-07", *, hour: int | None = None, found: PublicationSource = "request"
) -> Publication:
    """A day of publication; with `hour`, also its instant (UTC)."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    at = None if hour is None else datetime.combine(when, time(hour), tzinfo=UTC)
    return Publication(when, at, found)


def make_page(  # noqa: PLR0913 - one argument for each field of the noun
    *,
    url: str = "https://example.org/news/harbour",
    html: str = "",
    text: str = "",
    read_at: datetime = READ_AT,
    published: str | Publication | None = None,
    language: str = "",
) -> Page:
    """A page as a reader saw it; two paragraphs of text where the test gives no words."""
    if not html and not text:
        text = "\n\n".join(PARAGRAPHS)
    if isinstance(published, str):
        published = make_publication(published)
    return Page(url=url, html=html, text=text, read_at=read_at, published=published, language=language)


def make_article(  # noqa: PLR0913 - one argument for each field a test may be about
    *paragraphs: str,
    url: str = "https://example.org/news/harbour",
    headline: str = "Ferry strikes pier in Lindau",
    publisher: str = "The Lake Courier",
    authors: tuple[str, ...] = (),
    language: str = "en",
    published: str | date | Publication | None = "2024-05-07",
    kind: BlockKind = "paragraph",
    numbered: bool = False,
) -> Article:
    """An article whose blocks are the paragraphs; `numbered` as a snapshot numbers them, from 1."""
    words = paragraphs or PARAGRAPHS
    if isinstance(published, str | date):
        published = make_publication(published)
    return Article(
        url=url,
        text="\n\n".join(words),
        blocks=tuple(_blocks(words, kind=kind, numbered=numbered)),
        headline=headline,
        publisher=publisher,
        authors=authors,
        language=language,
        published=published,
    )


def make_passage(  # noqa: PLR0913 - one argument for each field of the noun
    text: str = PARAGRAPHS[0],
    *,
    url: str = "https://example.org/news/harbour",
    ordinal: int = 0,
    id: str = "",  # noqa: A002 - the noun's own word
    headline: str = "Ferry strikes pier in Lindau",
    publisher: str = "The Lake Courier",
    language: str = "en",
    published: str | Publication = "2024-05-07",
) -> Passage:
    """A passage of an archived article."""
    return Passage(
        id=id or f"{url}#{ordinal}",
        url=url,
        text=text,
        ordinal=ordinal,
        headline=headline,
        publisher=publisher,
        language=language,
        published=make_publication(published) if isinstance(published, str) else published,
    )


def _blocks(paragraphs: Iterable[str], *, kind: BlockKind, numbered: bool) -> Iterable[Block]:
    start = 0
    for number, paragraph in enumerate(paragraphs, start=1):
        yield Block(Span(start, start + len(paragraph)), kind, str(number) if numbered else "")
        start += len(paragraph) + len("\n\n")

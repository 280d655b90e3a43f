"""Page → Article: what the reader saw, and what was read of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from backstory.model.values import Publication, Span


@dataclass(frozen=True, slots=True)
class TimeCorrection:
    """A time expression that the reader put right: where it stands and its TIMEX3 value."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a caller may ask for beside the page itself.

    `limit` is the most prior articles for a claim and, times five, for the page. `min_confidence` from 0 to 1
    shows what is at least that sure; `None` abstains at the calibrated threshold. `corrections` win over what
    the dates room reads.
    """

    limit: int = 3
    min_confidence: float | None = None
    exclude_own_outlet: bool = False
    all_sentences: bool = False
    corrections: tuple[TimeCorrection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as a reader saw it: exactly one of `html` and `text` holds it.

    `published` and `language` are what the caller states; they win over what the page says.
    """

    url: str
    html: str = ""
    text: str = ""
    read_at: datetime
    published: Publication | None = None
    language: str = ""

    def __post_init__(self) -> None:
        if bool(self.html) == bool(self.text):
            raise ValueError("a page is either html or text")


BlockKind = Literal["paragraph", "heading", "quote", "list", "caption", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article: where it stands in the text, and the number it had in the reader's page."""

    span: Span
    kind: BlockKind = "paragraph"
    number: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place of an article that leads to another page: the words, and the whole address behind them."""

    span: Span
    url: str


PageKind = Literal["article", "live", "list", "gallery", "video", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says once the furniture is gone.

    `text` is what positions count in. `blocks` are the parts of it that report something: for a page
    of plain text they leave out its furniture, so that not all of `text` need lie in a block. `links` stand
    in the blocks. `rating` is a fact-check's verdict, in the words of who gave it; empty where it is none.
    """

    url: str
    text: str
    blocks: tuple[Block, ...]
    headline: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    published: Publication | None = None
    modified: Publication | None = None
    page_kind: PageKind | None = None
    accessible_for_free: bool | None = None
    links: tuple[Link, ...] = ()
    rating: str = ""

    @property
    def body(self) -> str:
        """The text with everything outside its blocks blanked, position for position."""
        kept, end = [], 0
        for block in self.blocks:
            kept += [_blank(self.text[end : block.span.start]), block.span.of(self.text)]
            end = block.span.end
        return "".join([*kept, _blank(self.text[end:])])


def _blank(text: str) -> str:
    return "".join("\n" if character == "\n" else " " for character in text)

"""The page as a list of pieces: stretches of text that stand together, in the order of the page.

An element that holds blocks is a region: a range of that list. All that is decided about the page is
decided over pieces and regions, so that no step walks the tree twice.
"""

from dataclasses import dataclass, field

from lxml import etree

from backstory.model import BlockKind
from backstory.reading.characters import BREAK, folded, seen
from backstory.reading.furniture import UNREAD, Standing, is_hidden, standing
from backstory.reading.tables import words
from backstory.reading.tree import Element, attributes_of

MAX_PIECES = 20_000
"""Pieces that are read of one page; a long read has some hundreds."""

_TAGS = words("tags")
_INLINE, _LEAVES = frozenset(_TAGS["inline"]), frozenset(_TAGS["leaf"])
_KINDS: dict[str, BlockKind] = {
    "p": "paragraph",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "li": "list",
    "dd": "list",
    "dt": "list",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "td": "table",
    "th": "table",
}
# Kinds that a paragraph inside them keeps: a quoted paragraph is a quote, one in a table's cell is a paragraph.
_LASTING = frozenset(("quote", "list", "caption"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a link stands in a piece, in characters that are no white space, and its address as the page has it.

    Counted so, since white space is folded when the piece is whole.
    """

    first: int
    last: int
    href: str


@dataclass(slots=True)
class Piece:
    """A stretch of text: how many of its characters are links, and the block it stands in."""

    text: str
    linked: int
    kind: BlockKind
    tag: str
    number: str
    anchors: tuple[Anchor, ...] = ()


@dataclass(slots=True)
class Region:
    """An element that holds pieces `first` to `last` (half open), inside the region at the place `parent`."""

    tag: str
    standing: Standing
    first: int
    parent: int
    last: int = 0


@dataclass(slots=True)
class Layout:
    """A page's pieces, and its regions in document order; the first region is the page itself."""

    pieces: list[Piece] = field(default_factory=list)
    regions: list[Region] = field(default_factory=lambda: [Region("html", "", 0, -1)])


def layout_of(root: Element, *, strict: bool = True) -> Layout:
    """Walk the tree once. Not `strict` keeps what is hidden, for pages that need a script to show."""
    walk = _Walk(strict=strict)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if walk.enter(element):
                continue
            events.skip_subtree()
            walk.skipped = element
        else:
            if element is walk.skipped:
                walk.skipped = None
            else:
                walk.leave(element)
            walk.add(element.tail)
        if len(walk.page.pieces) >= MAX_PIECES:
            break
    return walk.finished()


class _Walk:
    """Where the walk is: the text gathered since the last border, and the elements it stands in."""

    def __init__(self, *, strict: bool) -> None:
        self.page = Layout()
        self.skipped: Element | None = None
        self._strict = strict
        self._parts: list[str] = []
        self._linked = 0
        self._links: list[tuple[str, int]] = []  # the address of each open link, and where in the piece it began
        self._anchors: list[Anchor] = []
        self._letters = 0  # characters of the piece that are no white space
        self._number = ""
        self._numbers: list[str] = [""]
        # Each open block: its kind, its tag, and its region where it has one (0, the page, stands for none).
        self._blocks: list[tuple[BlockKind, str, int]] = [("paragraph", "", 0)]
        self._open: list[int] = [0]

    def enter(self, element: Element) -> bool:
        """Step into an element; False where it is not to be read."""
        tag = element.tag
        if tag in UNREAD and (self._strict or tag != "noscript"):
            return False
        attributes = attributes_of(element)
        if self._strict and attributes and is_hidden(tag, attributes):
            return False
        if tag == "br":
            self._break()
            return True
        what = standing(tag, attributes)
        if tag in _INLINE:
            if what == "never" and self._strict:
                return False
            if tag == "a":
                self._links.append((attributes.get("href", ""), self._letters))
        else:
            self._flush()
            self._open_block(tag, what)
        self._numbers.append(attributes.get("data-block") or self._numbers[-1])
        self.add(element.text)
        return True

    def leave(self, element: Element) -> None:
        """Step out of an element."""
        tag = element.tag
        if tag == "br":
            return
        self._numbers.pop()
        if tag in _INLINE:
            if tag == "a":
                self._anchor(*self._links.pop())
            return
        self._flush()
        _, _, region = self._blocks.pop()
        if region:
            self.page.regions[region].last = len(self.page.pieces)
            self._open.pop()

    def add(self, source: str | None) -> None:
        """Take up a text node."""
        if not source:
            return
        text = seen(source)
        self._parts.append(text)
        self._letters += len(text) - text.count(" ")
        if self._links:
            self._linked += len(text.strip())
        if not self._number and not text.isspace():
            self._number = self._numbers[-1]

    def finished(self) -> Layout:
        """The page, once everything is closed."""
        self._flush()
        for place in self._open:
            self.page.regions[place].last = len(self.page.pieces)
        return self.page

    def _open_block(self, tag: str, what: Standing) -> None:
        kind = self._blocks[-1][0]
        if kind not in _LASTING:
            kind = _KINDS.get(tag, "paragraph")
        region = 0
        if what or tag not in _LEAVES:
            region = len(self.page.regions)
            self.page.regions.append(Region(tag, what, len(self.page.pieces), self._open[-1]))
            self._open.append(region)
        self._blocks.append((kind, tag, region))

    def _break(self) -> None:
        """One break is a new line, two are a new paragraph."""
        for part in reversed(self._parts):
            if part == BREAK:
                self._flush()
                return
            if not part.isspace():
                break
        self._parts.append(BREAK)

    def _anchor(self, href: str, first: int) -> None:
        if href and first < self._letters:
            self._anchors.append(Anchor(first, self._letters, href))

    def _flush(self) -> None:
        if self._parts:
            text = folded(self._parts)
            if text:
                kind, tag, _ = self._blocks[-1]
                for href, first in self._links:
                    self._anchor(href, first)
                self.page.pieces.append(Piece(text, self._linked, kind, tag, self._number, tuple(self._anchors)))
            self._parts.clear()
        self._links = [(href, 0) for href, _ in self._links]
        self._anchors.clear()
        self._letters = 0
        self._linked = 0
        self._number = ""

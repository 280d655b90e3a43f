"""XML feeds to drafts: a well-formed one as a whole, a malformed one item by item, so that one cannot spoil another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from backstory.errors import SourceError
from backstory.sources.feeds_atom import read_atom
from backstory.sources.feeds_items import MAX_ITEMS, Draft, Entry
from backstory.sources.feeds_names import ATOM, space_of
from backstory.sources.feeds_rss import read_rss
from backstory.sources.xml_tree import Element, mended, mended_tree, strict_tree

# Of a length that it may stand again around each item: those of real feeds name some namespaces.
_ROOT = re.compile(r"<((?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|rdf|feed|channel))(?:\s[^<>]{0,8000})?>", re.IGNORECASE)
_ITEM = re.compile(r"<(/?)((?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry))(?=[\s/>])", re.IGNORECASE)


def read_xml(text: str, url: str) -> Draft:
    """The feed. `text` has no document type. Raises SourceError where there is no feed in it at all."""
    try:
        root = strict_tree(text)
    except SourceError as error:
        return _read_mended(mended(text), url, str(error))
    return _read(root, url)


def _read(root: Element, url: str) -> Draft:
    return read_atom(root, url) if space_of(root) in ATOM or str(root.tag).endswith("feed") else read_rss(root, url)


def _read_mended(text: str, url: str, fault: str) -> Draft:
    """What can be read: the head of the feed, then each of its items as if it were alone."""
    start = _ROOT.search(text)
    if not start:
        raise SourceError(f"this is no feed that can be read ({fault})")
    pieces = _Pieces.of(text, start.end())
    root = mended_tree(pieces.head)
    if root is None:
        raise SourceError(f"this is no feed that can be read ({fault})")
    head = _read(root, url)
    entries: list[Entry] = []
    for item in pieces.items:
        alone = mended_tree(f"{start[0]}{item}</{start[1]}>")
        entries += _read(alone, url).entries[:1] if alone is not None else []
    trouble = [fault]
    if pieces.is_cut:
        trouble.append("it is cut short; its last item was left out")
    if len(pieces.items) > len(entries):
        trouble.append(f"{len(pieces.items) - len(entries)} of its items could not be read")
    return replace(head, entries=tuple(entries), trouble=(*head.trouble, *trouble))


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A feed's source before its first item, the source of each item, and whether it ends within one."""

    head: str
    items: tuple[str, ...]
    is_cut: bool

    @classmethod
    def of(cls, text: str, place: int) -> "_Pieces":
        marks = list(islice(_ITEM.finditer(text, place), 4 * MAX_ITEMS))
        first = next((mark.start() for mark in marks if not mark[1]), len(text))
        items = tuple(islice(_items(text, marks), MAX_ITEMS))
        is_cut = bool(marks) and not marks[-1][1] and not _closes(text, marks[-1])
        return cls(text[:first], items, is_cut)


def _items(text: str, marks: list[re.Match[str]]) -> Iterator[str]:
    """Each stretch from an item's start to its end, or to the next one's start where it has none."""
    begun: re.Match[str] | None = None
    for mark in marks:
        if begun:
            end = text.find(">", mark.start()) + 1 if mark[1] else 0
            yield text[begun.start() : end or mark.start()]
        begun = None if mark[1] else mark


def _closes(text: str, mark: re.Match[str]) -> bool:
    """Whether an item's tag ends it at once."""
    end = text.find(">", mark.start())
    return end > 0 and text[end - 1] == "/"

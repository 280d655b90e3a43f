"""A passage to pieces, those marked that hold a word which was looked for."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from backstory.retrieval.terms import SPACELESS, words

# What stands between spaces and dashes; and runs of scripts that have neither, which are looked at two by two.
_CHUNK = re.compile(rf"[^\s\-–—/{SPACELESS}]+|[{SPACELESS}]+")
_SPACELESS_RUN = re.compile(rf"[{SPACELESS}]+")
_EDGES = re.compile(r"\A\W*|\W*\Z")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a passage, and whether they are among what was looked for."""

    words: str
    is_marked: bool = False


def marked(text: str, wanted: Collection[str], language: str = "") -> tuple[Stretch, ...]:
    """A text as marked and unmarked stretches, which together are the text; `wanted` is as the archive spells words."""
    stretches, end = [], 0
    for start, stop in _joined(_places(text, frozenset(wanted), language) if wanted else iter(())):
        stretches += [Stretch(text[end:start]), Stretch(text[start:stop], is_marked=True)]
        end = stop
    return tuple(stretch for stretch in (*stretches, Stretch(text[end:])) if stretch.words)


def _places(text: str, wanted: frozenset[str], language: str) -> Iterator[tuple[int, int]]:
    for chunk in _CHUNK.finditer(text):
        said = chunk[0]
        if _SPACELESS_RUN.fullmatch(said):
            pairs = (said[at : at + 2] for at in range(max(1, len(said) - 1)))
            yield from ((chunk.start() + at, chunk.start() + at + 2) for at, pair in enumerate(pairs) if pair in wanted)
        elif not wanted.isdisjoint(words(said, language or "en")):
            before, after = (len(edge) for edge in _EDGES.findall(said)[:2])
            yield chunk.start() + before, max(chunk.start() + before, chunk.end() - after)


def _joined(places: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places that overlap as one."""
    held: tuple[int, int] | None = None
    for start, stop in places:
        if held is None:
            held = start, stop
        elif start < held[1]:
            held = held[0], stop
        else:
            yield held
            held = start, stop
    if held is not None:
        yield held

"""The words of a page with their places: what they say, and what the archive calls them.

    "Mr. Putin met 200 officers" → Word("Putin", …, name) Word("met", …) Word("200", …, number) Word("officers", …)

Names are told by their capitals: inside a sentence a capital is a name; at its beginning only where the same word
stands with a capital elsewhere. Languages that write all nouns so simply have more names, each of them rarer.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, takewhile
from operator import attrgetter

from backstory.model import Span
from backstory.retrieval.terms import is_common, words

_TOKEN = re.compile(r"[^\W_]+(?:[.,’'\u2019-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:…\n][\"”’')\]\s]*$")
_OPENING = "\"“‘'([ •–—"
_LOOK_BACK = 6  # characters before a word that tell whether a sentence begins there


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a page: where it stands and what the archive calls it (a hyphenated word has several stems)."""

    text: str
    start: int
    stems: tuple[str, ...]
    is_name: bool = False
    is_number: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@lru_cache(maxsize=1 << 15)
def _stems(token: str, language: str) -> tuple[str, ...]:
    """What the archive calls a token; nothing where it is too common to tell anything, but for names (US)."""
    stems = words(token, language)
    if len(token) > 1 and token.isupper():
        return stems
    return tuple(stem for stem in stems if not is_common(stem, language))


def read_words(text: str, language: str) -> tuple[Word, ...]:
    """All words of a text that tell something, in order."""
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
    opening = {start for token, start in tokens if token[0].isupper() and _opens_sentence(text, start)}
    capitals = {token for token, start in tokens if token[0].isupper() and start not in opening}
    followed = {start for (token, start), (later, _) in pairwise(tokens) if _is_run(text, token, start, later)}
    found = []
    for token, start in tokens:
        stems = _stems(token, language)
        if stems:
            is_name = token[0].isupper() and (start not in opening or token in capitals or start in followed)
            found.append(Word(token, start, stems, is_name, token[0].isdigit()))
    return tuple(found)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(_OPENING)
    return not before or before.endswith("\n") or _SENTENCE_END.search(before) is not None


def _is_run(text: str, token: str, start: int, later: str) -> bool:
    """Whether a capital follows at once, as in a name of two words."""
    end = start + len(token)
    return token[0].isupper() and later[0].isupper() and text[end : end + 1 + len(later)] == f" {later}"


def spelled(text: str, language: str) -> tuple[tuple[str, Span], ...]:
    """Every word of a text as the archive spells it, common ones too, and where it stands."""
    return tuple(
        (stem, Span(match.start(), match.end()))
        for match in _TOKEN.finditer(text)
        for stem in words(match.group(), language)
    )


def within(found: Sequence[Word], span: Span) -> Iterator[Word]:
    """The words that lie in a span; they stand in order."""
    first = bisect_left(found, span.start, key=attrgetter("start"))
    return takewhile(lambda word: word.end <= span.end, islice(found, first, None))

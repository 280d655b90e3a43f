"""Text → Tokens: words and marks, each where it stands.

A token is never empty and never holds white space. Clitics stand alone ("Putin" "'s", "did" "n't"), words
joined by hyphens stay one, and so do initials and the abbreviations that end in a stop.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backstory.model import Span

_TOKEN = re.compile(
    r"""
      (?: Mr | Mrs | Ms | Dr | Gov | Gen | Sen | Rep | Lt | Col | Sgt | Capt | Prof | Rev | St | Jr | Sr | Inc | Co
        | Corp | Ltd | vs | No | Det | Adm | Maj | Cmdr | Supt | Hon ) \. (?= \s )   # titles keep their stop
    | [^\W\d_] \. (?: [^\W\d_] \. )+                    # U.S., J.B.
    | [A-Z] \. (?= \s [A-Z] )                           # an initial
    | \d+ (?: [-‐‑][^\W\d_]+ )+                         # 60-vote, 29-year-old
    | \w+ (?: \. [a-z]{2,} )+ \b                          # example.org
    | [$£€¥]? \d+ (?: [.,:/] \d+ )* (?: % | [a-z]{1,2}\b )?   # 1,200 2.5% 9:30 $4.50 21st
    | [^\W\d_]+? (?= n['’]t\b )                         # did|n't
    | n['’]t\b
    | ['’] (?: s | re | ve | ll | d | m | S )\b
    | (?: [OoDdLl]['’] )? \w+ (?: [-‐‑&/] \w+ )*        # O'Brien, two-and-a-half
    | \.{2,} | -{2,}
    | \S
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one sentence, column by column; `starts` and `ends` are positions in the article."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def slice(self, first: int, after: int) -> "Tokens":
        """Some of the tokens."""
        return Tokens(self.words[first:after], self.starts[first:after], self.ends[first:after])

    def span(self, first: int, after: int) -> Span:
        """Where tokens first to after (exclusive) stand."""
        return Span(self.starts[first], self.ends[after - 1])


def tokenise(text: str, span: Span) -> Tokens:
    """The tokens of a stretch of a text."""
    words, starts, ends = [], [], []
    for match in _TOKEN.finditer(text, span.start, span.end):
        words.append(match[0])
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(tuple(words), tuple(starts), tuple(ends))


def lower(words: Sequence[str]) -> tuple[str, ...]:
    """The words as lexicons spell them: lower case, straight apostrophes."""
    return tuple(word.lower().replace("’", "'") for word in words)

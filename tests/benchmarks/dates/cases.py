"""Our own cases: one a line, `published | text with [words=VALUE MOD TYPE start..end] | why`; ` ¶ ` parts paragraphs.

Only the value must stand after the words; the type follows from it. A third of the cases, by a hash of the text,
is held out: it is not looked at while the tagger is worked on.
"""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from backstory.dates import timex
from backstory.model import Interval

_FOLDER = Path(__file__).parent / "cases"
_MARKED = re.compile(r"\[([^\[\]=]+)=([^\[\]]*)\]")
_TYPES = {"DATE", "TIME", "DURATION", "SET"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A time expression as the case says it: what is empty or None is not asked."""

    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str = ""
    accept: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A text of a day, the expressions in it, and why they read so."""

    id: str
    group: str
    text: str
    published: date
    expected: tuple[Expected, ...]
    why: str = ""

    @property
    def held_out(self) -> bool:
        """Whether the case belongs to the third kept aside."""
        return sha256(self.text.encode()).digest()[0] % 3 == 0


def read_cases(language: str) -> list[Case]:
    """All cases of a language, in the order of their files."""
    return [
        _case(path.stem, line)
        for path in sorted((_FOLDER / language).glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def _case(group: str, line: str) -> Case:
    day, marked, why = (part.strip() for part in line.split(" | "))
    text, expected, end = "", [], 0
    marked = marked.replace(" ¶ ", "\n\n")
    for found in _MARKED.finditer(marked):
        text += marked[end : found.start()]
        expected.append(_expected(len(text), found[1], found[2].split()))
        text += found[1]
        end = found.end()
    text += marked[end:]
    if "[" in text or "]" in text:
        raise ValueError(f"brackets are left: {line}")
    name = f"{group}/{sha256(text.encode()).hexdigest()[:8]}"
    return Case(name, group, text, date.fromisoformat(day), tuple(expected), why)


def _expected(start: int, words: str, said: list[str]) -> Expected:
    value, *rest = said
    kind, mod = "", ""
    accept: tuple[Interval, ...] = ()
    for item in rest:
        if ".." in item:
            first, last = item.split("..")
            accept = (Interval(date.fromisoformat(first), date.fromisoformat(last)),)
        elif item in _TYPES:
            kind = item
        else:
            mod = item
    if not kind:
        kind = "TIME" if re.search(r"\dT", value) else timex.kind_of(value)
    covered = timex.interval_of(value)
    if not accept and covered and kind in ("DATE", "TIME"):
        accept = (timex.narrowed(covered, mod),)
    return Expected(start, start + len(words), words, kind, value, mod, accept)

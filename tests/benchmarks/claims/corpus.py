"""FactAppeal sentences as the benchmark reads them: text, words, and what each word is said to be."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

CLASSES = ("fact", "direct", "indirect", "source")
_CLASS_OF = {
    "Fact_No_Appeal": "fact",
    "Fact_Appeal:Direct_Quote": "direct",
    "Fact_Appeal:Indirect_Quote": "indirect",
}
_WORD = re.compile(r"\w+")
_EDGES = " \t\n,.;:\"'“”‘’"

Range = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """One text with its gold: whether it claims a fact, and the spans of each class."""

    id: str
    text: str
    factual: bool
    spans: dict[str, tuple[Range, ...]]


@dataclass(frozen=True)
class Answer:
    """What a system says of an example: a probability of fact, and its spans."""

    factual: float
    spans: dict[str, tuple[Range, ...]]


def read(path: Path) -> list[Example]:
    """The examples of one part."""
    return [_example(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def digest(path: Path) -> str:
    """What tells one version of the data from another."""
    return sha256(path.read_bytes()).hexdigest()[:16]


def _example(item: dict) -> Example:  # type: ignore[type-arg]
    spans: dict[str, list[Range]] = {name: [] for name in CLASSES}
    for span in item["spans"]:
        name = "source" if span["tag"].startswith("Source:") else _CLASS_OF.get(span["tag"])
        if name:
            spans[name].append((span["start"], span["end"]))
    factual = any(span["tag"].startswith("Fact") for span in item["spans"])
    return Example(item["id"], item["text"], factual, {name: tuple(found) for name, found in spans.items()})


def words_in(text: str, spans: Iterable[Range]) -> set[int]:
    """Where the words begin that lie in any of the spans."""
    return {match.start() for start, end in spans for match in _WORD.finditer(text, start, end)}


def bare(text: str, span: Range) -> Range:
    """A span without the marks at its ends, which do not count."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return start, end

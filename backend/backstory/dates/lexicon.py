"""The words of a language: which categories each belongs to and what it stands for there.

A lexicon file has a table for each category, from word or phrase to value. Every distinct set of categories gets a
code of one character: a text becomes a string of codes, which is what the rules are matched against.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from backstory.dates.notation import Rule, categories
from backstory.dates.numerals import shapes
from backstory.dates.tokens import split

Value = int | float | str

_FIRST_CODE = 0x100  # codes are characters from here on, so that none means anything in a regular expression

_MAX_WORDS = 50_000  # words kept with their codes, some 6 MB; a year of a newspaper has more, but seldom uses them
_MAX_LETTERS = 24  # longer words are not kept

UNKNOWN = frozenset({"word"})
NAME = frozenset({"word", "name"})


class Codes(dict[str, str]):
    """Words with their codes: those of the lexicon, and others met since, so that each is guessed but once."""

    def __init__(self, guess: Callable[[str], str]) -> None:
        super().__init__()
        self._guess = guess

    def __missing__(self, word: str) -> str:
        code = self._guess(word)
        if len(self) < _MAX_WORDS and len(word) <= _MAX_LETTERS:
            self[word] = code
        return code


@dataclass(slots=True)
class Lexicon:
    """Words with their codes, categories with their codes, and values by category and word."""

    values: dict[str, dict[str, Value]]
    codes: Codes = field(init=False)
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    sets: dict[frozenset[str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.codes = Codes(self.guess)

    @property
    def sentence_ends(self) -> frozenset[str]:
        """The codes of what may end a sentence."""
        return self.members["stop"] | self.members["break"]

    @property
    def endings(self) -> tuple[str, ...]:
        """How a regular past ends."""
        return tuple(self.values.get("endings", ()))

    def encode(self, words: list[str]) -> list[str]:
        """The code of each token."""
        return list(map(self.codes.__getitem__, words))

    def value(self, category: str, word: str) -> Value | None:
        """What a word stands for in a category, whatever its capitals."""
        table = self.values.get(category, {})
        plain = word.replace("’", "'")
        for form in (plain, plain.lower(), plain.capitalize(), plain.title()):
            if form in table:
                return table[form]
        return None

    def has(self, category: str, word: str) -> bool:
        """Whether a word belongs to a category, capitals considered."""
        return self.encode([word])[0] in self.members.get(category, frozenset())

    def guess(self, word: str) -> str:
        """The code of a word that the lexicon does not have, by how it looks."""
        first = word[0]
        if first.isdecimal() or (first in "'’‘" and len(word) > 1 and word[1].isdecimal()):
            return self.sets.get(shapes(word)) or self.sets[frozenset({"junk"})]
        if first == "\n":
            return self.sets[frozenset({"break"})]
        return self.sets[NAME if first.isupper() else UNKNOWN if first.isalpha() else frozenset({"mark"})]


def read_values(source: str) -> dict[str, dict[str, Value]]:
    """Read a lexicon file: categories, their words or phrases, and what these stand for."""
    return {
        category: {key(word): value for word, value in table.items()}
        for category, table in tomllib.loads(source).items()
    }


def phrases_of(values: dict[str, dict[str, Value]]) -> dict[str, list[list[str]]]:
    """The entries of several tokens, by category."""
    return {
        category: [entry.split(" ") for entry in table if " " in entry]
        for category, table in values.items()
        if any(" " in entry for entry in table)
    }


def key(words: str) -> str:
    """How an entry is kept: its tokens, parted by blanks."""
    if words.isascii() and words.isalpha():
        return words
    return " ".join(split(words.replace("’", "'")).words)


def make_lexicon(values: dict[str, dict[str, Value]], rules: Iterable[Rule]) -> Lexicon:
    """Number the words of a lexicon for the rules of a grammar, whose literal words join it."""
    belongs: dict[str, set[str]] = {}
    for category, table in values.items():
        for word in table:
            if " " not in word:
                for form in _forms(word):
                    belongs.setdefault(form, set()).add(category)
    asked = categories(rules)
    for category in asked:
        if category.startswith("="):
            for form in _forms(category[1:]):
                belongs.setdefault(form, set()).add(category)
    lexicon = Lexicon(values)
    _number(lexicon, belongs, asked)
    return lexicon


def _forms(word: str) -> set[str]:
    """How a word may be written: a word in small letters also begins sentences and stands in headlines."""
    forms = {word, word[0].upper() + word[1:], word.upper()}
    return forms | {form.replace("'", "’") for form in forms} if "'" in word else forms


def _number(lexicon: Lexicon, belongs: dict[str, set[str]], asked: set[str]) -> None:
    """Give every set of categories its code, words and digits alike."""
    kinds = {word: frozenset(found | _plain_kind(word)) for word, found in belongs.items()}
    sets = {*kinds.values(), UNKNOWN, NAME, *map(frozenset, ({"junk"}, {"break"}, {"mark"})), *_digit_sets()}
    lexicon.sets.update((found, chr(_FIRST_CODE + at)) for at, found in enumerate(sorted(sets, key=sorted)))
    lexicon.codes.update((word, lexicon.sets[kind]) for word, kind in kinds.items())
    members: dict[str, set[str]] = {category: set() for category in asked | set(lexicon.values)}
    for kind, code in lexicon.sets.items():
        for category in kind:
            members.setdefault(category, set()).add(code)
    lexicon.members.update((category, frozenset(codes)) for category, codes in members.items())


def _plain_kind(word: str) -> frozenset[str]:
    """What a word of the lexicon is besides: a number, a mark, or a word."""
    if word[0].isdecimal():
        return shapes(word)
    return UNKNOWN if word[0].isalpha() else frozenset({"mark"})


def _digit_sets() -> set[frozenset[str]]:
    """Every set of categories that a token of digits can have, from one token of each sort."""
    tokens = [str(number) for number in range(125)]
    tokens += ["00", "01", "09", "024", "999", "1000", "2016", "2500", "0900", "12345", "20160421", "99999999"]
    tokens += [
        "1" * 10,
        "1st",
        "32nd",
        "100th",
        "1990s",
        "90s",
        "1980er",
        "47er",
        "747s",
        "3456th",
        "0530",
        "2015-3-3",
        "'90s",
        "'68",
        "2016-04-21",
        "1,914",
        "1.5",
    ]
    tokens += [
        "10:30",
        "25:61",
        "10.30",
        "3.75",
        "3.5",
        "2:1",
        "9am",
        "9:30am",
        "9.30pm",
        "8h30",
        "0900hrs",
        "1/2",
        "10/31/74",
        "2016/4/21",
        "10/2016",
    ]
    tokens += ["21.04.2016", "21.4.16", "1.2.3.4", "4kg", "99.99", "24.59"]
    return {shapes(token) for token in tokens}

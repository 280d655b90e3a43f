"""The words of a language: which categories each belongs to and what it stands for there.

A lexicon file has a table for each category, from word to value. Every distinct set of categories gets a code of one
character: a text becomes a string of codes, which is what the rules are matched against.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field

from backstory.dates.notation import Rule, categories
from backstory.dates.numerals import shapes

Value = int | float | str

_FIRST_CODE = 0x100  # codes are characters from here on, so that none means anything in a regular expression

UNKNOWN = frozenset({"word"})
NAME = frozenset({"word", "name"})


@dataclass(slots=True)
class Lexicon:
    """Words with their codes, categories with their codes, and values by category and word."""

    values: dict[str, dict[str, Value]]
    codes: dict[str, str] = field(default_factory=dict)
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    _sets: dict[frozenset[str], str] = field(default_factory=dict)

    def encode(self, words: list[str]) -> list[str]:
        """The code of each token."""
        known, unknown = self.codes.get, self._unknown
        return [known(word) or unknown(word) for word in words]

    def value(self, category: str, word: str) -> Value | None:
        """What a word stands for in a category, whatever its capitals."""
        table = self.values.get(category, {})
        return table.get(word, table.get(word.lower(), table.get(word.capitalize())))

    def has(self, category: str, word: str) -> bool:
        """Whether a word belongs to a category, capitals considered."""
        return self.encode([word])[0] in self.members.get(category, frozenset())

    def _unknown(self, word: str) -> str:
        first = word[0]
        if first.isdecimal() or (first in "'’‘" and len(word) > 1 and word[1].isdecimal()):
            return self._sets.get(shapes(word)) or self._sets[frozenset({"junk"})]
        if first == "\n":
            return self._sets[frozenset({"break"})]
        return self._sets[NAME if first.isupper() else UNKNOWN if first.isalpha() else frozenset({"mark"})]


def read_lexicon(source: str, rules: Iterable[Rule]) -> Lexicon:
    """Read a lexicon file for the rules of a grammar, whose literal words join it."""
    values = tomllib.loads(source)
    belongs: dict[str, set[str]] = {}
    for category, table in values.items():
        for word in table:
            for form in _forms(word):
                belongs.setdefault(form, set()).add(category)
    asked = {category for rule in rules for category in categories(rule.pattern)}
    for category in asked:
        if category.startswith("="):
            for form in _forms(category[1:]):
                belongs.setdefault(form, set()).add(category)
    lexicon = Lexicon(values)
    _number(lexicon, belongs, asked)
    return lexicon


def _forms(word: str) -> set[str]:
    """How a word may be written: a word in small letters also begins sentences and stands in headlines."""
    curly = word.replace("'", "’")
    return {form for plain in (word, curly) for form in (plain, plain[0].upper() + plain[1:], plain.upper())}


def _number(lexicon: Lexicon, belongs: dict[str, set[str]], asked: set[str]) -> None:
    """Give every set of categories its code, words and digits alike."""
    sets = {frozenset(found | (NAME if word[0].isupper() else set())) for word, found in belongs.items() if word}
    sets |= {UNKNOWN, NAME, frozenset({"junk"}), frozenset({"break"}), frozenset({"mark"}), *_digit_sets()}
    lexicon._sets = {found: chr(_FIRST_CODE + at) for at, found in enumerate(sorted(sets, key=sorted))}
    for word, found in belongs.items():
        lexicon.codes[word] = lexicon._sets[frozenset(found | (NAME if word[0].isupper() else set()))]
    known = set(lexicon.values) | {category for found in sets for category in found}
    lexicon.members = {
        category: frozenset(code for found, code in lexicon._sets.items() if category in found)
        for category in asked | known
    }


def _digit_sets() -> set[frozenset[str]]:
    """Every set of categories that a token of digits can have, from one token of each sort."""
    tokens = [str(number) for number in range(125)]
    tokens += ["00", "01", "09", "024", "999", "1000", "2016", "2500", "0900", "12345", "20160421", "99999999"]
    tokens += ["1" * 10, "1st", "32nd", "100th", "1990s", "90s", "747s", "3456th", "'90s", "'68", "2016-04-21", "1,914", "1.5"]
    tokens += ["10:30", "25:61", "10.30", "3.75", "3.5", "2:1", "9am", "9:30am", "9.30pm", "8h30", "0900hrs", "1/2", "10/31/74", "2016/4/21"]
    tokens += ["21.04.2016", "21.4.16", "1.2.3.4", "4kg", "99.99", "24.59"]
    return {shapes(token) for token in tokens}

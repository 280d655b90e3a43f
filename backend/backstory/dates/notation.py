"""The notation of a grammar file, and what it is read into.

    NAME = pattern                     a part that patterns may use by its name, in capitals
    pattern => kind slot=value …       a rule: what is read, what kind of time it means, slots it sets

    'of'            this very word            month           any word of this category of the lexicon
    <month>         the same, kept as a slot  <which:turn>    a category kept in a slot of another name
    <n:COUNT>       a part kept as a slot     ( a | b )       one or the other
    a?              at most once              a{1,3}          from one to three times
    [ … ]           the expression itself, where the pattern also reads words around it

Lines that begin with blanks go on; `#` opens a comment. There is no unbounded repetition, so that
every rule has a longest match and reading a text takes linear time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a category; a literal word is a category of its own, `=word`."""

    category: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    parts: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part from `least` to `most` times."""

    part: "Pattern"
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A part whose words are kept under a name; the slot `core` is the expression itself.

    `category` is the lexicon's table that gives the words their value; without one they say a number.
    """

    name: str
    part: "Pattern"
    category: str = ""


Pattern = Word | Sequence | Choice | Repeat | Slot

CORE = "core"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means; `line` is its place in the file, and earlier rules win ties."""

    line: int
    pattern: Pattern
    kind: str
    constants: dict[str, str]


class GrammarError(ValueError):
    """A grammar file that can't be read; the message names the line."""


_LEXEME = re.compile(
    r"\s*(?:(?P<word>'[^']+')|(?P<slot><[a-z_0-9+]+(?::[A-Za-z_0-9]+)?>)|(?P<name>[A-Za-z_0-9]+)"
    r"|(?P<count>\{\d+,\d+\})|(?P<mark>[()\[\]|?]))"
)


Phrases = Mapping[str, Iterable[Sequence_[str]]]
"""The entries of several words, token by token, of each category."""


def read_grammar(source: str, phrases: Phrases) -> list[Rule]:
    """Read a grammar file into its rules, in order; a category also matches its phrases. Raises GrammarError."""
    parts: dict[str, Pattern] = {}
    rules = []
    for number, line in _logical_lines(source):
        head, arrow, tail = line.partition("=>")
        name, equals, definition = line.partition(" = ")
        if arrow:
            kind, *settings = tail.split()
            constants = dict(setting.split("=", 1) for setting in settings)
            rules.append(Rule(number, _Parser(head, parts, phrases, number).whole(), kind, constants))
        elif equals and name.strip().isupper():
            parts[name.strip()] = _Parser(definition, parts, phrases, number).whole()
        else:
            raise GrammarError(f"line {number} is neither a part nor a rule: {line!r}")
    return rules


def categories(rules: Iterable[Rule]) -> set[str]:
    """Every category that rules ask for; a part that many rules share is looked through once."""
    found, seen, waiting = set(), set(), [rule.pattern for rule in rules]
    while waiting:
        pattern = waiting.pop()
        if id(pattern) in seen:
            continue
        seen.add(id(pattern))
        match pattern:
            case Word(category):
                found.add(category)
            case Sequence(parts) | Choice(parts):
                waiting.extend(parts)
            case Repeat(part) | Slot(_, part, _):
                waiting.append(part)
    return found


def _logical_lines(source: str) -> Iterator[tuple[int, str]]:
    """Lines without comments, continuations joined, each with the number it begins at."""
    pending, start = "", 0
    for number, raw in enumerate(source.splitlines(), 1):
        line = re.sub(r"(?:^|\s)#.*", "", raw).rstrip()
        if not line:
            continue
        if line[0].isspace():
            pending += line
            continue
        if pending:
            yield start, pending
        pending, start = line, number
    if pending:
        yield start, pending


class _Parser:
    """Reads one pattern, by recursive descent."""

    def __init__(self, source: str, parts: dict[str, Pattern], phrases: Phrases, line: int) -> None:
        self.parts, self.phrases, self.line = parts, phrases, line
        self.lexemes = self._scan(source)
        self.at = 0

    def _scan(self, source: str) -> list[tuple[str, str]]:
        lexemes, at = [], 0
        source = source.rstrip()
        while at < len(source):
            found = _LEXEME.match(source, at)
            if found is None or found.lastgroup is None:
                raise GrammarError(f"line {self.line}: can't read {source[at:]!r}")
            lexemes.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        return lexemes

    def whole(self) -> Pattern:
        pattern = self._choice()
        if self.at != len(self.lexemes):
            raise GrammarError(f"line {self.line}: a bracket too many")
        return pattern

    def _peek(self) -> str:
        return self.lexemes[self.at][1] if self.at < len(self.lexemes) else ""

    def _choice(self) -> Pattern:
        options = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Pattern:
        parts = []
        while self._peek() not in ("", "|", ")", "]"):
            parts.append(self._repeated())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self) -> Pattern:
        part = self._atom()
        if self._peek() == "?":
            self.at += 1
            return Repeat(part, 0, 1)
        if self._peek().startswith("{"):
            least, most = self._peek()[1:-1].split(",")
            self.at += 1
            return Repeat(part, int(least), int(most))
        return part

    def _atom(self) -> Pattern:
        sort, text = self.lexemes[self.at]
        self.at += 1
        if sort == "word":
            return Word("=" + text[1:-1])
        if sort == "name":
            return self._named(text)
        if sort == "slot":
            slot, _, name = text[1:-1].partition(":")
            category = name or slot
            return Slot(slot, self._named(category), "" if category.isupper() else category)
        if text in ("(", "["):
            inner = self._choice()
            if self._peek() != {"(": ")", "[": "]"}[text]:
                raise GrammarError(f"line {self.line}: {text} is not closed")
            self.at += 1
            return Slot(CORE, inner) if text == "[" else inner
        raise GrammarError(f"line {self.line}: {text!r} stands where a part should")

    def _named(self, name: str) -> Pattern:
        if not name.isupper():
            phrases = tuple(
                Sequence(tuple(Word("=" + word) for word in phrase)) for phrase in self.phrases.get(name, ())
            )
            return Choice((Word(name), *phrases)) if phrases else Word(name)
        if name not in self.parts:
            raise GrammarError(f"line {self.line}: no part is called {name}")
        return self.parts[name]

"""Source phrase → name: who is meant by "Netanyahu", "he", "the prime minister" or "the newspaper".

People and outlets are remembered as the article names them; a later, shorter mention takes the nearest fuller name
that fits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from backstory.claims import lexicon
from backstory.claims.lexicon import words
from backstory.claims.outlets import is_common_outlet, outlet_name
from backstory.claims.phrases import Sentence
from backstory.claims.subjects import Range

Words = tuple[str, ...]

_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Named:
    """A source's clean name, and the outlet where it is one."""

    name: str
    publisher: str = ""
    person: bool = False


@dataclass(slots=True)
class Cast:
    """Who has been named so far, latest last; `roles` maps "prime minister" to who was called that."""

    people: list[Words] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    pronouns: dict[str, str] = field(default_factory=dict)
    speakers: list[str] = field(default_factory=list)
    _by_word: dict[str, Words] = field(default_factory=dict)

    def meet(self, sentence: Sentence, runs: Sequence[Range]) -> None:
        """Remember the people, roles and outlets that a sentence names in its runs of names."""
        for run in runs:
            if outlet := outlet_name(sentence, run):
                self.outlets.append(self.outlet(outlet))
            else:
                self._meet_person(sentence.tokens.words[run[0] : run[1]])

    def _meet_person(self, spelt: Words) -> None:
        title, name = split_title(spelt)
        if name[-1] in _people("bodies") | _people("places"):
            return
        if len(name) == 1:
            if title and (full := self._by_word.get(name[0])):
                self._learn(" ".join(full), title)
            return
        self.people.append(name)
        full_name = " ".join(name)
        self._by_word.update({name[0]: name, name[-1]: name})
        self._learn(full_name, (*title, name[0]))
        if title:
            self.roles[" ".join(title).lower()] = full_name

    def _learn(self, name: str, signs: Words) -> None:
        """Which pronoun goes with a name, as far as a title or first name tells."""
        for pronoun in ("she", "he"):
            if not _people(pronoun).isdisjoint(sign.lower() for sign in signs):
                self.pronouns.setdefault(name, pronoun)

    def person(self, spelt: Words) -> str:
        """The fullest name met that these words shorten; the words themselves where there is none."""
        full = self._by_word.get(spelt[-1]) or self._by_word.get(spelt[0])
        fits = full and len(full) > len(spelt) and spelt in {full[-len(spelt) :], full[: len(spelt)]}
        return " ".join(full if full and fits else spelt)

    def known(self, spelt: str) -> str:
        """The full name of whom one word of it means, or nothing."""
        return " ".join(self._by_word.get(spelt, ()))

    def outlet(self, name: str) -> str:
        """The fuller outlet that a short name stands for: "The Times" for "The Times of Israel"."""
        bare = name.removeprefix("The ")
        for known in reversed(self.outlets[-_OUTLETS_KEPT:]):
            full = known.removeprefix("The ")
            if full == bare or full.startswith(bare + " ") or full.endswith(" " + bare):
                return known
        return name

    def pronoun(self, word: str) -> str:
        """Who "he" or "she" most likely is: the last speaker whom it fits, else the last person named."""
        met = [*(" ".join(name) for name in self.people[-_PEOPLE_KEPT:]), *self.speakers[-_PEOPLE_KEPT:]][::-1]
        sure = next((name for name in met[:_NEAR] if self.pronouns.get(name) == word), "")
        found = sure or next((name for name in met if self.pronouns.get(name, word) == word), "")
        if found:
            self.pronouns.setdefault(found, word)
        return found


_NEAR = 4  # mentions back, within which a name that surely fits is taken before one that may
_OUTLETS_KEPT, _PEOPLE_KEPT = 20, 20  # looked through for one mention, so that a long page stays linear


def name_source(sentence: Sentence, source: Range, proper: Sequence[Range], cast: Cast) -> Named:
    """Who a source phrase names."""
    first, after = source
    spelt = sentence.words[first:after]
    if len(spelt) == 1 and (pronoun := _pronoun(spelt[0])):
        name = cast.pronoun(pronoun)
        return Named(name or sentence.tokens.words[first], person=bool(name))
    full = cast.known(sentence.tokens.words[first]) if len(spelt) == 1 else ""
    return Named(full, person=True) if full else _described(sentence, source, proper, cast)


def _described(sentence: Sentence, source: Range, proper: Sequence[Range], cast: Cast) -> Named:
    first, after = source
    spelt = sentence.words[first:after]
    head = _head_end(sentence, first, after)
    runs = [(max(a, first), min(b, after)) for a, b in proper if a < after and first < b]
    inside = [run for run in runs if run[1] <= head]
    if inside and inside[-1][1] == head:
        return _proper(sentence, inside[-1], source, cast)
    if is_common_outlet(spelt[: head - first]) and cast.outlets:
        return Named(cast.outlets[-1], cast.outlets[-1])
    described = [run for run in runs if run[0] == head + 1 and sentence.words[head] == ","]
    if described:  # "The court's spokesman, Mark Reed,"
        return _proper(sentence, described[0], source, cast)
    role = " ".join(word for word in spelt if word not in _ARTICLES)
    if spelt[0] == "the" and role in cast.roles:
        return Named(cast.roles[role], person=True)
    return Named(plain(sentence, first, head))


def _proper(sentence: Sentence, run: Range, source: Range, cast: Cast) -> Named:
    if outlet := outlet_name(sentence, run):
        full = cast.outlet(outlet)
        return Named(full, full)
    title, name = split_title(sentence.tokens.words[run[0] : run[1]])
    if run[0] > source[0] and sentence.words[run[0] - 1] in {"of", "for", "and", "&"}:
        return Named(plain(sentence, source[0], run[1]))  # "the National Conference of State Legislatures"
    if sentence.words[source[0]] in _ARTICLES and not title and run[0] - source[0] == 1:
        return Named(plain(sentence, *run))  # "the Labor Department"
    return Named(cast.person(name), person=name[-1] not in _people("places") | _people("bodies"))


def _pronoun(word: str) -> str:
    return next((pronoun for pronoun in ("she", "he") if word in words(pronoun)), "")


def split_title(spelt: Words) -> tuple[Words, Words]:
    """A name's titles, and the name: "Israeli Prime Minister Benjamin Netanyahu" has two of each."""
    cut = max((at + 1 for at, word in enumerate(spelt[:-1]) if _is_title(word)), default=0)
    return tuple(word for word in spelt[:cut] if _is_title(word)), spelt[cut:]


def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in _people("titles")


@cache
def _people(kind: str) -> frozenset[str]:
    return frozenset(lexicon.stored("people")[kind])


def _head_end(sentence: Sentence, first: int, after: int) -> int:
    """Where the phrase's first noun group ends: before "of the agency", ", chair of …", "who …"."""
    for at in range(first + 1, after):
        if sentence.words[at] in {",", "(", "—"} or sentence.tags[at] in {"WH", "TO"}:
            return at
        inside_name = sentence.words[at] == "of" and sentence.is_name(at - 1)
        if sentence.tags[at] == "IN" and sentence.words[at] != "of" and not inside_name:
            return at
    return after


def plain(sentence: Sentence, first: int, after: int) -> str:
    """Tokens as written, without their article."""
    if sentence.words[first] in _ARTICLES and after - first > 1:
        first += 1
    tokens = sentence.tokens
    gaps = ("" if tokens.starts[at + 1] == tokens.ends[at] else " " for at in range(first, after - 1))
    return "".join(word + gap for word, gap in zip(tokens.words[first:after], [*gaps, ""], strict=True))

"""Source phrase → name: who is meant by "Netanyahu", "he", "the prime minister" or "the newspaper".

People and outlets are remembered as the article names them; a later, shorter mention takes the nearest fuller
name that fits it.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from backstory.claims.phrases import Sentence

_SHE, _HE = frozenset({"she", "her", "herself"}), frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset(
    {
        "mrs.",
        "ms.",
        "mrs",
        "ms",
        "miss",
        "madam",
        "queen",
        "princess",
        "baroness",
        "congresswoman",
        "spokeswoman",
        "chairwoman",
        "sister",
        "mother",
        "wife",
        "lady",
        "actress",
        "businesswoman",
        "policewoman",
    }
)
_MALE = frozenset(
    {
        "mr.",
        "mr",
        "king",
        "prince",
        "lord",
        "baron",
        "congressman",
        "sir",
        "father",
        "brother",
        "husband",
        "pope",
        "cardinal",
        "spokesman",
        "chairman",
        "businessman",
    }
)


@cache
def _outlets() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(
        resources.files("backstory.data").joinpath("claims/outlets.json").read_text(encoding="utf-8")
    )
    return {
        "names": frozenset(stored["names"]),
        "last_words": frozenset(stored["last_words"]),
        "common": frozenset(stored["common"]),
        "titles": frozenset(stored["titles"]),
        "places": frozenset(stored["places_in_names"]),
    }


@dataclass(slots=True)
class Cast:
    """Who has been named so far, latest last; `roles` maps "prime minister" to who was called that."""

    people: list[tuple[str, ...]] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    speaker: str = ""

    def meet(self, sentence: Sentence) -> None:
        """Remember the people, roles and outlets that a sentence names."""
        for start, end in proper_runs(sentence):
            words = sentence.tokens.words[start:end]
            if outlet := outlet_name(sentence, start, end):
                self.outlets.append(outlet)
                continue
            title, name = _split_title(words)
            if len(name) > 1:
                self.people.append(name)
                if title:
                    self.roles[" ".join(title).lower()] = " ".join(name)

    def person(self, words: tuple[str, ...]) -> str:
        """The fullest name met that these words shorten; the words themselves where there is none."""
        for name in reversed(self.people):
            if len(name) > len(words) and (name[-len(words) :] == words or name[: len(words)] == words):
                return " ".join(name)
        return " ".join(words)

    def outlet(self, name: str) -> str:
        """The fuller outlet that a short name stands for: "The Times" for "The Times of Israel"."""
        bare = name.removeprefix("The ").removeprefix("the ")
        for known in reversed(self.outlets):
            full = known.removeprefix("The ").removeprefix("the ")
            if len(full) > len(bare) and (full.startswith(bare + " ") or full.endswith(" " + bare)):
                return known
        return name

    def pronoun(self, word: str) -> str:
        """Who "he" or "she" most likely is: the last speaker, else the last person named."""
        del word
        return self.speaker or (" ".join(self.people[-1]) if self.people else "")


def proper_runs(sentence: Sentence) -> list[tuple[int, int]]:
    """Runs of capitalised names, with "of" and "the" between them where an outlet or office is named so."""
    runs, at, size = [], 0, len(sentence)
    while at < size:
        if sentence.tags[at] != "NNP":
            at += 1
            continue
        end = at + 1
        while end < size and (
            sentence.tags[end] == "NNP"
            or (
                sentence.words[end] in {"of", "and", "de", "van", "der", "von", "al", "bin", "&"}
                and end + 1 < size
                and sentence.tags[end + 1] == "NNP"
                and (
                    sentence.words[end] not in {"of", "and"}
                    or sentence.tokens.words[end - 1] in _outlets()["last_words"]
                )
            )
        ):
            end += 1
        runs.append((at, end))
        at = end
    return runs


def outlet_name(sentence: Sentence, start: int, end: int) -> str:
    """The outlet named by these tokens, with its article, or nothing."""
    words = sentence.tokens.words[start:end]
    table = _outlets()
    plain = tuple(w for w in words)
    article = ""
    if plain and plain[0].lower() == "the":
        plain = plain[1:]
    elif start and sentence.words[start - 1] == "the":
        article = "The "
    if start < end and sentence.tokens.words[start].lower() == "the":
        article = "The "
    joined = " ".join(plain)
    known = joined in table["names"] or article + joined in table["names"]
    named = len(plain) > 1 and plain[-1] in table["last_words"]
    placed = plain[0:1] and plain[0] in table["last_words"] and plain[1:2] == ("of",)
    short = bool(article) and len(plain) == 1 and plain[0] in table["last_words"] and sentence.tags[start] == "NNP"
    return article + joined if plain and (known or named or placed or short) else ""


def _split_title(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    titles = _outlets()["titles"]
    cut = 0
    while cut < len(words) - 1 and words[cut].rstrip(".").lower() in titles:
        cut += 1
    # "Israeli Prime Minister Benjamin …": the titles may begin after the first word.
    for at in range(1, len(words) - 1):
        if words[at].rstrip(".").lower() in titles:
            cut = max(cut, at + 1)
    return tuple(w for w in words[:cut] if w.rstrip(".").lower() in titles), words[cut:]


@dataclass(frozen=True, slots=True)
class Named:
    """A source's clean name, and the outlet where it is one."""

    name: str
    publisher: str = ""
    person: bool = False


def name_source(sentence: Sentence, source: tuple[int, int], cast: Cast) -> Named:
    """Who a source phrase names."""
    first, after = source
    words = sentence.words[first:after]
    if len(words) == 1 and words[0] in _SHE | _HE:
        name = cast.pronoun(words[0])
        return Named(name or sentence.tokens.words[first], person=bool(name))
    head = _head_end(sentence, first, after)
    runs = [(a, b) for a, b in proper_runs(sentence) if first <= a and b <= after]
    if runs:
        return _name_proper(sentence, runs, head, cast, source)
    if (
        any(word in _outlets()["common"] for word in words[: head - first])
        and cast.outlets
        and words[0] in {"the", "its"}
    ):
        return Named(cast.outlets[-1], cast.outlets[-1])
    role = " ".join(word for word in words if word not in {"the", "a", "an"})
    if role in cast.roles and words[0] == "the":
        return Named(cast.roles[role], person=True)
    return Named(_plain(sentence, first, head))


def _name_proper(
    sentence: Sentence, runs: list[tuple[int, int]], head: int, cast: Cast, source: tuple[int, int]
) -> Named:
    start, end = runs[0]
    if outlet := outlet_name(sentence, start, end):
        full = cast.outlet(outlet)
        return Named(full, full)
    if end < head or (end < source[1] and sentence.words[end : end + 1] in {("'s",), ("’s",)}):
        inside = [run for run in runs if run[1] == head]
        if not inside:
            return Named(_plain(sentence, source[0], head))
        start, end = inside[0]
        if outlet := outlet_name(sentence, start, end):
            full = cast.outlet(outlet)
            return Named(full, full)
    if start >= head:
        later = runs[0]
        if sentence.words[head : head + 1] == (",",):
            start, end = later
        else:
            return Named(_plain(sentence, source[0], head))
    title, name = _split_title(sentence.tokens.words[start:end])
    if title or len(name) > 1 or sentence.tags[source[0]] != "DT":
        return Named(cast.person(name), person=True)
    return Named(_plain(sentence, source[0], head))


def _head_end(sentence: Sentence, first: int, after: int) -> int:
    """Where the phrase's first noun group ends: before "of the agency", ", chair of …", "who …"."""
    for at in range(first + 1, after):
        if sentence.tags[at] in {"IN", "WH", "TO"} and sentence.words[at] != "of":
            return at
        if sentence.words[at] in {",", "(", "—"}:
            return at
    return after


def _plain(sentence: Sentence, first: int, after: int) -> str:
    """The words without their article, as written."""
    if sentence.tags[first] == "DT" and sentence.words[first] in {"the", "a", "an"} and after - first > 1:
        first += 1
    words = sentence.tokens
    return (
        " ".join(
            "".join([words.words[at], "" if at + 1 < after and words.starts[at + 1] == words.ends[at] else " "])
            for at in range(first, after)
        )
        .replace("  ", " ")
        .strip()
    )

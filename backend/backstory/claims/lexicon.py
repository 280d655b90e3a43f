"""The words that attribute, from `data/claims/cues.json`, ready to look up.

Verbs are listed by what may follow them (their frames); the regular forms are made here.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Frames = frozenset[str]
Words = tuple[str, ...]

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue words of English.

    `verbs` maps a form to its frames; `particles` a form to the words that may follow it, longest first, with
    their frame; `nouns` a noun to what may follow it ("that", "to", "of" …).
    """

    verbs: dict[str, Frames]
    bases: dict[str, str]
    particles: dict[str, tuple[tuple[Words, str], ...]]
    nouns: dict[str, Frames]
    adjectives: frozenset[str]
    prepositions: tuple[Words, ...]
    documents: frozenset[str]
    passives: frozenset[str]
    cue_words: frozenset[str]


@cache
def words(name: str) -> frozenset[str]:
    """One of the small sets of words in `data/claims/words.json`."""
    return frozenset(stored("words")[name])


@cache
def stored(name: str) -> dict[str, Any]:
    """One of the room's files of words."""
    read: dict[str, Any] = json.loads(
        resources.files("backstory.data").joinpath(f"claims/{name}.json").read_text(encoding="utf-8")
    )
    return read


@cache
def english() -> Lexicon:
    """The lexicon of English."""
    cues = stored("cues")
    forms = {base: _forms(base, cues) for base in _bases(cues)}
    verbs: dict[str, set[str]] = {}
    for frame, bases in cues["verbs"].items():
        for base in bases:
            for form in forms[base]:
                verbs.setdefault(form, set()).add(frame)
    nouns: dict[str, set[str]] = {}
    for follower, words in cues["nouns"].items():
        for word in words:
            nouns.setdefault(word, set()).add(follower)
    particles = _particles(cues, forms)
    prepositions = tuple(sorted((tuple(phrase.split()) for phrase in cues["prepositions"]), key=len, reverse=True))
    passives = frozenset(form for base in cues["passives"] for form in forms[base][2:] if not form.endswith("ing"))
    return Lexicon(
        verbs={form: frozenset(frames) for form, frames in verbs.items()},
        bases={form: base for base, made in forms.items() for form in made},
        particles=particles,
        nouns={word: frozenset(followers) for word, followers in nouns.items()},
        adjectives=frozenset(cues["adjectives"]),
        prepositions=prepositions,
        documents=frozenset(cues["documents"]),
        passives=passives,
        cue_words=frozenset(
            {*verbs, *particles, *nouns, *cues["adjectives"], *passives, *(phrase[0] for phrase in prepositions)}
        ),
    )


def _bases(cues: dict[str, Any]) -> list[str]:
    listed = {base for bases in cues["verbs"].values() for base in bases}
    return sorted(listed | {phrase.split()[0] for phrase in cues["particles"]} | set(cues["passives"]))


def _particles(cues: dict[str, Any], forms: dict[str, Words]) -> dict[str, tuple[tuple[Words, str], ...]]:
    made: dict[str, list[tuple[Words, str]]] = {}
    for phrase, frame in cues["particles"].items():
        first, *rest = phrase.split()
        for form in forms[first] if rest else ():
            made.setdefault(form, []).append((tuple(rest), frame))
    return {form: tuple(sorted(rests, key=_longest_first)) for form, rests in made.items()}


def _longest_first(entry: tuple[Words, str]) -> int:
    return -len(entry[0])


def _forms(base: str, cues: dict[str, Any]) -> Words:
    """Base, third person, past and participles."""
    if base in cues["irregular"]:
        return (base, *cues["irregular"][base], *_same_past(base, cues["irregular"][base]))
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    if base.endswith("e"):
        return base, base + "s", base + "d", base[:-1] + "ing" if base[-2] not in "eo" else base + "ing"
    stem = base + base[-1] if base in cues["doubled"] else base
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return base, third, stem + "ed", stem + "ing"


def _same_past(base: str, forms: Iterable[str]) -> Words:
    """Verbs such as "read" and "put", whose past is spelt like the base."""
    return () if any(not form.endswith(("s", "ing")) for form in forms) else (base,)

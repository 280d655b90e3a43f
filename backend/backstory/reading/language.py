"""The language of a text, as a BCP 47 tag: by its script, then by its small words."""

import re
from collections import Counter

from backstory.reading.tables import rows

MAX_SAMPLE = 5_000
"""Characters of a text that tell its language; more tell nothing new."""

_MIN_HITS = 3  # small words that have to be met
_SURE_HITS = 12  # from here on the text is believed against its page's label
_SURE_LEAD = 1.5  # how far ahead of the next language it has to be for that

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")

# Scripts that one language is written in, or one most of all: the share of a text's letters that says so.
# Japanese is mostly written in Chinese characters, and Persian in Arabic ones, so they are asked first.
_SCRIPTS = tuple(
    (language, re.compile(f"[{letters}]"), share)
    for language, letters, share in (
        ("ja", "\u3040-\u30ff", 0.2),
        ("ko", "\uac00-\ud7af", 0.3),
        ("zh", "\u4e00-\u9fff", 0.3),
        ("he", "\u0590-\u05ff", 0.3),
        ("fa", "\u067e\u0686\u06af\u06cc", 0.03),
        ("ar", "\u0620-\u064a", 0.3),
        ("th", "\u0e00-\u0e7f", 0.3),
        ("hi", "\u0900-\u097f", 0.3),
        ("bn", "\u0980-\u09ff", 0.3),
        ("ta", "\u0b80-\u0bff", 0.3),
        ("te", "\u0c00-\u0c7f", 0.3),
        ("ka", "\u10a0-\u10ff", 0.3),
        ("hy", "\u0530-\u058f", 0.3),
        ("am", "\u1200-\u137f", 0.3),
    )
)


def tag(stated: str) -> str:
    """A language as pages and callers state it ("en_US", "de, en"), as a tag; empty where it is none."""
    first = stated.replace("_", "-").split(",")[0].split(";")[0].strip()
    return first if _TAG.fullmatch(first) else ""


def detect(text: str) -> str:
    """The language a text is written in; empty where too little of it is known."""
    return _by_script(text[:MAX_SAMPLE]) or _best(text)[0]


def language_of(text: str, stated: str) -> str:
    """What the page states, unless its own words plainly say otherwise: templates are translated last."""
    known = tag(stated)
    found, hits, lead = _best(text)
    found = _by_script(text[:MAX_SAMPLE]) or found
    if not known:
        return found
    is_sure = hits >= _SURE_HITS and lead >= _SURE_LEAD
    return found if is_sure and found != known.partition("-")[0].lower() and found in _SMALL_WORDS else known


def _by_script(sample: str) -> str:
    letters = sum(character.isalpha() for character in sample)
    for language, script, share in _SCRIPTS:
        if letters and len(script.findall(sample)) > share * letters:
            return language
    return ""


def _best(text: str) -> tuple[str, int, float]:
    """The language with most small words, how many were met, and how far it is ahead of the next."""
    words = Counter(_WORD.findall(text[:MAX_SAMPLE].lower()))
    hits = {language: sum(words[word] for word in known) for language, known in _SMALL_WORDS.items()}
    (first, most), (_, next_most) = Counter(hits).most_common(2)
    return (first, most, most / max(1, next_most)) if most >= _MIN_HITS else ("", most, 0.0)


_SMALL_WORDS = {language: frozenset(small) for language, *small in map(str.split, rows("languages"))}

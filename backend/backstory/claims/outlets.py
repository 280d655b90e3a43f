"""Capitalised words → the outlet they name, if they name one."""

from functools import cache

from backstory.claims import lexicon
from backstory.claims.phrases import Sentence
from backstory.claims.subjects import Range

_INSIDE_NAMES = frozenset({"de", "van", "der", "von", "al", "bin", "&"})


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(lexicon.stored("outlets")[kind])


def proper_runs(sentence: Sentence) -> list[Range]:
    """Runs of capitalised names, with "of" and "and" where an outlet is named so ("The Times of Israel")."""
    runs: list[Range] = []
    at = 0
    while at < len(sentence):
        end = at
        while end < len(sentence) and (_is_name(sentence, end) or (end > at and _goes_on(sentence, end))):
            end += 1
        if end > at:
            runs.append((at, end))
        at = max(at + 1, end)
    return runs


def _is_name(sentence: Sentence, at: int) -> bool:
    """Whether a token is part of a name; a sentence may begin with an outlet's ("Reuters wrote")."""
    return sentence.is_name(at) or (at == 0 and sentence.tokens.words[0] in _known("names"))


def _goes_on(sentence: Sentence, at: int) -> bool:
    if at + 1 >= len(sentence) or sentence.tags[at + 1] != "NNP":
        return False
    outlet = sentence.words[at] in {"of", "and"} and sentence.tokens.words[at - 1] in _known("last_words")
    return outlet or sentence.words[at] in _INSIDE_NAMES


def outlet_name(sentence: Sentence, run: Range) -> str:
    """The outlet that a run of names is, with its article, or nothing."""
    start, end = run
    spelt = sentence.tokens.words
    led = spelt[start].lower() == "the"
    plain = spelt[start + 1 : end] if led else spelt[start:end]
    article = "The " if led or (start and sentence.words[start - 1] == "the") else ""
    name = " ".join(plain)
    listed = name in _known("names") or article + name in _known("names")
    return article + name if plain and (listed or _looks_like_one(plain, article)) else ""


def _looks_like_one(plain: tuple[str, ...], article: str) -> bool:
    """As in "Lake Courier", "Times of Malta", "the Post"."""
    last_words = _known("last_words")
    if len(plain) == 1:
        return bool(article) and plain[0] in last_words
    return plain[-1] in last_words or (plain[0] in last_words and plain[1] == "of")


def is_common_outlet(words: tuple[str, ...]) -> bool:
    """Whether words such as "the newspaper" mean an outlet named before."""
    return words[:1] in {("the",), ("its",)} and not _known("common").isdisjoint(words)

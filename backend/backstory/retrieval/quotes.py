"""The same words, said here and there."""

from backstory.model import Passage
from backstory.retrieval.wording import spelled

RUN = 5  # words in a row that two people hardly say by chance


def shared_words(quote: tuple[str, ...], passage: Passage) -> str:
    """The longest run of a quotation's words that a passage has too, as printed there; nothing below RUN words."""
    spoken = spelled(passage.text, passage.language)
    start, length = longest_run(quote, tuple(stem for stem, _ in spoken))
    return passage.text[spoken[start][1].start : spoken[start + length - 1][1].end] if length else ""


def longest_run(quote: tuple[str, ...], spoken: tuple[str, ...]) -> tuple[int, int]:
    """Where the longest run of at least RUN words that both have begins in what is spoken, and its length, or 0."""
    places = {quote[place : place + RUN]: place for place in range(len(quote) - RUN + 1)}
    best = (0, 0)
    place = 0
    while place <= len(spoken) - RUN:
        found = places.get(spoken[place : place + RUN])
        if found is None:
            place += 1
            continue
        length = _agreeing(quote[found:], spoken[place : place + len(quote)])
        best = max(best, (place, length), key=lambda run: run[1])
        place += length
    return best


def _agreeing(here: tuple[str, ...], there: tuple[str, ...]) -> int:
    """How many words agree from the first on."""
    length = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        length += 1
    return length

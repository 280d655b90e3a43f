"""Lines that belong to a page and not to its article: sharing, printing, credits, "read more"."""

import re

from backstory.reading.stamps import written_stamps
from backstory.reading.tables import sections, words

MAX_LINE = 250
"""Characters of the longest line that can be furniture by what it says; a longer one is taken at its word."""

_MAX_WORDS = 9  # of a line made of buttons: "Share on Facebook, Twitter and WhatsApp or by email"
_MAX_CREDIT = 15  # words of "Photo: …": longer ones tell what is to be seen

_MAX_BYLINE = 14  # words of "By Ann Example and Ben Example in Lindau, 7 May 2024, 10:30"

_BULLET = " \t•·*‣▪◦●–—-→›»>|"
_BRACKETS = {"[": "]", "(": ")"}
_WORD = re.compile(r"[\w’'-]+|[&+|@]")


def is_furniture(line: str) -> bool:
    """Whether a line is the page's and not the article's."""
    plain = line.strip(_BULLET)
    if not plain or len(plain) > MAX_LINE:
        return not plain
    bracketed = _BRACKETS.get(plain[0]) == plain[-1]
    plain = (plain[1:-1] if bracketed else plain).strip().lower()
    said = _WORD.findall(plain)
    return _is_buttons(said) or plain.startswith(_OPENINGS) or _is_credit(plain, said, bracketed=bracketed)


def is_byline(line: str) -> bool:
    """Whether a line says who wrote an article, or when, and nothing else."""
    plain = line.strip(_BULLET).lower()
    said = _WORD.findall(plain)
    is_short = 0 < len(said) <= _MAX_BYLINE and not plain.endswith((".", "!", "?"))
    return is_short and (said[0] in _BYLINE or any(written_stamps(plain)))


def _is_buttons(said: list[str]) -> bool:
    return (
        0 < len(said) <= _MAX_WORDS
        and any(word in _STRONG for word in said)
        and all(word in _STRONG or word in _WEAK or word.isdigit() for word in said)
    )


def _is_credit(plain: str, said: list[str], *, bracketed: bool) -> bool:
    if not said or len(said) > _MAX_CREDIT or said[0] not in _CREDIT:
        return False
    rest = plain[len(said[0]) :].lstrip(" .")
    return rest.startswith((":", "/", "©", "by ", "credit", "courtesy", "via ", "von ")) or (bracketed and not rest)


_WORDS = words("lines")
_STRONG, _WEAK, _CREDIT, _BYLINE = (frozenset(_WORDS[name]) for name in ("strong", "weak", "credit", "byline"))
_OPENINGS = tuple(
    opening.strip() for line in sections("lines")["opening"] for opening in line.split("|") if opening.strip()
)

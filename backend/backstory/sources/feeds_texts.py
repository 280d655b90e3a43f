"""Texts in feeds: the words without their markup, and whether they are the article or only its beginning."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from backstory.reading.characters import normalised

FULL_TEXT = 1_500
"""Characters of a text from which on it is the article itself; what is shorter is taken for a summary."""

MAX_LINE = 1_000
"""Characters of a title or a name."""

# Elements that occur in titles; other words in angle brackets are words.
_IN_TITLES = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|div|em|font|h[1-6]|i|img|mark|nobr|p|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_FOOTER = 1_500  # characters of markup at the end of a text in which its last paragraph is looked for
_FOOTER_WORDS = 300  # characters of a paragraph that only says where a text comes from
_LINK_ENDS = ('"', "'", "?", "#")
_ENDING = 80  # characters in which a text says that it goes on elsewhere
_READ_ON = (
    "continue reading",
    "read more",
    "read the full story",
    "read the full article",
    "read the rest",
    "weiterlesen",
    "mehr lesen",
    "lire la suite",
    "leer más",
    "seguir leyendo",
    "continua a leggere",
    "leia mais",
    "lees verder",
    "läs mer",
    "les mer",
    "læs mere",
    "czytaj dalej",
    "читать далее",
)
# An ellipsis, or one of those words where a sentence would begin.
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\[\+\d{1,6} chars\]|"
    rf"(?:^|[.!?…”\"»)\]])\s{{0,3}}(?:{'|'.join(_READ_ON)})[^.!?]{{0,60}})\W{{0,6}}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A text that a feed carries: HTML, or plain."""

    text: str
    is_html: bool = True


def line(markup: str) -> str:
    """A title or a name, written as HTML, as one line: tags dropped, entities resolved once."""
    return plain_line(unescape(_IN_TITLES.sub("", markup[: MAX_LINE * 4])))


def plain_line(text: str) -> str:
    """A title or a name, written as plain text, as one line."""
    return fit(normalised(text[: MAX_LINE * 4]))[:MAX_LINE]


def plain(words: Words) -> str:
    """The words that a reader would see, without paragraphs."""
    return normalised(unescape(_TAG.sub(" ", words.text)) if words.is_html else words.text)


def fit(text: str) -> str:
    """A text without what cannot be kept: half a surrogate pair reads as U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def full_text(texts: Iterable[Words]) -> Words | None:
    """The longest of the texts where it is an article: long enough, and not broken off with a word to read on."""
    measured = [(len(told), told, words) for words in texts if (told := plain(words))]
    length, told, words = max(measured, key=lambda entry: entry[0], default=(0, "", Words("")))
    return words if length >= FULL_TEXT and not _CUT.search(told[-_ENDING:]) else None


def without_footer(markup: str, links: Iterable[str]) -> str:
    """An article's HTML without the last paragraph where that leads back to the article itself.

    "The post … appeared first on …", as WordPress ends the items of its feeds, in whichever language.
    """
    start = markup.rfind("<p", max(0, len(markup) - _FOOTER))
    last = markup[start:] if start > 0 else ""
    leads_back = any(f"{link.partition('?')[0]}{end}" in last for link in links if link for end in _LINK_ENDS)
    return markup[:start].rstrip() if leads_back and len(plain(Words(last))) <= _FOOTER_WORDS else markup

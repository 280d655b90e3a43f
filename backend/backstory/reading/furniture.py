"""What belongs to the page and not to the article: names of elements, and lines of text."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from backstory.reading.tables import words
from backstory.reading.tree import Attributes

Standing = Literal["", "body", "seldom", "never"]
"""What an element's names say: nothing, the article's body, furniture unless most of the page, furniture."""

UNREAD = frozenset(words("tags")["unread"])
"""Elements that a reader never sees as text, or sees as a control."""

_TAGS: dict[str, Standing] = {"nav": "never", "footer": "never", "aside": "seldom", "header": "seldom", "menu": "never"}
_ROLES: dict[str, Standing] = {
    "navigation": "never",
    "contentinfo": "never",
    "search": "never",
    "menu": "never",
    "menubar": "never",
    "toolbar": "never",
    "tablist": "never",
    "dialog": "never",
    "alertdialog": "never",
    "banner": "seldom",
    "complementary": "seldom",
}

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ORDER: tuple[Standing, ...] = ("never", "body", "seldom")
_MAX_NAME = 80  # characters of the longest name looked at
# Say what the page is about or how it is laid out, not what the element is.
_MODIFIERS = ("category-", "tag-", "has-", "with-", "without-", "no-", "is-", "js-", "layout-", "elementor")
# Holds the page or the article, whatever its names say ("post tag-politics has-sidebar").
_TRUSTED = frozenset(("html", "body", "main", "article"))
_PAGES = frozenset(("html", "body"))


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Whether a reader does not see the element at all. Pages that hide themselves until a script runs are seen."""
    return tag not in _PAGES and (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and _HIDING.search(attributes["style"]) is not None)
    )


def standing(tag: str, attributes: Attributes) -> Standing:
    """What an element is, by its tag, its role and its names."""
    if not attributes:
        return _TAGS.get(tag, "")
    if attributes.get("itemprop") == "articleBody":
        return "body"
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    if tag in _TRUSTED:
        return "body" if named(names) == "body" else ""
    return _TAGS.get(tag) or _ROLES.get(attributes.get("role", "")) or named(names)


def named(names: str) -> Standing:
    """What classes and ids say, in any spelling: `postMeta`, `post_meta`, `post-meta`."""
    found = {_name_says(name) for name in names.split()}
    return next((says for says in _ORDER if says in found), "")


@lru_cache(maxsize=8192)
def _name_says(name: str) -> Standing:
    if len(name) > _MAX_NAME:
        return ""
    plain = _CAMEL.sub("-", name).replace("_", "-").lower()
    if plain.startswith(_MODIFIERS):
        return ""
    plain = plain.partition("--")[0].partition("-with-")[0].partition("-has-")[0]
    parts = plain.split("-")
    groups = {"-".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, min(i + 4, len(parts) + 1))}
    for says in _ORDER:
        names = _NAMES[says]
        if f"={plain}" in names.words or groups & names.words or any(part.startswith(names.stems) for part in parts):
            return says
    return ""


@dataclass(frozen=True, slots=True)
class _Names:
    """A section of `names.txt`: whole words (with `=`: whole names), and stems."""

    words: frozenset[str]
    stems: tuple[str, ...]


def _section(found: tuple[str, ...]) -> _Names:
    stems = tuple(word.removesuffix("*") for word in found if word.endswith("*"))
    return _Names(frozenset(word for word in found if not word.endswith("*")), stems)


_NAMES = {says: _section(found) for says, found in words("names").items()}

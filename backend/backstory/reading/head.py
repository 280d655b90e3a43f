"""The page's head: what it says about itself, gathered once for all that ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from backstory.reading.characters import normalised
from backstory.reading.factcheck import claim_review
from backstory.reading.structured import Node, main_node, nodes, types, value
from backstory.reading.tables import words
from backstory.reading.tree import Element, attribute

MAX_METAS = 500
"""Meta elements that are read; a news page has some dozens."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about itself: its article in JSON-LD, its meta elements by name, its title and language.

    `review` is the fact-check that the page is, empty where it is none.
    """

    url: str
    node: Node
    review: Node
    metas: dict[str, list[str]]
    title: str
    language: str

    def meta(self, *names: str) -> str:
        """The first of these meta elements that says something."""
        return next(self.metas_of(*names), "")

    def metas_of(self, *names: str) -> Iterator[str]:
        """All that these meta elements say, in the order of the names."""
        return (content for name in names for content in self.metas.get(name, ()))

    def said(self, *keys: str) -> str:
        """The first of these keys of the JSON-LD that holds a text."""
        return value(self.node, *keys)

    @property
    def stated_language(self) -> str:
        """The language that the page says it is in."""
        return self.language or self.meta(*words("metas")["language"]) or self.said("inLanguage")

    @property
    def types(self) -> set[str]:
        """The article's types in the JSON-LD, in lower case."""
        return types(self.node)


def head_of(root: Element, url: str) -> Head:
    """Read the head once."""
    metas: dict[str, list[str]] = {}
    for count, element in enumerate(root.iter("meta")):
        if count >= MAX_METAS:
            break
        content = normalised(attribute(element, "content"))
        for name in ("property", "name", "itemprop", "http-equiv"):
            key = attribute(element, name).lower()
            if key and content:
                metas.setdefault(key, []).append(content)
    title = next(root.iter("title"), None)
    found = nodes(root)
    node = main_node(found, url)
    return Head(
        url=url,
        node=node,
        review=claim_review(found, node, url),
        metas=metas,
        title=normalised(((title.text or "") if title is not None else "")[:1000]),
        language=attribute(root, "lang") or attribute(root, "xml:lang"),
    )

"""A page to its article: the one way in."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from backstory.errors import NoArticleError
from backstory.model import Article, Block, Page, Span
from backstory.reading.body import body_of
from backstory.reading.factcheck import rating_of
from backstory.reading.head import Head, head_of
from backstory.reading.language import detect, language_of, tag
from backstory.reading.layout import Layout, Piece, layout_of
from backstory.reading.links import links_of
from backstory.reading.metadata import authors_of, headline_of, is_free, kind_of, publisher_of
from backstory.reading.prose import MAX_TOLD
from backstory.reading.published import modified_of, published_of, published_of_text
from backstory.reading.structured import strings
from backstory.reading.text import read_text
from backstory.reading.tree import Element, parse

BETWEEN = "\n\n"
"""What stands between two blocks in the text of an article that was HTML."""


def read(page: Page) -> Article:
    """Keep what the page reports and drop what surrounds it.

    The article's `published` is always told: by the caller, by the page, or at last by `page.read_at`.
    Raises NoArticleError for a page that reports nothing.
    """
    return _from_text(page) if page.text else _from_html(page)


def _from_text(page: Page) -> Article:
    plain = read_text(page.text)
    if not plain.blocks:
        raise NoArticleError(f"the text of {page.url} is blank; send some words")
    language = tag(page.language) or detect(page.text)
    paragraphs = (span.of(page.text) for span in plain.paragraphs)
    return Article(
        url=page.url,
        text=page.text,
        blocks=plain.blocks,
        headline=plain.headline,
        language=language,
        published=page.published or published_of_text(paragraphs, page.url, language, page.read_at),
    )


def _from_html(page: Page) -> Article:
    root = parse(page.html)
    head = head_of(root, page.url)
    layout, body = _body(root, head)
    if not body:
        raise NoArticleError(f"no block of running text was found on {page.url}")
    text = BETWEEN.join(piece.text for piece in body)
    return Article(
        url=page.url,
        text=text,
        blocks=tuple(_blocks(body)),
        headline=headline_of(head, layout, body),
        publisher=publisher_of(head),
        authors=authors_of(head, root),
        language=tag(page.language) or language_of(text, head.stated_language),
        published=page.published or published_of(head, root, layout, body, page.read_at),
        modified=modified_of(head),
        page_kind=kind_of(head),
        accessible_for_free=is_free(head),
        rating="" if kind_of(head) == "list" else rating_of(head.review),
        links=links_of(root, page.url, list(zip(_starts(body), body, strict=False))),
    )


def _body(root: Element, head: Head) -> tuple[Layout, list[Piece]]:
    """The article's pieces. Pages that need a script to show have them hidden, or in their JSON-LD alone."""
    told = next(iter(strings(head.node.get("articleBody"), limit=MAX_TOLD)), "")
    is_live = kind_of(head) == "live"
    for strict in (True, False):
        layout = layout_of(root, strict=strict)
        body = body_of(layout, headline=headline_of(head, layout, ()), told=told, is_live=is_live)
        if body:
            return layout, body
    return layout, [Piece(told, 0, "paragraph", "p", "")] if told else []


def _blocks(body: Sequence[Piece]) -> list[Block]:
    """Each piece where it stands in the text that they make together."""
    return [
        Block(Span(start, start + len(piece.text)), piece.kind, piece.number)
        for start, piece in zip(_starts(body), body, strict=False)
    ]


def _starts(body: Sequence[Piece]) -> Iterator[int]:
    return accumulate((len(piece.text) + len(BETWEEN) for piece in body), initial=0)

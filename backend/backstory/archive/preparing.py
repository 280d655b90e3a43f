"""Article → what an engine keeps of it: cleaned, cut into passages and spelled in words, the same in every engine."""

import json
import operator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from backstory.errors import ArticleError
from backstory.model import Article, Passage, Publication
from backstory.retrieval.passages import split
from backstory.retrieval.terms import fold, words

MAX_URL = 8192  # characters; what servers and browsers take
MAX_PUBLISHER = 256  # characters of a folded name that filters compare; an engine's term may not be endless

_encoded = json.JSONEncoder(ensure_ascii=False).encode

# NUL and halves of surrogate pairs: no UTF-8 text and no SQLite function can hold them.
_UNKEEPABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article ready to be kept; two that are alike in every field have the same digest."""

    article: Article
    published: Publication
    digest: bytes
    passages: tuple[Passage, ...]


def prepare(article: Article) -> Prepared:
    """Make an article ready to be kept.

    Raises ValueError where it has no day of publication, ArticleError where its address is too long to be one.
    """
    if len(article.url) > MAX_URL:
        raise ArticleError(f"an address of {len(article.url)} characters; at most {MAX_URL} are kept")
    published = article.published
    if published is None:
        raise ValueError(f"an article needs its day of publication: {article.url}")
    article = _cleaned(article)
    return Prepared(article=article, published=published, digest=_digest(article), passages=split(article))


def body_words(passage: Passage) -> tuple[str, ...]:
    """The words that a passage is found by."""
    return words(passage.text, passage.language)


def headline_words(passage: Passage, body: tuple[str, ...]) -> tuple[str, ...]:
    """The words of its headline that a passage is found by.

    Only an article's first passage has them: were they every passage's, one article would crowd out the others. And
    only a real headline: one that is merely how the text begins would count the same words twice.
    """
    start = passage.headline.rstrip("….")
    repeats = passage.text.startswith(start) and not passage.text[len(start) : len(start) + 1].isalnum()
    if passage.ordinal or repeats:
        return ()
    found = words(passage.headline, passage.language)
    return () if found == body[: len(found)] else found


@lru_cache(maxsize=4096)  # asked for every passage, of few outlets
def publisher_key(publisher: str) -> str:
    """A publisher's name as filters compare it."""
    return fold(clean(publisher))[:MAX_PUBLISHER]


def clean(text: str) -> str:
    """The text with U+FFFD for every character that cannot be kept: positions stay."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_UNKEEPABLE)
    return text.replace("\0", "\ufffd")


def _cleaned(article: Article) -> Article:
    texts = (
        article.url, article.text, article.headline, article.publisher, *article.authors, article.language,
        article.rating, *(link.url for link in article.links),
    )  # fmt: skip
    if all(map(operator.is_, map(clean, texts), texts)):
        return article
    return replace(
        article,
        url=clean(article.url),
        text=clean(article.text),
        headline=clean(article.headline),
        publisher=clean(article.publisher),
        authors=tuple(map(clean, article.authors)),
        language=clean(article.language),
        links=tuple(replace(link, url=clean(link.url)) for link in article.links),
        rating=clean(article.rating),
    )


def _digest(article: Article) -> bytes:
    fields: list[object] = [
        article.url, article.headline, article.publisher, article.authors, article.language, article.text,
        [(block.span.start, block.span.end, block.kind, block.number) for block in article.blocks],
        _dated(article.published), _dated(article.modified), article.page_kind, article.accessible_for_free,
    ]  # fmt: skip
    # Only where there are any: what was kept before they were must stay unchanged.
    if article.links or article.rating:
        fields += [[(link.span.start, link.span.end, link.url) for link in article.links], article.rating]
    return sha256(_encoded(fields).encode()).digest()


def _dated(published: Publication | None) -> list[str]:
    return [] if published is None else [str(published.day), str(published.at), published.found]

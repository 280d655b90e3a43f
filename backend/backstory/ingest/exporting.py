"""An archived article to the line of an import that gives the same article."""

import json

from backstory.ingest.details import details_of
from backstory.ingest.offers import paragraphs
from backstory.model import Article


def exported(article: Article) -> bytes:
    """An article as a line of an import, its newline included."""
    said = {
        "url": article.url,
        "title": article.headline,
        "text": article.text,
        "publisher": article.publisher,
        "language": article.language,
        "author": article.authors,
        "rating": article.rating,
    }
    filled = {name: value for name, value in said.items() if value} | details_of(article, paragraphs(article.text))
    return json.dumps(filled, ensure_ascii=False).encode("utf-8", "replace") + b"\n"

"""The article that Backstory began with, as text and in a page of ours; it lies beside the checkout, never in it."""

import json
import re
from html import escape
from pathlib import Path

PUBLISHED = "2016-04-21"
SEED = Path(__file__).parents[2] / "shared" / "seeds" / "000_1e4f68154769c707.txt"
_TEMPLATE = Path(__file__).parent / "pages" / "seed_template.html"
_FURNITURE = re.compile(r"^\s*•|^\[Photo:")


def seed_text() -> str:
    """The article with the furniture of its page, as it lies there; ask for the `shared` fixture first."""
    return SEED.read_text(encoding="utf-8")


def seed_paragraphs() -> list[str]:
    """Its paragraphs, the headline first, without the furniture."""
    return [part.strip() for part in seed_text().split("\n\n") if not _FURNITURE.match(part)]


def seed_html(*, numbered: bool = False) -> str:
    """The same words in a page of ours; `numbered` as the extension numbers its blocks, the headline being 1."""
    headline, *paragraphs = seed_paragraphs()
    blocks = "\n".join(
        f'<p data-block="{number}">{escape(text)}</p>' if numbered else f"<p>{escape(text)}</p>"
        for number, text in enumerate(paragraphs, start=2)
    )
    fields = {
        "headline_json": json.dumps(headline),
        "headline": escape(headline),
        "published": PUBLISHED,
        "blocks": blocks,
    }
    page = _TEMPLATE.read_text(encoding="utf-8")
    for name, value in fields.items():
        page = page.replace(f"{{{name}}}", value)
    return page

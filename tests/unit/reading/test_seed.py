"""The article that Backstory began with reads the same as text and inside a page."""

from pathlib import Path

import pytest

from backstory.model import Article
from backstory.reading import read
from factories import make_page
from seed import seed_html, seed_paragraphs, seed_text

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


def test_the_words_are_the_same_as_text_and_as_html() -> None:
    as_text = read(make_page(text=seed_text()))
    as_html = read(make_page(html=seed_html()))

    assert paragraphs(as_text) == paragraphs(as_html) == [" ".join(part.split()) for part in seed_paragraphs()[1:]]


def test_furniture_and_headline_lie_in_no_block() -> None:
    article = read(make_page(text=seed_text()))

    blocks = " ".join(paragraphs(article))
    for furniture in ("Print Friendly", "Send to Kindle", "Photo: Kremlin", article.headline):
        assert furniture in article.text
        assert furniture not in blocks
    assert article.text == seed_text()
    assert article.headline == seed_paragraphs()[0]


def test_the_page_tells_its_day_and_outlet() -> None:
    article = read(make_page(html=seed_html()))

    assert article.published is not None
    assert (str(article.published.day), article.published.found) == ("2016-04-21", "json-ld")
    assert (article.publisher, article.authors, article.language) == (
        "The Morning Ledger",
        ("Rosa Lindqvist",),
        "en-US",
    )
    assert article.headline == seed_paragraphs()[0]


def test_a_snapshot_with_numbers_is_the_same_article() -> None:
    plain = read(make_page(html=seed_html()))
    numbered = read(make_page(html=seed_html(numbered=True)))

    assert numbered.text == plain.text
    assert [block.number for block in numbered.blocks] == [str(number) for number in range(2, 14)]


def paragraphs(article: Article) -> list[str]:
    return [" ".join(block.span.of(article.text).split()) for block in article.blocks]


def test_the_seed_is_where_the_fixture_says(shared: Path) -> None:
    assert any((shared / "seeds").glob("*.txt"))

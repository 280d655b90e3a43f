"""Saved pages, written by us: one difficulty each, said in `why.txt`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backstory.errors import NoArticleError
from backstory.model import Article, Publication
from backstory.reading import read
from factories import make_page

PAGES = Path(__file__).parents[2] / "pages"
CASES = sorted(folder for folder in PAGES.iterdir() if folder.is_dir())


def _day(publication: Publication | None) -> str:
    assert publication is not None
    return publication.day.isoformat()


def _instant(publication: Publication | None) -> str:
    assert publication is not None
    assert publication.at is not None
    return publication.at.isoformat()


# What `expected.json` may say, and how an article says it.
SAYS: dict[str, Callable[[Article], Any]] = {
    "headline": lambda article: article.headline,
    "publisher": lambda article: article.publisher,
    "authors": lambda article: list(article.authors),
    "language": lambda article: article.language,
    "page_kind": lambda article: article.page_kind,
    "accessible_for_free": lambda article: article.accessible_for_free,
    "published": lambda article: [_day(article.published), article.published and article.published.found],
    "at": lambda article: _instant(article.published),
    "modified": lambda article: _day(article.modified),
    "blocks": lambda article: [[block.kind, block.span.of(article.text)] for block in article.blocks],
    "numbers": lambda article: [block.number for block in article.blocks],
}


def _read(folder: Path, expected: dict[str, Any]) -> Article:
    url = expected.get("url", "https://example.org/page")
    return read(make_page(url=url, html=(folder / "page.html").read_text(encoding="utf-8")))


def _expected(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    if "same_as" in said:
        said = _expected(PAGES / said.pop("same_as")) | said
    return said


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_saved_page_reads_as_expected(folder: Path) -> None:
    expected = _expected(folder)
    if expected.get("error") == "NoArticleError":
        with pytest.raises(NoArticleError):
            _read(folder, expected)
        return

    article = _read(folder, expected)

    assert {key: SAYS[key](article) for key in expected if key in SAYS} == {
        key: value for key, value in expected.items() if key in SAYS
    }
    assert article.text == "\n\n".join(block.span.of(article.text) for block in article.blocks)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_saved_page_says_why_it_is_there(folder: Path) -> None:
    assert (folder / "why.txt").read_text(encoding="utf-8").strip()
    assert set(_expected(folder)) <= {*SAYS, "url", "error"}

import json
import re
from datetime import UTC, date, datetime

import pytest

from backstory.errors import ArticleError, NoArticleError, PageError
from backstory.ingest.record import to_article
from backstory.model import Article, Page, Publication
from factories import make_article, make_publication

PIER = "https://example.org/pier"


def line(**fields: object) -> bytes:
    said = {"url": PIER, "text": "The pier was closed.", "published": "2024-05-07", **fields}
    return json.dumps({name: value for name, value in said.items() if value is not ...}).encode()


def read(page: Page) -> Article:
    """A reading room of one kind: a page says what stands between its only tags."""
    text = page.html.removeprefix("<p>").removesuffix("</p>")
    if not text:
        raise NoArticleError("nothing to read on this page")
    return make_article(text, url=page.url, headline="From the page", publisher="Page Post", language=page.language)


def test_a_line_says_all_that_is_known_of_an_article() -> None:
    article = to_article(
        line(
            title=" Pier shut ",
            text="The pier was closed.\n \nIt opens in June.\n",
            published="2024-05-07T23:30:00-05:00",
            publisher="The Lake Courier",
            language="en-GB",
            author=["A. Ott", "B. Ems"],
        ),
        read,
    )

    assert [block.span.of(article.text) for block in article.blocks] == ["The pier was closed.", "It opens in June."]
    assert (article.headline, article.publisher, article.language) == ("Pier shut", "The Lake Courier", "en-GB")
    assert article.authors == ("A. Ott", "B. Ems")
    assert article.published == Publication(date(2024, 5, 7), datetime(2024, 5, 8, 4, 30, tzinfo=UTC))


@pytest.mark.parametrize("absent", [..., None])
def test_only_address_day_and_text_are_needed(absent: object) -> None:
    article = to_article(line(title=absent, html=absent, publisher=absent, language=absent, author=absent), read)

    assert (article.headline, article.publisher, article.authors, article.language) == ("", "", (), "")


def test_html_goes_through_the_reading_room_and_the_line_wins_over_the_page() -> None:
    article = to_article(line(text=..., html="<p>The pier was closed.</p>", publisher="Line Post", language="de"), read)

    assert (article.text, article.headline, article.publisher) == ("The pier was closed.", "From the page", "Line Post")
    assert article.language == "de"
    assert article.published == make_publication("2024-05-07")


def test_a_time_without_a_zone_tells_the_day_alone() -> None:
    assert to_article(line(published="2024-05-07T09:30:00"), read).published == make_publication("2024-05-07")


@pytest.mark.parametrize("author", ["A. Ott", ["A. Ott"], [" A. Ott ", ""]])
def test_an_author_is_a_name_or_several(author: object) -> None:
    assert to_article(line(author=author), read).authors == ("A. Ott",)


@pytest.mark.parametrize(
    ("chunk", "reason"),
    [
        pytest.param(b"{", "not JSON: .* at column 2; each line must be one object", id="not JSON"),
        pytest.param(b"[]", "not an object; each line must be one", id="not an object"),
        pytest.param(b"\xff{}", "not UTF-8 at byte 1", id="not UTF-8"),
        pytest.param(b"[" * 1_900, "too deep", id="too deep"),
        pytest.param(b'{"n": 1' + b"0" * 9_000 + b"}", "a number too long", id="a giant number"),
        pytest.param(line(url=...), "url is missing: the address", id="no address"),
        pytest.param(line(url="ftp://example.org/a"), 'http or https address, not "ftp:', id="another scheme"),
        pytest.param(line(url="pier"), "http or https address", id="no scheme"),
        pytest.param(line(url="https:///pier"), "http or https address", id="no host"),
        pytest.param(line(url="http://[::1/pier"), "http or https address", id="a broken host"),
        pytest.param(line(url="https://example.org/a b"), "without spaces", id="a space in the address"),
        pytest.param(line(url=7), "http or https address, not 7", id="a number for an address"),
        pytest.param(line(published=...), "published is missing.* as 2016-04-21", id="no day"),
        pytest.param(line(published="7 May 2024"), "must be a date, as 2016-04-21.*7 May", id="a day in words"),
        pytest.param(line(published="2024-13-07"), "must be a date", id="no such month"),
        pytest.param(line(published="2024-05-07T25:00:00Z"), "must be a date", id="no such hour"),
        pytest.param(line(published=20240507), "must be a date", id="a number for a day"),
        pytest.param(line(text=...), "neither text nor html", id="nothing to read"),
        pytest.param(line(text=" \n "), "neither text nor html", id="blank text"),
        pytest.param(line(text=["a"]), r'text must be text, not \["a"\]', id="a list for a text"),
        pytest.param(line(title=7), "title must be text, not 7", id="a number for a title"),
        pytest.param(line(author=[7]), "author must be a name or a list of names", id="a number for an author"),
        pytest.param(
            line(text=..., html="<p></p>"),
            "nothing to read on this page",
            id="a page without an article",
        ),
    ],
)
def test_a_line_that_means_nothing_is_refused_with_what_would_be_right(chunk: bytes, reason: str) -> None:
    with pytest.raises((ArticleError, PageError)) as refusal:
        to_article(chunk, read)

    assert re.search(reason, str(refusal.value))


def test_a_long_value_is_quoted_in_part() -> None:
    with pytest.raises(ArticleError) as refusal:
        to_article(line(published="x" * 1_000), read)

    assert len(str(refusal.value)) < 250

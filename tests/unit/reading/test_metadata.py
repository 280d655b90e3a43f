"""What a page says about itself."""

import pytest

from backstory.model import Article
from backstory.reading import read
from factories import make_page

P = "<p>The harbour of Lindau was closed on Monday after a ferry struck the eastern pier.</p>" * 2


def article(html: str, url: str = "https://courier.example/a") -> Article:
    return read(make_page(html=html + P, url=url))


def json_ld(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{fields}}}</script>'


@pytest.mark.parametrize(
    ("html", "headline"),
    [
        pytest.param(json_ld('"headline":"Ferry strikes pier"'), "Ferry strikes pier", id="JSON-LD"),
        pytest.param('<meta property="og:title" content="Ferry strikes pier">', "Ferry strikes pier", id="meta"),
        pytest.param(
            "<h1>Ferry strikes pier</h1><title>Ferry strikes pier: all you need to know</title>",
            "Ferry strikes pier",
            id="heading",
        ),
        pytest.param("<title>Ferry strikes pier | Courier</title>", "Ferry strikes pier", id="title without the host"),
        pytest.param(
            '<title>Ferry strikes pier - The Post</title><meta property="og:site_name" content="The Post">',
            "Ferry strikes pier",
            id="title without the site",
        ),
        pytest.param(
            "<title>Ferry strikes pier - nobody hurt</title>",
            "Ferry strikes pier - nobody hurt",
            id="a dash of its own",
        ),
        pytest.param(
            "<h1>Post</h1><title>Ferry strikes pier - Post</title><meta name=application-name content=Post>",
            "Ferry strikes pier",
            id="a heading that is the site",
        ),
        pytest.param("", "", id="none"),
    ],
)
def test_the_headline_is_what_readers_see(html: str, headline: str) -> None:
    assert article(html).headline == headline


@pytest.mark.parametrize(
    ("html", "publisher"),
    [
        (json_ld('"publisher":{"@type":"Organization","name":"The Lake Courier"}'), "The Lake Courier"),
        (json_ld('"publisher":[{"name":"The Lake Courier"},{"name":"Other"}]'), "The Lake Courier"),
        (
            json_ld('"publisher":"https://courier.example/"') + '<meta property="og:site_name" content="Courier">',
            "Courier",
        ),
        ('<meta name="application-name" content="Courier">', "Courier"),
        ("", ""),
    ],
)
def test_the_outlet_is_named(html: str, publisher: str) -> None:
    assert article(html).publisher == publisher


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        (
            json_ld('"author":[{"name":"Ann Example"},{"name":"Ben Example"},{"name":"Ann Example"}]'),
            ("Ann Example", "Ben Example"),
        ),
        (json_ld('"author":"By Ann Example"'), ("Ann Example",)),
        (json_ld('"author":{"name":["Ann Example"]}'), ("Ann Example",)),
        ('<meta name="author" content="Ann Example; Ben Example">', ("Ann Example", "Ben Example")),
        ('<meta property="article:author" content="https://courier.example/ann">', ()),
        ('<a rel="author" href="/ann">Ann Example</a>', ("Ann Example",)),
        ("", ()),
    ],
)
def test_authors_are_names(html: str, authors: tuple[str, ...]) -> None:
    assert article(html).authors == authors


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (json_ld('"headline":"x"'), "article"),
        ('<script type="application/ld+json">{"@type":"OpinionNewsArticle"}</script>', "article"),
        ('<script type="application/ld+json">{"@type":["LiveBlogPosting","NewsArticle"]}</script>', "live"),
        ('<script type="application/ld+json">{"@type":"VideoObject"}</script>', "video"),
        ('<script type="application/ld+json">{"@type":"CollectionPage"}</script>', "list"),
        ('<script type="application/ld+json">[{"@type":"VideoObject"},{"@type":"NewsArticle"}]</script>', "article"),
        ('<meta property="og:type" content="article">', "article"),
        ("", None),
    ],
)
def test_the_page_says_its_kind(html: str, kind: str | None) -> None:
    assert article(html).page_kind == kind


@pytest.mark.parametrize(
    ("said", "free"),
    [
        ("true", True),
        ("false", False),
        ('"False"', False),
        ('"http://schema.org/True"', True),
        ('"perhaps"', None),
        ("null", None),
    ],
)
def test_the_page_says_whether_it_is_free(said: str, free: bool | None) -> None:  # noqa: FBT001 - the expected value
    assert article(json_ld(f'"isAccessibleForFree":{said}')).accessible_for_free is free


def test_the_node_that_names_the_page_is_its_article() -> None:
    other = '{"@type":"NewsArticle","url":"https://courier.example/b","headline":"Another"}'
    own = '{"@type":"NewsArticle","mainEntityOfPage":{"@id":"https://courier.example/a/"},"headline":"This one"}'
    assert article(f'<script type="application/ld+json">[{other},{own}]</script>').headline == "This one"


def test_what_other_things_are_called_is_not_taken() -> None:
    node = (
        '{"@type":"NewsArticle","mentions":{"@type":"NewsArticle","headline":"Another"},"publisher":{"name":"Courier"}}'
    )
    found = article(f'<script type="application/ld+json">{node}</script>')
    assert (found.headline, found.publisher) == ("", "Courier")


def test_json_ld_that_is_no_json_is_picked_over() -> None:
    script = '{"@type": "NewsArticle", "headline": "Ferry strikes pier", "author": Ann, "datePublished": "2024-04-24"}'
    found = article(f'<script type="application/ld+json">{script}</script>')
    assert found.headline == "Ferry strikes pier"
    assert found.published is not None
    assert found.published.found == "json-ld"


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang='en-GB'>", "en-GB"),
        ("<meta property='og:locale' content='en_US'>", "en-US"),
        (json_ld('"inLanguage":"en"'), "en"),
        ("", "en"),
    ],
)
def test_the_language_is_stated_or_detected(html: str, language: str) -> None:
    assert article(html).language == language


def test_the_caller_states_the_language() -> None:
    assert read(make_page(html=f"<html lang=en>{P}", language="en-AU")).language == "en-AU"

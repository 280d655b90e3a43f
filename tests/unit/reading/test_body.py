"""Which pieces are the article."""

import pytest

from backstory.reading.body import body_of
from backstory.reading.layout import layout_of
from backstory.reading.tree import parse

ONE = "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier."
TWO = "Nobody was hurt, the port authority said, but the pier will stay shut until June."
OTHER = "A paper mill that shut in 2012 will open again in the spring, its new owners said."
BODY = f"<p>{ONE}</p><p>{TWO}</p>"


def body(html: str, headline: str = "", told: str = "") -> list[str]:
    return [piece.text for piece in body_of(layout_of(parse(html)), headline=headline, told=told)]


@pytest.mark.parametrize(
    "furniture",
    [
        pytest.param(f"<nav><p>{OTHER}</p></nav>", id="nav"),
        pytest.param(f"<footer><p>{OTHER}</p></footer>", id="footer"),
        pytest.param(f"<aside><p>{OTHER}</p></aside>", id="aside"),
        pytest.param(f"<div role=complementary>{OTHER}</div>", id="role"),
        pytest.param(f"<div class='cookieBanner'>{OTHER}</div>", id="cookie notice"),
        pytest.param(f"<div class='post_meta'>{OTHER}</div>", id="class in any spelling"),
        pytest.param(f"<div id=related-stories>{OTHER}</div>", id="related rail"),
        pytest.param(f"<p class=byline>{OTHER}</p>", id="byline"),
        pytest.param(f"<div hidden>{OTHER}</div>", id="hidden"),
        pytest.param(
            "<p><a href=x>Paper mill to open again in the spring, say its new owners</a></p>", id="a link alone"
        ),
        pytest.param(
            "<ul><li><a href=x>Mill opens</a></li><li><a href=y>Bridge shuts</a></li></ul>", id="list of links"
        ),
        pytest.param(f"<div><h3><a href=x>Mill to open</a></h3><p>{OTHER}</p></div>", id="teaser"),
        pytest.param("<p>Sign up for our newsletter, and never miss a story about the lake.</p>", id="newsletter line"),
        pytest.param("<figure><figcaption>The pier on Monday.</figcaption></figure>", id="caption"),
        pytest.param("<p>Ann Example</p>", id="a name at the edge"),
        pytest.param(f"<p>{ONE}</p>", id="repetition"),
        pytest.param("<h2>More</h2>", id="heading with nothing under it"),
    ],
)
def test_furniture_is_dropped(furniture: str) -> None:
    assert body(f"<main>{BODY}{furniture}</main>") == [ONE, TWO]


@pytest.mark.parametrize(
    "names",
    [
        "content right-sidebar",
        "post tag-politics category-comments",
        "layout--sidebar",
        "page-with-sidebar",
        "sidebar",
        "related",
    ],
)
def test_a_name_does_not_cost_a_page_its_article(names: str) -> None:
    assert body(f"<div class='{names}'>{BODY}</div>") == [ONE, TWO]


def test_what_stands_among_prose_stays() -> None:
    html = f"<p>{ONE}</p><h2>Third collision</h2><ul><li>Ferries</li></ul><p>{TWO}</p>"
    assert body(html) == [ONE, "Third collision", "Ferries", TWO]


def test_the_headline_is_not_part_of_the_text() -> None:
    assert body(f"<div><p>Ferry strikes pier!</p>{BODY}</div>", headline="Ferry Strikes Pier") == [ONE, TWO]


def test_the_publishers_own_copy_tells_where_the_article_ends() -> None:
    html = f"<div>{BODY}<p>{OTHER}</p></div>"
    assert body(html, told=f"{ONE} {TWO}") == [ONE, TWO]
    assert body(html, told="Something else was said here, and it has nothing to do with the page.") == [ONE, TWO, OTHER]


def test_a_copy_that_is_cut_short_is_not_followed() -> None:
    assert body(f"<div>{BODY}<p>{OTHER}</p></div>", told=ONE[:40]) == [ONE, TWO, OTHER]


def test_short_sentences_at_the_edges_stay() -> None:
    html = f"<div><p>It rained all day.</p>{BODY}<p>Then it stopped.</p></div>"
    assert body(html) == ["It rained all day.", ONE, TWO, "Then it stopped."]


@pytest.mark.parametrize(
    "html", ["<p>It rained.</p>", "<p>Hello world</p>", "Some words without any element", "<h1>Only this</h1><p>x</p>"]
)
def test_a_page_of_few_words_is_an_article_all_the_same(html: str) -> None:
    assert body(html)

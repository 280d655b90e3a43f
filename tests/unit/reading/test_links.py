"""The links of an article: their words, and the whole addresses behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.reading import read
from backstory.reading.layout import Anchor, layout_of
from backstory.reading.links import MAX_LINKS
from backstory.reading.tree import parse
from factories import make_page

PARAGRAPH = "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier of the town."
PAGE = "https://paper.example/news/harbour"


def links(html: str, *, url: str = PAGE, head: str = "") -> list[tuple[str, str]]:
    """The words and the address of each link in an article whose last paragraph is `html`."""
    page = make_page(url=url, html=f"<html><head>{head}</head><article><p>{PARAGRAPH}</p>{html}</article></html>")
    article = read(page)
    return [(link.span.of(article.text), link.url) for link in article.links]


def test_a_link_is_its_words_and_the_whole_address() -> None:
    assert links(
        '<p>It opened in October,\n <b> the </b> <a href="../2015/opening?page=2#top">  <i>port</i>\n authority</a> '
        'said, and <a href="https://other.example/">others</a> agreed that day.</p>'
    ) == [("port authority", "https://paper.example/2015/opening?page=2"), ("others", "https://other.example/")]


def test_the_words_stand_where_the_spans_say_in_every_paragraph() -> None:
    paragraph = '<p>Nobody was hurt,  said <a href="/a/{0}">the<br>port authority {0}</a>, but the pier stays shut.</p>'

    found = links("".join(paragraph.format(number) for number in range(20)))

    assert found == [(f"the\nport authority {n}", f"https://paper.example/a/{n}") for n in range(20)]


def test_addresses_follow_the_base_of_the_page() -> None:
    html = '<p>Nobody was hurt, the <a href="story">port authority</a> said, but the pier will stay shut.</p>'

    assert links(html, head='<base href="/archive/2016/">') == [
        ("port authority", "https://paper.example/archive/2016/story")
    ]
    assert links(html, head='<base href="javascript:0">') == [("port authority", "https://paper.example/news/story")]


@pytest.mark.parametrize(
    "href",
    [
        "#foot", "", "mailto:a@paper.example", "javascript:alert(1)", "https://", "http://[::1", "ftp://other.example/",
        PAGE, "http://www.paper.example/news/harbour/?utm_source=self#top", "/x" * 2_000, "data:text/html,x",
    ],
)  # fmt: skip
def test_what_leads_to_no_other_page_is_no_link(href: str) -> None:
    assert links(f'<p>Nobody was hurt, the <a href="{href}">port authority</a> said, but it will stay shut.</p>') == []


def test_links_outside_the_body_are_not_the_articles() -> None:
    assert (
        links('<nav><a href="/home">Home</a></nav><p><a href="/next">Read the next story about the lake</a></p>') == []
    )


def test_a_link_around_blocks_stands_in_each_of_them() -> None:
    layout = layout_of(parse('<div>Read: <a href="/a">one<p>two <b>three</b></p></a> four <a>five</a></div>'))

    assert [(piece.text, piece.anchors) for piece in layout.pieces] == [
        ("Read: one", (Anchor(5, 8, "/a"),)),
        ("two three", (Anchor(0, 8, "/a"),)),
        ("four five", ()),
    ]


def test_no_more_links_are_kept_than_the_limit() -> None:
    words = " ".join(f'and then <a href="/{n}">pier {n}</a> was closed,' for n in range(MAX_LINKS + 50))

    assert len(links(f"<p>{PARAGRAPH} {words} they said.</p>")) == MAX_LINKS


def test_plain_text_has_no_links() -> None:
    assert read(make_page(text=f"{PARAGRAPH}\n\nSee https://other.example/ for more of it.")).links == ()


@given(st.lists(st.tuples(st.text(" \n\t\u00a0ab\u00e9\u200b", max_size=9), st.booleans()), min_size=1, max_size=30))
def test_however_white_space_falls_the_words_are_the_links_own(parts: list[tuple[str, bool]]) -> None:
    inside = "".join(f'<a href="/{place}">{text}</a>' if linked else text for place, (text, linked) in enumerate(parts))
    seen = {
        f"https://paper.example/{place}": "".join(text.replace("\u200b", "").split())
        for place, (text, linked) in enumerate(parts)
        if linked and text.replace("\u200b", "").split()
    }

    found = {url: "".join(words.split()) for words, url in links(f"<p>{PARAGRAPH} {inside} {PARAGRAPH} again.</p>")}

    assert found == seen

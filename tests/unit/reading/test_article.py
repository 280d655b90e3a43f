"""A page to its article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import NoArticleError
from backstory.reading import read
from factories import make_page

ONE = "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier."
TWO = "Nobody was hurt, the port authority said, but the pier will stay shut until June."


def test_the_text_is_the_blocks_with_a_blank_line_between_two() -> None:
    article = read(make_page(html=f"<h1>Ferry strikes pier</h1><p>{ONE}</p><p>{TWO}</p>"))
    assert article.text == f"{ONE}\n\n{TWO}"
    assert [block.span.of(article.text) for block in article.blocks] == [ONE, TWO]


def test_positions_count_code_points() -> None:
    article = read(make_page(html=f"<p>😀 {ONE}</p><p>{TWO}</p>"))
    assert article.blocks[1].span.start == len("😀 ") + len(ONE) + 2


@pytest.mark.parametrize("html", ["<html></html>", "<p> </p>", "<!-- x -->", "<script>let x = 1;</script>", " ", "\0"])
def test_a_page_without_words_is_refused(html: str) -> None:
    with pytest.raises(NoArticleError):
        read(make_page(html=html))


def test_a_page_that_hides_its_article_until_a_script_runs_is_read() -> None:
    assert read(make_page(html=f"<body style='visibility:hidden'><p>{ONE}</p></body>")).text == ONE
    assert read(make_page(html=f"<div style='display:none'><p>{ONE}</p></div>")).text == ONE


def test_a_page_whose_words_are_in_its_json_ld_alone_is_read() -> None:
    script = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{ONE}"}}</script>'
    article = read(make_page(html=f"<body><div id=app></div>{script}</body>"))
    assert [block.span.of(article.text) for block in article.blocks] == [ONE]


@given(st.text(alphabet=st.sampled_from("<>/=\"'& apdivrlt!-[]\0\n😀é"), min_size=1))
def test_any_html_is_an_article_or_refused(html: str) -> None:
    try:
        article = read(make_page(html=html))
    except NoArticleError:
        return
    assert article.blocks
    assert article.published is not None
    assert article.text == "\n\n".join(block.span.of(article.text) for block in article.blocks)

from hypothesis import given
from hypothesis import strategies as st

from backstory.annotation.selectors import block_number, quote, select
from backstory.model import Article, Block, Span


def make_article(text: str, *blocks: Block) -> Article:
    return Article(url="https://a.example/x", text=text, blocks=blocks)


@given(st.text(min_size=1, max_size=200), st.data())
def test_a_quote_can_be_put_back_where_it_was_taken(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))

    found = quote(text, span)

    around = found["prefix"] + found["exact"] + found["suffix"]
    assert text[span.start - len(found["prefix"]) :].startswith(around)


def test_positions_count_code_points():
    article = make_article("😀 Rain fell.")

    [_, position] = select(article, Span(2, 6))

    assert position == {"type": "TextPositionSelector", "start": 2, "end": 6}
    assert Span(2, 6).of(article.text) == "Rain"


def test_what_stands_in_a_numbered_block_says_so():
    article = make_article("Rain.\n\nSnow.", Block(Span(0, 5), number="3"), Block(Span(7, 12), number="9"))

    assert block_number(article, Span(7, 11)) == "9"


def test_what_stands_in_no_numbered_block_says_nothing():
    assert block_number(make_article("Rain.", Block(Span(0, 5))), Span(0, 4)) == ""

"""Plain text is read where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import NoArticleError
from backstory.reading import read
from backstory.reading.characters import normalised
from factories import make_page

LONG = "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier."


def blocks(text: str) -> list[str]:
    article = read(make_page(text=text))
    return [block.span.of(article.text) for block in article.blocks]


@pytest.mark.parametrize(
    "text", ["Hello", "No full stop", "It rained.", "Share", "[Photo: Port]", "• Print", "42", "x\u200b"]
)
def test_any_text_that_is_not_blank_is_one_block(text: str) -> None:
    assert len(blocks(text)) == 1


@pytest.mark.parametrize("text", [" ", "\n\n", "\u200b", "\ufeff\n"])
def test_a_blank_text_is_no_article(text: str) -> None:
    with pytest.raises(NoArticleError):
        read(make_page(text=text))


def test_furniture_lines_lie_in_no_block() -> None:
    assert blocks(f"• Share\n  • Print this page\n\n{LONG}\n\nRead more: The pier of Bregenz\n\n[Photo: Port]") == [
        LONG
    ]


def test_furniture_parts_a_paragraph() -> None:
    assert blocks(f"{LONG}\nAdvertisement\n{LONG}") == [LONG, LONG]


def test_the_first_short_line_is_the_headline() -> None:
    article = read(make_page(text=f"Ferry strikes pier\n\nBy Ann Example\n\n{LONG}"))
    assert article.headline == "Ferry strikes pier"
    assert [block.span.of(article.text) for block in article.blocks] == [LONG]


@pytest.mark.parametrize("first", ["It was a ferry.", "“Stop!” he cried.", "Was it a ferry?"])
def test_a_sentence_is_no_headline(first: str) -> None:
    assert blocks(f"{first}\n\n{LONG}") == [first, LONG]


def test_a_headline_needs_something_longer_under_it() -> None:
    assert blocks("Ferry strikes pier\n\nNobody hurt") == ["Ferry strikes pier", "Nobody hurt"]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "The harbour of Lindau was closed\non Monday after a ferry struck\nthe eastern pier."
    assert blocks(wrapped) == [wrapped]


def test_lines_that_end_like_sentences_are_paragraphs() -> None:
    assert blocks(f"{LONG}\n{LONG}\n{LONG}") == [LONG] * 3


def test_a_list_keeps_its_words_and_loses_its_bullets() -> None:
    article = read(make_page(text=f"{LONG}\n\n• Ferries leave from the west\n• Tickets stay valid"))
    assert [(block.kind, block.span.of(article.text)) for block in article.blocks[1:]] == [
        ("list", "Ferries leave from the west"),
        ("list", "Tickets stay valid"),
    ]


@given(st.text(min_size=1))
def test_the_text_is_never_changed_and_blocks_are_in_order(text: str) -> None:
    if not normalised(text):
        return
    article = read(make_page(text=text))
    assert article.text == text
    assert article.blocks
    ends = 0
    for block in article.blocks:
        assert block.span.start >= ends
        assert block.span.of(text).strip()
        ends = block.span.end

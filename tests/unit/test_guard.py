"""The guard of `conftest.py` itself."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_article


def test_an_unmarked_test_cannot_open_a_connection() -> None:
    with socket.socket() as one, pytest.raises(pytest.fail.Exception, match="mark it `network`"):
        one.connect(("127.0.0.1", 9))


@pytest.mark.network
def test_a_marked_test_can_listen() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))


@given(st.lists(st.text(min_size=1), min_size=1))
def test_the_blocks_of_a_made_article_are_its_paragraphs(paragraphs: list[str]) -> None:
    article = make_article(*paragraphs)
    assert [block.span.of(article.text) for block in article.blocks] == paragraphs

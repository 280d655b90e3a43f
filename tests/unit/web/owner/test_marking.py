import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.retrieval.terms import words
from backstory.web.owner.marking import marked


@pytest.mark.parametrize(
    ("q", "text", "expected"),
    [
        pytest.param("withdraw", "Russia withdraws; a withdrawal.", ["withdraws", "withdrawal"], id="every form"),
        pytest.param("5000", "Some 5,000 ships, 15,000 men", ["5,000"], id="a number however it is written"),
        pytest.param("putin", "“Putin’s” order", ["Putin’s"], id="within quotation marks"),
        pytest.param("un", "The U.N. said", ["U.N"], id="letters with points"),
        pytest.param("cafe", "Le Café", ["Café"], id="accents"),
        pytest.param("東京", "昨日東京都で", ["東京"], id="a script without spaces"),
        pytest.param("東京都", "昨日東京都で", ["東京都"], id="pairs that overlap are one"),
        pytest.param("", "Nothing asked", [], id="no words"),
    ],
)
def test_words_are_marked_as_the_archive_knows_them(q, text, expected):
    assert [one.words for one in marked(text, words(q)) if one.is_marked] == expected


@given(st.text(max_size=300), st.lists(st.text(max_size=6), max_size=5))
def test_nothing_is_lost_or_added(text, asked):
    stretches = marked(text, words(" ".join(asked)))

    assert "".join(one.words for one in stretches) == text
    assert all(one.words for one in stretches)

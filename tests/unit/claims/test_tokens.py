import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.claims.tokens import lower, tokenise
from backstory.model import Span


def words(text: str) -> tuple[str, ...]:
    return tokenise(text, Span(0, len(text))).words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Putin's visit", ("Putin", "'s", "visit"), id="a possessive stands alone"),
        pytest.param("didn’t go", ("did", "n’t", "go"), id="so does a negation"),
        pytest.param("the U.S. Senate", ("the", "U.S.", "Senate"), id="initials are one word"),
        pytest.param("a two-and-a-half hour talk", ("a", "two-and-a-half", "hour", "talk"), id="hyphens join"),
        pytest.param("the 60-vote rule", ("the", "60-vote", "rule"), id="a number and a word"),
        pytest.param("1,200 at 2.5%", ("1,200", "at", "2.5%"), id="numbers keep their marks"),
        pytest.param("Gov. Lund left.", ("Gov.", "Lund", "left", "."), id="a title keeps its stop"),
        pytest.param("O'Brien, of example.org", ("O'Brien", ",", "of", "example.org"), id="names with marks inside"),
    ],
)
def test_words_are_cut_as_a_reader_cuts_them(text, expected):
    assert words(text) == expected


def test_lexicons_spell_words_small_and_with_straight_apostrophes():
    assert lower(("Did", "N’T")) == ("did", "n't")


@given(st.text(min_size=1, max_size=300))
def test_tokens_stand_where_they_say_and_lose_nothing_but_white_space(text):
    tokens = tokenise(text, Span(0, len(text)))

    assert all(
        text[start:end] == word for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True)
    )
    assert "".join(tokens.words) == "".join(text.split())


def test_a_word_of_a_million_letters_is_cut_in_linear_time():
    assert len(words("a" * 1_000_000)) == 1

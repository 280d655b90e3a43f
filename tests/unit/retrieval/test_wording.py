import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.retrieval.wording import read_words, spelled


def names(text: str) -> list[str]:
    return [word.text for word in read_words(text, "en") if word.is_name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The mayor met Ada Lund.", ["Ada", "Lund"], id="capitals inside a sentence"),
        pytest.param("Ferries collided. Harbours closed.", [], id="not the first word of a sentence"),
        pytest.param("Ada Lund resigned.", ["Ada", "Lund"], id="but where another capital follows"),
        pytest.param("Lund resigned. So did the friends of Lund.", ["Lund", "Lund"], id="or where it is known"),
    ],
)
def test_names_are_told_by_their_capitals(text: str, expected: list[str]):
    assert names(text) == expected


def test_words_that_tell_nothing_are_left_out():
    assert [word.text for word in read_words("It was the harbour of the town.", "en")] == ["harbour", "town"]


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str):
    assert all(text[word.start : word.end] == word.text for word in read_words(text, "en"))
    assert all(span.end <= len(text) for _, span in spelled(text, "en"))

import pytest

from backstory.claims import supported


@pytest.mark.parametrize(
    ("language", "known"), [("en", True), ("en-GB", True), ("", True), ("de", False), ("eng", False)]
)
def test_english_in_any_spelling_is_read_in_full(language, known):
    assert supported(language) is known

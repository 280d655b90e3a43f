from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.annotation.deeplink import deep_link


def test_a_short_passage_is_named_whole():
    assert deep_link("https://a.example/x", "Rain fell.") == "https://a.example/x#:~:text=Rain%20fell."


def test_a_long_passage_is_named_by_its_two_ends():
    passage = " ".join(f"word{n}" for n in range(60))

    link = deep_link("https://a.example/x", passage)

    assert link.endswith(":~:text=word0%20word1%20word2%20word3%20word4,word55%20word56%20word57%20word58%20word59")


def test_a_passage_over_two_paragraphs_is_named_by_its_two_ends():
    link = deep_link("https://a.example/x", "One two three four five six.\n\nSeven eight nine ten eleven twelve.")

    assert link.count(",") == 1


def test_the_fragment_of_an_address_is_kept():
    assert deep_link("https://a.example/x#part", "Rain.") == "https://a.example/x#part:~:text=Rain."


def test_an_empty_passage_links_to_the_article():
    assert deep_link("https://a.example/x", "  ") == "https://a.example/x"


@pytest.mark.parametrize("sign", ["-", ",", "&"])
def test_signs_that_are_syntax_are_encoded(sign):
    [_, directive] = deep_link("https://a.example/", f"a{sign}b").split(":~:text=")

    assert sign not in directive
    assert unquote(directive) == f"a{sign}b"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_a_link_is_always_plain_ascii_without_spaces(passage):
    link = deep_link("https://a.example/x", passage)

    assert link.isascii()
    assert not any(character.isspace() for character in link)

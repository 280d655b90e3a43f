"""Addresses as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.addresses import address_key, host_of, is_under


@pytest.mark.parametrize(
    "spelled",
    [
        "https://paper.example/story",
        "http://www.Paper.example:80/story/",
        "https://paper.example/story#top",
        "https://paper.example/story/?utm_source=mail&fbclid=1#foot",
    ],
)
def test_one_page_has_one_address_however_it_is_spelt(spelled: str) -> None:
    assert address_key(spelled) == "paper.example/story"


@pytest.mark.parametrize(
    "other",
    [
        "https://paper.example/story?page=2",
        "https://paper.example/Story",
        "https://news.paper.example/story",
        "https://paper.example/",
    ],
)
def test_other_pages_have_others(other: str) -> None:
    assert address_key(other) != address_key("https://paper.example/story")


def test_what_is_no_address_is_compared_as_it_stands() -> None:
    for nonsense in ("", "story", "http://[::1", "mailto:a@paper.example", "\ud800"):
        assert address_key(nonsense) == nonsense
        assert host_of(nonsense) == ""


@given(st.text(max_size=60), st.sampled_from(["https://paper.example/", "http://", "//", ""]))
def test_a_key_is_told_of_anything_at_all(rest: str, start: str) -> None:
    assert isinstance(address_key(start + rest), str)


def test_a_domain_has_its_hosts_and_no_others() -> None:
    assert is_under("news.paper.example", "paper.example")
    assert is_under("paper.example", "paper.example")
    assert not is_under("wallpaper.example", "paper.example")
    assert not is_under("paper.example", "news.paper.example")

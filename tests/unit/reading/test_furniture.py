"""What the names of elements say."""

import pytest

from backstory.reading.furniture import is_hidden, named, standing


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("article-body", "body"),
        ("articleBody", "body"),
        ("c-article_body__text", "body"),
        ("comments", "never"),
        ("wc-comments-list", "never"),
        ("newsletterSignup", "never"),
        ("related-posts", "seldom"),
        ("date", "seldom"),
        ("right-sidebar", "seldom"),
        ("updated-entry", ""),
        ("shareholders-meeting", ""),
        ("port-authority", ""),
        ("header-image", ""),
        ("commentary", ""),
        ("category-comments", ""),
        ("has-sidebar", ""),
        ("page--sidebar", ""),
        ("candidates", ""),
        ("x" * 500, ""),
        ("", ""),
    ],
)
def test_names_say_what_stands_in_an_element(names: str, says: str) -> None:
    assert named(names) == says


@pytest.mark.parametrize(
    ("tag", "attributes", "says"),
    [
        ("nav", {}, "never"),
        ("div", {}, ""),
        ("div", {"role": "search"}, "never"),
        ("div", {"itemprop": "articleBody", "class": "sidebar"}, "body"),
        ("body", {"class": "sidebar"}, ""),
        ("main", {"id": "comments"}, ""),
        ("section", {"id": "comments"}, "never"),
    ],
)
def test_tag_and_role_are_asked_before_names(tag: str, attributes: dict[str, str], says: str) -> None:
    assert standing(tag, attributes) == says


def test_a_page_is_never_hidden() -> None:
    hiding = {"style": "visibility : hidden"}
    assert is_hidden("div", hiding)
    assert not is_hidden("body", hiding)

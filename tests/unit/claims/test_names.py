import pytest

from backstory.claims import find_attributions
from backstory.claims.names import split_title
from backstory.claims.outlets import outlet_name, proper_runs
from backstory.claims.speech import read_speech
from factories import make_article


def names(*paragraphs: str) -> list[str]:
    return [attribution.name for attribution in find_attributions(make_article(*paragraphs))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Lake Courier wrote it.", ["The Lake Courier"]),
        ("It stood in the Times of Malta.", ["The Times of Malta"]),
        ("Reuters wrote it.", ["Reuters"]),
        ("Lena Brandt wrote it.", []),
    ],
)
def test_outlets_are_known_by_list_or_by_their_last_word(text, expected):
    [sentence] = read_speech(make_article(text))[0]

    assert [name for run in proper_runs(sentence) if (name := outlet_name(sentence, run))] == expected


def test_titles_are_not_part_of_a_name():
    assert split_title(("Israeli", "Prime", "Minister", "Lena", "Brandt")) == (
        ("Prime", "Minister"),
        ("Lena", "Brandt"),
    )


def test_a_country_is_not_who_he_is():
    assert names("Ivo Marek arrived. Russia said the talks failed. He said they would go on.")[-1] == "Ivo Marek"


def test_a_title_tells_he_from_she():
    assert names("Mr. Ivo Marek met Mrs. Dana Pohl. He said it was late. She said it was early.") == [
        "Ivo Marek",
        "Dana Pohl",
    ]


def test_an_outlet_named_later_does_not_take_an_earlier_short_name():
    article = make_article("The Times said so. The Times of Malta came later.")

    assert [attribution.publisher for attribution in find_attributions(article)] == []
    article = make_article("The Times said the ship was lost. The Times of Malta came later.")

    assert [attribution.publisher for attribution in find_attributions(article)] == ["The Times"]

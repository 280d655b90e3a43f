"""Numbers in words."""

import pytest

from backstory.dates.amounts import amount
from backstory.dates.language import load


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two", 2),
        ("twenty - two", 22),
        ("one hundred and five", 105),
        ("three thousand two hundred", 3200),
        ("two and a half", 2.5),
        ("a dozen", 12),
        ("two dozen", 24),
        ("1,914", 1914),
        ("3.5", 3.5),
        ("31st", 31),
        ("twenty - first", 21),
        ("nineteen eighty - four", 1984),
        ("several", "X"),
        ("a few hundred", "X"),
    ],
)
def test_words_say_a_number(words, number):
    assert amount(words.split(), load("en").lexicon) == number


def test_german_words_say_a_number():
    assert amount(["zweiundzwanzig"], load("de").lexicon) == 22
    assert amount(["anderthalb"], load("de").lexicon) == 1.5

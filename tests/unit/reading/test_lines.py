"""Lines that belong to the page."""

import pytest

from backstory.reading.lines import MAX_LINE, is_byline, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Print Friendly, PDF & Email",
        "• Send to Kindle",
        "[Photo: Kremlin]",
        "(Foto: dpa)",
        "Share on Facebook",
        "Tweet this",
        "0 comments",
        "ADVERTISEMENT",
        "Share this article via WhatsApp or email",
        "Read more: What the harvest cost the valley",
        "Sign up for our newsletter and never miss a story.",
        "Lesen Sie auch: Hafenmeister geht",
        "À lire aussi : le port ferme",
        "Photo by Ann Example",
        "© 2024 The Lake Courier",
        "Artikel drucken",
        "— — —",
    ],
)
def test_furniture_is_known_by_what_it_says(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.",
        "Print runs were cut by half last year.",
        "Photographs of the pier were shown in court.",
        "Facebook said on Tuesday that it would appeal.",
        "The newsletter was first printed in 1921.",
        "Read the letter aloud, the judge said.",
        "Related companies will have to publish their accounts.",
        "Sources close to the mayor denied it.",
        "Video games are the town's largest export.",
        "By Monday the water had gone.",
        "He did not comment.",
        "(The mayor was not there.)",
        "",
    ],
)
def test_sentences_are_not_furniture(line: str) -> None:
    assert not is_furniture(line) or not line


def test_a_long_line_is_taken_at_its_word() -> None:
    assert not is_furniture("Read more: " + "word " * MAX_LINE)


@pytest.mark.parametrize("line", ["By Ann Example", "Von Ines Vogt, Lindau", "24 April 2024, 10:30"])
def test_a_byline_says_who_or_when(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", ["By Monday the water had gone.", "Third collision in a year"])
def test_other_lines_are_no_byline(line: str) -> None:
    assert not is_byline(line)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.claims.sentences import sentences, split_text
from factories import make_article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It cost $5 bn. last year.", ["It cost $5 bn. last year."], id="an abbreviation goes on"),
        pytest.param("Lund vs. Brod is set.", ["Lund vs. Brod is set."], id="versus"),
        pytest.param("See No. 5 there.", ["See No. 5 there."], id="a number sign"),
        pytest.param("Did he? No. He left.", ["Did he?", "No.", "He left."], id="no as an answer"),
        pytest.param('"Is it over?" she asked.', ['"Is it over?" she asked.'], id="a question and its cue"),
        pytest.param("“Stop!” Ann Lee shouted.", ["“Stop!” Ann Lee shouted."], id="a shout and a name"),
        pytest.param("“Stop.” She left.", ["“Stop.”", "She left."], id="a quotation of its own"),
        pytest.param("„Halt.“ Er ging.", ["„Halt.“", "Er ging."], id="a high mark that closes"),
        pytest.param("One line\nAnother line", ["One line\nAnother line"], id="a line break alone ends nothing"),
        pytest.param(
            "They signed it in New York. On Wednesday The Courier counted again.",
            ["They signed it in New York.", "On Wednesday The Courier counted again."],
            id="a name that looks short",
        ),
        pytest.param(
            "It had opened last month. Vessels came at once.",
            ["It had opened last month.", "Vessels came at once."],
            id="a short word",
        ),
        pytest.param(
            "He came back to the U.S. The U.S. Navy did not.",
            ["He came back to the U.S.", "The U.S. Navy did not."],
            id="a country's letters at an end and inside",
        ),
        pytest.param(
            "George W. Bush met Gen. Lopez of Acme Corp. Ltd. today.",
            ["George W. Bush met Gen. Lopez of Acme Corp. Ltd. today."],
            id="initials, ranks and firms",
        ),
    ],
)
def test_sentences_end_where_a_reader_would_say(text, expected):
    assert [span.of(text) for span in split_text(text)] == expected


def test_in_german_a_day_is_no_end():
    text = "Am 3. Mai kam er. Dann ging er."

    assert [span.of(text) for span in split_text(text, ordinals=True)] == ["Am 3. Mai kam er.", "Dann ging er."]


def test_no_sentence_runs_over_the_border_of_a_block():
    article = make_article("The ferry struck", "the pier at noon.")

    assert [(span.of(article.text), block) for span, block in sentences(article)] == [
        ("The ferry struck", 0),
        ("the pier at noon.", 1),
    ]


@given(st.text(max_size=200))
def test_sentences_cover_all_that_is_not_white_space(text):
    kept = "".join(span.of(text) for span in split_text(text))

    assert "".join(kept.split()) == "".join(text.split())

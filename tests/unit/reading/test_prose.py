"""How much running text a piece holds."""

import pytest

from backstory.reading.layout import Piece
from backstory.reading.prose import MAX_TOLD, coverage, folded, is_sentence, prose

SENTENCE = "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier."


def piece(text: str, *, linked: int = 0, tag: str = "p") -> Piece:
    return Piece(text, linked, "heading" if tag == "h2" else "paragraph", tag, "")


def test_prose_counts_characters_outside_links() -> None:
    assert prose(piece(SENTENCE)) == len(SENTENCE)
    assert prose(piece(SENTENCE, linked=10)) == len(SENTENCE) - 10


@pytest.mark.parametrize(
    "other",
    [piece("Home"), piece("word " * 30), piece(SENTENCE, linked=60), piece(SENTENCE, tag="h2"), piece("It rained.")],
)
def test_labels_links_and_headings_are_no_prose(other: Piece) -> None:
    assert prose(other) == 0


def test_dense_writing_says_more_with_fewer_characters() -> None:
    text = "渡轮撞上码头后，港口于周一关闭，没有人受伤，码头将关闭到六月。"
    assert prose(piece(text)) == 2 * len(text)


def test_a_short_sentence_may_stand_at_an_edge() -> None:
    assert is_sentence(piece("It rained all day."))
    assert not is_sentence(piece("It rained all day.", linked=2))
    assert not is_sentence(piece("Lindau."))


def test_coverage_is_the_share_of_shared_shingles() -> None:
    assert coverage([SENTENCE, "Something else was said, and by others.", ""], SENTENCE.upper()) == [1.0, 0.0, 0.0]
    assert coverage([SENTENCE], "x " * MAX_TOLD + SENTENCE) == [0.0]


def test_folded_texts_differ_in_their_words_alone() -> None:
    assert folded("“Ferry  strikes PIER!”") == folded("Ferry strikes pier")

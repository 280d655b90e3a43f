import pytest

from backstory.claims.quotes import continued, find_quotations
from factories import make_article


def quoted(*paragraphs: str) -> list[str]:
    article = make_article(*paragraphs)
    return [quotation.span.of(article.text) for quotation in find_quotations(article.text, article.blocks)]


@pytest.mark.parametrize(
    "marked",
    ["“Go home.”", '"Go home."', "«Go home.»", "»Go home.«", "„Go home.“", "„Go home.”", "‘Go home,’", "‹Go home.›"],
)
def test_every_style_of_marks_is_read(marked):
    assert quoted(f"He said {marked} and left.") == [marked]


def test_an_apostrophe_closes_nothing():
    assert quoted("‘It’s the boys’ turn now,’ she said.") == ["‘It’s the boys’ turn now,’"]


def test_an_apostrophe_opens_nothing():
    assert quoted("The dogs' owner didn't see the '90s end.") == []


def test_a_quotation_in_a_quotation_is_part_of_it():
    assert quoted("“He said ‘never’ to me,” she said.") == ["“He said ‘never’ to me,”"]


def test_a_paragraph_left_open_goes_on_in_the_next():
    article = make_article("He said: “We lost the roof.", "“The walls stand.”", "“Who knows?”")

    quotations = find_quotations(article.text, article.blocks)

    assert [quotation.ends_open for quotation in quotations] == [True, False, False]
    assert continued(quotations) == [False, True, False]


def test_a_closing_mark_that_was_never_opened_closes_what_began_before_the_block():
    assert quoted("No one imagined that,” said Ann Lee.") == ["No one imagined that,”"]


def test_inches_are_no_quotation():
    assert quoted('A board 5" wide lay there.') == []

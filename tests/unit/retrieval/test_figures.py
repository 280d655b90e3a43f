import pytest

from backstory.retrieval.figures import differing, figures
from backstory.retrieval.wording import read_words


def counted(text: str):
    return figures(read_words(text, "en"))


def test_another_number_of_the_same_thing_differs():
    found = differing(counted("It says 5,000 troops left."), counted("Some 3,000 troops were to leave."))

    assert found is not None
    assert [figure.text for figure in found] == ["5,000 troops", "3,000 troops"]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        pytest.param("It says 5,000 troops left.", "All 5000 troops left.", id="the same number, written otherwise"),
        pytest.param("It says 5,000 troops left.", "Then 3,000 tents were struck.", id="something else was counted"),
        pytest.param("The 2015 conference ended.", "The 2012 conference began.", id="years count nothing"),
        pytest.param("No number at all.", "Some 3,000 troops.", id="no number here"),
    ],
)
def test_what_cannot_be_compared_does_not_differ(here: str, there: str):
    assert differing(counted(here), counted(there)) is None

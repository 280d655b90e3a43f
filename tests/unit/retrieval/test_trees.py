import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.retrieval.trees import read_forest

# Older than a year: nothing. Younger: 1, and 2 more where the score is above a half.
STORED = {
    "features": ["age", "score"],
    "trees": [
        [[0, 365.0, 1, 2], [1.0], [0.0]],
        [[0, 365.0, 1, 4], [1, 0.5, 2, 3], [0.0], [2.0], [0.0]],
    ],
}


def score(age: float, value: float) -> float:
    found = {"score": np.array([[value]]), "age": np.array([[age]]), "other": np.array([[9.0]])}
    return float(read_forest(STORED).score(found, np.array([[True]]))[0, 0])


@pytest.mark.parametrize(
    ("age", "value", "sum_of_leaves"),
    [
        pytest.param(400, 0.9, 0.0, id="right at the first node of both"),
        pytest.param(365, 0.5, 1.0, id="a threshold belongs to the left"),
        pytest.param(10, 0.9, 3.0, id="two leaves add up"),
    ],
)
def test_a_row_is_worth_the_sum_of_the_leaves_it_falls_into(age: float, value: float, sum_of_leaves: float):
    assert score(age, value) == sum_of_leaves


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1)), min_size=1, max_size=30))
def test_rows_do_not_see_one_another(rows: list[tuple[float, float]]):
    ages, values = np.array(rows).T[:, None]
    together = read_forest(STORED).score({"age": ages, "score": values}, np.ones(ages.shape, bool))

    assert together.tolist() == [[score(age, value) for age, value in rows]]


def test_where_nothing_is_there_nothing_is_scored():
    ages, values = np.array([[10.0, 10.0]]), np.array([[0.9, 0.9]])

    together = read_forest(STORED).score({"age": ages, "score": values}, np.array([[True, False]]))

    assert together.tolist() == [[3.0, 0.0]]

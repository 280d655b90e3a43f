import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.archive.memory import MemoryArchive
from backstory.retrieval import brief, plan
from backstory.retrieval.candidates import gather
from backstory.retrieval.features import features, look
from backstory.retrieval.ranker import logistic, shipped, standing
from factories import make_article, make_publication


async def test_every_feature_that_the_shipped_ranker_asks_for_is_measured():
    archive = MemoryArchive()
    await archive.add(
        [make_article(url=f"https://old.example/{day}", published=f"2024-01-{day:02}") for day in range(1, 9)]
    )
    page = make_article(url="https://new.example/", published="2024-05-07")
    wanted = brief(page, make_publication(), ())
    asked = plan(wanted, await archive.frequencies(wanted.words))
    candidates = gather(asked, await archive.search(asked.queries))
    assert candidates is not None
    view = look(asked, candidates, [0])
    found = features(view)

    ranker = shipped()
    score, odds = ranker.rank(found, view.there)

    assert set(ranker.order.names) <= set(found)
    assert set(ranker.judge.names) <= set(found) | set(standing(score, view.there))
    assert np.isfinite(score).all()
    assert np.isfinite(odds).all()
    assert all(np.isfinite(each).all() for each in found.values())


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=20))
def test_the_best_is_behind_nobody(scores: list[float]):
    found = standing(np.array([scores]), np.ones((1, len(scores)), bool))

    best = 0, int(np.argmax(scores))
    assert found["order_behind"][best] == 0
    assert found["order_rank"][best] == 0
    assert (found["order_behind"] <= 0).all()
    assert (found["order_lead"] >= 0).all()


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=20), st.floats(-9, 9))
def test_a_row_stands_as_it_would_alone(scores: list[float], elsewhere: float):
    alone = standing(np.array([scores]), np.ones((1, len(scores)), bool))
    there = np.array([[True] * len(scores) + [False] * 2, [True] * (len(scores) + 2)])

    beside = standing(np.array([[*scores, elsewhere, elsewhere], [elsewhere] * there.shape[1]]), there)

    for name, table in alone.items():
        assert beside[name][0, : len(scores)] == pytest.approx(table[0], abs=1e-9)


@given(st.floats(allow_nan=False))
def test_log_odds_of_any_size_become_probabilities(odds: float):
    [probability] = logistic(np.array([odds]))

    assert 0 <= probability <= 1

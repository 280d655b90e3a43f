import json

import numpy as np
import pytest

from backstory.retrieval.correction import Lesson, learn, ndcg, read_correction, stored

NAMES = ("age", "names", "noise")


def lessons(count, telling, seed=7):
    """Pages on which the right one of ten candidates has most of a feature, and the order knows nothing."""
    dice = np.random.default_rng(seed)
    for _ in range(count):
        rows = dice.normal(size=(10, 3))
        right = np.zeros(10)
        right[np.argmax(rows[:, NAMES.index(telling)])] = 1
        yield Lesson(rows=rows, score=dice.normal(size=10), right=right)


def worth(correction, some):
    return np.mean([ndcg(lesson, correction.score(lesson)) for lesson in some])


def test_what_the_archive_prefers_is_learned():
    correction = learn(list(lessons(100, "names")), NAMES)
    unseen = list(lessons(60, "names", seed=8))

    assert worth(correction, unseen) > 0.9
    assert np.mean([ndcg(lesson, lesson.score) for lesson in unseen]) < 0.6


def test_where_there_is_nothing_to_learn_the_order_stays():
    dice = np.random.default_rng(3)
    good = [Lesson(rows=dice.normal(size=(8, 3)), score=np.arange(8.0), right=np.eye(8)[7]) for _ in range(80)]

    correction = learn(good, NAMES)

    assert worth(correction, good) == pytest.approx(1)


def test_a_correction_says_the_same_of_tables_as_of_rows():
    [first, *rest] = lessons(40, "age")
    correction = learn(rest, NAMES)
    tables = {name: first.rows[:, number][None, :] for number, name in enumerate(NAMES)}

    assert correction.apply(tables, first.score[None, :])[0] == pytest.approx(correction.score(first))


def test_a_correction_is_the_same_once_kept():
    correction = learn(list(lessons(40, "age")), NAMES)
    [lesson] = lessons(1, "age", seed=9)

    again = read_correction(json.loads(json.dumps(stored(correction))), NAMES)

    assert again.score(lesson) == pytest.approx(correction.score(lesson), abs=1e-3)


def test_linked_articles_that_are_no_candidates_count_as_missed():
    lesson = Lesson(rows=np.zeros((2, 3)), score=np.array([1.0, 0.0]), right=np.array([1.0, 0.0]), missed=1)

    assert ndcg(lesson, lesson.score) == pytest.approx(1 / (1 + 1 / np.log2(3)))


def test_nothing_is_learned_from_pages_without_a_right_candidate():
    with pytest.raises(ValueError, match="nothing to learn"):
        learn([Lesson(rows=np.zeros((2, 3)), score=np.zeros(2), right=np.zeros(2), missed=1)], NAMES)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"features": ["age"]}, "other features"),
        ({"weight": [1.0]}, "other features"),
        ({"spread": [0, 1, 1]}, "mean nothing"),
        ({"mean": [float("nan"), 1, 1]}, "mean nothing"),
        ({"own": None}, "no correction"),
    ],
)
def test_a_correction_that_means_nothing_is_refused(change, words):
    kept = stored(learn(list(lessons(20, "age")), NAMES)) | change

    with pytest.raises(ValueError, match=words):
        read_correction(kept, NAMES)

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.embedding.vectors import Embedded, VectorStore

DAY = date(2016, 4, 21)


def article(url, *vectors, day=DAY, digest=b"1"):
    return Embedded(url=url, day=day, digest=digest, vectors=np.array(vectors, np.float32).reshape(-1, 2))


def opened(folder, model="tiny"):
    return VectorStore(folder / "vectors.sqlite", model=model, dimensions=2)


def near(store, *asked, before=DAY, limit=9):
    return [[each.place for each in found] for found in store.near(np.array(asked, np.float32), before, limit)]


def test_the_nearest_come_first(tmp_path):
    store = opened(tmp_path)
    store.keep([article("a", (1, 0), (0.6, 0.8)), article("b", (0, 1))])

    [found] = store.near(np.array([(1, 0)], np.float32), DAY, 2)

    assert [each.place for each in found] == [("a", 0), ("a", 1)]
    assert [each.cosine for each in found] == pytest.approx([1, 0.6], abs=1e-3)


def test_what_came_out_later_is_not_near(tmp_path):
    store = opened(tmp_path)
    store.keep([article("late", (1, 0), day=date(2016, 4, 22)), article("early", (0, 1))])

    assert near(store, (1, 0)) == [[("early", 0)]]


def test_vectors_are_there_after_a_restart(tmp_path):
    store = opened(tmp_path)
    store.keep([article("a", (1, 0)), article("b", (0, 1), digest=b"2")])
    store.drop(["a"])
    store.close()

    again = opened(tmp_path)

    assert again.digests() == {"b": b"2"}
    assert near(again, (1, 0), (0, 1)) == [[("b", 0)], [("b", 0)]]


def test_a_changed_article_has_its_new_vectors_alone(tmp_path):
    store = opened(tmp_path)
    store.keep([article("a", (1, 0), (0, 1))])
    store.keep([article("a", (-1, 0))])

    assert near(store, (1, 0)) == [[("a", 0)]]
    assert store.cosines(np.array([(1, 0)], np.float32), [("a", 0), ("a", 1)]).tolist() == [[-1, 0]]


def test_vectors_of_another_model_are_dropped(tmp_path):
    store = opened(tmp_path)
    store.keep([article("a", (1, 0))])
    store.close()

    assert near(opened(tmp_path, model="other"), (1, 0)) == [[]]


def test_an_article_without_passages_is_known(tmp_path):
    store = opened(tmp_path)
    store.keep([article("a")])

    assert store.digests() == {"a": b"1"}
    assert near(store, (1, 0)) == [[]]


@given(
    days=st.lists(st.integers(1, 3000), min_size=1, max_size=40),
    before=st.integers(1, 3000),
    dropped=st.sets(st.integers(0, 39)),
)
def test_only_what_is_there_and_no_later_is_near(tmp_path_factory, days, before, dropped):
    store = opened(tmp_path_factory.mktemp("store"))
    store.keep([article(str(n), (1, n / 40), day=date.fromordinal(day)) for n, day in enumerate(days)])
    store.drop([str(n) for n in dropped])

    [found] = near(store, (1, 0), before=date.fromordinal(before), limit=40)

    assert {int(url) for url, _ in found} == {n for n, day in enumerate(days) if day <= before and n not in dropped}
    store.close()


def test_room_grows_with_what_comes(tmp_path):
    store = opened(tmp_path)
    store.keep([article(str(n), (1, n / 3000)) for n in range(3000)])

    assert near(store, (1, 0), limit=1) == [[("0", 0)]]

"""Counting by numbers, against counting by words."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backstory.retrieval.codes import codes
from backstory.retrieval.counts import Placed, columns, numbered_pairs

WORDS = st.sampled_from(["pier", "ferry", "fog", "tug", "board", "mayor"])
TEXTS = st.lists(st.lists(WORDS, max_size=9), min_size=1, max_size=5)
VOCABULARY = {"ferry": 0, "fog": 1, "pier": 2}


def placed(texts: list[list[str]]) -> Placed:
    row = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return Placed(row, columns(codes([word for text in texts for word in text]), VOCABULARY))


@given(TEXTS)
def test_each_text_is_counted_over_the_pages_own_words(texts: list[list[str]]):
    counts = placed(texts).counted(len(texts), len(VOCABULARY))

    assert counts.dense().tolist() == [[text.count(word) for word in VOCABULARY] for text in texts]


@given(TEXTS)
def test_texts_that_belong_together_are_counted_as_one(texts: list[list[str]]):
    owner = np.arange(len(texts)) // 2

    together = placed(texts).counted(len(texts), len(VOCABULARY)).together(owner, int(owner.max()) + 1)

    joined = [[word for text in texts[at : at + 2] for word in text] for at in range(0, len(texts), 2)]
    assert together.dense().tolist() == [[text.count(word) for word in VOCABULARY] for text in joined]


@given(TEXTS, TEXTS)
def test_words_stand_side_by_side_where_they_do_in_both(here: list[list[str]], there: list[list[str]]):
    pairs = numbered_pairs(here, VOCABULARY)
    side_by_side = {pair for text in here for pair in pairwise(text)}

    assert set(pairs) == {(a, b) for a, b in side_by_side if a != b and {a, b} <= VOCABULARY.keys()}
    assert placed(there).stand(pairs, VOCABULARY, len(there)).tolist() == [
        [pair in pairwise(text) for pair in pairs] for text in there
    ]


def test_a_page_without_words_counts_none():
    assert columns(codes(["pier"]), {}).tolist() == [-1]

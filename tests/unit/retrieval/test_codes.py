from hypothesis import given
from hypothesis import strategies as st

from backstory.retrieval.codes import codes, packed, unpacked

SAID = st.tuples(st.lists(st.text(max_size=6), max_size=5), st.lists(st.text(max_size=6), max_size=9))


@given(st.lists(SAID, min_size=1, max_size=6))
def test_what_was_packed_comes_apart_as_it_was(said: list[tuple[list[str], list[str]]]):
    read = unpacked([packed(headline, text) for headline, text in said])

    for row, (headline, text) in enumerate(said):
        mine = read.row == row
        assert read.codes[mine & read.is_headline].tolist() == codes(headline).tolist()
        assert read.codes[mine & read.is_text].tolist() == codes(text).tolist()
    assert read.headline_lengths.tolist() == [len(headline) for headline, _ in said]
    assert read.text_lengths.tolist() == [len(text) for _, text in said]


@given(st.text(), st.text())
def test_a_word_has_one_number_of_its_own(one: str, other: str):
    first, second, again = codes([one, other, one]).tolist()

    assert first == again
    assert (first == second) == (one == other)

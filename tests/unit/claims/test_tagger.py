from backstory.claims import tagger
from backstory.claims.tagger import shape


def test_a_plain_sentence_is_tagged():
    [tags] = tagger.english().tag([("The", "minister", "said", "that", "the", "price", "had", "fallen", ".")])

    assert tags == ["DT", "NN", "VBD", "IN", "DT", "NN", "VBD", "VBN", "PUNCT"]


def test_sentences_are_tagged_apart_from_one_another():
    one, two = ("He", "said", "so", "."), ("Prices", "fell", ".")

    assert tagger.english().tag([one, two]) == [*tagger.english().tag([one]), *tagger.english().tag([two])]


def test_nothing_to_tag_is_no_error():
    assert tagger.english().tag([]) == []
    assert tagger.english().tag([()]) == [[]]


def test_shapes_tell_capitals_numbers_and_marks():
    assert [shape(word) for word in ("Rome", "UN", "sea", "1990s", "F16", "two-way", ",")] == [
        "Aa", "AA", "a", "9", "a9", "a-", ",",
    ]  # fmt: skip

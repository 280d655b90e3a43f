from backstory.model import Frequencies
from backstory.retrieval.rarity import rarity


def test_a_small_archive_does_not_take_its_subject_for_a_common_word():
    ten = Frequencies(passages=10, of={"harbour": 9, "said": 2})

    assert rarity(ten, "harbour") > rarity(ten, "said")


def test_a_large_archive_is_believed():
    large = Frequencies(passages=1_000_000, of={"harbour": 500_000, "said": 20})

    assert rarity(large, "harbour") < rarity(large, "said")


def test_a_word_that_the_archive_lacks_finds_nothing_and_weighs_nothing():
    assert rarity(Frequencies(passages=10, of={}), "harbour") == 0

import json
from importlib import resources

import pytest

from backstory.claims import lexicon

FILES = ("cues", "words", "outlets", "people", "languages", "factual")


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_words_says_where_it_comes_from(name):
    stored = json.loads(resources.files("backstory.data").joinpath(f"claims/{name}.json").read_text(encoding="utf-8"))

    assert "Backstory" in stored["about"] or "CC BY" in stored["about"]


@pytest.mark.parametrize(
    ("form", "base"),
    [("said", "say"), ("admitted", "admit"), ("denies", "deny"), ("announcing", "announce"), ("told", "tell"),
     ("agreed", "agree"), ("stresses", "stress"), ("disagreeing", "disagree"), ("vowed", "vow")],
)  # fmt: skip
def test_forms_of_verbs_are_known(form, base):
    assert lexicon.english().bases[form] == base


def test_a_verb_knows_what_may_follow_it():
    verbs = lexicon.english().verbs

    assert {"quote", "clause", "bare"} <= verbs["said"]
    assert "to" in verbs["vowed"]
    assert "object" in verbs["criticised"]


def test_particles_come_longest_first():
    sizes = [len(rest) for rest, _ in lexicon.english().particles["speak"]]

    assert sizes == sorted(sizes, reverse=True)

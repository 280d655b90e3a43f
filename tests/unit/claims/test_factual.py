from hypothesis import given
from hypothesis import strategies as st

from backstory.claims.factual import Model, factual
from backstory.claims.speech import read_speech
from factories import make_article


def probability(text: str, language: str = "en") -> float:
    article = make_article(text, language=language)
    return factual(max(read_speech(article)[0], key=len), language)


def test_a_report_states_a_fact_more_likely_than_a_wish():
    assert probability("The company sold 40 ferries to Norway in 2019.") > 0.85
    assert probability("I hope you love it as much as I do!") < 0.5


def test_words_of_another_language_tell_nothing():
    assert probability("Der Hafen war am Montag geschlossen.", "de") == probability(
        "Ein Boot lag am Steg vertäut.", "de"
    )


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.floats(-1e6, 1e6)))
def test_probabilities_stay_between_nothing_and_one(features):
    model = Model(weights={"a": 2.0, "b": -3.0}, bias=0.1, slope=1.0, shift=0.0)

    assert 0 < model.probability(features) < 1

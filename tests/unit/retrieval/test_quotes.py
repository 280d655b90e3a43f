from hypothesis import given
from hypothesis import strategies as st

from backstory.retrieval.quotes import RUN, longest_run, shared_words
from backstory.retrieval.terms import words
from factories import make_passage

QUOTE = words("we will not let them close this harbour again", "en")


def test_the_words_are_given_as_the_report_printed_them():
    passage = make_passage("The mayor said: “We will NOT let them close this harbour”, and left.")

    assert shared_words(QUOTE, passage) == "We will NOT let them close this harbour"


def test_a_few_words_are_no_quotation():
    assert shared_words(QUOTE, make_passage("They will close this harbour.")) == ""


def test_the_same_words_in_another_order_are_not_the_same_quotation():
    assert shared_words(QUOTE, make_passage("Again this harbour close them let not will we.")) == ""


@given(st.lists(st.sampled_from("abc"), max_size=20), st.lists(st.sampled_from("abc"), max_size=60))
def test_what_is_found_stands_in_both(quote: list[str], spoken: list[str]):
    start, length = longest_run(tuple(quote), tuple(spoken))

    run = "".join(spoken[start : start + length])
    assert length == 0 or (length >= RUN and run in "".join(quote))

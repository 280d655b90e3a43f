"""The automaton finds the longest match, and the earlier rule of two as long."""

from hypothesis import given
from hypothesis import strategies as st

from backstory.dates.automaton import Automaton
from backstory.dates.notation import read_grammar

_CODES = {name: frozenset(name) for name in "abc"}
_SOURCE = "a b? => one\na (b | c){1,3} => two\na b c? => three\n(a | b){0,2} c => four\n"


def _longest(codes):
    rule, end = Automaton(read_grammar(_SOURCE, {}), _CODES).longest(codes, 0)
    return (rule.kind if rule else None, end)


def test_the_longest_match_wins():
    assert _longest("abcb") == ("two", 4)


def test_of_two_as_long_the_earlier_rule_wins():
    assert _longest("ab") == ("one", 2)


def test_a_match_may_end_before_the_text_goes_astray():
    assert _longest("aab") == ("one", 1)


def test_no_rule_matches_nothing():
    assert _longest("ccc") == ("four", 1)
    assert _longest("bb") == (None, 0)


@given(st.text(alphabet="abc", max_size=12))
def test_a_warm_automaton_answers_as_a_cold_one(codes):
    warm = Automaton(read_grammar(_SOURCE, {}), _CODES)
    warm.longest("abcabcabc", 0)

    rule, end = warm.longest(codes, 0)

    assert (rule.kind if rule else None, end) == _longest(codes)

"""The grammar notation: what it reads, and what it says of a line it can't."""

import pytest

from backstory.dates.notation import GrammarError, Repeat, Slot, Word, categories, read_grammar


def test_a_rule_reads_its_pattern_its_kind_and_its_constants():
    [rule] = read_grammar("'in' [<year>]? => date mod=END  # a comment\n", {})

    assert (rule.kind, rule.constants) == ("date", {"mod": "END"})
    assert categories([rule]) == {"=in", "year"}


def test_a_part_may_be_used_by_its_name_and_kept_as_a_slot():
    [rule] = read_grammar("DAY = day | dayth\n<n:DAY>{1,2} => date\n", {})

    assert isinstance(rule.pattern, Repeat)
    assert isinstance(rule.pattern.part, Slot)
    assert (rule.pattern.part.name, rule.pattern.part.category) == ("n", "")


def test_a_category_also_matches_its_phrases():
    [rule] = read_grammar("hedge => nothing\n", {"hedge": [["more", "than"]]})

    assert categories([rule]) == {"hedge", "=more", "=than"}


def test_a_line_goes_on_where_the_next_begins_with_blanks():
    [rule] = read_grammar("month\n   day => date\n", {})

    assert categories([rule]) == {"month", "day"}
    assert rule.line == 1


@pytest.mark.parametrize(
    "source",
    ["month", "(month => date", "month) => date", "MISSING => date", "month ! => date", "? => date"],
)
def test_a_line_that_means_nothing_is_named(source):
    with pytest.raises(GrammarError, match="line 1"):
        read_grammar(source, {})


def test_a_plain_word_is_a_category():
    [rule] = read_grammar("month => date", {})

    assert rule.pattern == Word("month")

"""The seed article, word for word, and what every tagging promises."""

from datetime import date
from pathlib import Path

import pytest

from backstory.dates import NamedEvent, correct, tag
from backstory.model import Interval, Publication, Span

_SEED = Path(__file__).parents[4] / "shared" / "seeds" / "000_1e4f68154769c707.txt"
_PUBLISHED = Publication(date(2016, 4, 21))
_IN_THE_SEED = [
    ("Thursday", "DATE", "2016-04-21", "2016-04-21", "2016-04-21"),
    ("last month", "DATE", "2016-03", "2016-03-01", "2016-03-31"),
    ("the past six months", "DURATION", "P6M", "2015-10-21", "2016-04-21"),
    ("October", "DATE", "2015-10", "2015-10-01", "2015-10-31"),
    ("December", "DATE", "2015-12", "2015-12-01", "2015-12-31"),
    ("June 7", "DATE", "2016-06-07", "2016-06-07", "2016-06-07"),
    ("March 2016", "DATE", "2016-03", "2016-03-01", "2016-03-31"),
]


@pytest.mark.shared
@pytest.mark.parametrize(("words", "kind", "value", "start", "end"), _IN_THE_SEED)
def test_the_seed_article_reads_as_a_reader_would(words, kind, value, start, end):
    text = _SEED.read_text("utf-8")

    found = {expression.span.of(text): expression for expression in tag(text, _PUBLISHED)}

    assert (found[words].type, found[words].value) == (kind, value)
    assert found[words].interval == Interval(date.fromisoformat(start), date.fromisoformat(end))


def test_a_month_tells_how_it_was_reckoned():
    [october] = tag("They opened a hotline in October.", _PUBLISHED)

    assert october.reckoned == "the October before 21 April 2016"
    assert october.relative_to == date(2016, 4, 21)


def test_a_language_that_is_not_read_gives_nothing():
    assert tag("Il est venu en mars 2016.", _PUBLISHED, "fr") == ()


@pytest.mark.parametrize(
    ("value", "kind", "start", "end"),
    [
        ("2016-03", "DATE", "2016-03-01", "2016-03-31"),
        ("2015-W41", "DATE", "2015-10-05", "2015-10-11"),
        ("2016-04-21", "DATE", "2016-04-21", "2016-04-21"),
        ("2015-Q4", "DATE", "2015-10-01", "2015-12-31"),
        ("198", "DATE", "1980-01-01", "1989-12-31"),
        ("2016-04-21T14:30", "TIME", "2016-04-21", "2016-04-21"),
    ],
)
def test_a_correction_reads_as_its_value(value, kind, start, end):
    corrected = correct(Span(4, 9), value, _PUBLISHED)

    assert (corrected.type, corrected.value) == (kind, value)
    assert corrected.interval == Interval(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("value", ["", "soon", "2016-13", "2016-02-30", "2015-W60", "P", "0000", "2016-04-21Txx"])
def test_a_correction_that_means_nothing_is_refused(value):
    with pytest.raises(ValueError, match="TIMEX3"):
        correct(Span(0, 1), value, _PUBLISHED)


def test_a_caller_may_add_named_events():
    summit = NamedEvent("the Reykjavik summit", Interval(date(1986, 10, 11), date(1986, 10, 12)))

    [expression] = tag("They met at the Reykjavik summit.", _PUBLISHED, events=(summit,))

    assert (expression.value, expression.interval) == ("1986-10", summit.days)
    assert tag("They met at the Reykjavik summit.", _PUBLISHED) == ()


def test_furniture_blanked_by_spaces_parts_nothing_and_hides_nothing():
    text = " " * 30 + "\n\n" + "It opened in March 2016." + " " * 20 + "\n \n" + "It closed in April."

    assert [expression.value for expression in tag(text, _PUBLISHED)] == ["2016-03", "2016-04"]


@pytest.mark.parametrize("text", ["a 50/50 chance", "on 12/50", "on 0/5", "of 99.99.2010"])
def test_numbers_that_no_calendar_has_are_no_dates(text: str):
    assert tag(text, Publication(date(2018, 10, 16)), "en") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It will snow on Saturday.", "2016-04-23"),
        ("It meets on Saturday.", "2016-04-23"),
        ("The law that takes effect on Saturday is short.", "2016-04-23"),
        ("This vote on Saturday split the party.", "2016-04-16"),
        ("All votes on Saturday were counted.", "2016-04-16"),
    ],
)
def test_a_verb_behind_its_subject_is_no_noun(text, value):
    assert [found.value for found in tag(text, _PUBLISHED)] == [value]

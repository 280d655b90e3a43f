from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.web.months import HEIGHT, picture


def drawn_of(months):
    """The picture of an archive that is not empty."""
    drawn = picture(months)
    assert drawn is not None
    return drawn


def test_an_empty_archive_has_no_picture():
    assert picture(()) is None


def test_months_without_articles_stand_between_the_others():
    drawn = drawn_of(((date(2015, 11, 1), 4), (date(2016, 2, 1), 1)))

    assert [(bar.name, bar.articles) for bar in drawn.bars] == [
        ("November 2015", 4), ("December 2015", 0), ("January 2016", 0), ("February 2016", 1),
    ]  # fmt: skip
    assert [bar.height for bar in drawn.bars] == [HEIGHT, 0, 0, HEIGHT / 4]
    assert drawn.most.name == "November 2015"


@pytest.mark.parametrize(("last", "grain", "bars", "ends"), [
    (date(2004, 12, 1), "month", 60, ("January 2000", "December 2004")),
    (date(2005, 1, 1), "year", 6, ("2000", "2005")),
    (date(2059, 1, 1), "year", 60, ("2000", "2059")),
    (date(2060, 1, 1), "decade", 7, ("2000s", "2060s")),
    (date(2999, 12, 1), "century", 10, ("2000s", "2900s")),
])  # fmt: skip
def test_the_finest_grain_that_fits_is_drawn(last, grain, bars, ends):
    drawn = drawn_of(((date(2000, 1, 1), 2), (last, 3)))

    assert (drawn.grain, len(drawn.bars)) == (grain, bars)
    assert (drawn.bars[0].name, drawn.bars[-1].name) == ends


@given(st.dictionaries(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.integers(1, 10**9), min_size=1, max_size=40))
def test_no_article_is_lost_and_no_bar_too_many(months):
    counted = sorted({day.replace(day=1): articles for day, articles in months.items()}.items())
    drawn = drawn_of(counted)

    assert sum(bar.articles for bar in drawn.bars) == sum(articles for _, articles in counted)
    assert 1 <= len(drawn.bars) <= 60
    assert all(0 <= bar.height <= HEIGHT for bar in drawn.bars)
    assert drawn.bars[0].articles > 0 < drawn.bars[-1].articles

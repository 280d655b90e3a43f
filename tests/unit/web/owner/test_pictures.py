from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from backstory.model import Coverage
from backstory.web.owner.calendar import calendar
from backstory.web.owner.timeline import timeline

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


def row(day, articles=1, publisher="A"):
    return Coverage(publisher=publisher, day=date.fromisoformat(day), articles=articles)


def test_a_few_days_are_drawn_one_by_one_and_years_by_their_rate_a_day():
    few = timeline([row("2024-05-01", 6), row("2024-05-03", 2)], date(2024, 5, 1), date(2024, 5, 3))
    assert (few.grain, [bar.a_day for bar in few.every.bars]) == ("day", [6, 0, 2])

    year = timeline([row("2024-02-01", 29), row("2024-03-01", 31)], date(2024, 2, 1), date(2024, 5, 31))
    assert (year.grain, [bar.a_day for bar in year.every.bars]) == ("month", [1, 1, 0, 0])
    assert year.every.bars[0].name == "February 2024"


def test_the_largest_outlets_have_strips_and_the_rest_are_counted():
    rows = [row("2024-05-01", articles, publisher) for articles, publisher in enumerate("ABCDEFGHI", start=1)]
    drawn = timeline(rows, date(2024, 5, 1), date(2024, 5, 2))

    assert [one.outlet for one in drawn.outlets] == list("IHGFED")
    assert drawn.others == 3
    assert drawn.every.articles == sum(range(1, 10))


def test_every_month_has_its_place_and_only_those_within_the_archive():
    drawn = calendar([row("2015-11-01", 4), row("2016-02-01", 1)], date(2015, 11, 7), date(2016, 2, 3))

    assert [year.year for year in drawn.years] == [2016, 2015]
    levels = [[month and month.level for month in year.months] for year in drawn.years]
    assert levels == [[0, 2, *[None] * 10], [*[None] * 10, 4, 0]]
    assert [(gap.name, gap.months) for gap in drawn.gaps] == [("December 2015 to January 2016", ("2015-12", "2016-01"))]


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_pictures_are_small_whatever_the_archive_holds(days):
    rows = [Coverage(publisher=str(day.day), day=day, articles=1) for day in days]
    first, last = min(days), max(days)
    drawn, dated = timeline(rows, first, last), calendar(rows, first, last)

    assert len(drawn.every.bars) <= 60
    assert sum(bar.articles for bar in drawn.every.bars) == len(days)
    assert len(dated.years) <= 40
    assert all(0 <= month.level <= 4 for year in dated.years for month in year.months if month)
    within = [day for day in days if day.year > last.year - 40]
    assert not [day for day in within if any(gap.interval.holds(day) for gap in dated.gaps)]

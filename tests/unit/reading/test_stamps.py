"""Days and instants as pages write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.reading.stamps import FIRST_YEAR, MAX_STAMP, machine_stamp, written_stamps

NINE_EAST = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2024-05-07", "2024-05-07", None),
        ("2024-05-07T23:30:00Z", "2024-05-07", datetime(2024, 5, 7, 23, 30, tzinfo=UTC)),
        ("2024-05-08T08:30:00+09:00", "2024-05-08", datetime(2024, 5, 8, 8, 30, tzinfo=NINE_EAST)),
        ("2024-05-08T08:30:00.123+0900", "2024-05-08", datetime(2024, 5, 8, 8, 30, tzinfo=NINE_EAST)),
        ("2024-05-07T18:20", "2024-05-07", None),
        ("2024-05-07 18:20:00 UTC", "2024-05-07", datetime(2024, 5, 7, 18, 20, tzinfo=UTC)),
        ("20240507", "2024-05-07", None),
        ("1715106000", "2024-05-07", datetime(2024, 5, 7, 18, 20, tzinfo=UTC)),
        ("Tue, 07 May 2024 18:20:00 GMT", "2024-05-07", datetime(2024, 5, 7, 18, 20, tzinfo=UTC)),
        ("7 May 2024", "2024-05-07", None),
        ("2024-05-07T99:99:00Z", "2024-05-07", None),
    ],
)
def test_a_stamp_keeps_the_day_of_its_own_zone(text: str, day: str, at: datetime | None) -> None:
    stamp = machine_stamp(text)
    assert stamp is not None
    assert (stamp.day.isoformat(), stamp.at) == (day, at)


@pytest.mark.parametrize(
    "text", ["", "2024", "May 2024", "yesterday", "2024-13-45", "1066-10-14", "{{ page.date }}", "12:30"]
)
def test_what_names_no_day_is_no_stamp(text: str) -> None:
    assert machine_stamp(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("May 7, 2024", "en"),
        ("Tuesday, 7th of May 2024", "en"),
        ("7. Mai 2024, 18:20 Uhr", "de"),
        ("le 7 mai 2024", "fr"),
        ("7 de mayo de 2024", "es"),
        ("7 maggio 2024", "it"),
        ("7 maja 2024", "pl"),
        ("7 мая 2024", "ru"),
        ("2024年5月7日", "ja"),
        ("2024. május 7.", "hu"),
        ("7 مايو 2024", "ar"),
        ("07.05.2024", "de"),
        ("7.5.24", "de"),
        ("07/05/2024", "fr"),
        ("07/05/2024", "en-GB"),
        ("05/07/2024", "en-US"),
        ("2024/05/07", ""),
    ],
)
def test_a_day_in_words_is_read_in_its_language(text: str, language: str) -> None:
    assert [stamp.day for stamp, _ in written_stamps(text, language)] == [date(2024, 5, 7)]


@pytest.mark.parametrize(
    "text",
    ["version 1.2.3", "call 555 12 2024", "in May 2024", "7 men 2024", "31/02/2024", "the 2024 harvest", "1.234.2024"],
)
def test_numbers_that_are_no_day_are_passed_over(text: str) -> None:
    assert list(written_stamps(text, "en")) == []


@given(st.dates(min_value=date(FIRST_YEAR, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_can_be_written_and_read(day: date) -> None:
    for text in (day.isoformat(), day.strftime("%Y%m%d"), day.strftime("%d.%m.%Y"), day.strftime("%B %d, %Y")):
        stamp = machine_stamp(text)
        assert stamp is not None
        assert stamp.day == day


def test_only_the_beginning_of_a_long_stamp_is_looked_at() -> None:
    assert machine_stamp(" x" * MAX_STAMP + "2024-05-07") is None

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.model import Publication
from backstory.web import fields
from backstory.web.fields import Fields
from backstory.web.problems import ProblemError

YEARS = (datetime(1000, 1, 2), datetime(2999, 12, 30))  # noqa: DTZ001 - Hypothesis adds the zone


def problem(work):
    with pytest.raises(ProblemError) as caught:
        work()
    assert caught.value.name == "invalid-field"
    return caught.value


def test_a_field_that_is_absent_or_null_has_its_default():
    said = Fields({"limit": None})

    assert said.take("limit", fields.whole(0, 9), 3) == 3
    assert said.take("language", fields.language, "") == ""
    said.close()


def test_a_value_that_means_nothing_is_named_with_its_path_and_what_would_be_right():
    options = Fields({"options": {"limit": "many"}}).within("options")

    error = problem(lambda: options.take("limit", fields.whole(0, 9), 3))

    assert error.field == "options.limit"
    assert error.detail == "options.limit must be a whole number from 0 to 9"


def test_a_misspelt_field_is_refused_with_the_word_that_was_meant():
    said = Fields({"pubished": "2016-04-21"})
    said.take("published", fields.publication, None)
    said.take("url", fields.address, "")

    error = problem(said.close)

    assert error.field == "pubished"
    assert "did you mean published?" in error.detail


def test_an_object_is_an_object():
    assert problem(lambda: Fields({"options": [1]}).within("options")).field == "options"


@pytest.mark.parametrize("value", [True, False, 1.0, "1", -1, 10, [1]])
def test_only_a_whole_number_is_one(value):
    with pytest.raises(ValueError, match="from 0 to 9"):
        fields.whole(0, 9)(value)


@pytest.mark.parametrize(("value", "expected"), [(0, 0.0), (1, 1.0), (0.25, 0.25)])
def test_a_share_lies_between_nought_and_one(value, expected):
    assert fields.share(value) == expected


@pytest.mark.parametrize("value", [-0.1, 1.1, True, "0.5", float("inf"), float("nan")])
def test_anything_else_is_no_share(value):
    with pytest.raises(ValueError, match="from 0 to 1"):
        fields.share(value)


@pytest.mark.parametrize(
    "url",
    ["https://paper.example/a", "http://127.0.0.1:8000/x?y=z#part", "https://пример.example/ä", "HTTP://A.example"],
)
def test_a_web_address_is_one(url):
    assert fields.address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://paper.example/a", id="another scheme"),
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("https:///a", id="no host"),
        pytest.param("/a/b", id="a path"),
        pytest.param("https://paper.example/a b", id="a space"),
        pytest.param("https://paper.example/\n", id="a line break"),
        pytest.param("https://paper.example/\ud800", id="half a character"),
        pytest.param("https://[::1/a", id="an open bracket"),
        pytest.param("https://paper.example/" + "a" * 8192, id="too long"),
        pytest.param(7, id="a number"),
    ],
)
def test_anything_else_is_no_address(url):
    with pytest.raises(ValueError, match=r"."):
        fields.address(url)


@given(st.datetimes(*YEARS, timezones=st.just(UTC)))
def test_every_instant_is_read_as_it_was_written(at):
    assert fields.instant(at.isoformat()) == at
    assert fields.instant(at.isoformat().replace("+00:00", "Z")) == at


@pytest.mark.parametrize(
    ("said", "day", "at"),
    [
        pytest.param("2016-04-21", date(2016, 4, 21), None, id="a day"),
        pytest.param(
            "2016-04-21T23:30:00-05:00",
            date(2016, 4, 21),
            datetime(2016, 4, 21, 23, 30, tzinfo=timezone(-timedelta(hours=5))),
            id="the outlet's own day, not Greenwich's",
        ),
        pytest.param(
            "2016-04-21t09:00:00.123456789z",
            date(2016, 4, 21),
            datetime(2016, 4, 21, 9, 0, 0, 123456, UTC),
            id="lower case",
        ),
        pytest.param(
            "2016-12-31T23:59:60Z",
            date(2016, 12, 31),
            datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC),
            id="a leap second",
        ),
    ],
)
def test_a_publication_is_a_day_or_an_instant(said, day, at):
    assert fields.publication(said) == Publication(day, at, "request")


@pytest.mark.parametrize(
    "said",
    [
        "2016",
        "2016-02-30",
        "21.04.2016",
        "2016-04-21T09:00",
        "2016-04-21T09:00:00",
        "2016-04-21T25:00:00Z",
        "0999-01-01",
        "3000-01-01",
        "9999-12-31T23:59:59-12:00",
        "٢٠١٦-٠٤-٢١",
        "",
        2016,
        True,
        ["2016-04-21"],
    ],
)
def test_anything_else_is_no_publication(said):
    with pytest.raises(ValueError, match=r"a date.*as 2016-04-21"):
        fields.publication(said)


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant-TW", "und", "tlh", "x-house"])
def test_no_language_is_refused(tag):
    assert fields.language(tag) == tag


@pytest.mark.parametrize("tag", ["", "english please", "en_US", "e" * 36, "én", 1])
def test_what_is_no_tag_is(tag):
    with pytest.raises(ValueError, match="BCP 47"):
        fields.language(tag)


@given(st.text(st.characters()))
def test_text_keeps_its_length_whatever_it_holds(text):
    read = fields.words(text)
    assert len(read) == len(text)
    read.encode()


def test_half_a_character_becomes_the_mark_for_one():
    assert fields.words("a\ud83db") == "a\ufffdb"

from datetime import date

import pytest

from backstory.web import wording


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        pytest.param("2015-10-07", "2015-10-07", "7 October 2015", id="a day"),
        pytest.param("2015-10-01", "2015-10-31", "October 2015", id="a month"),
        pytest.param("2016-02-01", "2016-02-29", "February 2016", id="a leap month"),
        pytest.param("2015-02-01", "2015-02-27", "1 February 2015 to 27 February 2015", id="nearly a month"),
        pytest.param("2015-01-01", "2015-12-31", "2015", id="a year"),
        pytest.param("2014-01-01", "2015-12-31", "2014 to 2015", id="two years"),
        pytest.param("2015-10-01", "2016-03-31", "October 2015 to March 2016", id="months"),
        pytest.param("2015-10-21", "2016-04-21", "21 October 2015 to 21 April 2016", id="a stretch"),
    ],
)
def test_a_stretch_of_the_calendar_has_a_name(start, end, said):
    assert wording.spoken_days(date.fromisoformat(start), date.fromisoformat(end)) == said


def test_a_date_says_what_it_was_read_as_and_how():
    time = {
        "value": "2015-10",
        "start": "2015-10-01",
        "end": "2015-10-31",
        "reckoned": "the October before 21 April 2016",
    }
    assert wording.reading(time) == "October 2015 · the October before 21 April 2016"
    assert wording.reading({"value": "PT2H"}) == "PT2H"


@pytest.mark.parametrize(
    ("kind", "published", "copies", "said"),
    [
        pytest.param(
            "first-report", "2016-04-21", 0, "First report in your archive · 38 days before this article", id="first"
        ),
        pytest.param(
            "background",
            "2016-03-15T08:00:00Z",
            1,
            "Background · 1 day before this article · the same report in 1 other place",
            id="a copy",
        ),
        pytest.param(
            "same-quote",
            "2016-03-14",
            4,
            "The same quote · earlier the same day · the same report in 4 other places",
            id="copies",
        ),
        pytest.param("same-event", None, 0, "The same event", id="nobody knows when"),
    ],
)
def test_a_link_says_how_it_stands_to_the_article(kind, published, copies, said):
    prior = {"relation": kind, "copies": copies, "source": {"datePublished": "2016-03-14"}}
    assert wording.relation(prior, published) == said


def test_reasons_are_one_sentence():
    because = [
        {"kind": "time", "here": "last month", "there": "14 March 2016"},
        {"kind": "term", "here": "withdraw", "there": "withdrawal"},
        {"kind": "entity", "here": "Syria", "there": "Syria"},
        {"kind": "entity", "here": "Shoygu", "there": "Shoygu"},
    ]
    assert wording.why(because) == (
        "Linked because both name “Syria” and “Shoygu”, and both say “withdraw” (there “withdrawal”), "
        "and it appeared on 14 March 2016, in the time named here (“last month”)."
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//paper.example", "https://[", ""])
def test_only_web_addresses_are_followed(url):
    assert wording.link(url) == ""
    assert wording.link("https://paper.example/#:~:text=a") == "https://paper.example/#:~:text=a"


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        ({"from": "2016-03-01", "to": "2016-03-31"}, "from March 2016"),
        ({"from": "2016-04-01", "to": "2016-04-20"}, "from 1 April 2016 to 20 April 2016"),
        ({"publisher": "The Lake Courier"}, "of The Lake Courier"),
        ({"publisher": "Lake\u202e\nCourier", "from": "2015-01-01", "to": "2015-12-31"}, "of Lake Courier from 2015"),
    ],
)
def test_what_is_lacking_has_a_name(gap, said):
    assert wording.lacking(gap) == said

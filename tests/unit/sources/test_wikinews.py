from datetime import date

import pytest

from backstory.model import Offer, Publication
from backstory.sources.mediawiki import Wiki, WikiPage
from backstory.sources.unreadable import Unreadable
from backstory.sources.wikinews import offer_of

WIKI = Wiki("Wikinews", "https://en.wikinews.org/wiki/Main_Page", "en")
STORY = """{{Germany}}
{{date|June 7, 2016}}
[[File:Pier.jpg|thumb|The pier in May.]]
'''The pier''' of {{w|Lindau}} was shut on [[Monday]] after a ferry struck it, {{w|Ida Berg|Mayor Ida Berg}} said.

Nobody was hurt. The ferry drifted {{convert|2|km}}.

== Sources ==
*{{source|url=http://courier.example/pier|title=Pier shut|author=A. Ott|pub=The Lake Courier|date=June 6, 2016}}
{{publish}}
[[Category:Transport]]
"""


def make(markup=STORY, *, title="Ferry strikes pier, nobody hurt", wiki=WIKI, begun=""):
    return offer_of(WikiPage(wiki=wiki, title=title, markup=markup, begun=begun))


def test_a_story_is_an_article_of_its_dateline():
    assert make() == Offer(
        url="https://en.wikinews.org/wiki/Ferry_strikes_pier,_nobody_hurt",
        headline="Ferry strikes pier, nobody hurt",
        publisher="Wikinews",
        language="en",
        published=Publication(date(2016, 6, 7)),
        text=(
            "The pier of Lindau was shut on Monday after a ferry struck it, Mayor Ida Berg said.\n\n"
            "Nobody was hurt. The ferry drifted 2 km."
        ),
    )


@pytest.mark.parametrize(
    ("markup", "day"),
    [
        pytest.param("{{date|7 June 2016}} It rained.", date(2016, 6, 7), id="a dateline, the day first"),
        pytest.param("{{Byline|location=Lindau|date=June 7, 2016}} It rained.", date(2016, 6, 7), id="a byline"),
        pytest.param("It rained.[[Category:June 7, 2016]]", date(2016, 6, 7), id="a category"),
        pytest.param("It rained on June 6, 2016.", date(2016, 6, 8), id="the first revision"),
        pytest.param("{{date|some day}} It rained.", date(2016, 6, 8), id="a dateline that says nothing"),
    ],
)
def test_what_tells_the_day(markup, day):
    offer = make(markup, begun="2016-06-08T04:00:00Z")

    assert isinstance(offer, Offer)
    assert offer.published is not None
    assert offer.published.day == day


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        pytest.param(make("It rained."), "nothing tells when it came out", id="no day"),
        pytest.param(make("{{date|June 7, 2016}}"), "nothing to read", id="no words"),
        pytest.param(make(wiki=Wiki()), "where its wiki stands", id="no address"),
        pytest.param(make(wiki=Wiki("x", "file:///etc/passwd")), "where its wiki stands", id="no web address"),
    ],
)
def test_a_page_that_is_no_article_says_why(offer, reason):
    assert isinstance(offer, Unreadable)
    assert reason in offer.reason


def test_a_draft_is_passed_over():
    assert make("{{develop}}" + STORY) is None


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("50% off: why?", "50%25_off:_why%3F"),
        ("Müller & Co", "M%C3%BCller_%26_Co"),
        ("A/B #1", "A/B_%231"),
    ],
)
def test_a_title_is_spelt_as_addresses_are(title, address):
    offer = make(title=title)

    assert isinstance(offer, Offer)
    assert offer.url == f"https://en.wikinews.org/wiki/{address}"

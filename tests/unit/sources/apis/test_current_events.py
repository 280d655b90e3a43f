from datetime import date

import pytest

from backstory.sources.apis.current_events import CurrentEvents
from servers.mediawiki import MediaWiki

pytestmark = pytest.mark.network

FIRST = """{{Current events|year=2016|month=04|day=1|content=
;Disasters and accidents
*[[Lindau floods]]
**A ferry strikes the pier. [https://www.courier.example/a (''The Lake Courier'')]
**The pier is closed. [https://www.courier.example/a (The Lake Courier)] [https://times.example/b (Times)]
**The pier is gone. [https://www.courier.example/a (The Lake Courier)]
}}"""
SECOND = (
    "*"
    + "The mayor of Lindau resigns over what he said of the ferry and of the pier, which is shut. " * 2
    + ("[http://post.example/d (Post)]\n")
)


@pytest.fixture
def wiki():
    pages = {"Portal:Current events/2016 April 1": FIRST, "Portal:Current events/2016 April 12": SECOND}
    with MediaWiki(pages) as wiki:
        yield wiki


async def test_a_month_of_days_comes_in_one_request(wiki, door, wanted, take_all):
    offers, _ = await take_all(CurrentEvents(door, address=wiki.address), wanted("2016-03-20", "2016-04-30"))

    assert [asked.query["titles"].count("|") + 1 for asked in wiki.asked] == [12, 30]
    assert [str(offer.published.day) for offer in offers] == ["2016-04-01"] * 3 + ["2016-04-12"]


async def test_each_event_is_an_article_at_a_report_of_its_own(wiki, door, wanted, take_all):
    offers, _ = await take_all(CurrentEvents(door, address=wiki.address), wanted("2016-04-01", "2016-04-01"))

    assert [(offer.url, offer.publisher) for offer in offers] == [
        ("https://www.courier.example/a", "The Lake Courier"),
        ("https://times.example/b", "Times"),
        ("https://en.wikipedia.org/wiki/Portal:Current_events/2016_April_1#event-3", "The Lake Courier"),
    ]
    assert offers[0].text == "A ferry strikes the pier."
    assert offers[0].headline == "Lindau floods"
    assert offers[0].published.day == date(2016, 4, 1)
    assert offers[0].published.at is None


async def test_an_event_without_a_topic_begins_with_its_own_words(wiki, door, wanted, take_all):
    [offer] = (await take_all(CurrentEvents(door, address=wiki.address), wanted("2016-04-12", "2016-04-12")))[0]
    assert offer.headline.startswith("The mayor of Lindau resigns")
    assert offer.headline.endswith("…")
    assert len(offer.headline) <= 100


async def test_words_and_outlets_narrow_what_comes(wiki, door, wanted, take_all):
    source = CurrentEvents(door, address=wiki.address)
    worded, _ = await take_all(source, wanted("2016-04-01", "2016-04-30", query="closed lindau"))
    outlet, _ = await take_all(source, wanted("2016-04-01", "2016-04-30", host="courier.example"))
    assert [offer.text for offer in worded] == ["The pier is closed."]
    assert [offer.url for offer in outlet] == ["https://www.courier.example/a"]


async def test_pages_that_do_not_fit_are_asked_for_further(door, wanted, take_all):
    pages = {f"Portal:Current events/2016 April {day}": SECOND for day in range(1, 31)}
    with MediaWiki(pages, whole=10) as wiki:
        offers, steps = await take_all(
            CurrentEvents(door, address=wiki.address), wanted("2016-04-01", "2016-04-30", query="mayor")
        )
    assert len(offers) == 30
    assert len(steps) == 3

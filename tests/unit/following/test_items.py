from datetime import UTC, datetime, timedelta

import pytest

from backstory.following import Feed
from backstory.following.shown import Item
from backstory.model import Offer, Publication

NOW = datetime(2024, 5, 8, tzinfo=UTC)


@pytest.fixture
def feeds(ledger):
    return [
        feed.number
        for feed in ledger.feeds.add(
            Feed(url=f"https://{name}.example/feed", added_at=NOW, next_at=NOW) for name in ("one", "two")
        )
    ]


def make_item(number=1, **fields):
    said = {"url": f"https://paper.example/{number}", "headline": f"Report {number}", **fields}
    return Item(said.pop("id", f"id-{number}"), Offer(**said))


def test_what_is_dealt_with_is_new_no_more_by_id_or_by_address(ledger, feeds):
    ledger.items.see(feeds[0], [make_item(1)], NOW)

    same_id = make_item(1, url="https://paper.example/elsewhere")
    same_address = make_item(1, id="other", url="http://www.paper.example/1/?utm_source=feed#top")
    other = make_item(2)

    assert ledger.items.new(feeds[0], [make_item(1), same_id, same_address, other]) == [other]


def test_an_address_counts_across_feeds_and_an_id_within_its_own(ledger, feeds):
    ledger.items.see(feeds[0], [make_item(1)], NOW)
    same_id = make_item(1, url="https://other.example/9")
    assert ledger.items.new(feeds[1], [make_item(1, id="another"), same_id]) == [same_id]


def test_an_address_that_comes_twice_is_new_once(ledger, feeds):
    assert len(ledger.items.new(feeds[0], [make_item(1), make_item(1, id="again")])) == 1


def test_a_page_waits_with_all_that_its_feed_said(ledger, feeds):
    published = Publication(NOW.date(), NOW)
    item = make_item(1, publisher="The Post", authors=("Ida Berg",), language="en", published=published, rating="False")

    ledger.items.wait(feeds[0], [item], NOW)

    [waiting] = ledger.items.due("paper.example", NOW, 10)
    assert (waiting.offer, waiting.feed, waiting.tries) == (item.offer, feeds[0], 0)
    assert ledger.items.new(feeds[0], [item]) == []
    assert ledger.items.hosts_due(NOW) == ("paper.example",)


def test_a_page_is_tried_again_then_given_up_with_the_reason(ledger, feeds):
    ledger.items.wait(feeds[0], [make_item(1)], NOW)
    [waiting] = ledger.items.due("paper.example", NOW, 10)

    ledger.items.try_again(waiting, NOW + timedelta(hours=1), "it answered with 500")

    assert ledger.items.due("paper.example", NOW, 10) == ()
    [again] = ledger.items.due("paper.example", NOW + timedelta(hours=1), 10)
    assert (again.tries, again.trouble) == (1, "it answered with 500")
    ledger.items.give_up(again, NOW, "it is not there")
    assert ledger.items.given_up(feeds[0]) == (("https://paper.example/1", "it is not there"),)
    assert ledger.items.counts() == {feeds[0]: (0, 1)}
    assert ledger.items.next_at() is None


def test_only_the_pages_of_the_feeds_asked_for_are_due(ledger, feeds):
    ledger.items.wait(feeds[0], [make_item(1)], NOW)
    ledger.items.wait(feeds[1], [make_item(2, url="https://other.example/2")], NOW)
    assert ledger.items.hosts_due(NOW, {feeds[1]}) == ("other.example",)
    assert ledger.items.due("paper.example", NOW, 10, {feeds[1]}) == ()


def test_what_was_not_shown_for_long_is_forgotten_and_what_is_shown_is_not(ledger, feeds):
    ledger.items.see(feeds[0], [make_item(1), make_item(2)], NOW)
    later = NOW + timedelta(days=50)
    ledger.items.see(feeds[0], [make_item(2)], later)

    assert ledger.items.prune(NOW + timedelta(days=1)) == 1
    assert ledger.items.new(feeds[0], [make_item(1), make_item(2)]) == [make_item(1)]


def test_a_feed_that_is_followed_no_more_leaves_nothing_behind(ledger, feeds):
    ledger.items.wait(feeds[0], [make_item(1)], NOW)
    ledger.feeds.drop("https://one.example/feed")
    ledger.items.see(feeds[0], [make_item(2)], NOW)
    ledger.items.wait(feeds[0], [make_item(3)], NOW)
    assert (ledger.items.count_seen(), ledger.items.count_waiting()) == (0, 0)


def test_of_a_feed_with_ever_new_ids_the_last_ones_are_remembered(ledger, feeds, monkeypatch):
    monkeypatch.setattr("backstory.following.items.SEEN_MOST", 30)
    ledger.items.see(feeds[1], [make_item(999)], NOW)
    for poll in range(20):
        shown = [make_item(number, id=f"poll-{poll}-{number}") for number in range(10)]
        ledger.items.see(feeds[0], shown, NOW + timedelta(hours=poll))
        ledger.items.forget_beyond(feeds[0])

    assert ledger.items.count_seen() == 30 + 1
    assert ledger.items.new(feeds[0], shown) == []
    assert ledger.items.new(feeds[1], [make_item(999)]) == []

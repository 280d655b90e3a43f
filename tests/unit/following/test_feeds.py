from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backstory.following import Feed, feeds
from backstory.model import Validators

NOW = datetime(2024, 5, 8, tzinfo=UTC)


def make_feed(url="https://paper.example/feed", **fields):
    return Feed(url=url, **{"added_at": NOW, "next_at": NOW, **fields})


def test_a_feed_is_kept_as_it_is(ledger):
    [feed] = ledger.feeds.add([make_feed(title="The Paper", folder="Local", site="https://paper.example/")])
    changed = replace(
        feed,
        tried_at=NOW,
        good_at=NOW,
        next_at=NOW + timedelta(hours=1),
        failures=2,
        trouble="it answered with 503",
        validators=Validators('"a"', "Wed, 08 May 2024 00:00:00 GMT"),
        pace=3600.0,
        kind="sitemap",
    )
    ledger.feeds.save(changed)
    ledger.feeds.count_brought(feed.number, 3)

    assert ledger.feeds.get(feed.url) == replace(changed, brought=3)


def test_what_is_followed_already_stays_as_it_is(ledger):
    ledger.feeds.add([make_feed(title="The Paper")])
    assert ledger.feeds.add([make_feed(title="Another name"), make_feed("https://other.example/")]) != ()
    assert [feed.title for feed in ledger.feeds.all()] == ["", "The Paper"]


def test_only_active_feeds_whose_turn_has_come_are_due_the_longest_first(ledger):
    late, later, stopped, future = (make_feed(f"https://{name}.example/") for name in ("late", "later", "stop", "soon"))
    added = ledger.feeds.add(
        [
            replace(later, next_at=NOW - timedelta(minutes=1)),
            replace(late, next_at=NOW - timedelta(hours=1)),
            stopped,
            replace(future, next_at=NOW + timedelta(seconds=1)),
        ]
    )
    ledger.feeds.save(replace(added[2], active=False, trouble="gone"))

    assert [feed.url for feed in ledger.feeds.due(NOW)] == [late.url, later.url]
    assert ledger.feeds.hasten(NOW) == 3
    assert len(ledger.feeds.due(NOW)) == 3


def test_a_feed_that_moves_to_where_another_is_followed_is_dropped_for_that(ledger):
    old, new = ledger.feeds.add([make_feed("https://old.example/"), make_feed("https://new.example/", title="Kept")])

    ledger.feeds.save(replace(old, url=new.url))

    assert [feed.title for feed in ledger.feeds.all()] == ["Kept"]


def test_no_more_feeds_are_followed_than_may_be(ledger, monkeypatch):
    monkeypatch.setattr(feeds, "FEEDS_MOST", 2)
    with pytest.raises(ValueError, match="more than 2 feeds"):
        ledger.feeds.add([make_feed(f"https://{number}.example/") for number in range(3)])
    assert ledger.feeds.count() == 0


def test_a_feed_is_dropped_once(ledger):
    ledger.feeds.add([make_feed()])
    assert ledger.feeds.drop("https://paper.example/feed")
    assert not ledger.feeds.drop("https://paper.example/feed")


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "new"),
        ({"good_at": NOW}, "well"),
        ({"good_at": NOW, "failures": 1}, "failing"),
        ({"failures": 1}, "failing"),
        ({"failures": 9, "active": False}, "stopped"),
    ],
)
def test_the_health_of_a_feed_is_one_word(fields, state):
    assert make_feed(**fields).state == state

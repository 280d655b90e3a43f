"""What comes of each of the newsroom's faults, once its answer is in."""

import pytest

from backstory.errors import SourceError
from backstory.sources.feeds import parse_feed
from servers.feeds import Newsroom
from servers.formats import WRITERS
from servers.http import Request

_MOST = 2_000_000  # bytes of an answer that are looked at here

WHOLE = ("mistyped", "mislabelled", "nonsense-charset", "same-ids", "no-ids", "undated", "tomorrow", "twice")
REFUSED = {
    "login": "this is a web page and no feed",
    "empty": "there is nothing in it",
    "rubbish": "this is no feed",
}


def fetched(newsroom, number=0):
    answer = newsroom.answer(Request("GET", f"/{number}/feed", {}, {"host": "courier.example"}))
    kind = dict(answer.headers).get("Content-Type", "")
    return answer.body[:_MOST], kind.partition("charset=")[2]


def parsed(newsroom):
    body, charset = fetched(newsroom)
    return parse_feed(body, "http://courier.example/0/feed", charset=charset)


@pytest.mark.parametrize("format_name", WRITERS)
@pytest.mark.parametrize("fault", WHOLE)
def test_some_faults_cost_no_item(fault, format_name):
    newsroom = Newsroom(1, formats=(format_name,), faults={0: fault})
    feed = parsed(newsroom)

    assert [item.offer.headline for item in feed.items] == [story.headline for story in newsroom.outlets[0].shown]
    assert len({item.id for item in feed.items}) == 5


@pytest.mark.parametrize("format_name", WRITERS)
def test_a_feed_that_is_cut_short_costs_what_did_not_come(format_name):
    newsroom = Newsroom(1, formats=(format_name,), faults={0: "truncated"})
    feed = parsed(newsroom)

    whole = [story.headline for story in newsroom.outlets[0].shown]
    assert 1 <= len(feed.items) < 5
    assert [item.offer.headline for item in feed.items] == whole[: len(feed.items)]
    assert feed.trouble


@pytest.mark.parametrize(("fault", "says"), REFUSED.items())
def test_what_came_instead_of_a_feed_is_told(fault, says):
    with pytest.raises(SourceError, match=says):
        parsed(Newsroom(1, faults={0: fault}))


def test_a_bomb_does_not_go_off():
    [item] = parsed(Newsroom(1, faults={0: "bomb"})).items
    assert item.offer.headline == "&i;&file;"


def test_a_huge_feed_is_read_as_far_as_it_was_taken():
    [item] = parsed(Newsroom(1, faults={0: "huge"})).items
    assert item.offer.url == "http://example.org/again"


def test_an_article_that_was_changed_keeps_its_id():
    newsroom = Newsroom(1, faults={0: "changing"}, formats=("atom1",))
    first, second = parsed(newsroom).items[0], parsed(newsroom).items[0]

    assert first.id == second.id
    assert first.offer.url == second.offer.url

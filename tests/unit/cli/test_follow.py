"""`backstory follow` on a home without a service, against outlets on this machine."""

import pytest

from servers.feeds import Newsroom

pytestmark = pytest.mark.network

FLAGS = ("--allow-private-hosts", "127.0.0.1,127.0.0.2,127.0.0.3", "--seconds-between-requests", "0")


@pytest.fixture
def newsroom():
    with Newsroom(3, hosts=3).serving() as newsroom:
        yield newsroom


def test_a_feed_is_followed_polled_and_its_articles_found(backstory, newsroom):
    done = backstory("follow", newsroom.feed_url(0), newsroom.feed_url(1), "--once", *FLAGS)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "2 polled, 0 failed; 10 articles added, 0 given up" in done.stdout
    assert "10 of 10 articles" in backstory("search", "the").stdout or "10" in backstory("search").stdout


def test_a_timer_fetches_what_is_new_and_nothing_twice(backstory, newsroom):
    backstory("follow", newsroom.feed_url(0), "--once", *FLAGS)
    newsroom.publish(0, 2)
    again = backstory("follow", "--once", *FLAGS)
    assert "1 polled, 0 failed; 2 articles added" in again.stdout
    assert "0 articles added" in backstory("follow", "--once", *FLAGS).stdout
    pages = {path: count for path, count in newsroom.served.asked.items() if "/news/" in path}
    assert set(pages.values()) == {1}


def test_a_list_in_a_file_is_followed(backstory, newsroom, tmp_path):
    file = tmp_path / "feeds.opml"
    outlines = "".join(f'<outline type="rss" xmlUrl="{newsroom.feed_url(number)}"/>' for number in range(3))
    file.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', "utf-8")

    done = backstory("follow", file, "--once", *FLAGS)

    assert "3 of 3 feeds of the list are new" in done.stdout
    assert "3 polled, 0 failed; 15 articles added" in done.stdout
    assert "0 of 3 feeds" in backstory("follow", file).stdout


def test_what_is_followed_is_listed_and_followed_no_more(backstory, newsroom):
    assert "nothing is followed" in backstory("follow", "--list").stdout
    backstory("follow", newsroom.feed_url(0), *FLAGS)

    listed = backstory("follow", "--list").stdout

    assert newsroom.feed_url(0) in listed
    assert "Courier No. 0: well" in listed
    assert backstory("follow", "--remove", newsroom.feed_url(0)).exit_code == 0
    gone = backstory("follow", "--remove", newsroom.feed_url(0))
    assert (gone.exit_code, "was not followed" in gone.stderr) == (1, True)


def test_a_feed_that_fails_is_told_and_is_a_failure(backstory):
    with Newsroom(3, hosts=3, faults={0: "broken", 1: "gone"}).serving() as newsroom:
        done = backstory("follow", *(newsroom.feed_url(number) for number in range(3)), "--once", *FLAGS)

    assert done.exit_code == 1
    assert "answered with 410" in done.stderr
    assert "answered with 500" in done.stdout
    assert "5 articles added" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("--list", "--once"), ("--list", "https://a.example/"), ("no-such-file",)])
def test_what_means_nothing_is_wrong_usage(backstory, arguments):
    assert backstory("follow", *arguments).exit_code == 2

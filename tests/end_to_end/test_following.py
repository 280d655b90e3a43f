"""Many feeds, among them one with everything that goes wrong with feeds: nothing lost, nothing fetched twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from backstory.assembly import assemble_archive, assemble_desk, assemble_door, assemble_ledger
from backstory.following import Feed
from backstory.settings import Settings
from servers.faults import FAULTS
from servers.feeds import Newsroom
from web.test_process import served

pytestmark = pytest.mark.network

HOSTS = 24
GOOD = 44
PATIENCE_S = 240
POLLS = 4  # an even number, after which what is broken at every other poll has shown all

# Feeds that bring nothing while they are as they are; all others bring every story, whatever is wrong with them.
BARREN = {
    *("gone", "missing", "forbidden", "busy", "unavailable", "broken", "loop", "silent", "hangs-up", "no-http"),
    *("packed-bomb", "huge", "bomb", "login", "empty", "rubbish", "articles-missing"),
}
PARTIAL = {"truncated"}  # shows what can be made out of it
HOST_NAMES = tuple(f"127.0.0.{number}" for number in range(1, HOSTS + 1))


class Clock:
    def __init__(self):
        self.now = datetime(2024, 6, 1, 12, tzinfo=UTC)

    def __call__(self):
        return self.now


def pages_asked(newsroom):
    """How often each article's page was asked for."""
    return Counter({path: times for path, times in newsroom.served.asked.items() if "/news/" in path})


@asynccontextmanager
async def desk_of(home, clock):
    settings = Settings(home=home, allow_private_hosts=HOST_NAMES, seconds_between_requests=0.0, fetch_seconds=3)
    async with AsyncExitStack() as parts:
        archive = await assemble_archive(settings)
        parts.push_async_callback(archive.close)
        ledger = assemble_ledger(settings)
        parts.callback(ledger.close)
        door = assemble_door(settings, clock=clock, note=ledger.outgoing.note)
        desk = assemble_desk(settings, ledger, archive, door, clock=clock)
        parts.push_async_callback(desk.close)
        yield desk, archive


async def test_over_many_polls_nothing_is_lost_and_nothing_fetched_twice(tmp_path):
    clock, faults = Clock(), dict(enumerate(FAULTS, start=GOOD))
    with Newsroom(GOOD + len(faults), stories=3, hosts=HOSTS, faults=faults).serving() as newsroom:
        for poll in range(POLLS):
            async with desk_of(tmp_path, clock) as (desk, archive):  # a restart between polls
                if poll == 0:
                    desk.follow_all(
                        Feed(url=newsroom.feed_url(outlet.number), added_at=clock.now, next_at=clock.now)
                        for outlet in newsroom.outlets
                    )
                else:
                    for outlet in newsroom.outlets:
                        newsroom.publish(outlet.number)
                await desk.follower.once()
                states = {feed.url: feed for feed in desk.feeds.all()}
                kept = {article.url async for article in archive.export()}
                fetched = Counter(one.url for one in desk.outgoing.latest(5_000) if one.outcome == "fetched")
            clock.now += timedelta(days=2)

        wanted = {
            newsroom.article_url(outlet.number, story)
            for outlet in newsroom.outlets
            if outlet.fault not in BARREN | PARTIAL
            for story in outlet.stories
        }
        assert wanted - kept == set()
        assert [url for url, times in fetched.items() if "/news/" in url and times > 1] == []

        def fate(fault):
            number = next(number for number, name in faults.items() if name == fault)
            return states.get(newsroom.feed_url(number)) or states[newsroom.origin(number) + f"/{number}/new-feed"]

        assert not fate("gone").active
        assert "gone for good" in fate("gone").trouble
        assert fate("moved").url.endswith("/new-feed")
        assert fate("moved").state == "well"
        for fault in BARREN - {"gone", "articles-missing", "huge", "bomb"}:
            assert (fault, fate(fault).failures, bool(fate(fault).trouble)) == (fault, POLLS, True)
        assert fate("flaky").good_at is not None
        assert {states[newsroom.feed_url(number)].state for number in range(GOOD)} == {"well"}


def command(home, *arguments):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
    settings = {"ALLOW_PRIVATE_HOSTS": ",".join(HOST_NAMES), "SECONDS_BETWEEN_REQUESTS": "0.02", "HOME": str(home)}
    environ |= {f"BACKSTORY_{name}": value for name, value in settings.items()}
    return [sys.executable, "-m", "backstory", *arguments], environ


def run(home, *arguments):
    line, environ = command(home, *arguments)
    return subprocess.run(line, env=environ, capture_output=True, text=True, check=False, timeout=PATIENCE_S)  # noqa: S603


def killed_after(home, newsroom, pages, *arguments):
    """Run a command and kill it when so many more pages have been asked for; whether it came to that."""
    line, environ = command(home, *arguments)
    already = pages_asked(newsroom).total()
    with subprocess.Popen(line, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        until = time.monotonic() + PATIENCE_S
        while process.poll() is None and time.monotonic() < until:
            if pages_asked(newsroom).total() - already >= pages:
                process.send_signal(signal.SIGKILL)
            time.sleep(0.005)
        return process.wait(PATIENCE_S) == -signal.SIGKILL


def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path):
    """Only what was under way at a kill, one page a host at most, may be fetched a second time."""
    home, opml = tmp_path / "home", tmp_path / "feeds.opml"
    formats = ("rss2", "atom1", "json1")  # not RSS 1.0, which asks to be left alone for half an hour
    with Newsroom(60, stories=5, hosts=HOSTS, formats=formats).serving() as newsroom:
        outlines = "".join(
            f'<outline type="rss" xmlUrl="{newsroom.feed_url(outlet.number)}"/>' for outlet in newsroom.outlets
        )
        opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', "utf-8")
        kills = killed_after(home, newsroom, 20, "follow", str(opml), "--once")
        kills += killed_after(home, newsroom, 40, "follow", "--once")
        done = run(home, "follow", "--once")
        for outlet in newsroom.outlets:
            newsroom.publish(outlet.number)
        kills += killed_after(home, newsroom, 10, "follow", "--once")
        last = run(home, "follow", "--once")

        assert kills == 3
        assert (done.returncode, last.returncode) == (0, 0), done.stderr + last.stderr
        exported = run(home, "export").stdout.splitlines()
        assert len(exported) == 60 * 6
        asked = pages_asked(newsroom)
        repeated = asked.total() - len(asked)
        assert repeated <= kills * 16


def test_commands_follow_through_the_service_and_a_stream_does_not_keep_it_from_stopping(tmp_path):
    home = tmp_path / "home"
    flags = ("--allow-private-hosts", ",".join(HOST_NAMES), "--seconds-between-requests", "0", "--drain-seconds", "60")
    with Newsroom(3, hosts=3).serving() as newsroom, served(home, *flags) as service:
        urls = [newsroom.feed_url(number) for number in range(3)]
        done = run(home, "follow", *urls, "--once")
        assert (done.returncode, done.stdout.count(": followed\n")) == (0, 3), done.stderr
        assert service.client.get("/readyz").json()["articles"] == 15
        assert done.stdout.endswith("3 polled, 0 failed; 15 articles added\n")
        assert run(home, "follow", "--list").stdout.count(": well") == 3
        assert run(home, "follow", "--remove", urls[0]).returncode == 0
        assert run(home, "follow", "--once").stdout.startswith("2 polled, 0 failed")

        with service.client.stream("GET", "/api/jobs/events"):
            begun = time.monotonic()
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(PATIENCE_S) == 0
        assert time.monotonic() - begun < 20
        assert "Traceback" not in service.log.read_text("utf-8")

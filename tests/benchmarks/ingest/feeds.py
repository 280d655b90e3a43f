"""Feeds that are followed: a newsroom of many outlets, a tenth of them out of order in every way there is.

Two rounds, between which every other outlet publishes. The server's own counts tell what was asked, and what it
published what should have come; nothing is taken from the follower's word but what its archive holds.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[2]
sys.path.append(str(TESTS))

from servers.faults import FAULTS  # noqa: E402 - stands in the tests, beside which this stands
from servers.feeds import Newsroom  # noqa: E402

HOSTS = 50
STORIES = 5  # of each outlet at first
FAULTY = 10  # one outlet in so many

# Outlets that bring nothing while they are as they are; all others have to bring every story, whatever else is wrong.
BARREN = frozenset(
    "gone missing forbidden busy unavailable broken loop silent hangs-up no-http packed-bomb huge bomb login empty "  # noqa: SIM905
    "rubbish articles-missing".split()
)
PARTIAL = frozenset({"truncated"})  # shows what can be made out of it
LATE = frozenset({"busy-once", "flaky"})  # in order from the second poll on
MISSING = "articles-missing"  # whose pages are tried again, as none has come


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One round: feeds polled and failed, requests that the server saw and those for articles, articles kept so far.

    `cpu` and `clock` are seconds of the process that follows. `lost` are stories that should be there by now and are
    not, `twice` pages of articles that the server was asked for more than once, in all rounds.
    """

    polled: int
    failed: int
    requests: int
    pages: int
    added: int
    cpu: float
    clock: float
    lost: list[str]
    twice: list[str]


def following(feeds: int, home: Path) -> list[Followed]:
    """Both rounds."""
    faults = dict(zip(range(0, feeds, FAULTY), cycle(FAULTS), strict=False))
    line = [sys.executable, str(Path(__file__).with_name("follow.py")), str(home), str(HOSTS)]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
    with (
        Newsroom(feeds, stories=STORIES, hosts=HOSTS, faults=faults).serving() as newsroom,
        subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ) as follower,  # noqa: S603
    ):
        assert follower.stdin is not None
        addresses = [newsroom.feed_url(outlet.number) for outlet in newsroom.outlets]
        follower.stdin.write("".join(f"{url}\n" for url in [*addresses, ""]))
        first = _round(newsroom, follower)
        for outlet in islice(newsroom.outlets, 0, None, 2):
            newsroom.publish(outlet.number)
        second = _round(newsroom, follower)
        follower.stdin.close()
    return [first, second]


def _round(newsroom: Newsroom, follower: "subprocess.Popen[str]") -> Followed:
    assert follower.stdin is not None
    assert follower.stdout is not None
    before = Counter(newsroom.served.asked)
    follower.stdin.write("once\n")
    follower.stdin.flush()
    said: dict[str, Any] = json.loads(follower.stdout.readline())
    asked = newsroom.served.asked - before
    wanted = {
        newsroom.article_url(outlet.number, story)
        for outlet in newsroom.outlets
        if outlet.fault not in BARREN | PARTIAL and (outlet.fault not in LATE or outlet.polls > 1)
        for story in outlet.stories
    }
    return Followed(
        polled=said["polled"],
        failed=said["failed"],
        requests=asked.total(),
        pages=sum(times for path, times in asked.items() if "/news/" in path),
        added=said["added"],
        cpu=said["cpu"],
        clock=said["clock"],
        lost=sorted(wanted - set(said["kept"])),
        twice=_twice(newsroom),
    )


def _twice(newsroom: Newsroom) -> list[str]:
    asked = [path for path, times in newsroom.served.asked.items() if "/news/" in path and times > 1]
    return [path for path in asked if newsroom.outlets[int(path.split("/")[1])].fault != MISSING]

"""A back-fill as a process of its own, ended as no program can help: kill -9."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

import pytest

from servers import guardian as server
from servers.guardian import KEY, make_result

pytestmark = pytest.mark.network

PATIENCE_S = 120
MONTHS = 10
COMMAND = ("backfill", "--source", "guardian", "--from", "2015-01", "--to", f"2015-{MONTHS}", "--yes")


class SlowGuardian(server.Guardian):
    """Takes its time, so that there is a middle to be cut off in."""

    def answer(self, request):
        return replace(super().answer(request), wait=0.05)


@pytest.fixture
def paper():
    """Two pages of articles in the first month, one in each other."""
    results = [make_result("2015-01-05", number) for number in range(230)]
    results += [make_result(f"2015-{month:02}-05", 1_000 + month) for month in range(2, MONTHS + 1)]
    with SlowGuardian(results) as paper:
        yield paper


@pytest.fixture
def environ(paper, tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
    return kept | {
        "BACKSTORY_HOME": str(tmp_path / "home"),
        "BACKSTORY_GUARDIAN_KEY": KEY,
        "BACKSTORY_SOURCE_ADDRESSES": f"guardian={paper.address}",
        "BACKSTORY_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
        "BACKSTORY_SECONDS_BETWEEN_REQUESTS": "0",
    }


def backstory(*arguments):
    return [sys.executable, "-m", "backstory", *arguments]


def kill_after(requests, seconds, paper, environ):
    """Begin or go on, and kill the process so many seconds after so many more requests came."""
    until, before = time.monotonic() + PATIENCE_S, len(paper.asked)
    with subprocess.Popen(backstory(*COMMAND), env=environ, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        while len(paper.asked) < before + requests:
            assert process.poll() is None, "it ended by itself"
            assert time.monotonic() < until
            time.sleep(0.002)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        assert process.wait(PATIENCE_S) == -signal.SIGKILL


def test_killed_again_and_again_it_loses_no_step_and_asks_none_but_the_running_one_twice(paper, environ):
    # While it waits for an answer, and, a little later, while it reads the two hundred articles of the first page.
    kills = ((1, 0.0), (1, 0.3), (2, 0.0), (3, 0.1))
    for requests, seconds in kills:
        kill_after(requests, seconds, paper, environ)

    done = subprocess.run(  # noqa: S603
        backstory(*COMMAND), env=environ, capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )

    assert done.returncode == 0, done.stderr
    asked = Counter((request.query["from-date"][:7], request.query["page"]) for request in paper.asked)
    assert set(asked) == {(f"2015-{month:02}", "1") for month in range(1, MONTHS + 1)} | {("2015-01", "2")}
    assert sum(asked.values()) <= len(asked) + len(kills)  # one step was running at each kill
    exported = subprocess.run(backstory("export"), env=environ, capture_output=True, check=True, timeout=PATIENCE_S)  # noqa: S603
    urls = [json.loads(line)["url"] for line in exported.stdout.splitlines()]
    assert len(urls) == len(set(urls)) == 230 + MONTHS - 1


def test_while_the_service_runs_it_brings_them_and_goes_on_after_a_kill(paper, environ, tmp_path):
    """The command asks the service, which alone writes; killed with it, the next one goes on where it was."""
    with (
        serving(environ, tmp_path) as service,
        subprocess.Popen(backstory(*COMMAND), env=environ, stderr=subprocess.DEVNULL) as asking,  # noqa: S603
    ):
        wait_until(lambda: len(paper.asked) > 3)
        service.kill()
        assert asking.wait(PATIENCE_S) == 1
    with serving(environ, tmp_path):
        done = subprocess.run(  # noqa: S603
            backstory("backfill", "--resume"),
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )

    assert done.returncode == 0, done.stderr
    assert f"{230 + MONTHS - 1} articles added" in done.stdout
    asked = Counter((request.query["from-date"], request.query["page"]) for request in paper.asked)
    assert len(asked) == MONTHS + 1
    assert sum(asked.values()) <= len(asked) + 1


@contextmanager
def serving(environ, tmp_path):
    """The service as a process, once it answers."""
    said = tmp_path / "home" / "service.json"
    said.unlink(missing_ok=True)
    with subprocess.Popen(backstory("serve", "--port", "0"), env=environ, stderr=subprocess.DEVNULL) as service:  # noqa: S603
        try:
            wait_until(said.exists)
            yield service
        finally:
            service.kill()


def wait_until(happened):
    until = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)

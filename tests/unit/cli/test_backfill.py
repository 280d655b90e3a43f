import json

import pytest

from servers import guardian as server
from servers.guardian import KEY, make_result
from servers.interface import as_json

pytestmark = pytest.mark.network

SPRING = ("--source", "guardian", "--from", "2016-02", "--to", "2016-04")


@pytest.fixture
def paper(monkeypatch):
    results = [make_result(f"2016-0{month}-05", month) for month in (1, 2, 3, 4, 5)]
    with server.Guardian(results) as paper:
        monkeypatch.setenv("BACKSTORY_GUARDIAN_KEY", KEY)
        monkeypatch.setenv("BACKSTORY_SOURCE_ADDRESSES", f"guardian={paper.address}")
        monkeypatch.setenv("BACKSTORY_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
        monkeypatch.setenv("BACKSTORY_SECONDS_BETWEEN_REQUESTS", "0")
        yield paper


def found(backstory):
    done = backstory("search", "--format", "json")
    return [article["title"] for article in json.loads(done.stdout)["articles"]]


def test_the_plan_is_shown_and_nobody_asked(backstory, paper):
    done = backstory("backfill", *SPRING, "--query", "ferry", "--dry-run")

    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "guardian: the Guardian's articles since 1999, whole",
        "  2016-02       1 request",
        "  2016-03       1 request",
        "  2016-04       1 request",
        "3 months, about 3 requests; at least 3 seconds (one in 1 s, 500 a day at most)",
    ]
    assert not paper.asked


@pytest.mark.usefixtures("paper")
def test_what_is_agreed_to_is_brought(backstory):
    done = backstory("backfill", *SPRING, given="y\n")

    assert done.exit_code == 0, done.output
    assert "3 articles added or replaced, 0 refused, in 3 steps" in done.stdout
    assert found(backstory) == ["Report 4", "Report 3", "Report 2"]


def test_what_is_not_agreed_to_is_left(backstory, paper):
    assert backstory("backfill", *SPRING, given="n\n").exit_code == 1
    assert not paper.asked


def test_what_was_brought_is_asked_again_only_on_demand(backstory, paper):
    backstory("backfill", *SPRING, "--yes")
    asked = len(paper.asked)

    assert "--again" in backstory("backfill", *SPRING, "--yes").stdout
    assert len(paper.asked) == asked
    assert backstory("backfill", *SPRING, "--yes", "--again").exit_code == 0
    assert len(paper.asked) == 2 * asked


@pytest.mark.parametrize("again", [("backfill", *SPRING), ("backfill", "--resume")])
def test_what_failed_is_asked_again_by_the_same_command_or_resumed(backstory, paper, again):
    paper.next_answers = [as_json({}, 404)]
    failed = backstory("backfill", *SPRING, "--yes")
    assert failed.exit_code == 1
    assert "1 step failed" in failed.stderr

    done = backstory(*again)

    assert done.exit_code == 0, done.output
    assert sorted(found(backstory)) == ["Report 2", "Report 3", "Report 4"]
    assert len(paper.asked) == 4


def test_a_limit_for_the_day_stops_with_when_to_come_back(backstory, paper):
    paper.next_answers = [paper.answer(asked_with_key()), as_json({}, 429, Retry_After=36_000)]
    done = backstory("backfill", *SPRING, "--yes")
    assert done.exit_code == 1
    assert "come back in 10.0 hours" in done.stderr
    assert backstory("backfill", *SPRING, "--yes").exit_code == 0
    assert len(found(backstory)) >= 2


def asked_with_key():
    class Asked:
        path, query = "/search", {"api-key": KEY, "from-date": "2016-02-01", "to-date": "2016-02-29"}

    return Asked


def test_the_key_stands_nowhere(backstory, paper, home):
    outputs = [backstory("backfill", *SPRING, "--yes").output]
    paper.next_answers = [as_json({"message": "Unauthorized"}, 401)]
    outputs.append(backstory("backfill", *SPRING, "--yes", "--again").output)

    assert "guardian_key" in outputs[1]
    assert KEY not in "".join(outputs)
    for file in home.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes(), file


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(("--source", "nyt", "--from", "2016"), "BACKSTORY_NYT_KEY", id="no key"),
        pytest.param(("--source", "gdelt", "--from", "2016"), "BACKSTORY_ALLOW_SOURCES=gdelt", id="not allowed"),
        pytest.param(("--source", "courier", "--from", "2016"), "no source is called 'courier'", id="unknown"),
        pytest.param(("--source", "guardian"), "--from", id="no time"),
        pytest.param(("--source", "guardian", "--from", "2016-13"), "as 2016-04", id="no month"),
        pytest.param(("--source", "guardian", "--from", "0000"), "as 2016-04", id="no year"),
        pytest.param(("--source", "guardian", "--from", "2016-04", "--to", "2016-03"), "no days", id="backwards"),
        pytest.param(("--source", "guardian", "--from", "2016", "--host", "a.example"), "alone", id="another outlet"),
    ],
)
def test_what_cannot_be_brought_is_told(backstory, paper, arguments, says):
    done = backstory("backfill", *arguments, "--yes")
    assert done.exit_code in {1, 2}
    assert says in done.stderr
    assert not paper.asked


def test_a_source_that_there_is_not_has_no_address(backstory, monkeypatch):
    monkeypatch.setenv("BACKSTORY_SOURCE_ADDRESSES", "courier=https://mirror.example")
    done = backstory("backfill", *SPRING)
    assert done.exit_code == 2
    assert "no source is called courier" in done.stderr


def test_with_nothing_cut_off_there_is_nothing_to_resume(backstory):
    assert backstory("backfill", "--resume").stdout == "no back-fill was cut off\n"

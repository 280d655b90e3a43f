from datetime import UTC, datetime

import pytest

from backstory.following import outgoing
from backstory.model import Outgoing

NOW = datetime(2024, 5, 8, tzinfo=UTC)


def make_request(number=1, **fields):
    said = {"url": f"https://paper.example/{number}", "why": "poll The Paper", "outcome": "fetched"}
    return Outgoing(at=NOW, **{**said, "status": 200, "size": 10, "seconds": 0.5, **fields})


def test_requests_are_told_the_newest_first(ledger):
    for number in range(5):
        ledger.outgoing.note(make_request(number))

    assert ledger.outgoing.latest(2) == (make_request(4), make_request(3))
    assert ledger.outgoing.latest(2, skip=2) == (make_request(2), make_request(1))


def test_requests_are_found_by_words_in_address_purpose_and_outcome(ledger):
    ledger.outgoing.note(make_request(1, outcome="refused: robots.txt"))
    ledger.outgoing.note(make_request(2, why="read a page"))
    ledger.outgoing.note(make_request(3))

    assert [request.url[-1] for request in ledger.outgoing.latest(containing="ROBOTS")] == ["1"]
    assert [request.url[-1] for request in ledger.outgoing.latest(containing="read a")] == ["2"]
    assert ledger.outgoing.latest(containing="100%") == ()


def test_only_the_last_requests_are_kept(ledger, monkeypatch):
    monkeypatch.setattr(outgoing, "OUTGOING_KEPT", 50)
    for number in range(1_000):
        ledger.outgoing.note(make_request(number))

    assert ledger.outgoing.count() == 50
    assert ledger.outgoing.latest(1)[0].url.endswith("/999")


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_are_told_than_asked_for(ledger, limit):
    for number in range(5):
        ledger.outgoing.note(make_request(number))
    assert len(ledger.outgoing.latest(limit)) == limit

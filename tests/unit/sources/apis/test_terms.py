from datetime import UTC, datetime
from pathlib import Path

import pytest

from backstory.settings import load
from backstory.sources.apis.registry import how_to_allow, open_sources
from backstory.sources.apis.terms import TERMS
from servers.door import OpenDoor

_DOCUMENT = Path(__file__).parents[4] / "docs" / "sources.md"
WITHOUT_KEY = [name for name, terms in TERMS.items() if not terms.key_from]


def opened(keys=None, allowed=()):
    sources = open_sources(
        OpenDoor(), keys=keys or {}, allowed=allowed, addresses={}, clock=lambda: datetime(2026, 5, 8, tzinfo=UTC)
    )
    return [source.name for source in sources]


def test_nothing_is_asked_before_the_owner_says_so():
    assert opened() == []
    assert opened(keys=dict.fromkeys(TERMS, "")) == []


def test_each_is_there_once_it_has_its_key_or_the_owners_yes():
    assert opened(keys=dict.fromkeys(TERMS, "key"), allowed=WITHOUT_KEY) == list(TERMS)
    assert opened(allowed=("gdelt",)) == ["gdelt"]
    assert opened(keys={"nyt": "key"}, allowed=("guardian",)) == ["nyt"]


@pytest.mark.parametrize("name", TERMS)
def test_what_has_to_be_done_is_what_helps(name):
    """The variable that the sentence names is a setting, and turns the source on."""
    words = how_to_allow(name).replace(";", "").replace(",", "").split()
    [variable] = [word for word in words if word.startswith("BACKSTORY_") and not word.endswith("_FILE")]
    variable, _, value = variable.partition("=")

    settings = load(flags={}, environ={variable: value or "key"})

    keys = {"guardian": settings.guardian_key, "nyt": settings.nyt_key, "factcheck": settings.factcheck_key}
    assert opened(keys=keys, allowed=settings.allow_sources) == [name]


def test_the_document_says_what_holds():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in _DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    by_name = {row[0].strip("`"): row[1:] for row in rows}
    for name, terms in TERMS.items():
        a_day = f", {terms.a_day} a day" if terms.a_day else ""
        switch = f"`{name}_key`" if terms.key_from else "`allow_sources`"
        assert by_name[name] == [terms.brings, switch, f"one request in {terms.seconds_between:g} s{a_day}"]


@pytest.mark.parametrize(
    ("name", "requests", "seconds"),
    [
        ("guardian", 8, 8),
        ("guardian", 500, 500),
        ("guardian", 501, 86_400 + 501),
        ("gdelt", 1_000, 5_000),
        ("nyt", 0, 0),
    ],
)
def test_a_limit_for_the_day_makes_it_take_days(name, requests, seconds):
    assert TERMS[name].seconds(requests) == seconds

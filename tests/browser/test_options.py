"""Options: where the service is, and a test that says exactly what is wrong."""

from pathlib import Path

import pytest

from browser.browsers import Browser, until
from browser.servers import Site, Witness, free_port, running_service

pytestmark = pytest.mark.browser


def outcome_of(browser: Browser, address: str, token: str = "") -> str:
    """What the test says of an address and a token."""
    browser.fill_in_options(address, token)
    browser.evaluate("document.getElementById('test').click()")
    return until(
        lambda: None if browser.outcome in ("", f"Asking {_name(address)}…") else browser.outcome, "the outcome"
    )


def test_a_service_that_works_is_named_with_its_version(browser: Browser, witness: Witness):
    assert outcome_of(browser, witness.origin) == f"It works: Backstory 0.1.0 answers at {_name(witness.origin)}."


def test_where_nothing_listens_it_says_so(browser: Browser):
    address = f"http://127.0.0.1:{free_port()}"

    assert outcome_of(browser, address) == f"Can't reach your Backstory at {_name(address)}. Is it running?"


def test_something_else_is_not_taken_for_a_backstory(browser: Browser, site: Site, witness: Witness):
    witness.health = {"name": "Other"}

    for address in (site.origin, witness.origin):
        assert "isn't a Backstory" in outcome_of(browser, address)


def test_another_version_is_named(browser: Browser, witness: Witness):
    witness.health = {"name": "Backstory", "version": "9.0.0", "api": 9}

    assert "speaks another version" in outcome_of(browser, witness.origin)


def test_what_is_no_address_is_said_to_be_none(browser: Browser):
    assert outcome_of(browser, "no address").startswith("That is not an address.")
    assert browser.evaluate("document.activeElement.id + document.activeElement.ariaInvalid") == "addresstrue"


def test_the_token_is_told_right_from_wrong(browser: Browser, tmp_path: Path):
    with running_service(tmp_path, "--token", "right-token-of-ours") as address:
        name = _name(address)
        assert outcome_of(browser, address) == f"Your Backstory at {name} asks for a token. Check the one in Options."
        assert (
            outcome_of(browser, address, "wrong")
            == f"Your Backstory at {name} asks for a token. Check the one in Options."
        )
        assert outcome_of(browser, address, "right-token-of-ours") == f"It works: Backstory 0.1.0 answers at {name}."


def test_what_is_saved_is_there_again(browser: Browser):
    browser.use_service("127.0.0.1:9999/", "a token")
    browser.open_options()
    until(lambda: browser.evaluate("document.getElementById('token').value"), "Options to be filled in")

    assert browser.evaluate("document.getElementById('address').value") == "http://127.0.0.1:9999"
    assert browser.evaluate("document.getElementById('token').value") == "a token"


def _name(address: str) -> str:
    return address.removeprefix("http://")

"""What goes wrong on our side: seen by the client, and in the log without a word of the page."""

import logging
from dataclasses import replace

import pytest

from backstory.errors import ArchiveUnavailableError
from web.answers import assert_problem, assert_shape

SECRET = "Nobody outside this room may read that it rained in Lindau on Monday."
URL = "https://reader.example/private?token=hush"


def install(client, **parts):
    client.app.state.service = replace(client.app.state.service, **parts)


async def annotate(client):
    return await client.post("/api/annotations", json={"url": URL, "text": SECRET})


class Faulty:
    """An annotator with a fault in it, whose error quotes the page."""

    async def annotate(self, page, *_more, **_named):
        raise ZeroDivisionError(page.text)


async def test_a_fault_is_a_problem_and_its_log_quotes_nothing(client, caplog):
    install(client, annotator=Faulty())

    with caplog.at_level(logging.DEBUG):
        answer = await annotate(client)

    assert SECRET not in assert_problem(answer, "internal")
    assert "ZeroDivisionError at test_faults.py" in caplog.text
    assert not [record for record in caplog.records if record.exc_info]
    for hidden in (SECRET, "hush", "reader.example"):
        assert hidden not in caplog.text


async def test_a_request_is_logged_without_its_query(client, caplog):
    with caplog.at_level(logging.DEBUG):
        await client.get("/api/articles", params={"q": "an affair of my own"})
        await client.get("/a%0d%0aforged")

    said = [record.getMessage() for record in caplog.records if record.name.startswith("backstory")]
    assert any(line.startswith("GET /api/articles 200") for line in said)
    assert not [line for line in said if "affair" in line or "\n" in line]


async def test_an_archive_that_does_not_answer_leaves_the_page_its_own_dates_and_claims(client):
    await client.app.state.service.archive.close()

    answer = await annotate(client)

    assert answer.status_code == 200
    assert_shape(answer.json(), "AnnotationPage")
    assert answer.json()["degraded"] == ["archive"]
    assert [item for item in answer.json()["items"] if "claim" in item]


class Away:
    """An archive behind a broken wire."""

    def __getattr__(self, name):
        async def raises(*_arguments):
            raise ArchiveUnavailableError("the archive is away")

        return raises


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/readyz"), ("GET", "/api/articles?q=rain"), ("DELETE", "/api/articles?url=https://a.example/")],
)
async def test_what_needs_the_archive_says_that_it_is_away(client, method, path):
    install(client, archive=Away())
    assert "away" in assert_problem(await client.request(method, path), "archive-unavailable")


async def test_a_service_without_its_archive_is_alive(client):
    install(client, archive=Away())
    assert (await client.get("/healthz")).status_code == 200
    front = await client.get("/")
    assert front.status_code == 200
    assert "The archive does not answer." in front.text

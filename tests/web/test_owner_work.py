"""The owner's pages over what goes on: jobs, requests that left, tokens."""

import asyncio
import json
from datetime import timedelta

import pytest
from lxml import html as lxml_html

from backstory.model import Outgoing
from web.conftest import NOW

OWN = {"Origin": "http://127.0.0.1:8478", "Sec-Fetch-Site": "same-origin"}


def tree(answer):
    return lxml_html.document_fromstring(answer.text)


def text(element):
    return " ".join(element.text_content().split())


def desk_of(client):
    return client.app.state.service.desk


def lists(page):
    """The running and the ended jobs, each as its words."""
    return [[text(row) for row in section.xpath(".//li")] for section in page.xpath("//main/section")]


# --- /jobs


async def test_a_job_is_seen_while_it_runs_and_stopped_from_the_page(client):
    async def work(reporter):
        reporter.at(40, 120)
        reporter.count(added=31, refused=2)
        await asyncio.Event().wait()

    job = desk_of(client).jobs.start("backfill", "Guardian <b>2016</b>", work)
    await asyncio.sleep(0)
    page = tree(await client.get("/jobs"))

    [[running], ended] = lists(page)
    assert running.startswith("Guardian <b>2016</b> 40 of 120 · 31 articles added · 2 refused · begun just now")
    assert ended == []
    [bar] = page.xpath("//progress")
    assert float(bar.get("value")) == pytest.approx(1 / 3)
    assert page.xpath("//noscript//meta[@http-equiv='refresh'] | //meta[@http-equiv='refresh']")

    answer = await client.post("/jobs/stop", data={"number": job.number}, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/jobs")
    [running, [ended]] = lists(tree(await client.get("/jobs")))
    assert running == []
    assert "Stopped by you" in ended
    assert (await client.post("/jobs/stop", data={"number": job.number}, headers=OWN)).status_code == 404
    assert (await client.post("/jobs/stop", data={"number": "٣"}, headers=OWN)).status_code == 404


async def test_a_job_that_failed_says_why(client):
    async def work(_reporter):
        raise RuntimeError("boom")

    desk = desk_of(client)
    await desk.jobs.finished(desk.jobs.start("import", "papers.ndjson", work).number)
    [_, [ended]] = lists(tree(await client.get("/jobs")))

    assert "Failed" in ended
    assert "a fault of Backstory's own (RuntimeError)" in ended


async def test_jobs_are_told_as_they_go_on_until_none_runs(client):
    desk, go_on = desk_of(client), asyncio.Event()

    async def work(reporter):
        reporter.at(500_000, 2_000_000)
        await go_on.wait()
        reporter.at(1_500_000, 2_000_000)

    async def later():
        await asyncio.sleep(0.2)
        go_on.set()

    job = desk.jobs.start("import", "papers.ndjson", work)
    await asyncio.sleep(0)
    told = asyncio.create_task(later())
    answer = await client.get("/jobs/events")
    await told

    assert answer.headers["content-type"].startswith("text/event-stream")
    lines = [line for line in answer.text.splitlines() if line.startswith("data: ")]
    events = [json.loads(line.removeprefix("data: ")) for line in lines]
    assert events[0] == [
        {"number": job.number, "title": "papers.ndjson", "share": 0.25, "progress": "0.5 MB of 2.0 MB", "trouble": ""}
    ]
    assert events[-1] == []


# --- /requests


async def test_what_left_this_machine_is_listed_and_looked_through(client):
    log = desk_of(client).outgoing
    for number in range(120):
        log.note(
            Outgoing(
                at=NOW - timedelta(minutes=200 - number),
                url=f"https://paper.example/{number}?q=<b>",
                why="the news of Paper",
                outcome="fetched" if number % 2 else "not allowed by robots.txt",
                status=200 if number % 2 else 0,
                size=1500,
                seconds=0.25,
            )
        )

    page = tree(await client.get("/requests"))
    rows = [text(row) for row in page.xpath("//tbody/tr")]
    assert len(rows) == 100
    assert rows[0] == "1 hour agohttps://paper.example/119?q=<b>the news of Paperfetched200 · 2 kB · 0.2 s"
    [older] = page.xpath("//a[@rel='next']/@href")
    assert len(tree(await client.get(older)).xpath("//tbody/tr")) == 20
    found = tree(await client.get("/requests", params={"containing": "ROBOTS"})).xpath("//tbody/tr")
    assert len(found) == 60
    assert "None with these words" in text(tree(await client.get("/requests?containing=nothing")))
    assert (await client.get("/requests?page=0")).status_code == 400


# --- /tokens


async def test_a_token_is_shown_once_and_taken_back(client):
    made = tree(await client.post("/tokens/make", data={"name": "my  <b>phone</b>"}, headers=OWN))
    [words] = made.xpath("//code[@class='words']/text()")
    assert desk_of(client).tokens.accepts(words, NOW)

    answer = await client.get("/tokens")
    assert words not in answer.text
    [row] = tree(answer).xpath("//ul[@class='jobs']/li")
    assert text(row).startswith("my <b>phone</b> Made just now")
    [number] = row.xpath(".//input[@name='number']/@value")

    assert (await client.post("/tokens/revoke", data={"number": number}, headers=OWN)).status_code == 303
    assert not desk_of(client).tokens.accepts(words, NOW)
    assert "None yet" in text(tree(await client.get("/tokens")))
    assert (await client.post("/tokens/revoke", data={"number": number}, headers=OWN)).status_code == 404


async def test_a_name_that_cannot_be_is_said_beside_it(client):
    for name, says in (("", "1 to 80 characters"), ("x" * 81, "1 to 80 characters")):
        answer = await client.post("/tokens/make", data={"name": name}, headers=OWN)
        assert answer.status_code == 400
        assert says in text(tree(answer).get_element_by_id("trouble"))
    await client.post("/tokens/make", data={"name": "phone"}, headers=OWN)
    answer = await client.post("/tokens/make", data={"name": "phone"}, headers=OWN)
    assert "already" in text(tree(answer).get_element_by_id("trouble"))


@pytest.mark.parametrize("path", ["/jobs/stop", "/tokens/make", "/tokens/revoke"])
async def test_no_other_site_can_send_these_forms(client, path):
    answer = await client.post(path, data={"name": "x", "number": "1"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert desk_of(client).tokens.all() == ()

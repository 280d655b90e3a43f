import json

import pytest
from prometheus_client.parser import text_string_to_metric_families

from web.answers import assert_problem

NDJSON = {"Content-Type": "application/x-ndjson"}


async def scraped(client):
    """Every sample by its name and labels, as Prometheus itself reads them."""
    answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = list(text_string_to_metric_families(answer.text))
    assert len({family.name for family in families}) == len(families)
    assert all(family.documentation for family in families)
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value for family in families for sample in family.samples
    }


async def test_answers_are_counted_by_route_method_and_status(client):
    for path in ("/healthz", "/healthz", "/no/such/place", "/static/none.js", "/static/nor-this.js"):
        await client.get(path)

    told = await scraped(client)

    def count(route, status):
        return told["backstory_http_requests_total", ("method", "GET"), ("route", route), ("status", status)]

    assert (count("/healthz", "200"), count("other", "404"), count("/static/{name}", "404")) == (2, 1, 2)


async def test_no_address_that_a_client_makes_up_makes_a_label(client):
    before = len(await scraped(client))
    for number in range(50):
        await client.get(f"/made-up/{number}")
        await client.request(f"MADE{number}", "/healthz")
    assert len(await scraped(client)) <= before + 6


async def test_the_stages_of_reading_a_page_are_measured(client):
    page = {"url": "https://a.example/", "text": "It rained in Lindau on Monday."}
    for _ in range(3):
        assert (await client.post("/api/annotations", json=page)).is_success

    told = await scraped(client)

    stages = {dict(labels)["stage"] for name, *labels in told if name == "backstory_annotate_seconds_count"}
    assert stages >= {"read", "dates", "claims", "search", "annotate"}
    assert told["backstory_annotate_seconds_count", ("stage", "read")] == 3
    assert told["backstory_annotate_seconds_bucket", ("le", "+Inf"), ("stage", "read")] == 3


async def test_articles_and_what_is_followed_are_counted(client):
    line = {"url": "https://a.example/1", "text": "It rained.", "published": "2016-03-14", "publisher": "The Post"}
    await client.post("/api/articles", content=json.dumps(line).encode() + b"\n{\n", headers=NDJSON)

    told = await scraped(client)

    assert told["backstory_ingested_articles_total", ("outcome", "added")] == 1
    assert told["backstory_ingested_articles_total", ("outcome", "refused")] == 1
    assert told["backstory_archive_articles",] == 1
    assert told["backstory_feeds", ("state", "well")] == 0
    assert told["backstory_outgoing_requests_total",] == 0
    assert told["process_cpu_seconds_total",] > 0
    assert told.get(("process_resident_memory_bytes",), 10_000_001) > 10_000_000


async def test_the_token_is_needed(serving):
    async with serving(token="s3cret") as client:
        assert_problem(await client.get("/metrics"), "token-needed")


@pytest.mark.parametrize("path", ["/metrics", "/api/feeds", "/api/jobs"])
async def test_a_named_token_opens_what_the_configured_one_does_until_it_is_taken_back(serving, path):
    async with serving(token="s3cret") as client:
        desk = client.app.state.service.desk
        token, words = desk.tokens.make("scraper", desk.clock())
        headers = {"Authorization": f"Bearer {words}"}

        assert (await client.get(path, headers=headers)).status_code == 200
        desk.tokens.revoke(token.number)
        assert_problem(await client.get(path, headers=headers), "token-needed")

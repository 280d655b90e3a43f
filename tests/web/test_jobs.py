import asyncio
import json

import pytest

from web.answers import assert_problem, assert_shape


@pytest.fixture
def jobs(client):
    return client.app.state.service.desk.jobs


async def for_ever(_reporter):
    await asyncio.Event().wait()


async def test_jobs_are_told_and_stopped(client, jobs):
    job = jobs.start("import", "news.ndjson", for_ever)
    await asyncio.sleep(0)

    told = (await client.get("/api/jobs")).json()
    stopped = await client.delete("/api/jobs", params={"number": job.number})

    assert_shape(told, "JobList")
    assert [(one["number"], one["state"], one["endedAt"]) for one in told["jobs"]] == [(job.number, "running", None)]
    assert stopped.status_code == 204
    assert (await client.get("/api/jobs")).json()["jobs"][0]["state"] == "stopped"
    assert_problem(await client.delete("/api/jobs", params={"number": job.number}), "no-such-job")


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30])
async def test_a_number_that_means_nothing_is_refused(client, number):
    assert_problem(await client.delete("/api/jobs", params={"number": number}), "invalid-field", field="number")


async def test_a_stream_tells_what_runs_then_each_change_and_ends_with_the_service(client, jobs):
    gate = asyncio.Event()

    async def work(reporter):
        reporter.at(1, 2)
        await gate.wait()

    jobs.start("import", "news.ndjson", work)
    await asyncio.sleep(0.05)
    reading = asyncio.create_task(client.get("/api/jobs/events"))
    await asyncio.sleep(0.05)
    gate.set()
    await asyncio.sleep(0.05)
    jobs.hang_up()
    answer = await asyncio.wait_for(reading, 5)

    assert answer.headers["content-type"].startswith("text/event-stream")
    data = [json.loads(line.removeprefix("data: ")) for line in answer.text.splitlines() if line.startswith("data: ")]
    for one in data:
        assert_shape(one, "Job")
    assert [(one["state"], one["done"]) for one in data] == [("running", 1), ("done", 1)]


async def test_an_import_of_many_articles_is_a_job_and_one_of_few_is_none(client, jobs):
    line = {"url": "https://a.example/1", "text": "It rained.", "published": "2016-03-14"}
    body = json.dumps(line).encode() + b"\n"

    async def stream():
        yield body

    for content in (body, stream()):
        answer = await client.post("/api/articles", content=content, headers={"Content-Type": "application/x-ndjson"})
        assert answer.is_success

    [job] = jobs.all()
    assert (job.kind, job.state, job.done) == ("import", "done", len(body))

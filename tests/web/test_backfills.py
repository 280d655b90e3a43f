import json

import pytest

from servers import guardian as server
from servers.guardian import KEY, make_result
from servers.http import Answer
from servers.http import serving as serving_site
from servers.interface import JSON, as_json
from web.answers import assert_problem, assert_shape

pytestmark = pytest.mark.network

WISH = {"source": "guardian", "from": "2016-01-01", "to": "2016-03-31"}


@pytest.fixture
def paper():
    with server.Guardian([make_result(f"2016-0{month}-05", month) for month in (1, 2, 3, 4)]) as paper:
        yield paper


@pytest.fixture
async def client(serving, paper):
    settings = {
        "guardian_key": KEY,
        "source_addresses": (f"guardian={paper.address}",),
        "allow_private_hosts": ("127.0.0.1",),
        "seconds_between_requests": 0.0,
    }
    async with serving(**settings) as client:
        yield client


async def ended(client):
    """The newest back-fill, once no job goes on with it."""
    jobs = client.app.state.service.desk.jobs
    await jobs.finished(jobs.all()[0].number)
    document = (await client.get("/api/backfills")).json()
    assert_shape(document, "BackfillList")
    return document["backfills"][0]


async def test_a_back_fill_runs_as_a_job_and_its_articles_are_found(client):
    begun = await client.post("/api/backfills", json=WISH)

    assert begun.status_code == 202
    assert_shape(begun.json(), "Backfill")
    done = await ended(client)
    assert (done["stepsDone"], done["requestsDone"], done["added"]) == (3, 3, 3)
    found = (await client.get("/api/articles")).json()
    assert [article["title"] for article in found["articles"]] == ["Report 3", "Report 2", "Report 1"]
    [job] = client.app.state.service.desk.jobs.all()
    assert (job.state, job.title, job.done, job.added) == ("done", "guardian, 2016-01-01 to 2016-03-31", 3, 3)


async def test_a_dry_run_asks_nobody(client, paper):
    answer = await client.post("/api/backfills", json=WISH | {"query": "ferry", "dry_run": True})

    assert answer.status_code == 200
    assert_shape(answer.json(), "BackfillPlan")
    assert [month["month"] for month in answer.json()["months"]] == ["2016-01", "2016-02", "2016-03"]
    assert (answer.json()["requests"], answer.json()["seconds"]) == (3, 3)
    assert not paper.asked


async def test_the_same_wish_is_brought_once(client, paper):
    await client.post("/api/backfills", json=WISH)
    await ended(client)
    asked = len(paper.asked)

    assert (await client.post("/api/backfills", json=WISH)).status_code == 200
    assert len(paper.asked) == asked
    assert (await client.post("/api/backfills", json=WISH | {"again": True})).status_code == 202
    await ended(client)
    assert len(paper.asked) == 2 * asked


async def test_what_failed_is_asked_again_by_the_same_request(client, paper):
    paper.next_answers = [as_json({}, 404)]
    await client.post("/api/backfills", json=WISH)
    failed = await ended(client)
    assert (failed["stepsFailed"], failed["stepsDone"]) == (1, 2)
    assert "404" in failed["trouble"]

    await client.post("/api/backfills", json=WISH)

    assert (await ended(client))["stepsDone"] == 3
    assert len(paper.asked) == 4


async def test_a_source_that_refuses_fails_the_job_with_its_reason(client, paper):
    paper.next_answers = [as_json({"message": "Unauthorized"}, 401)]
    await client.post("/api/backfills", json=WISH)
    await ended(client)
    [job] = client.app.state.service.desk.jobs.all()
    assert job.state == "failed"
    assert "guardian_key" in job.trouble
    assert KEY not in job.trouble


async def test_a_job_that_was_stopped_is_gone_on_with(client):
    service = client.app.state.service
    number = (await client.post("/api/backfills", json=WISH)).json()["job"]
    service.desk.jobs.stop(number)
    assert (await service.desk.jobs.finished(number)).state == "stopped"

    await client.post("/api/backfills", json=WISH)

    assert (await ended(client))["stepsDone"] == 3


async def test_sources_say_what_they_need(client):
    sources = {it["name"]: it["needs"] for it in (await client.get("/api/backfills")).json()["sources"]}
    assert sources["guardian"] == ""
    assert "BACKSTORY_NYT_KEY" in sources["nyt"]
    assert "BACKSTORY_ALLOW_SOURCES=gdelt" in sources["gdelt"]


@pytest.mark.parametrize(
    ("change", "name", "says"),
    [
        pytest.param({"source": "nyt"}, "nothing-to-bring", "BACKSTORY_NYT_KEY", id="no key"),
        pytest.param({"source": "courier"}, "nothing-to-bring", "no source is called", id="unknown"),
        pytest.param({"host": "paper.example"}, "nothing-to-bring", "theguardian.com alone", id="another outlet"),
        pytest.param({"from": "2016-04-01"}, "invalid-field", "to must not be before from", id="backwards"),
        pytest.param({"from": None}, "invalid-field", "from and to are needed", id="no days"),
        pytest.param({"query": "x" * 1_001}, "invalid-field", "at most 1,000", id="a long query"),
        pytest.param({"host": "http://a.example"}, "invalid-field", "host must be", id="no host"),
        pytest.param({"hots": "a.example"}, "invalid-field", "did you mean host", id="misspelt"),
    ],
)
async def test_what_cannot_be_brought_is_told(client, paper, change, name, says):
    answer = await client.post("/api/backfills", json=WISH | change)
    assert says in assert_problem(answer, name, field=answer.json().get("field"))
    assert not paper.asked


@pytest.mark.parametrize("name", ["guardian", "nyt", "factcheck"])
@pytest.mark.parametrize("refused", [False, True])
async def test_no_key_stands_in_anything_that_can_be_looked_at(serving, caplog, name, refused):
    """Whether the interface takes the key or repeats it in its refusal."""
    caplog.set_level("DEBUG")
    key = "s3cret-key-of-the-owner"

    def interface(request):
        assert key in request.target
        body = json.dumps({"message": f"{request.target} is wrong"}) if refused else "{}"
        return Answer(status=401 if refused else 200, body=body.encode(), headers=(JSON,))

    with serving_site(interface) as there:
        settings = {
            f"{name}_key": key,
            "source_addresses": (f"{name}={there.origin}",),
            "allow_private_hosts": ("127.0.0.1",),
            "seconds_between_requests": 0.0,
        }
        async with serving(**settings) as client:
            begun = await client.post("/api/backfills", json=WISH | {"source": name, "query": "ferry"})
            await ended(client)
            places = ("/requests", "/settings", "/jobs", "/api/backfills", "/api/jobs", "/metrics")
            said = begun.text + "".join([(await client.get(place)).text for place in places])
            said += repr(client.app.state.service) + repr(client.app.state.service.desk.jobs.all())

    assert there.origin in said  # what was asked is told
    assert key not in said
    assert key not in caplog.text

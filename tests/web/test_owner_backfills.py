"""The owner's page of back-fills, before an interface on this machine."""

import json
from datetime import date

import pytest
from lxml import html as lxml_html

from backstory.model import Interval, Wanted
from servers import guardian as server
from servers.guardian import KEY, make_result

OWN = {"Origin": "http://127.0.0.1:8478", "Sec-Fetch-Site": "same-origin"}
WISH = {"source": "guardian", "from": "2016-01", "to": "2016-03"}


@pytest.fixture
def paper():
    with server.Guardian([make_result(f"2016-0{month}-05", month) for month in (1, 2, 3, 4)]) as paper:
        yield paper


@pytest.fixture
def settings(paper):
    return {
        "guardian_key": KEY,
        "source_addresses": (f"guardian={paper.address}",),
        "allow_private_hosts": ("127.0.0.1",),
        "seconds_between_requests": 0.0,
    }


@pytest.fixture
async def client(serving, settings):
    async with serving(**settings) as client:
        yield client


def tree(answer):
    return lxml_html.document_fromstring(answer.text)


def text(element):
    return " ".join(element.text_content().split())


def typed(page):
    """What stands in the form."""
    form = page.xpath("//form[@action='/backfill']")[0]
    said = {field.get("name"): field.get("value") for field in form.xpath(".//input[not(@type)]")}
    return said | {"source": next(iter(form.xpath(".//input[@type='radio'][@checked]/@value")), "")}


@pytest.mark.network
async def test_months_are_brought_once_it_was_seen_what_they_take(client, paper):
    page = tree(await client.get("/backfill", params={**WISH, "plan": "yes"}))
    figures = dict(zip(page.xpath("//dt/text()"), page.xpath("//dd/text()"), strict=True))
    assert figures["months"] == "3"
    assert int(figures["requests, about"]) == sum(int(cell) for cell in page.xpath("//tbody//td/text()")) > 0
    assert not paper.asked

    [form] = page.xpath("//form[@action='/backfill/begin']")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    answer = await client.post("/backfill/begin", data=fields, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/jobs")

    jobs = client.app.state.service.desk.jobs
    await jobs.finished(jobs.all()[0].number)
    assert len(tree(await client.get("/search")).xpath("//ol[@class='reports']/li")) == 3
    assert "3 articles added" in text(tree(await client.get("/jobs")))
    before = text(tree(await client.get("/backfill")).xpath("//ul[@class='jobs']/li")[0])
    assert before.startswith("guardian January 2016 to March 2016 · ")
    assert before.endswith(" requests · 3 articles added Complete")
    assert KEY not in (await client.get("/requests")).text
    assert KEY not in (await client.get("/settings")).text


@pytest.mark.network
async def test_a_gap_fills_in_the_form_with_the_outlet_s_host(client):
    line = {
        "url": "https://courier.example/1",
        "text": "The harbour was closed.",
        "published": "2016-02-01",
        "publisher": "The Courier",
    }
    content = json.dumps(line)
    await client.post("/api/articles", content=content, headers={"Content-Type": "application/x-ndjson"})
    gap = {"from": "2016-03", "to": "2016-04", "publisher": "courier"}
    page = tree(await client.get("/backfill", params=gap))

    assert typed(page) == {"source": "", "from": "2016-03", "to": "2016-04", "query": "", "host": "courier.example"}
    assert "To close a gap: courier" in text(page)
    unknown = tree(await client.get("/backfill", params=gap | {"publisher": "<b>Nobody</b>"}))
    assert "<b>Nobody</b>, whose address your archive does not know" in text(unknown)
    assert typed(unknown)["host"] == ""


@pytest.mark.network
async def test_each_source_says_what_it_needs_before_it_may_be_asked(client):
    page = tree(await client.get("/backfill"))
    sources = {source.get("value"): source for source in page.xpath("//input[@type='radio']")}

    assert sources["guardian"].get("disabled") is None
    assert sources["nyt"].get("disabled") is not None
    assert "BACKSTORY_NYT_KEY" in text(page)


@pytest.mark.network
@pytest.mark.parametrize(
    ("wish", "says"),
    [
        pytest.param({"from": "March"}, "From must be a month or a day, as 2016-03", id="no month"),
        pytest.param({"from": "2016-13"}, "From must be a month or a day", id="no such month"),
        pytest.param({"from": ""}, "Say from which month on", id="nothing"),
        pytest.param({"to": "2015-12"}, "The last month is before the first", id="backwards"),
        pytest.param({"from": "2016-05", "to": "2016-06"}, "yet to come", id="the future"),
        pytest.param({"source": ""}, "Choose whom to ask", id="nobody"),
        pytest.param({"source": "nyt"}, "key", id="not allowed"),
        pytest.param({"source": "<script>"}, "No source", id="unknown"),
        pytest.param({"host": "no host"}, "Host must be a host", id="no host"),
        pytest.param({"query": "x" * 1001}, "at most 1,000 characters", id="too many words"),
    ],
)
async def test_what_is_wrong_with_a_wish_is_said_above_it(client, paper, wish, says):
    for answer in (
        await client.get("/backfill", params=WISH | wish | {"plan": "yes"}),
        await client.post("/backfill/begin", data=WISH | wish, headers=OWN),
    ):
        assert answer.status_code == 422
        assert says in text(tree(answer).get_element_by_id("trouble"))
        assert typed(tree(answer))["from"] == (WISH | wish)["from"]
    assert not paper.asked


@pytest.mark.network
async def test_no_other_site_can_begin_one(client, paper):
    answer = await client.post("/backfill/begin", data=WISH, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert client.app.state.service.desk.jobs.all() == ()
    assert not paper.asked


@pytest.mark.network
async def test_what_was_cut_off_comes_first_after_a_restart_and_goes_on_from_there(serving, settings, paper):
    async with serving(**settings, archive="local:") as client:  # begun, and the process killed before its first step
        service = client.app.state.service
        planned = service.backfiller.plan("guardian", Wanted(days=Interval(date(2016, 1, 1), date(2016, 3, 31))))
        store, now = service.desk.ledger.backfills, service.clock()
        store.begin(planned.source, planned.wanted, planned.steps, now)
        for year in range(1980, 2005):  # many that came after it, and are complete
            later = Wanted(days=Interval(date(year, 1, 1), date(year, 1, 31)))
            store.begin("guardian", later, (), now)
    async with serving(**settings, archive="local:") as client:
        [first, *others] = tree(await client.get("/backfill")).xpath("//ul[@class='jobs']/li")
        assert text(first).startswith("guardian January 2016 to March 2016 · 0 of ")
        assert (len(others), text(others[0])[-8:]) == (19, "Complete")
        [form] = first.xpath(".//form[@action='/backfill/begin']")
        assert text(form).startswith("Go on")
        assert not paper.asked

        fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
        await client.post("/backfill/begin", data=fields, headers=OWN)
        jobs = client.app.state.service.desk.jobs
        await jobs.finished(jobs.all()[0].number)

        begun = [text(row) for row in tree(await client.get("/backfill")).xpath("//ul[@class='jobs']/li")]
        assert not [row for row in begun if "Go on" in row]
        assert len(tree(await client.get("/search")).xpath("//ol[@class='reports']/li")) == 3

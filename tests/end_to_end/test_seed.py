"""The article that Backstory began with, the whole way: through the API, the command line and an HTML page."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from end_to_end.conftest import backstory
from seed import seed_html, seed_text

pytestmark = pytest.mark.shared

SEED_URL = "https://seed.example/2016/netanyahu-putin-meeting"
PUBLISHED = "2016-04-21"
WITHDRAWAL_ORDER = "https://en.wikipedia.org/wiki/Portal:Current_events/2016_March_14?item=4"
FURNITURE = ("Print Friendly, PDF & Email", "Send to Kindle", "[Photo: Kremlin]")

DATES = {
    "Thursday": ("DATE", "2016-04-21", "2016-04-21", "2016-04-21"),
    "last month": ("DATE", "2016-03", "2016-03-01", "2016-03-31"),
    "October": ("DATE", "2015-10", "2015-10-01", "2015-10-31"),
    "December": ("DATE", "2015-12", "2015-12-01", "2015-12-31"),
    "March 2016": ("DATE", "2016-03", "2016-03-01", "2016-03-31"),
    "June 7": ("DATE", "2016-06-07", "2016-06-07", "2016-06-07"),
}


@pytest.fixture(params=["text", "html", "command line"])
async def document(request, client, news_home, tmp_path):
    """The same words as text, inside a page, and through the command line."""
    match request.param:
        case "text":
            return await annotate(client, text=seed_text())
        case "html":
            return await annotate(client, html=seed_html())
    return annotate_by_command(news_home, tmp_path)


async def annotate(client, **page):
    answer = await client.post(
        "/api/annotations", json={"url": SEED_URL, "published": PUBLISHED, "options": {"include_text": True}, **page}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def annotate_by_command(home: Path, folder: Path):
    file = folder / "seed.txt"
    file.write_text(seed_text(), encoding="utf-8")
    done = backstory("annotate", str(file), "--url", SEED_URL, "--published", PUBLISHED, "--format", "json", home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def exact(item):
    return item["target"]["selector"][0]["exact"]


def items(document, body_type):
    return [item for item in document["items"] if isinstance(item["body"], dict) and item["body"]["type"] == body_type]


def claims(document):
    return [item for item in document["items"] if "claim" in item]


def all_evidence(document):
    return [evidence for item in document["items"] if isinstance(item["body"], list) for evidence in item["body"]]


@pytest.mark.parametrize("words", DATES)
async def test_its_dates_are_resolved(document, words):
    found = [item["body"] for item in items(document, "TimeExpression") if exact(item) == words]

    assert found
    assert {(body["timexType"], body["value"], body["start"], body["end"]) for body in found} == {DATES[words]}


async def test_the_past_six_months_are_the_stretch_that_ends_on_the_day_of_publication(document):
    [body] = [item["body"] for item in items(document, "TimeExpression") if exact(item) == "the past six months"]

    assert (body["timexType"], body["value"]) == ("DURATION", "P6M")
    assert body["end"] == PUBLISHED
    assert date(2015, 10, 20) <= date.fromisoformat(body["start"]) <= date(2015, 10, 22)


@pytest.mark.parametrize(
    ("outlet", "words"),
    [
        pytest.param("The Jerusalem Post", "Putin suggested that the military advisors", id="a report at the end"),
        pytest.param("Times of Israel", "Israel would not tolerate Tehran", id="according to"),
        pytest.param("The Tower Magazine", "careful to maintain communication", id="a magazine quoted at length"),
    ],
)
async def test_what_an_outlet_reported_is_attributed_to_it(document, outlet, words):
    attributed = [item["body"].get("publisher", "") for item in items(document, "Attribution") if words in exact(item)]

    assert any(outlet.removeprefix("The ") in publisher for publisher in attributed)


async def test_what_a_person_said_is_attributed_to_them(document):
    sources = {
        item["body"]["source"]["name"]
        for item in items(document, "Attribution")
        if "strengthening coordination between Russia and Israel" in exact(item)
    }

    assert sources == {"Benjamin Netanyahu"}


async def test_the_withdrawal_announced_last_month_links_to_its_first_report(document):
    [claim] = [item for item in claims(document) if "announced last month" in exact(item)]

    assert claim["body"][0]["source"]["id"] == WITHDRAWAL_ORDER
    assert "withdrawal of Russian Armed Forces" in claim["body"][0]["selector"]["exact"]
    assert any(reason["kind"] == "time" and reason["here"] == "last month" for reason in claim["body"][0]["because"])


async def test_a_claim_without_evidence_says_why(document):
    silent = [item for item in claims(document) if not item["body"]]

    assert silent
    assert all(
        item["abstained"] in {"below-threshold", "nothing-in-window", "outlet-not-in-archive"} for item in silent
    )


async def test_only_earlier_coverage_is_linked(document):
    days = [evidence["source"]["datePublished"] for evidence in all_evidence(document)]

    assert days
    assert all(day < PUBLISHED for day in days)


async def test_nothing_stands_on_the_furniture(document):
    text = document["article"].get("text") or seed_text()
    furniture = [(text.find(words), text.find(words) + len(words)) for words in FURNITURE if words in text]
    targets = [item["target"]["selector"][1] for item in document["items"] if "selector" in item["target"]]

    assert not [
        (target, words)
        for target in targets
        for words in furniture
        if target["start"] < words[1] and words[0] < target["end"]
    ]


async def test_quotes_and_positions_agree(document):
    text = document["article"].get("text") or seed_text()

    for item in document["items"]:
        if "selector" in item["target"]:
            [quote, position] = item["target"]["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]


async def test_items_come_in_the_order_of_the_page(document):
    starts = [item["target"]["selector"][1]["start"] for item in document["items"] if "selector" in item["target"]]

    assert all(first <= second for first, second in pairwise(starts))


async def test_a_page_and_its_bare_text_say_the_same(client):
    as_text, as_html = await annotate(client, text=seed_text()), await annotate(client, html=seed_html())

    assert essence(as_text) == essence(as_html)


def essence(document):
    """What was found, without positions and kinds of space, which differ from text to text."""
    return [
        (
            " ".join(exact(item).split()) if "selector" in item["target"] else None,
            item["body"]["type"] if isinstance(item["body"], dict) else [e["source"]["id"] for e in item["body"]],
        )
        for item in document["items"]
    ]

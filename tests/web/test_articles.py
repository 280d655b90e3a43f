import json

import pytest

from web.answers import assert_problem, assert_shape

NDJSON = {"Content-Type": "application/x-ndjson"}


def line(number=1, **fields):
    said = {
        "url": f"https://paper.example/{number}",
        "title": f"Report {number}",
        "text": f"The harbour of Lindau was closed for day {number} after a ferry struck the pier.",
        "published": "2016-03-14",
        "publisher": "The Courier",
    }
    return json.dumps(said | fields, ensure_ascii=False).encode() + b"\n"


async def add(client, *lines):
    answer = await client.post("/api/articles", content=b"".join(lines), headers=NDJSON)
    assert answer.status_code == 200, answer.text
    assert_shape(answer.json(), "IngestReport")
    return answer.json()


async def search(client, **parameters):
    answer = await client.get("/api/articles", params=parameters)
    assert answer.status_code == 200, answer.text
    assert_shape(answer.json(), "SearchAnswer")
    return answer.json()


async def test_what_was_answered_for_can_be_found(client):
    assert await add(client, line(1), line(2)) == {"added": 2, "replaced": 0, "unchanged": 0, "refused": []}

    found = await search(client, q="ferry harbour", limit=1)

    assert found["total"] == 2
    [article] = found["articles"]
    assert article["publisher"] == "The Courier"
    assert article["published"] == "2016-03-14"
    assert "ferry struck the pier" in article["passage"]


async def test_the_same_line_again_changes_nothing_and_a_changed_one_replaces(client):
    await add(client, line(1), line(2))
    again = await add(client, line(1), line(2, text="The harbour is open again."))

    assert (again["added"], again["replaced"], again["unchanged"]) == (0, 1, 1)
    assert (await search(client, q="open"))["total"] == 1


async def test_a_line_that_means_nothing_is_refused_by_its_number_and_the_rest_goes_on(client):
    report = await add(client, line(1), b"{\n", line(3, published="soon"), b"\n", line(5))

    assert report["added"] == 2
    assert [refused["line"] for refused in report["refused"]] == [2, 3]
    assert all(refused["reason"] for refused in report["refused"])


async def test_a_file_that_is_wrong_as_a_whole_is_answered_in_few_words(client):
    report = await add(client, b"{\n" * 5_000)
    assert len(report["refused"]) + report["refusedMore"] == 5_000
    assert len(report["refused"]) <= 100


async def test_nothing_at_all_is_a_report_too(client):
    assert await add(client) == {"added": 0, "replaced": 0, "unchanged": 0, "refused": []}


async def test_the_stream_is_worked_on_while_it_comes(client):
    """The first articles are in the archive before the last were sent."""
    seen = []

    async def lines():
        for number in range(6_000):
            yield line(number)
            if number % 1_000 == 999:
                seen.append((await client.get("/readyz")).json()["articles"])

    answer = await client.post("/api/articles", content=lines(), headers=NDJSON)

    assert answer.json()["added"] == 6_000
    # httpx's transport hands over what was sent when it is asked for more, so this holds only where the
    # service asks for more before it has all.
    assert seen == sorted(seen)
    assert seen[-1] >= 3_000


async def test_a_line_larger_than_allowed_is_refused_and_the_next_is_not(serving):
    async with serving(max_article_bytes=1_000) as client:
        report = await add(client, line(1, text="rain " * 1_000), line(2))
        assert report["added"] == 1
        assert "1,000 bytes" in report["refused"][0]["reason"]


async def test_an_article_is_forgotten(client):
    await add(client, line(1))

    forgotten = await client.delete("/api/articles", params={"url": "https://paper.example/1"})

    assert (forgotten.status_code, forgotten.content) == (204, b"")
    assert (await search(client, q="ferry"))["total"] == 0
    again = await client.delete("/api/articles", params={"url": "https://paper.example/1"})
    assert_problem(again, "not-in-archive")


async def test_a_host_is_forgotten_with_all_below_it(client):
    await add(client, line(1), line(2, url="https://news.paper.example/2"), line(3, url="https://other.example/3"))

    forgotten = await client.delete("/api/articles", params={"host": "Paper.example"})

    assert (forgotten.status_code, forgotten.json()) == (200, {"forgotten": 2})
    assert [article["url"] for article in (await search(client, q="ferry"))["articles"]] == ["https://other.example/3"]
    assert (await client.delete("/api/articles", params={"host": "paper.example"})).json() == {"forgotten": 0}


@pytest.mark.parametrize(
    "name", ["example", "https://paper.example", "paper.example/1", "a..b", "*.example", "x" * 300]
)
async def test_a_host_to_forget_is_a_name_of_two_parts(client, name):
    assert_problem(await client.delete("/api/articles", params={"host": name}), "invalid-field", field="host")


async def test_either_an_article_or_a_host_is_forgotten(client):
    both = {"url": "https://paper.example/1", "host": "paper.example"}
    assert_problem(await client.delete("/api/articles", params=both), "invalid-field", field="url")


async def test_days_bound_a_search_from_the_first_to_before_the_last(client):
    await add(client, *(line(day, published=f"2016-03-{day}") for day in (13, 14, 15)))

    found = await search(client, q="ferry", after="2016-03-14", before="2016-03-15")

    assert [article["published"] for article in found["articles"]] == ["2016-03-14"]
    assert (await search(client, q="ferry", after="2016-03-15", before="2016-03-15"))["total"] == 0


async def test_an_outlet_bounds_a_search_however_it_is_spelt(client):
    await add(client, line(1), line(2, publisher="Harbour Post"))
    found = await search(client, q="ferry", publisher="the COURIER")
    assert [article["url"] for article in found["articles"]] == ["https://paper.example/1"]


async def test_without_words_the_newest_come_first(client):
    news = {13: "A ferry was late.", 15: "The pier is shut.", 14: "It rained in Lindau."}
    await add(client, *(line(day, published=f"2016-03-{day}", text=text) for day, text in news.items()))
    found = await search(client)
    assert [article["published"] for article in found["articles"]] == ["2016-03-15", "2016-03-14", "2016-03-13"]


async def test_words_that_say_nothing_find_nothing(client):
    await add(client, line(1))
    assert await search(client, q="?!") == {"total": 0, "articles": []}


async def test_copies_of_a_report_are_shown_once_as_the_earliest(client):
    report = "A ferry struck the eastern pier of Lindau on Monday and the harbour was closed until further notice."
    await add(
        client,
        line(1, text=report, published="2016-03-15"),
        line(2, text=report, published="2016-03-14", publisher="Harbour Post"),
        line(3, text="A ferry to Bregenz was late."),
    )

    found = await search(client, q="ferry pier")

    assert [(article["url"][-1], article["copies"]) for article in found["articles"]] == [("2", 1), ("3", 0)]
    assert found["total"] == 3


async def test_copies_that_a_search_does_not_find_are_counted_too(client):
    report = "A ferry struck the eastern pier of Lindau on Monday and the harbour was closed until further notice."
    told = f"{report} Nobody was hurt, the port authority said, but divers will look at the pier before June."
    await add(
        client,
        line(1, text=told, published="2016-03-14"),
        line(2, text=told, published="2016-03-15", publisher="Harbour Post"),
    )

    [found] = (await search(client, q="ferry", publisher="Harbour Post"))["articles"]

    assert (found["url"][-1], found["copies"]) == ("2", 1)


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"q": "rain", "limit": "many"}, "limit"),
        ({"q": "rain", "limit": "0"}, "limit"),
        ({"q": "rain", "after": "yesterday"}, "after"),
        ({"q": "rain", "before": "2016-04-21T10:00:00Z"}, "before"),
        ({"q": "r" * 1_001}, "q"),
        ({"query": "rain"}, "query"),
    ],
)
async def test_a_parameter_that_means_nothing_is_named(client, parameters, field):
    assert_problem(await client.get("/api/articles", params=parameters), "invalid-field", field=field)


@pytest.mark.parametrize("parameters", [{}, {"url": "ftp://paper.example/1"}])
async def test_what_to_forget_is_an_address(client, parameters):
    assert_problem(await client.delete("/api/articles", params=parameters), "invalid-field", field="url")


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded", None])
async def test_lines_say_that_they_are_lines(client, kind):
    headers = {"Content-Type": kind} if kind else {}
    assert_problem(await client.post("/api/articles", content=line(1), headers=headers), "wrong-content-type")

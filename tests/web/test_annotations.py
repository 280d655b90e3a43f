import pytest

from web.answers import assert_problem, assert_shape

TEXT = (
    "Russia announced last month that it would withdraw most of its forces from Syria.\n\n"
    "“We shall talk again,” Benjamin Netanyahu said on Thursday, according to the Harbour Post."
)
URL = "https://reader.example/story"


async def annotate(client, **fields):
    return await client.post("/api/annotations", json={"url": URL, "published": "2016-04-21", **fields})


async def document(client, **fields):
    answer = await annotate(client, **fields)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    assert_shape(answer.json(), "AnnotationPage")
    return answer.json()


def times(document):
    found = [item for item in document["items"] if item["motivation"] == "identifying"]
    return {
        item["target"]["selector"][0]["exact"]: item["body"]
        for item in found
        if item["body"]["type"] == "TimeExpression"
    }


def claims(document):
    return [item for item in document["items"] if "claim" in item]


async def test_a_page_comes_back_with_its_dates_attributions_claims_and_their_prior_coverage(sampled):
    page = await document(sampled, text=TEXT)

    assert times(page)["last month"]["value"] == "2016-03"
    assert any(item["body"]["type"] == "Attribution" for item in page["items"] if isinstance(item["body"], dict))
    [first, *_] = [item for item in claims(page) if "last month" in item["target"]["selector"][0]["exact"]]
    assert first["body"][0]["source"]["datePublished"].startswith("2016-03-14")
    assert page["article"]["datePublishedFrom"] == "request"


async def test_a_page_of_html_comes_back_with_its_blocks_numbers(sampled):
    html = "<html><body><main><h1>News</h1>" + "".join(
        f'<p data-block="{number}">{paragraph}</p>' for number, paragraph in enumerate(TEXT.split("\n\n"), 17)
    )
    page = await document(sampled, html=html, options={"include_text": True})

    assert page["article"]["text"] == TEXT
    assert {item["target"].get("block") for item in claims(page)} <= {"17", "18"}
    assert any(item["target"].get("block") == "17" for item in claims(page))


async def test_an_empty_archive_links_nothing_and_says_so(client):
    page = await document(client, text=TEXT)

    assert claims(page)
    assert all(item["body"] == [] and item["abstained"] for item in claims(page))


async def test_without_a_day_the_services_clock_tells_it(client):
    page = await document(client, text=TEXT, published=None)
    assert (page["article"]["datePublished"][:10], page["article"]["datePublishedFrom"]) == ("2016-04-21", "read_at")


async def test_the_moment_of_reading_may_be_said(client):
    page = await document(client, text=TEXT, published=None, read_at="2015-01-10T08:00:00Z")
    assert times(page)["last month"]["value"] == "2014-12"


async def test_what_the_reader_put_right_wins(client):
    start = TEXT.index("last month")
    correction = {"start": start, "end": start + len("last month"), "value": "2016-02"}

    page = await document(client, text=TEXT, corrections={"times": [correction]})

    assert times(page)["last month"]["value"] == "2016-02"


async def test_positions_count_in_the_very_text_that_was_sent(client):
    text = "\r\n 🌧️ " + TEXT + " \t\n"
    page = await document(client, text=text)

    for item in page["items"]:
        if "selector" in item["target"]:
            quote, place = item["target"]["selector"]
            assert text[place["start"] : place["end"]] == quote["exact"]


async def test_a_text_with_half_a_character_is_annotated_all_the_same(client):
    body = b'{"url": "https://reader.example/x", "text": "It rained \\ud83d in Lindau on Monday, the mayor said."}'
    answer = await client.post("/api/annotations", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 200
    assert_shape(answer.json(), "AnnotationPage")


async def test_the_same_request_has_the_same_answer(sampled):
    assert await document(sampled, text=TEXT) == await document(sampled, text=TEXT)


async def test_the_context_of_the_answer_is_served(client):
    page = await document(client, text=TEXT)
    own = page["@context"][1]

    answer = await client.get(own)

    assert own == "http://127.0.0.1:8478/ns/backstory.jsonld"
    assert answer.headers["content-type"] == "application/ld+json"
    assert_shape(answer.json(), "Context")
    terms = answer.json()["@context"]
    assert {"TimeExpression", "reckoned", "because", "confidence", "deepLink"} <= terms.keys()


@pytest.mark.parametrize(
    ("fields", "name", "field"),
    [
        pytest.param({"text": " \n "}, "no-article", None, id="a blank text"),
        pytest.param({"html": "<nav><a href='/'>Home</a></nav>"}, "no-article", None, id="a page without an article"),
        pytest.param({"text": TEXT, "html": "<p>a</p>"}, "invalid-field", "html", id="both"),
        pytest.param({}, "invalid-field", "html", id="neither"),
        pytest.param({"text": TEXT, "url": "about:blank"}, "invalid-field", "url", id="no address"),
        pytest.param({"text": TEXT, "published": "last week"}, "invalid-field", "published", id="no day"),
        pytest.param(
            {"text": TEXT, "options": {"colour": "blue"}}, "invalid-field", "options.colour", id="an unknown option"
        ),
        pytest.param(
            {"text": TEXT, "corrections": {"times": [{"start": 9_000, "end": 9_010, "value": "2016"}]}},
            "correction-misplaced",
            None,
            id="a correction outside the text",
        ),
        pytest.param(
            {"text": TEXT, "corrections": {"times": [{"start": 0, "end": 6, "value": "rain"}]}},
            "correction-misplaced",
            None,
            id="a correction that names no time",
        ),
    ],
)
async def test_what_cannot_be_annotated_says_why(client, fields, name, field):
    assert assert_problem(await annotate(client, **fields), name, field=field)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"url": "https://a.example/", "text": ', id="half a document"),
        pytest.param(b'{"text": "a", "text": "b"}', id="a name twice"),
        pytest.param(b'{"options": {"min_confidence": NaN}}', id="NaN"),
        pytest.param(b'{"a":' * 20_000, id="too deep"),
        pytest.param(b'"text"', id="no object"),
        pytest.param(b'{"text": "\xe4"}', id="not UTF-8"),
    ],
)
async def test_what_is_no_json_says_so(client, body):
    answer = await client.post("/api/annotations", content=body, headers={"Content-Type": "application/json"})
    assert assert_problem(answer, "malformed-json")


async def test_every_sentence_comes_back_where_asked_for(client):
    text = "Is it raining? It rained in Lindau on Monday. Go home!"
    page = await document(client, text=text, options={"all_sentences": True})
    assert [item["target"]["selector"][0]["exact"] for item in claims(page)] == [
        "Is it raining?",
        "It rained in Lindau on Monday.",
        "Go home!",
    ]


async def test_the_limit_bounds_what_is_linked(sampled):
    page = await document(sampled, text=TEXT, options={"limit": 1, "min_confidence": 0})
    assert {len(item["body"]) for item in claims(page)} == {1}


async def test_the_answer_says_where_its_time_went(client):
    answer = await client.post("/api/annotations", json={"url": URL, "text": TEXT})

    stages = [part.split(";dur=")[0] for part in answer.headers["server-timing"].split(", ")]
    assert stages == ["read", "dates", "claims", "plan", "search", "link", "annotate"]

"""A fact-check that came in as a page, and what an annotation says of it."""

import json

from web.answers import assert_shape

NDJSON = {"Content-Type": "application/x-ndjson"}
CHECK = "https://check.example/ferry"
WORDS = "The Lindau ferry carried 240 passengers when it struck the eastern pier, the harbour office said."


def page_of(rating):
    review = {
        "@type": "ClaimReview",
        "url": CHECK,
        "datePublished": "2016-04-11",
        "author": {"@type": "Organization", "name": "Lake Check"},
        "reviewRating": {"@type": "Rating", "alternateName": rating},
    }
    date = '<meta property="article:published_time" content="2016-04-11">'
    script = f'<script type="application/ld+json">{json.dumps(review)}</script>'
    return (
        f"<html><head>{date}{script}</head><body><article><p>{WORDS}</p><p>{WORDS} It was not so.</p></article></body>"
    )


async def test_a_fact_check_is_linked_as_one_with_the_verdict_of_who_gave_it(client):
    line = json.dumps({"url": CHECK, "html": page_of("Half true")}).encode() + b"\n"
    assert (await client.post("/api/articles", content=line, headers=NDJSON)).json()["added"] == 1

    asked = {
        "url": "https://reader.example/x",
        "text": WORDS,
        "published": "2016-04-20",
        "options": {"min_confidence": 0},
    }
    answer = await client.post("/api/annotations", json=asked)

    document = answer.json()
    assert_shape(document, "AnnotationPage")
    sources = [body["source"] for item in document["items"] if item["motivation"] == "linking" for body in item["body"]]
    assert {(one["type"], one["rating"], one["publisher"], one["id"]) for one in sources} == {
        ("ClaimReview", "Half true", "Lake Check", CHECK)
    }

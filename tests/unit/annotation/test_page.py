from datetime import UTC, date, datetime

import pytest

from backstory.annotation import to_annotation_page
from backstory.model import (
    AnnotatedArticle,
    Article,
    Attribution,
    Background,
    Block,
    Claim,
    Evidence,
    Gap,
    Interval,
    LinkedClaim,
    Overlay,
    Passage,
    Publication,
    Reason,
    Span,
    TimeExpression,
)

TEXT = "It rained in October, The Courier reported."
OCTOBER = TimeExpression(
    span=Span(13, 20),
    type="DATE",
    value="2015-10",
    interval=Interval(date(2015, 10, 1), date(2015, 10, 31)),
    relative_to=date(2016, 4, 21),
    reckoned="the October before 21 April 2016",
)
COURIER = Attribution(
    content=Span(0, 20), cue=Span(34, 42), source=Span(22, 33), name="The Courier", publisher="The Courier"
)
EVIDENCE = Evidence(
    passage=Passage(
        id="https://b.example/1#0",
        url="https://b.example/1",
        text="Rain fell for a week.",
        headline="Rain",
        publisher="The Courier",
        published=Publication(date(2015, 10, 7)),
    ),
    relation="first-report",
    confidence=0.84321,
    copies=2,
    because=(Reason("time", "October", "7 October 2015"),),
)
CLAIM = Claim(span=Span(0, 43), text=TEXT, times=(OCTOBER,), attribution=COURIER, factual=0.97, checkworthy=0.9)


YEAR = Interval(date(2015, 1, 1), date(2015, 12, 31))


@pytest.fixture
def document():
    article = Article(
        url="https://a.example/x",
        text=TEXT,
        blocks=(Block(Span(0, len(TEXT)), number="4"),),
        headline="Weather",
        published=Publication(date(2016, 4, 21), datetime(2016, 4, 21, 9, tzinfo=UTC), "json-ld"),
    )
    overlays = (
        Overlay(OCTOBER.span, OCTOBER),
        Overlay(COURIER.content, COURIER),
        Overlay(CLAIM.span, LinkedClaim(claim=CLAIM, evidence=(EVIDENCE,))),
        Overlay(Span(0, 9), LinkedClaim(claim=CLAIM, abstained="below-threshold")),
        Overlay(None, Background(evidence=(EVIDENCE,))),
        Overlay(Span(0, 9), LinkedClaim(claim=CLAIM, abstained="nothing-in-window", gap=Gap(days=YEAR))),
        Overlay(Span(0, 9), LinkedClaim(claim=CLAIM, abstained="outlet-not-in-archive", gap=Gap(publisher="Post"))),
    )
    annotated = AnnotatedArticle(article=article, overlays=overlays, degraded=("language:xx",))
    return to_annotation_page(annotated, origin="http://127.0.0.1:8478", version="9.9")


def test_the_page_tells_what_it_was_made_from(document):
    assert document["@context"] == [
        "http://www.w3.org/ns/anno.jsonld",
        "http://127.0.0.1:8478/ns/backstory.jsonld",
    ]
    assert document["article"]["datePublished"] == "2016-04-21T09:00:00+00:00"
    assert document["article"]["datePublishedFrom"] == "json-ld"
    assert document["degraded"] == ["language:xx"]
    assert "text" not in document["article"]


def test_a_time_says_its_days_and_how_it_was_reckoned(document):
    assert document["items"][0]["body"] == {
        "type": "TimeExpression",
        "timexType": "DATE",
        "value": "2015-10",
        "start": "2015-10-01",
        "end": "2015-10-31",
        "relativeTo": "2016-04-21",
        "reckoned": "the October before 21 April 2016",
    }
    assert document["items"][0]["target"]["block"] == "4"


def test_an_attribution_says_who_and_by_which_words(document):
    body = document["items"][1]["body"]

    assert body["source"]["name"] == "The Courier"
    assert body["source"]["selector"][0]["exact"] == "The Courier"
    assert body["cue"]["selector"][0]["exact"] == "reported"
    assert body["publisher"] == "The Courier"


def test_a_claim_points_at_its_times_and_its_attribution(document):
    [time, attribution, claim, *_] = document["items"]

    assert claim["claim"]["times"] == [time["id"]]
    assert claim["claim"]["attribution"] == attribution["id"]


def test_prior_coverage_says_who_when_where_and_why(document):
    [evidence] = document["items"][2]["body"]

    assert evidence["source"] == {
        "type": "NewsArticle",
        "id": "https://b.example/1",
        "headline": "Rain",
        "publisher": "The Courier",
        "datePublished": "2015-10-07",
    }
    assert evidence["deepLink"].startswith("https://b.example/1#:~:text=Rain%20fell")
    assert evidence["because"] == [{"kind": "time", "here": "October", "there": "7 October 2015"}]
    assert evidence["copies"] == 2


def test_silence_has_a_reason(document):
    silent = document["items"][3]

    assert silent["body"] == []
    assert silent["abstained"] == "below-threshold"


def test_silence_says_what_the_archive_lacks(document):
    assert "gap" not in document["items"][3]
    assert document["items"][5]["gap"] == {"from": "2015-01-01", "to": "2015-12-31"}
    assert document["items"][6]["gap"] == {"publisher": "Post"}


def test_background_is_about_the_whole_page(document):
    assert document["items"][4]["target"] == {"source": "https://a.example/x"}


def test_every_item_has_a_name_of_its_own_and_keeps_it(document):
    names = [item["id"] for item in document["items"]]

    assert len(set(names)) == len(names)
    assert all(name.startswith("urn:uuid:") for name in names)

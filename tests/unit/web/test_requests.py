import json
from datetime import UTC, date, datetime

import pytest

from backstory.errors import NoArticleError, PageTooLargeError
from backstory.model import Options, Publication, Span, TimeCorrection
from backstory.web.problems import ProblemError
from backstory.web.requests import annotate_request

NOW = datetime(2024, 5, 8, 9, 30, tzinfo=UTC)
URL = "https://paper.example/story"


def asked(max_page_bytes=5_000_000, **fields):
    return annotate_request(
        json.dumps({"url": URL, **fields}).encode(), max_page_bytes=max_page_bytes, clock=lambda: NOW
    )


def refused(**fields):
    with pytest.raises(ProblemError) as caught:
        asked(**fields)
    return caught.value


def test_the_least_that_can_be_asked_has_every_default():
    request = asked(text="It rained.")

    assert (request.page.url, request.page.text, request.page.html) == (URL, "It rained.", "")
    assert (request.page.read_at, request.page.published, request.page.language) == (NOW, None, "")
    assert request.options == Options()
    assert not request.include_text


def test_everything_that_can_be_asked_is_heard():
    request = asked(
        html="<p>It rained.</p>",
        published="2016-04-21",
        read_at="2016-04-22T10:00:00Z",
        language="en",
        corrections={"times": [{"start": 3, "end": 9, "value": "2016-03"}]},
        options={
            "limit": 5,
            "min_confidence": 0,
            "exclude_own_outlet": True,
            "all_sentences": True,
            "include_text": True,
        },
    )

    assert request.page.html == "<p>It rained.</p>"
    assert request.page.published == Publication(date(2016, 4, 21))
    assert request.page.read_at == datetime(2016, 4, 22, 10, tzinfo=UTC)
    assert request.page.language == "en"
    assert request.options == Options(
        limit=5,
        min_confidence=0.0,
        exclude_own_outlet=True,
        all_sentences=True,
        corrections=(TimeCorrection(Span(3, 9), "2016-03"),),
    )
    assert request.include_text


def test_what_the_reader_put_right_wins_over_what_the_client_says():
    request = asked(text="It rained.", published="2016-04-21", corrections={"published": "2016-04-20"})
    assert request.page.published == Publication(date(2016, 4, 20))


def test_text_comes_through_untouched():
    text = "\ufeff  It rained.\r\n\r\n\tAll\u00a0day. 🌧️\n"
    assert asked(text=text).page.text == text


def test_null_says_nothing():
    assert asked(text="It rained.", html=None, published=None, options=None).page.text == "It rained."


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        pytest.param({}, "html", id="neither html nor text"),
        pytest.param({"html": "<p>a</p>", "text": "a"}, "html", id="both html and text"),
        pytest.param({"text": "a", "url": None}, "url", id="no address"),
        pytest.param({"text": "a", "url": "file:///etc/passwd"}, "url", id="a file's address"),
        pytest.param({"text": ["a"]}, "text", id="text that is none"),
        pytest.param({"text": "a", "published": "yesterday"}, "published", id="no day"),
        pytest.param({"text": "a", "read_at": "2016-04-21"}, "read_at", id="a day that should be an instant"),
        pytest.param({"text": "a", "language": "en_US"}, "language", id="no language tag"),
        pytest.param({"text": "a", "options": {"limt": 3}}, "options.limt", id="an unknown option"),
        pytest.param({"text": "a", "options": {"limit": 101}}, "options.limit", id="too many"),
        pytest.param(
            {"text": "a", "options": {"include_text": "yes"}}, "options.include_text", id="neither true nor false"
        ),
        pytest.param({"text": "a", "corrections": {"times": {}}}, "corrections.times", id="no list"),
        pytest.param({"text": "a", "corrections": {"times": [3]}}, "corrections.times[0]", id="no correction"),
        pytest.param(
            {"text": "a", "corrections": {"times": [{"start": 1, "end": 2}]}}, "corrections.times[0]", id="no value"
        ),
        pytest.param(
            {"text": "a", "corrections": {"times": [{"start": 2, "end": 2, "value": "2016"}]}},
            "corrections.times[0]",
            id="an empty stretch",
        ),
        pytest.param({"text": "a", "title": "b"}, "title", id="a field that is none"),
    ],
)
def test_a_field_at_fault_is_named(fields, at_fault):
    error = refused(**fields)
    assert (error.name, error.field) == ("invalid-field", at_fault)


@pytest.mark.parametrize("fields", [{"text": ""}, {"text": " \n\t"}, {"html": ""}])
def test_a_blank_page_holds_no_article(fields):
    with pytest.raises(NoArticleError):
        asked(**fields)


def test_a_page_may_be_as_large_as_is_allowed_and_no_larger():
    assert asked(text="ä" * 600, max_page_bytes=1_200)
    with pytest.raises(PageTooLargeError, match="1,200 bytes"):
        asked(text="ä" * 600 + "a", max_page_bytes=1_200)

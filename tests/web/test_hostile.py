"""Whatever comes in, an answer goes out: what was asked for, or a problem that blames nobody here."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web.answers import assert_shape

JSON = {"Content-Type": "application/json"}
PATIENCE_S = 10  # on a busy machine; what is exponential, or cubic, takes minutes
SIZE = 100_000

words = st.text(max_size=60)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
days = st.dates().map(str) | st.datetimes().map(lambda at: at.isoformat() + "Z") | words
requests = st.fixed_dictionaries(
    {"url": st.just("https://reader.example/x"), "text": words | st.just("It rained in Lindau on Monday.")},
    optional={
        "published": days | anything,
        "read_at": days | anything,
        "language": st.sampled_from(["en", "de", "zh", "xx"]) | anything,
        "corrections": anything
        | st.fixed_dictionaries(
            {
                "times": st.lists(
                    st.fixed_dictionaries(
                        {"start": st.integers(-1, 40), "end": st.integers(-1, 40), "value": words | days}
                    ),
                    max_size=2,
                )
            }
        ),
        "options": anything | st.fixed_dictionaries({"limit": st.integers(-1, 120), "all_sentences": st.booleans()}),
    },
)

PAGES = {
    "tags without end": "<div>" * (SIZE // 5),
    "tags that never open": "</p>" * (SIZE // 4),
    "an attribute without end": f'<p title="{"a" * SIZE}">It rained.',
    "a thousand attributes": f"<p {' '.join(f'a{n}=b' for n in range(SIZE // 8))}>It rained.",
    "brackets": "<" * SIZE,
    "comments that never end": "<!--" * (SIZE // 4),
    "entities": "&lt;" * (SIZE // 4),
    "a script full of JSON-LD": f'<script type="application/ld+json">{"[" * SIZE}</script><p>It rained.',
    "blocks without words": '<p data-block="1"></p>' * (SIZE // 22),
    "links alone": '<p><a href="/">It rained.</a></p>' * (SIZE // 33),
    "NUL and controls": "<p>It\0 rained\x01 in\x1b Lindau\x7f.</p>" * (SIZE // 30),
    "one paragraph without end": f"<main><p>{'It rained on Monday, he said. ' * (SIZE // 30)}</p></main>",
}
TEXTS = {
    "one word": "a" * SIZE,
    "one sentence": "the rain of " * (SIZE // 12),
    "quotation marks": "“" * SIZE,
    "straight quotation marks": 'He said "' * (SIZE // 9),
    "dates": "on 3 May 2016 " * (SIZE // 14),
    "numbers": "1" * SIZE,
    "numbers with points": "1.2," * (SIZE // 4),
    "full stops": "." * SIZE,
    "blank lines": "a" + "\n \t" * (SIZE // 3) + "a",
    "capitals": "Lindau " * (SIZE // 7),
    "abbreviations": "U.S. " * (SIZE // 5),
    "brackets": "([{" * (SIZE // 3),
    "right to left": "\u202e" + "مطر " * (SIZE // 4),
    "accents on accents": "a" + "\u0301" * SIZE,
    "flags and families": "👨‍👩‍👧‍👦🏳️‍🌈" * (SIZE // 11),
    "no spaces": "雨が降った" * (SIZE // 5),
}


async def answered(client, **fields):
    body = json.dumps({"url": "https://reader.example/x", "published": "2016-04-21", **fields}).encode()
    begun = time.perf_counter()
    answer = await client.post("/api/annotations", content=body, headers=JSON)
    assert time.perf_counter() - begun < PATIENCE_S
    assert answer.status_code in {200, 422}, answer.text[:300]
    assert_shape(answer.json(), "AnnotationPage" if answer.status_code == 200 else "Problem")


@pytest.mark.parametrize("name", PAGES)
async def test_a_hostile_page_is_read_or_refused_in_good_time(client, name):
    await answered(client, html=PAGES[name])


@pytest.mark.parametrize("name", TEXTS)
async def test_a_hostile_text_is_read_in_good_time(client, name):
    await answered(client, text=TEXTS[name])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests)
async def test_no_request_is_our_fault(client, request_fields):
    answer = await client.post("/api/annotations", content=json.dumps(request_fields).encode(), headers=JSON)
    assert answer.status_code in {200, 400, 422}, answer.text
    assert_shape(answer.json(), "AnnotationPage" if answer.status_code == 200 else "Problem")

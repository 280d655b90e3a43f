import asyncio
import json

import httpx
import pytest

from web.answers import assert_problem

JSON = {"Content-Type": "application/json"}
URL = "https://reader.example/x"


def page(text, **more):
    return json.dumps({"url": URL, "text": text, **more}, ensure_ascii=False).encode()


async def test_a_page_of_exactly_the_allowed_size_is_read_and_one_byte_more_is_not(serving):
    text = "It rained in Lindau on Monday. ".ljust(2_000, "x")
    async with serving(max_page_bytes=2_000) as client:
        assert (await client.post("/api/annotations", content=page(text), headers=JSON)).status_code == 200
        refused = await client.post("/api/annotations", content=page(text + "x"), headers=JSON)
        assert "2,000 bytes" in assert_problem(refused, "too-large")


async def test_a_page_may_be_escaped_as_much_as_json_allows(serving):
    text = "Дождь шёл в Линдау. " * 60
    async with serving(max_page_bytes=len(text.encode())) as client:
        body = json.dumps({"url": URL, "text": text}, ensure_ascii=True).encode()
        assert (await client.post("/api/annotations", content=body, headers=JSON)).status_code == 200


async def test_a_body_without_end_is_given_up_while_it_comes(serving):
    sent = 0

    async def endless():
        nonlocal sent
        yield b'{"url": "'
        while True:
            sent += 100_000
            yield b"a" * 100_000

    async with serving(max_page_bytes=1_000) as client:
        refused = await client.post("/api/annotations", content=endless(), headers=JSON)
        assert_problem(refused, "too-large")
    assert sent < 100_000_000


async def test_a_body_that_announces_its_size_is_refused_by_it(serving):
    async with serving(max_page_bytes=1_000) as client:
        refused = await client.post("/api/annotations", content=b"a" * 300_000, headers=JSON)
        assert_problem(refused, "too-large")


async def test_a_body_that_stops_coming_is_not_waited_for(serving):
    async with serving(idle_seconds=1) as client:
        answer = await asyncio.wait_for(_with_silence(client), 10)
        assert_problem(answer, "too-slow")


async def _with_silence(client):
    """A request whose client says that more will come, and then says nothing."""
    messages = [{"type": "http.request", "body": b'{"url": "', "more_body": True}]
    sent = []

    async def receive():
        if not messages:
            await asyncio.sleep(60)
        return messages.pop()

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:8478"), (b"content-type", b"application/json"), (b"content-length", b"90")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/annotations",
        "raw_path": b"/api/annotations",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8478),
    }
    await client.app(scope, receive, send)
    start, *bodies = sent
    return httpx.Response(
        start["status"], headers=start["headers"], content=b"".join(body.get("body", b"") for body in bodies)
    )


async def test_pages_a_minute_are_bounded_only_where_the_owner_says_so(serving):
    body = page("It rained in Lindau on Monday.")
    async with serving(pages_per_minute=2) as client:
        for _ in range(2):
            assert (await client.post("/api/annotations", content=body, headers=JSON)).status_code == 200
        refused = await client.post(
            "/api/annotations", content=body, headers=JSON | {"Origin": "moz-extension://0f1e-22"}
        )
        assert_problem(refused, "too-many-pages")
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert "Retry-After" in refused.headers["access-control-expose-headers"]
        assert (await client.get("/healthz")).status_code == 200


@pytest.mark.parametrize("pages_at_once", [1, 4])
async def test_pages_that_come_together_are_all_read(serving, pages_at_once):
    async with serving(pages_at_once=pages_at_once) as client:
        bodies = [page(f"It rained in Lindau on Monday for {number} hours.") for number in range(8)]
        answers = await asyncio.gather(
            *(client.post("/api/annotations", content=body, headers=JSON) for body in bodies)
        )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 8

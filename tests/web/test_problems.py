import pytest

from backstory.web.problems import PROBLEMS
from web.answers import assert_problem

EXTENSION = "chrome-extension://abcdefghijklmnop"
JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}
DEEP = "/api/annotations"

# A request for each problem that a client alone can bring about; the others have tests of their own.
CASES = {
    "malformed-json": ("POST", DEEP, JSON, b"{"),
    "invalid-field": ("POST", DEEP, JSON, b"{}"),
    "not-found": ("GET", "/nowhere", {}, b""),
    "not-in-archive": ("DELETE", "/api/articles?url=https://a.example/", {}, b""),
    "method-not-allowed": ("PATCH", "/api/articles", {}, b""),
    "too-large": ("POST", DEEP, JSON, b'{"url": "https://a.example/", "text": "' + b"a" * 5_000_001 + b'"}'),
    "wrong-content-type": ("POST", DEEP, {"Content-Type": "text/plain"}, b"{}"),
    "host-refused": ("GET", "/healthz", {"Host": "evil.example"}, b""),
    "no-article": ("POST", DEEP, JSON, b'{"url": "https://a.example/", "text": " "}'),
    "correction-misplaced": (
        "POST",
        DEEP,
        JSON,
        b'{"url": "http://a.com", "text": "Rain", "corrections": {"times": [{"start": 9, "end": 12, "value": "1"}]}}',
    ),
}


@pytest.mark.parametrize("name", CASES)
async def test_a_problem_reaches_the_extension_like_any_other_answer(client, name):
    method, path, headers, body = CASES[name]

    answer = await client.request(method, path, headers={"Origin": EXTENSION, **headers}, content=body)

    field = "url" if name == "invalid-field" else None
    assert assert_problem(answer, name, field=field)
    assert answer.headers["access-control-allow-origin"] == EXTENSION
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_method_that_an_address_does_not_know_is_told_which_it_does(client):
    answer = await client.put("/api/articles", content=b"")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "DELETE"}


@pytest.mark.parametrize("path", ["/healthz/", "/API/annotations", "/api", "/..%2f", "/%00"])
async def test_an_address_is_what_it_is(client, path):
    assert_problem(await client.get(path), "not-found")


def test_every_problem_has_a_status_of_its_class():
    assert all(400 <= problem.status < 600 and problem.title for problem in PROBLEMS.values())

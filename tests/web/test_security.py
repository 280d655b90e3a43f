import pytest

from backstory.web.cors import welcomes
from web.answers import assert_problem

JSON = {"Content-Type": "application/json"}
PAGE = b'{"url": "https://reader.example/x", "text": "It rained in Lindau on Monday, the mayor said."}'
TOKEN = "correct-horse.battery~staple"
EVERY_GET = ["/", "/api/articles", "/api/openapi.json", "/readyz", "/ns/backstory.jsonld", "/nowhere"]


async def post(client, **headers):
    return await client.post("/api/annotations", content=PAGE, headers=JSON | headers)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8478", "127.0.0.1", "localhost:8478", "LOCALHOST", "[::1]:8478", "backstory.lan", "reader.lan:80"],
)
async def test_the_service_answers_to_its_names(serving, host):
    async with serving(allowed_hosts=("backstory.lan", "reader.lan")) as client:
        assert (await client.get("/healthz", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8478",
        "192.168.1.5",
        "",
        "[::1",
        "@localhost.x",
    ],
)
async def test_a_name_made_to_point_here_is_not_answered(client, host):
    for path in ("/healthz", "/api/articles", "/"):
        assert_problem(await client.get(path, headers={"Host": host}), "host-refused")


async def test_a_service_on_every_address_answers_to_addresses_but_not_to_names(serving):
    async with serving(host="0.0.0.0", token=TOKEN) as client:  # noqa: S104 - nothing listens here
        assert (await client.get("/healthz", headers={"Host": "192.168.1.5:8478"})).status_code == 200
        assert_problem(await client.get("/healthz", headers={"Host": "evil.example"}), "host-refused")


@pytest.mark.parametrize(
    "origin",
    [
        "chrome-extension://abcdefghijklmnop",
        "moz-extension://0f1e-22",
        "http://127.0.0.1:8478",
        "https://reader.example",
    ],
)
async def test_welcome_origins_may_write_and_read_the_answer(serving, origin):
    async with serving(allowed_origins=("https://reader.example",)) as client:
        answer = await post(client, Origin=origin)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == origin
        assert "access-control-allow-credentials" not in answer.headers
        assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "chrome-extension://",
        "http://127.0.0.1:9999",
        "http://localhost",
        "",
        "https://[",
    ],
)
async def test_other_origins_may_neither_write_nor_read(client, origin):
    refused = await post(client, Origin=origin)
    assert_problem(refused, "origin-refused")
    read = await client.get("/healthz", headers={"Origin": origin})
    for answer in (refused, read):
        assert "access-control-allow-origin" not in answer.headers


async def test_a_form_of_another_site_cannot_write(client):
    """Browsers send these three without asking first."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = await client.post("/api/annotations", content=PAGE, headers={"Content-Type": kind})
        assert_problem(answer, "wrong-content-type")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
async def test_json_may_say_that_it_is_utf_8(client, kind):
    assert (await client.post("/api/annotations", content=PAGE, headers={"Content-Type": kind})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"Content-Type": "application/json; charset=latin-1"}, JSON | {"Content-Encoding": "gzip"}, {"Content-Type": ""}],
)
async def test_another_encoding_is_refused(client, headers):
    assert_problem(await client.post("/api/annotations", content=PAGE, headers=headers), "wrong-content-type")


@pytest.mark.parametrize("origin", ["chrome-extension://abcdefghijklmnop", "moz-extension://0f1e-22"])
async def test_an_extension_that_asks_first_is_let_in_also_from_a_public_page(client, origin):
    answer = await client.options(
        "/api/annotations",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
            "Access-Control-Request-Private-Network": "true",
        },
    )
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == origin
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()
    assert answer.headers["access-control-allow-private-network"] == "true"


async def test_asking_first_needs_no_token_and_a_stranger_is_told_no(serving):
    async with serving(token=TOKEN) as client:
        asked = {"Access-Control-Request-Method": "POST"}
        known = await client.options("/api/annotations", headers=asked | {"Origin": "moz-extension://0f1e-22"})
        assert known.status_code == 204
        assert "access-control-allow-private-network" not in known.headers
        stranger = await client.options("/api/annotations", headers=asked | {"Origin": "https://evil.example"})
        assert_problem(stranger, "origin-refused")


@pytest.mark.parametrize(
    "said", [None, "", "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", TOKEN]
)
async def test_without_the_token_only_health_is_told(serving, said):
    async with serving(token=TOKEN) as client:
        headers = {} if said is None else {"Authorization": said}
        answers = [await client.get(path, headers=headers) for path in EVERY_GET]
        answers += [await post(client, **headers), await client.delete("/api/articles?url=x", headers=headers)]
        for answer in answers:
            assert_problem(answer, "token-needed")
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert TOKEN not in answer.text
        assert (await client.get("/healthz")).status_code == 200


@pytest.mark.parametrize("said", [f"Bearer {TOKEN}", f"bearer {TOKEN}"])
async def test_with_the_token_everything_is(serving, said):
    async with serving(token=TOKEN) as client:
        assert (await post(client, Authorization=said)).status_code == 200
        assert (await client.get("/readyz", headers={"Authorization": said})).status_code == 200


async def test_every_answer_carries_the_headers_that_keep_it_harmless(client):
    for path in ("/", "/healthz", "/nowhere"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        # A page with a form must let its browser name the origin to itself; to others neither names anything.
        assert headers["referrer-policy"] == ("same-origin" if path == "/" else "no-referrer")
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "server" not in headers


def test_an_origin_is_compared_as_a_whole():
    further = ("https://reader.example",)
    assert not welcomes("https://reader.example.evil.example", host="127.0.0.1:8478", further=further)
    assert not welcomes("http://reader.example", host="127.0.0.1:8478", further=further)
    assert not welcomes("ftp://127.0.0.1:8478", host="127.0.0.1:8478", further=further)

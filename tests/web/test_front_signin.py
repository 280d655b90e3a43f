"""The pages for people where the service asks for a token."""

import pytest
from lxml import html as lxml_html

from web.answers import assert_problem
from web.conftest import ORIGIN, Client

TOKEN = "correct-horse.battery~staple"
PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
JSON = {"Content-Type": "application/json"}
PAGE = b'{"url": "https://reader.example/x", "text": "It rained in Lindau on Monday, the mayor said."}'


@pytest.fixture
async def guarded(serving):
    """A client of a service with a token, as a person's browser."""
    async with serving(sample=True, token=TOKEN) as client:
        client.headers.update(PERSON)
        yield client


def tree(said):
    return lxml_html.document_fromstring(said)


async def sign_in(client, token=TOKEN, **headers):
    return await client.post("/signin", data={"token": token}, headers=headers)


@pytest.mark.parametrize("path", ["/", "/read", "/?article=volkswagen-counts-again"])
async def test_a_person_is_asked_for_the_token(guarded, path):
    answer = await guarded.get(path)
    page = tree(answer.text)

    assert answer.status_code == 401
    assert page.xpath("//form[@action='/signin'][@method='post']//input[@name='token'][@type='password']")
    assert not page.xpath("//article | //script")
    assert TOKEN not in answer.text


async def test_a_program_is_told_as_before(guarded):
    for headers in ({"Accept": "*/*"}, PERSON | {"Authorization": "Bearer wrong"}):
        assert_problem(await guarded.get("/", headers=headers), "token-needed")
    assert_problem(await guarded.get("/api/articles"), "token-needed")


async def test_the_token_opens_the_pages_until_the_browser_closes(guarded):
    answer = await sign_in(guarded, f" {TOKEN}\n", Origin=ORIGIN)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Max-Age" not in cookie
    assert "expires" not in cookie.lower()
    assert TOKEN not in cookie
    assert (await guarded.get("/")).status_code == 200
    assert (await guarded.post("/read", data={"words": "It rained on Monday."})).status_code == 200
    assert (await guarded.get("/static/front.js")).status_code == 200


async def test_the_cookie_opens_nothing_of_the_api(guarded):
    await sign_in(guarded)

    assert (await guarded.get("/")).status_code == 200
    for path in ("/api/articles", "/readyz", "/api/openapi.json"):
        assert_problem(await guarded.get(path), "token-needed")
    assert_problem(await guarded.post("/api/annotations", content=PAGE, headers=JSON), "token-needed")
    assert_problem(await guarded.delete("/api/articles?url=x"), "token-needed")


async def test_the_bearer_s_token_opens_the_pages_too(guarded):
    assert (await guarded.get("/", headers={"Authorization": f"Bearer {TOKEN}"})).status_code == 200


@pytest.mark.parametrize("said", ["", "wrong", TOKEN[:-1], f"{TOKEN}x", "é" * 50])
async def test_another_token_opens_nothing(guarded, said):
    answer = await sign_in(guarded, said)

    assert answer.status_code == 401
    assert "This is not the token" in answer.text
    assert "set-cookie" not in answer.headers
    assert (await guarded.get("/")).status_code == 401


@pytest.mark.parametrize("cookie", ["backstory=", "backstory=0", f"backstory={TOKEN}", "backstory=é", 'a="', ";;;"])
async def test_another_cookie_opens_nothing(guarded, cookie):
    assert (await guarded.get("/", headers={"Cookie": cookie.encode("latin-1")})).status_code == 401


async def test_the_cookie_ends_with_the_token(serving):
    async with serving(token="another-token") as other:
        cookie = (await sign_in(other, "another-token")).headers["set-cookie"].partition(";")[0]
    async with serving(token=TOKEN) as client:
        assert (await client.get("/", headers=PERSON | {"Cookie": cookie})).status_code == 401


async def test_another_site_can_neither_sign_in_nor_read_with_the_cookie(guarded):
    assert_problem(await sign_in(guarded, Origin="https://evil.example"), "origin-refused")
    await sign_in(guarded)
    answer = await guarded.post("/read", data={"words": "x"}, headers={"Origin": "https://evil.example"})
    assert_problem(answer, "origin-refused")


async def test_over_https_the_cookie_stays_there(serving):
    async with serving(token=TOKEN, origin="https://127.0.0.1:8478") as client:
        assert "Secure" in (await sign_in(client)).headers["set-cookie"]


async def test_a_form_without_end_is_refused(guarded):
    assert_problem(await sign_in(guarded, "x" * 20_000), "too-large")


@pytest.mark.parametrize(
    "way", ["/search?q=ferry&publisher=The+Lake+Courier", "/article?url=https%3A%2F%2Fa.example%2F%C3%A9", "/read"]
)
async def test_signing_in_leads_on_to_the_page_that_was_asked_for(guarded, way):
    asked = tree((await guarded.get(way)).text)
    [said] = asked.xpath("//form[@action='/signin']//input[@name='way']/@value")
    wrong = await guarded.post("/signin", data={"token": "wrong", "way": said})
    [again] = tree(wrong.text).xpath("//input[@name='way']/@value")
    answer = await guarded.post("/signin", data={"token": TOKEN, "way": again})

    assert said == again == way
    assert (answer.status_code, answer.headers["location"]) == (303, way)


@pytest.mark.parametrize(
    "way",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/feeds/\r\nSet-Cookie: a=b",
        "/feeds/\\..\\..\\/evil.example",
        "/api/articles",
        "search",
        "",
        "/search?q=" + "x" * 2_000,
    ],
)
async def test_signing_in_leads_nowhere_else(guarded, way):
    answer = await guarded.post("/signin", data={"token": TOKEN, "way": way})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "a=b" not in str(answer.headers)


async def test_a_form_that_met_the_question_is_not_sent_again(guarded):
    asked = tree((await guarded.post("/jobs/stop", data={"number": "1"})).text)

    assert asked.xpath("//input[@name='way']/@value") == ["/"]


async def named_token(client, name="Laptop"):
    """The words of a new named token, and its number."""
    page = tree((await client.post("/tokens/make", data={"name": name})).text)
    [words] = page.xpath("//code[@class='words']/text()")
    tokens = client.app.state.service.desk.tokens
    return words, next(token.number for token in tokens.all() if token.name == name)


@pytest.fixture
async def reader(guarded):
    """A second browser, which knows a named token alone, with the number of that and the owner's browser."""
    await sign_in(guarded)
    words, number = await named_token(guarded)
    async with Client(guarded.app, ORIGIN) as browser:
        browser.headers.update(PERSON)
        assert (await sign_in(browser, words)).status_code == 303
        yield browser, number, guarded


async def test_a_named_token_signs_in_as_the_first_one_does(reader):
    browser, _, _ = reader
    assert (await browser.get("/")).status_code == 200
    assert_problem(await browser.get("/api/articles", headers={"Accept": "*/*"}), "token-needed")


async def test_a_named_token_that_is_taken_back_ends_its_sessions_and_no_other(reader):
    browser, number, owner = reader
    other, _ = await named_token(owner, "Phone")
    await owner.post("/tokens/revoke", data={"number": str(number)})

    assert (await browser.get("/")).status_code == 401
    assert (await owner.get("/")).status_code == 200
    assert (await sign_in(browser, other)).status_code == 303
    assert (await browser.get("/")).status_code == 200


async def test_the_worth_of_one_named_token_is_not_that_of_another(reader):
    browser, number, owner = reader
    await named_token(owner, "Phone")
    worth = browser.cookies["backstory"].partition(".")[2]
    for forged in (f"{number + 1}.{worth}", f"0{number}.{worth}", f"-{number}.{worth}", f"{'9' * 30}.{worth}", worth):
        assert (await owner.get("/", headers={"Cookie": f"backstory={forged}"})).status_code == 401

"""The owner's pages over the archive: what it holds, searching it, reading in it, forgetting from it."""

import json

import pytest
from lxml import html as lxml_html
from starlette.routing import Route

from backstory.settings import Settings, all_settings
from backstory.web.owner import owner_routes
from backstory.web.places import WAYS, is_for_people

WIRE = (
    "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier, the port authority said. Nobody"
    " was hurt in the collision, which happened shortly before noon, but the pier will stay shut until June while"
    " engineers look at its foundations."
)
HOSTILE = "<script>alert(1)</script> \u202egnorw\u202c \"><img src=x onerror='alert(1)'> {{ 7 * 7 }}"
OWN = {"Origin": "http://127.0.0.1:8478", "Sec-Fetch-Site": "same-origin"}


def tree(answer):
    return lxml_html.document_fromstring(answer.text)


def text(element):
    return " ".join(element.text_content().split())


def heading(answer):
    return text(tree(answer).xpath("//h1")[0])


def line(name="ferry", words=WIRE, **said):
    return {
        "url": f"https://{name}.example/1",
        "title": "Ferry strikes pier",
        "text": words,
        "published": "2016-03-07",
        "publisher": "The Lake Courier",
    } | said


async def add(client, *lines):
    body = "\n".join(map(json.dumps, lines))
    answer = await client.post("/api/articles", content=body, headers={"Content-Type": "application/x-ndjson"})
    assert answer.json()["refused"] == []


# --- all of them


@pytest.mark.parametrize("path", ["/archive", "/search", "/settings", "/start"])
async def test_every_page_stands_in_one_frame_under_one_policy(sampled, path):
    answer = await sampled.get(path)
    page = tree(answer)

    assert answer.status_code == 200
    assert [text(way) for way in page.xpath("//nav[@aria-label='Pages']//a")] == [name for name, _ in WAYS]
    assert len(page.xpath("//h1")) == 1
    assert not page.xpath("//@style | //@onclick | //iframe | //img | //script[not(@src)]")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_page_is_for_people_and_every_way_leads_to_one():
    paths = {route.path for route in owner_routes() if isinstance(route, Route)}

    assert not [path for path in paths if not is_for_people(path)]
    assert {way for _, way in WAYS} <= paths | {"/read"}


async def test_where_a_token_is_set_a_browser_is_asked_for_it(serving):
    async with serving(token="secret") as client:
        for path in ("/archive", "/search", "/settings"):
            answer = await client.get(path, headers={"Accept": "text/html"})
            assert (answer.status_code, heading(answer)) == (401, "Backstory")


# --- /archive


async def test_the_archive_is_told_in_numbers_pictures_and_tables(sampled):
    stats = (await sampled.get("/readyz")).json()
    page = tree(await sampled.get("/archive"))

    figures = dict(zip(page.xpath("//dt/text()"), page.xpath("//dd/text()"), strict=True))
    assert figures["articles"] == f"{stats['articles']:,}"
    assert page.xpath("//svg[@role='img']/title")
    assert page.xpath("//svg[@role='img']/desc")
    by_month, by_outlet = page.xpath("//section[@id='gaps']//table")[0], page.xpath("//table[@class='outlets']")[0]
    assert sum(int(text(cell)) for cell in by_month.xpath(".//td") if text(cell)) == stats["articles"]
    assert sum(int(text(row[1])) for row in by_outlet.xpath(".//tbody/tr")) == stats["articles"]


async def test_months_with_nothing_are_named(client):
    await add(client, line(published="2015-11-07"), line("b", published="2016-03-07", words="Something else happened."))
    page = tree(await client.get("/archive"))

    assert page.xpath("//ul[@class='gaps']/li/a/text()") == ["December 2015 to February 2016"]
    assert len(page.xpath("//*[name()='rect'][@class='m0']")) == 3
    assert page.xpath("//ul[@class='gaps']//@href") == ["/backfill?from=2015-12&to=2016-02"]


async def test_an_outlet_has_a_calendar_of_its_own(client):
    await add(
        client,
        line(published="2015-11-07"),
        line("b", published="2016-03-07", words="Something else happened.", publisher="Other"),
    )
    page = tree(await client.get("/archive", params={"publisher": "lake courier"}))

    assert text(page.get_element_by_id("by-month")) == "Month by month: The Lake Courier"
    assert page.xpath("//ul[@class='gaps']/li/a/text()") == ["December 2015 to March 2016"]
    assert "is not in your archive" in text(tree(await client.get("/archive", params={"publisher": "Nobody"})))


async def test_an_empty_archive_shows_the_way_to_begin(client):
    for path in ("/archive", "/"):
        page = tree(await client.get(path))
        assert "mpty" in text(page)
        assert "/start" in page.xpath("//@href")


# --- /search


async def test_what_was_looked_for_is_marked_in_every_form_of_it(client):
    await add(client, line(words="A ferry waits. Two ferries, one Ferry-boat: the ferryman’s."))
    [passage] = tree(await client.get("/search?q=ferries")).xpath("//blockquote")

    assert passage.xpath("mark/text()") == ["ferry", "ferries", "Ferry"]
    assert text(passage) == "A ferry waits. Two ferries, one Ferry-boat: the ferryman’s."


async def test_a_search_is_narrowed_by_days_and_outlet(client):
    await add(
        client,
        line("early", published="2016-03-01", title="Early"),
        line("late", published="2016-03-20", title="Late", words="Another ferry sank."),
        line("other", published="2016-03-20", title="Other", publisher="Other", words="A third ferry was sold."),
    )

    async def titles(query):
        return [text(title) for title in tree(await client.get(f"/search?{query}")).xpath("//ol/li/h3")]

    assert set(await titles("q=ferry")) == {"Early", "Late", "Other"}
    assert set(await titles("q=ferry&after=2016-03-10")) == {"Late", "Other"}
    assert await titles("q=ferry&after=2016-03-10&publisher=other") == ["Other"]
    assert await titles("q=ferry&before=2016-03-10&after=&publisher=") == ["Early"]


async def test_one_leafs_through_what_is_found_without_meeting_anything_twice(client):
    await add(client, *(line(f"n{n}", words=f"Ferry number {n} sailed.", title=f"Title {n}") for n in range(45)))
    seen, path = [], "/search?q=ferry"
    while path:
        page = tree(await client.get(path))
        seen += [text(title) for title in page.xpath("//ol/li/h3")]
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")

    assert len(seen) == len(set(seen)) == 45
    assert "There is no more" in text(tree(await client.get("/search?q=ferry&page=9")))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("after=yesterday", "after must be a date"),
        ("page=0", "page must be a whole number from 1 to 25"),
        ("page=99", "page must be a whole number from 1 to 25"),
        ("page=٣", "page must be a whole number"),
        (f"q={'x' * 1001}", "q must be words, at most 1,000"),
    ],
)
async def test_what_is_wrong_with_a_search_is_said_above_it(sampled, query, says):
    answer = await sampled.get(f"/search?{query}")

    assert answer.status_code == 400
    assert says in text(tree(answer).get_element_by_id("trouble"))
    assert tree(answer).xpath("//form[@role='search']")


# --- /article


async def test_an_article_tells_its_copies_and_who_links_to_it(client):
    linking = (
        '<html><head><title>Later</title></head><body><article><p>As <a href="https://wire.example/1">was reported</a>'
        f" in March, the harbour is closed, and it is not known when it opens again.</p><p>{'Words. ' * 40}</p>"
        "</article></body></html>"
    )
    await add(
        client,
        line("wire", publisher="Wire", published="2016-03-06"),
        line("courier", words=WIRE + "\n\nThe town asked for patience."),
        {
            "url": "https://later.example/1",
            "html": linking,
            "published": "2016-04-01",
            "title": "Later",
            "publisher": "L",
        },
    )
    page = tree(await client.get("/article", params={"url": "https://courier.example/1"}))
    copies = [text(one) for one in page.xpath("//ol[@class='copies']/li")]
    assert copies == [
        "6 March 2016 · Wire · first report in your archive",
        "7 March 2016 · The Lake Courier · this one",
    ]

    page = tree(await client.get("/article", params={"url": "https://wire.example/1"}))
    assert text(page.xpath("//ul[@class='others']/li")[0]) == "Later 1 April 2016 · L"
    assert page.xpath("//a[@rel='noreferrer noopener']/@href") == ["https://wire.example/1"]


@pytest.mark.parametrize(
    ("authors", "says"),
    [
        ("Ida Berg", "Ida Berg"),
        (["Ida Berg", "Jon Holm", "Ada Vik"], "Ida Berg, Jon Holm and Ada Vik"),
        ([f"N {number}" for number in range(14)], f"{', '.join(f'N {number}' for number in range(12))} and 2 more"),
    ],
)
async def test_an_article_says_who_wrote_it(client, authors, says):
    await add(client, line(author=authors))
    page = tree(await client.get("/article", params={"url": "https://ferry.example/1"}))

    assert text(page.xpath("//p[@class='byline']")[0]) == f"7 March 2016 · The Lake Courier · {says}"
    assert not page.xpath("//p[@class='rated']")


async def test_a_fact_check_is_rated_in_the_words_of_who_gave_it(client):
    await add(client, line(rating="Pants on <b>fire</b>", publisher="Checkers"))
    page = tree(await client.get("/article", params={"url": "https://ferry.example/1"}))

    assert text(page.xpath("//p[@class='rated']")[0]) == "Fact-check: rated “Pants on <b>fire</b>” by Checkers"


async def test_an_article_read_with_overlays_says_what_the_archive_lacks(client):
    words = "In February 2011 the Lake Courier reported that Mayor Ida Berg closed the harbour of Lindau to 500 ships."
    await add(client, line(words=words), line("old", published="2005-01-01", words="The town hall was built anew."))
    page = tree(await client.get("/article", params={"url": "https://ferry.example/1", "overlays": ""}))

    assert [way for way in page.xpath("//@href") if way.startswith("/backfill?") and "2011-02" in way]


async def test_an_article_of_the_archive_is_read_with_overlays(sampled):
    [url] = tree(await sampled.get("/search?q=withdrawal&publisher=")).xpath("(//ol/li/h3/a)[1]/@href")
    page = tree(await sampled.get(f"{url}&overlays"))

    assert page.xpath("//article//p")
    assert not page.xpath("//article/h2")  # the page's own heading says it already
    assert page.xpath("//a[text()='Without its overlays']")


@pytest.mark.parametrize("path", ["/article", "/article/forget"])
async def test_an_article_that_is_not_there_is_told_in_words(client, path):
    answer = await client.get(path, params={"url": "https://gone.example/1"})

    assert (answer.status_code, heading(answer)) == (404, "The archive holds no such article")
    assert "gone.example" in text(tree(answer))
    assert (await client.get(path)).status_code == 400
    assert (await client.get(path, params={"url": "javascript:alert(1)"})).status_code == 400


async def test_hostile_words_are_words_everywhere(client):
    url = "https://evil.example/?a=1&b=<b>'%22"
    await add(client, line(url=url, title=HOSTILE * 100, words=HOSTILE, publisher=HOSTILE, author=HOSTILE))

    for path in ("/search?q=alert", "/archive", f"/search?q={HOSTILE}"):
        page = tree(await client.get(path))
        assert not page.xpath("//img | //script[not(@src)] | //mark//*")
    page = tree(await client.get("/article", params={"url": url}))
    title = page.xpath("//h1")[0].text_content()
    assert len(title) == 300
    assert "\u202e" not in title + page.findtext(".//title")
    assert not page.xpath("//img | //script[not(@src)] | //b")
    assert "{{ 7 * 7 }}" in page.xpath("//article")[0].text_content()


# --- forgetting


async def test_an_article_is_forgotten_once_it_was_asked_for_twice(client):
    await add(client, line())
    asking = tree(await client.get("/article/forget", params={"url": "https://ferry.example/1"}))
    [form] = asking.xpath("//form[@method='post']")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    answer = await client.post(form.get("action"), data=fields, headers=OWN)

    assert (answer.status_code, answer.headers["location"]) == (303, "/search?forgotten")
    assert "It is forgotten." in text(tree(await client.get(answer.headers["location"])))
    assert (await client.get("/article", params=fields)).status_code == 404
    assert (await client.post(form.get("action"), data=fields, headers=OWN)).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "chrome-extension://abcdef"},
        {"Origin": "http://127.0.0.1:9999"},
    ],
)
async def test_a_form_from_elsewhere_changes_nothing(client, headers):
    await add(client, line())
    answer = await client.post("/article/forget", data={"url": "https://ferry.example/1"}, headers=headers)

    assert answer.status_code == 403
    assert (await client.get("/article", params={"url": "https://ferry.example/1"})).status_code == 200


# --- /settings


async def test_each_setting_says_what_it_is_and_where_that_comes_from(serving):
    origins = {"log_level": "BACKSTORY_LOG_LEVEL", "token": "token_file"}
    async with serving(token="top-secret", guardian_key="my-key", log_level="error", origins=origins) as client:
        answer = await client.get("/settings", headers={"Authorization": "Bearer top-secret"})

    rows = {text(row[0].xpath("code")[0]): [text(row[1]), text(row[2])] for row in tree(answer).xpath("//tbody/tr")}
    assert set(rows) == {setting.name for setting in all_settings()}
    assert rows["log_level"] == ["error", "BACKSTORY_LOG_LEVEL"]
    assert rows["token"] == ["set, and not shown", "token_file"]
    assert rows["guardian_key"] == ["set, and not shown", "default"]
    assert rows["port"] == [str(Settings().port), "default"]
    assert "top-secret" not in answer.text
    assert "my-key" not in answer.text

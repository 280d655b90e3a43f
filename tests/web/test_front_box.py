"""The front page's box: whatever is put into it, and whoever puts it there."""

import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from backstory.errors import FetchError
from backstory.web.box import Asked
from web.answers import assert_problem
from web.conftest import ORIGIN

TEXT = (
    "In September Benjamin Netanyahu flew to Moscow with the chief of staff, Gadi Eisenkot, to meet Vladimir Putin.\r\n"
    "\r\n"
    "Last month Vladimir Putin ordered the main part of the Russian forces to leave Syria."
)
HOSTILE = '</script><script>alert(1)</script><!-- " onfocus=x {{ 7*7 }} </textarea> met in Lindau on Monday, he said.'


async def put(client, words, published="", **headers):
    return await client.post("/read", data={"words": words, "published": published}, headers=headers)


def tree(answer):
    return lxml_html.document_fromstring(answer.text)


def trouble(answer):
    [said] = tree(answer).xpath("//*[@role='alert']")
    return said.text_content()


class Site:
    """Other people's site: what it answers, and what it was asked."""

    def __init__(self, body=b"", charset="", error=None):
        self.body, self.charset, self.error = body, charset, error
        self.asked = []

    async def __call__(self, url):
        self.asked.append(url)
        self.url = f"{url}?read=1"
        if self.error:
            raise self.error
        return self


def visit(client, site):
    """Have the service fetch from this site."""
    service = client.app.state.service
    client.app.state.service = type(service)(
        **{name: getattr(service, name) for name in service.__slots__} | {"fetch": site}
    )


async def test_what_the_archive_lacks_is_said_in_a_sentence_that_leads_to_it(client):
    shown = tree(await put(client, "In October 2014 the mayor of Lindau opened the harbour.", "2016-04-21"))

    [gap] = shown.xpath("//p[contains(., 'little or nothing')]")
    said = "Your archive holds little or nothing from October 2014, which claims here speak of"
    assert " ".join(gap.text_content().split()) == f"{said}: a back-fill would bring it."
    assert gap.xpath("a/@href") == ["/backfill?from=2014-10-01&to=2014-10-31"]


async def test_a_text_is_shown_with_its_overlays(sampled):
    answer = await put(sampled, TEXT, "2016-04-25")
    page = tree(answer)

    assert answer.status_code == 200
    assert [said.text_content() for said in page.xpath("//article//span[@class='date']")] == ["September", "Last month"]
    assert "September 2015" in " ".join(page.xpath("//article//span[@class='date']/@title"))
    assert page.xpath("//article//span[@class='claim']")
    assert "21 September 2015" in page.get_element_by_id("card-1").text_content()
    assert page.get_element_by_id("words").value.strip() == TEXT.replace("\r\n", "\n")
    assert page.get_element_by_id("published").value == "2016-04-25"
    assert answer.headers["cache-control"] == "no-store"


async def test_without_a_day_dates_are_reckoned_from_today_and_the_page_says_so(sampled):
    assert "from today" in (await put(sampled, TEXT)).text
    assert "from today" not in (await put(sampled, TEXT, "2016-04-25")).text


async def test_what_the_archive_does_not_hold_is_said_plainly(client):
    page = tree(await put(client, TEXT, "2016-04-25"))

    assert not page.xpath("//article//span[@class='claim']")
    assert "Nothing earlier in your archive is close enough. It is empty." in page.xpath("//header")[0].text_content()


async def test_the_box_stands_on_a_page_of_its_own(client):
    page = tree(await client.get("/read"))
    assert page.xpath("//form[@action='/read'][@method='post']//textarea[@name='words']")
    assert not page.xpath("//script | //article")


async def test_hostile_words_stay_words(sampled):
    answer = await put(sampled, f"{HOSTILE}\n\n{TEXT}", "2016-04-25")
    page = tree(answer)

    assert "alert(1)" in page.xpath("//article")[0].text_content()
    assert page.get_element_by_id("words").value.strip().startswith(HOSTILE)
    assert not page.xpath("//@onfocus | //script[not(@src)][not(@type='application/ld+json')]")
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        assert "<" not in script
        assert json.loads(script)["items"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=200), published=st.text(max_size=12))
async def test_any_words_and_any_day_get_a_page(client, words, published):
    answer = await put(client, words, published)
    assert answer.status_code in {200, 400, 422, 502}
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert tree(answer).get_element_by_id("words") is not None


@pytest.mark.parametrize(("words", "published", "status", "says"), [
    pytest.param("", "", 422, "paste a text", id="nothing"),
    pytest.param(" \n ", "", 422, "paste a text", id="blanks"),
    pytest.param(TEXT, "yesterday", 400, "published must be a date", id="a day that is none"),
    pytest.param("http://", "", 400, "an http or https address", id="an address without a host"),
    pytest.param("javascript:alert(1)", "", 400, "an http or https address", id="a script"),
    pytest.param("file:///etc/passwd", "", 400, "an http or https address", id="a file"),
    pytest.param("http://[::1", "", 400, "Invalid IPv6", id="a broken address"),
    pytest.param(f"https://paper.example/{'x' * 9000}", "", 400, "at most 8,192", id="an endless address"),
])  # fmt: skip
async def test_what_cannot_be_read_is_said_above_the_box(client, words, published, status, says):
    answer = await put(client, words, published)

    assert (answer.status_code, says in trouble(answer)) == (status, True), trouble(answer)
    assert tree(answer).get_element_by_id("words").value.strip() == words.replace("\r\n", "\n").strip()
    assert not tree(answer).xpath("//article")


@pytest.mark.network  # asks the system what the names mean
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8478/", "http://localhost/admin", "http://[::1]/", "http://169.254.169.254/latest", "http://0x7f.1/"]
)  # fmt: skip
async def test_addresses_inside_the_owner_s_network_are_refused_and_the_page_says_why(client, address):
    answer = await put(client, address)

    assert answer.status_code == 422
    assert "is on a private address" in trouble(answer)


@pytest.mark.parametrize("address", ["https://paper.example/story", "paper.example/story"])
async def test_an_address_is_fetched_and_its_article_read(sampled, address):
    paragraphs = "".join(
        f"<p>{words} That is what officials in both capitals said.</p>" for words in TEXT.split("\r\n\r\n")
    )
    page = f"<html><head><title>Zur\xfcck</title></head><body><article><h1>Zur\xfcck</h1>{paragraphs * 2}</article>"
    site = Site(page.encode("latin-1"), "iso-8859-1")
    visit(sampled, site)

    answer = await put(sampled, address, "2016-04-25")

    assert site.asked == ["https://paper.example/story"]
    assert answer.status_code == 200, trouble(answer)
    [headline] = tree(answer).xpath("//article/h2/a")
    assert (headline.text, headline.get("href")) == ("Zurück", "https://paper.example/story?read=1")
    assert tree(answer).xpath("//article//span[@class='claim']")


async def test_an_address_that_does_not_answer_is_said(client):
    visit(client, Site(error=FetchError("https://paper.example/ cannot be fetched: no route")))
    answer = await put(client, "https://paper.example/")
    assert (answer.status_code, "no route" in trouble(answer)) == (502, True)


async def test_an_address_without_an_article_is_said(client):
    visit(client, Site(b"<html><body><nav>Home</nav></body></html>"))
    answer = await put(client, "https://paper.example/")
    assert (answer.status_code, "no article" in trouble(answer).lower()) == (422, True)


async def test_a_text_of_the_allowed_size_is_read_and_a_larger_one_refused(serving):
    async with serving(max_page_bytes=2_000) as client:
        assert (await put(client, "ä" * 500 + " said on Monday. " * 50)).status_code == 200
        larger = await put(client, "a " * 1_001)
        assert (larger.status_code, "2,000 bytes" in trouble(larger)) == (413, True)
        assert (await put(client, "ä" * 100_000)).status_code == 413


async def test_too_many_pages_in_a_minute_are_refused_with_the_time_to_wait(serving):
    async with serving(pages_per_minute=1) as client:
        assert (await put(client, TEXT)).status_code == 200
        refused = await put(client, TEXT)
        assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999"])
async def test_a_form_of_another_site_is_refused(client, origin):
    assert_problem(await put(client, TEXT, Origin=origin), "origin-refused")


async def test_our_own_form_is_not(client):
    assert (await put(client, TEXT, Origin=ORIGIN)).status_code == 200


async def test_what_is_no_form_is_refused(client):
    answer = await client.post("/read", content=b"words=x", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    many = "&".join(f"f{number}=x" for number in range(80))
    answer = await client.post("/read", content=many, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, "fields" in trouble(answer)) == (400, True)


async def test_nothing_of_the_text_is_logged(sampled, caplog):
    caplog.set_level(logging.DEBUG)
    await put(sampled, TEXT, "2016-04-25")
    assert "POST /read 200" in caplog.text
    assert "Netanyahu" not in caplog.text


@pytest.mark.parametrize(("words", "address"), [
    ("https://paper.example/x", "https://paper.example/x"),
    (" paper.example\n", "https://paper.example"),
    ("paper.example:8080/x?y#z", "https://paper.example:8080/x?y#z"),
    ("paper.example is closed", ""),
    ("It rained. Then it stopped.", ""),
    ("昨天市长说：桥已关闭。", ""),
    ("Rain", ""),
])  # fmt: skip
def test_an_address_is_told_from_a_text(words, address):
    assert Asked(words).address == address

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from lxml import html as lxml_html

from backstory.sample import articles
from backstory.web import files
from backstory.web.drawing import draw
from backstory.web.pages import saved_page
from web.answers import assert_problem


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A folder in which the extension was built; empty until a test puts something there."""
    folder = tmp_path / "dist"
    (folder / "page").mkdir(parents=True)
    monkeypatch.setattr(files, "_BUILT", (tmp_path / "nowhere", folder))
    return folder


def tree(page):
    return lxml_html.document_fromstring(page)


def text(element):
    return " ".join(element.text_content().split())


def embedded(page):
    """The annotation document that a page holds for its overlays."""
    [script] = page.xpath("//script[@type='application/ld+json'][@id='backstory']/text()")
    return json.loads(script)


async def test_the_front_page_shows_an_article_being_read_with_what_was_reported_before(sampled):
    answer = await sampled.get("/")
    page = tree(answer.text)

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert articles()[0].headline in text(page)
    assert page.xpath("//span[@class='claim']")
    assert page.xpath("//span[@class='date']/@title")
    [opened] = page.xpath("//details[contains(@class, 'card')][@open]")
    assert opened.xpath(".//blockquote")
    assert "days before this article" in text(opened)
    assert "Linked because" in text(opened)


async def test_each_sample_article_can_be_shown_and_leads_to_the_others(sampled):
    slugs = {sample.slug for sample in articles()}
    for sample in articles():
        page = tree((await sampled.get("/", params={"article": sample.slug})).text)
        assert text(page.xpath("//article/h2")[0]) == sample.headline
        assert page.xpath("//details[contains(@class, 'card')]")
        others = page.xpath("//nav[@class='others']//a/@href")
        assert {other.removeprefix("/?article=") for other in others} == slugs - {sample.slug}
    assert_problem(await sampled.get("/", params={"article": "none"}), "not-found")


async def test_headings_are_headings_and_nothing_is_told_twice(sampled):
    page = tree((await sampled.get("/")).text)
    headings = [text(heading) for heading in page.xpath("//article/h3")]

    assert len(headings) == articles()[0].html.count("<h2>") > 0
    assert not [said for said in page.xpath("//article/p") if text(said) in headings]


async def test_every_reference_has_its_card_and_every_way_on_the_page_its_end(sampled):
    page = tree((await sampled.get("/")).text)
    references = page.xpath("//a[@class='ref']/@href")
    ids = page.xpath("//@id")

    assert references
    assert sorted(references) == sorted(f"#{card}" for card in ids if card.startswith("card-"))
    assert not [href for href in page.xpath("//a/@href") if href.startswith("#") and href[1:] not in ids]
    assert len(ids) == len(set(ids))


async def test_the_overlays_are_given_the_whole_document(sampled, built):
    (built / "page" / "overlay.js").write_text("'overlays'", "utf-8")
    page = tree((await sampled.get("/")).text)

    document = embedded(page)
    assert document["type"] == "AnnotationPage"
    assert "text" not in document["article"]
    claims = [item for item in document["items"] if "claim" in item and item["body"]]
    assert len(claims) == len(page.xpath("//a[@class='ref']"))
    [article] = page.xpath("//article[@data-backstory][@data-backstory-open]")
    assert all(item["target"]["selector"][0]["exact"] in article.text_content() for item in claims[:1])
    assert page.xpath("//script/@src") == ["/static/front.js", "/static/overlay.js"]
    assert (await sampled.get("/static/overlay.js")).text == "'overlays'"


async def test_without_overlays_the_page_is_drawn_and_says_how_to_build_them(sampled, built):
    page = tree((await sampled.get("/")).text)

    assert built.is_dir()
    assert not page.xpath("//script")
    assert page.xpath("//span[@class='claim']")
    assert "make extension" in text(page.get_element_by_id("install"))
    assert not page.xpath("//a[@class='download']")
    assert_problem(await sampled.get("/static/overlay.js"), "not-found")
    assert "make extension" in assert_problem(await sampled.get("/extension/backstory-firefox.zip"), "not-found")


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
async def test_the_built_extension_can_be_had(sampled, built, browser):
    (built / f"backstory-{browser}.zip").write_bytes(b"PK")
    page = tree((await sampled.get("/")).text)

    assert page.xpath("//a[@class='download']/@href") == [f"/extension/backstory-{browser}.zip"]
    answer = await sampled.get(f"/extension/backstory-{browser}.zip")
    assert (answer.content, answer.headers["content-type"]) == (b"PK", "application/zip")


@pytest.mark.parametrize(
    "path", ["/extension/manifest.json", "/extension/..%2f..%2fpyproject.toml", "/static/page.css", "/static/%2e%2e"]
)
async def test_no_other_file_can_be_had(sampled, path):
    assert_problem(await sampled.get(path), "not-found")


async def test_release_firefox_is_told_what_it_does_with_an_unsigned_add_on(sampled):
    said = text(tree((await sampled.get("/")).text).get_element_by_id("install"))

    assert "only add-ons that Mozilla has signed" in said
    assert "gone when Firefox closes" in said


async def test_the_extension_s_options_are_told_of_an_address_that_it_would_not_find(sampled):
    assert "In its options" not in (await sampled.get("/")).text
    elsewhere = (await sampled.get("/", headers={"Host": "localhost:9000"})).text
    assert "<code>http://localhost:9000</code>" in elsewhere


async def test_an_empty_archive_is_shown_as_it_is(client):
    page = tree((await client.get("/")).text)
    assert not page.xpath("//article//span[@class='claim']")
    assert "backstory serve --sample" in text(page)
    assert "It is empty" in text(page.get_element_by_id("archive"))


async def test_the_archive_is_told_in_numbers_with_a_picture_and_its_table(sampled):
    stats = (await sampled.get("/readyz")).json()
    archive = tree((await sampled.get("/")).text).get_element_by_id("archive")

    figures = dict(zip(archive.xpath(".//dt/text()"), archive.xpath(".//dd/text()"), strict=True))
    assert figures == {
        "articles": str(stats["articles"]),
        "outlets": str(stats["publishers"]),
        "passages": str(stats["passages"]),
    }
    rows = {text(row[0]): int(text(row[1])) for row in archive.xpath(".//tbody/tr")}
    assert sum(rows.values()) == stats["articles"]
    assert list(rows)[0] == "September 2015"  # noqa: RUF015 - with the next, both ends
    assert list(rows)[-1] == "April 2016"
    assert len(archive.xpath(".//rect")) == len([articles for articles in rows.values() if articles])
    assert "September 2015 to April 2016" in archive.xpath(".//*[@role='img']/@aria-label")[0]


async def test_the_page_runs_and_loads_only_what_is_ours(sampled):
    answer = await sampled.get("/")
    page, policy = tree(answer.text), answer.headers["content-security-policy"]

    assert not page.xpath("//iframe | //img | //object | //@style | //@onclick | //@onload")
    assert not [src for src in page.xpath("//@src") if not src.startswith("/static/")]
    assert not [href for href in page.xpath("//link/@href") if not href.startswith("data:")]
    [style] = page.xpath("//style/text()")
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "url(" not in style
    for rule in ("default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy


def document(words, href="https://paper.example/1"):
    prior = {
        "source": {"id": href, "headline": words, "publisher": words, "datePublished": "2016-03-14"},
        "selector": {"exact": words},
        "deepLink": href,
        "relation": "background",
        "confidence": 1.0,
        "copies": 0,
        "because": [{"kind": "term", "here": words, "there": words}],
    }
    place = [{}, {"start": 0, "end": len(words)}]
    return {
        "generator": {"version": "0"},
        "article": {"url": href, "headline": words, "publisher": words, "datePublished": None, "text": words},
        "items": [{"target": {"selector": place}, "claim": {}, "body": [prior]}],
    }


def test_a_saved_page_keeps_hostile_words_as_words():
    hostile = "<script>alert(1)</script> \" onclick='x' {{ 7 * 7 }} </style>"
    page = saved_page(document(hostile))

    assert "<script" not in page
    assert not tree(page).xpath("//@onclick")
    assert hostile in tree(page).text_content()
    assert re.search(r"Content-Security-Policy[^>]+default-src &#39;none&#39;|default-src 'none'", page)


def test_an_address_that_would_run_is_no_link():
    page = tree(saved_page(document("It rained.", href="javascript:alert(1)")))
    assert not [href for href in page.xpath("//a/@href") if not href.startswith("#")]
    assert draw(document("It rained.", href="javascript:alert(1)")).href == ""


async def test_the_sample_says_that_its_links_lead_nowhere(sampled):
    page = tree((await sampled.get("/")).text)

    assert not page.xpath("//article/h2/a")
    assert "their links lead nowhere" in text(page.xpath("//main")[0])

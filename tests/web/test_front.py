import re
from base64 import b64encode
from hashlib import sha256

from lxml import html as lxml_html

from backstory.sample import articles
from backstory.web.drawing import draw
from backstory.web.pages import saved_page
from web.answers import assert_problem


def tree(page):
    return lxml_html.document_fromstring(page)


def text(element):
    return " ".join(element.text_content().split())


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


async def test_each_sample_article_can_be_shown(sampled):
    for sample in articles():
        page = tree((await sampled.get("/", params={"article": sample.slug})).text)
        assert text(page.xpath("//article/h2")[0]) == sample.headline
        assert page.xpath("//details[contains(@class, 'card')]")
    assert_problem(await sampled.get("/", params={"article": "none"}), "not-found")


async def test_every_reference_has_its_card(sampled):
    page = tree((await sampled.get("/")).text)
    references = page.xpath("//a[@class='ref']/@href")

    assert references
    assert sorted(references) == sorted(f"#{card}" for card in page.xpath("//details/@id"))


async def test_an_empty_archive_is_shown_as_it_is(client):
    page = tree((await client.get("/")).text)
    assert not page.xpath("//span[@class='claim']")
    assert "backstory serve --sample" in text(page)


async def test_the_page_runs_nothing_and_fetches_nothing(sampled):
    answer = await sampled.get("/")
    page, policy = tree(answer.text), answer.headers["content-security-policy"]

    assert not page.xpath("//script | //link | //img | //iframe | //form | //@style | //@onclick")
    [style] = page.xpath("//style/text()")
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "url(" not in style
    assert "default-src 'none'" in policy


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

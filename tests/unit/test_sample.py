"""The sample: true to its form, invented in its addresses, and tied together as tests/end_to_end/sample says.

`tests/end_to_end/sample/<slug>.json` holds, for sentences of each sample article, the address of the item that should
come first beside them, or "nothing" where the coverage is silent.
"""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html

from backstory.sample import SampleArticle, articles, coverage

_LINKS = Path(__file__).parents[1] / "end_to_end" / "sample"
_ITEMS = tuple(json.loads(line) for line in coverage())
_BY_URL = {item["url"]: item for item in _ITEMS}

each_article = pytest.mark.parametrize("article", articles(), ids=lambda article: article.slug)


def _day(item: dict[str, str]) -> date:
    return date.fromisoformat(item["published"][:10])


def _links(article: SampleArticle) -> dict[str, str]:
    links: dict[str, str] = json.loads((_LINKS / f"{article.slug}.json").read_text("utf-8"))
    return links


def _blocks(article: SampleArticle) -> list[str]:
    return ["".join(map(str, block.itertext())) for block in lxml_html.fragments_fromstring(article.html)]


def test_every_line_is_one_item_in_the_form_of_an_import():
    fields = {"url", "title", "text", "published", "publisher", "language"}

    assert len(_ITEMS) >= 75
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in coverage())
    assert all(item.keys() == fields and all(item.values()) for item in _ITEMS)


def test_every_address_is_unique_and_belongs_to_nobody():
    urls = [item["url"] for item in _ITEMS] + [article.url for article in articles()]

    assert len(set(urls)) == len(urls)
    assert all((urlsplit(url).hostname or "").endswith(".example") for url in urls)


def test_every_outlet_has_one_host():
    hosts = {(item["publisher"], urlsplit(item["url"]).hostname) for item in _ITEMS}

    assert len(hosts) == len({publisher for publisher, _ in hosts}) == len({host for _, host in hosts}) == 6


def test_items_run_from_september_2015_to_april_2016_oldest_first():
    days = [_day(item) for item in _ITEMS]

    assert days == sorted(days)
    assert date(2015, 9, 1) <= days[0] <= date(2015, 9, 30)
    assert date(2016, 4, 1) <= days[-1] <= date(2016, 4, 30)


def test_an_instant_says_its_zone():
    instants = [item["published"] for item in _ITEMS if "T" in item["published"]]

    assert instants
    assert all(datetime.fromisoformat(instant).tzinfo for instant in instants)


def test_an_item_is_short():
    assert max(len(item["text"].split()) for item in _ITEMS) <= 150


def test_some_reports_stand_in_several_outlets_and_the_first_is_known():
    dateline_and_day = Counter(
        (item["text"].partition(" — ")[0], item["published"][:10]) for item in _ITEMS if "(Wire)" in item["text"]
    )

    assert len(dateline_and_day) >= 5
    assert max(dateline_and_day.values()) == 4
    assert all("T" in item["published"] or item["publisher"] != "Northline" for item in _ITEMS)


def test_there_are_three_articles_of_different_slugs_and_late_april():
    slugs = {article.slug for article in articles()}

    assert len(slugs) == 3
    assert all(date(2016, 4, 22) <= article.published <= date(2016, 4, 30) for article in articles())


@each_article
def test_an_article_is_headings_and_paragraphs_without_markup_inside(article):
    blocks = lxml_html.fragments_fromstring(article.html)

    assert {block.tag for block in blocks} == {"p", "h2"}
    assert not any(len(block) for block in blocks)
    assert 350 <= sum(len(text.split()) for text in _blocks(article)) <= 700


@each_article
def test_what_is_linked_are_sentences_of_the_article(article):
    blocks = _blocks(article)

    assert all(any(sentence in block for block in blocks) for sentence in _links(article))


@each_article
def test_an_article_refers_to_earlier_items_and_to_things_the_coverage_does_not_hold(article):
    urls = Counter(_links(article).values())
    silent = urls.pop("nothing")

    assert silent >= 2
    assert len(urls) >= 5
    assert all(_day(_BY_URL[url]) < article.published for url in urls)

from datetime import date

import pytest

from backstory.errors import SourceError
from backstory.sources.apis.wikinews import Wikinews
from servers.mediawiki import MediaWiki

pytestmark = pytest.mark.network


def make_page(day, words):
    return (
        f"{{{{date|{day}}}}}\n'''Lindau''' — [[w:Ferry|A ferry]] struck the pier, {words}.\n\nNobody was hurt."
        "\n\n== Sources ==\n*{{source|url=https://paper.example/|title=Ferry|pub=The Lake Courier|date="
        f"{day}}}}}\n{{{{publish}}}}\n[[Category:{day}]]\n"
    )


@pytest.fixture
def wiki():
    """Sixty reports of one day, one of the next, and a draft."""
    pages = {f"Report {number}": make_page("April 1, 2016", f"says report {number}") for number in range(60)}
    pages["Sandbags laid"] = make_page("April 2, 2016", "and sandbags were laid")
    pages["Draft"] = "{{develop}}\n" + make_page("April 2, 2016", "perhaps")
    categories = {
        "Category:April 1, 2016": [f"Report {number}" for number in range(60)],
        "Category:April 2, 2016": ["Sandbags laid", "Draft"],
    }
    with MediaWiki(pages, categories, whole=20) as wiki:
        yield wiki


async def test_the_articles_of_each_day_come_all_of_them(wiki, door, wanted, take_all):
    offers, steps = await take_all(Wikinews(door, address=wiki.address), wanted("2016-04-01", "2016-04-03"))

    assert len({offer.url for offer in offers}) == len(offers) == 61
    assert [step.key for step in steps][:2] == [
        "day=2016-04-01",
        "day=2016-04-01&continue.rvcontinue=20&continue.continue=%7C%7C",
    ]
    assert {str(offer.published.day) for offer in offers} == {"2016-04-01", "2016-04-02"}


async def test_an_article_is_its_words_without_its_sources(wiki, door, wanted, take_all):
    source = Wikinews(door, address=wiki.address)
    [offer] = (await take_all(source, wanted("2016-04-01", "2016-04-03", query="sandbags")))[0]

    assert offer.url == "https://en.wikinews.org/wiki/Sandbags_laid"
    assert (offer.headline, offer.publisher, offer.language) == ("Sandbags laid", "Wikinews", "en")
    assert offer.published.day == date(2016, 4, 2)
    assert offer.text == "Lindau — A ferry struck the pier, and sandbags were laid.\n\nNobody was hurt."


def test_it_brings_one_wiki_alone(door, wanted):
    with pytest.raises(SourceError, match=r"en\.wikinews\.org alone"):
        Wikinews(door).steps(wanted("2016-04-01", "2016-04-03", host="paper.example"))
    assert Wikinews(door).steps(wanted("2016-04-01", "2016-04-03", host="wikinews.org"))

from dataclasses import replace

import numpy as np

from backstory.archive.memory import MemoryArchive
from backstory.model import Link, Span
from backstory.retrieval.ranker import shipped
from backstory.tuning import LEAST_LESSONS, tune, without_links
from factories import make_article

TOPICS = ("harbour", "railway", "budget", "orchestra")
PLACES = ("Lindau", "Bregenz", "Konstanz")


def town(articles):
    """An archive of a town's news in which each article but the first few links to the latest on its subject."""
    dice, found = np.random.default_rng(5), []
    latest: dict[tuple[str, str], str] = {}
    for number in range(articles):
        topic, place = str(dice.choice(TOPICS)), str(dice.choice(PLACES))
        url = f"https://town.example/{number}"
        words = f"The {topic} of {place} was in the news again on day {number}, as the report of the {topic} had it."
        article = make_article(
            words,
            url=url,
            headline=f"{topic.title()} of {place}",
            published=f"20{10 + number // 336:02}-{1 + number // 28 % 12:02}-{1 + number % 28:02}",
        )
        if before := latest.get((topic, place)):
            start = words.index("the report")
            article = replace(article, links=(Link(Span(start, start + len("the report")), before),))
        latest[topic, place] = url
        found.append(article)
    return found


async def test_an_archive_teaches_what_its_articles_link_to():
    archive = MemoryArchive()
    await archive.add(town(90))
    heard = []

    found = await tune(archive, shipped(), lambda done, total: heard.append((done, total)))

    assert found is not None
    assert found.lessons == heard[-1][0] == heard[-1][1]
    assert found.held_back == found.lessons - round(found.lessons * 2 / 3)
    assert found.after >= found.before or found.correction is None
    assert (found.correction is not None) == (found.sure_gain > 0)


async def test_too_few_links_teach_nothing():
    archive = MemoryArchive()
    await archive.add(town(LEAST_LESSONS))

    assert await tune(archive, shipped()) is None


async def test_links_to_what_is_not_there_or_came_later_teach_nothing():
    archive = MemoryArchive()
    link = Link(Span(0, 3), "https://town.example/later")
    pages = [
        replace(make_article("The harbour is shut.", url=f"https://town.example/{n}"), links=(link,)) for n in range(80)
    ]
    await archive.add([*pages, make_article("It is.", url="https://town.example/later", published="2025-01-01")])

    assert await tune(archive, shipped()) is None


def test_the_words_of_a_link_are_blanked_where_they_stand():
    article = replace(make_article("See the report of May."), links=(Link(Span(8, 14), "https://town.example/1"),))

    assert without_links(article).text == "See the        of May."

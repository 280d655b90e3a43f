from backstory.archive.memory import MemoryArchive
from backstory.model import Article
from backstory.retrieval import brief, plan
from backstory.retrieval.candidates import Candidates, gather
from backstory.retrieval.copies import MAX_DAYS, collapse
from factories import make_article, make_publication

REPORT = "The harbour of Lindau was closed today after a ferry with ninety people struck the eastern pier in fog."
PAGE = make_article("The harbour of Lindau is open again.", url="https://new.example/", published="2024-05-07")


def printed(text: str, day: str, host: str, path: str = "") -> Article:
    return make_article(text, url=f"https://{host}.example/{path}", published=day, headline="Harbour", publisher=host)


async def candidates(*articles: Article) -> Candidates:
    archive = MemoryArchive()
    await archive.add(articles)
    wanted = brief(PAGE, make_publication("2024-05-07"), ())
    asked = plan(wanted, await archive.frequencies(wanted.words))
    found = gather(asked, await archive.search(asked.queries))
    assert found is not None
    return found


async def shown(*articles: Article, limit: int = 10) -> list[tuple[str, int]]:
    found = await candidates(*articles)
    order = [found.urls.index(article.url) for article in articles]
    return [(found.urls[article], copies) for article, copies in collapse(found, order, limit)]


async def test_the_earliest_stands_for_all_in_the_place_of_the_best():
    copy, other, first = (
        printed(REPORT, "2024-04-12", "copy"),
        printed("A harbour ball was held in Bregenz.", "2024-04-11", "other"),
        printed(f"{REPORT} More follows.", "2024-04-11", "first"),
    )

    assert await shown(copy, other, first) == [(first.url, 1), (other.url, 0)]


async def test_a_copy_may_be_cut_short():
    whole = printed(f"{REPORT} Divers looked for the anchor until night fell over the lake.", "2024-04-11", "whole")
    cut = printed(REPORT, "2024-04-12", "cut")

    assert await shown(cut, whole) == [(whole.url, 1)]


async def test_the_same_words_weeks_later_are_another_report():
    first = printed(REPORT, "2024-03-01", "first")
    again = printed(REPORT, f"2024-03-{1 + MAX_DAYS + 1:02}", "again")

    assert await shown(first, again) == [(first.url, 0), (again.url, 0)]


async def test_an_outlet_that_writes_its_report_on_reports_anew():
    written_on = REPORT.replace("struck the eastern pier in fog", "could not see the pier")
    first = printed(REPORT, "2024-04-11", "lake")
    on, elsewhere = printed(written_on, "2024-04-12", "lake", "on"), printed(written_on, "2024-04-12", "shore")
    again = printed(REPORT, "2024-04-12", "lake", "again")

    assert await shown(first, on) == [(first.url, 0), (on.url, 0)]
    assert await shown(first, elsewhere) == [(first.url, 1)]
    assert await shown(first, again) == [(first.url, 1)]


async def test_a_few_words_are_too_few_to_tell():
    one, other = printed("Harbour closed.", "2024-04-11", "one"), printed("Harbour closed.", "2024-04-11", "other")

    assert await shown(one, other) == [(one.url, 0), (other.url, 0)]


async def test_no_more_than_the_limit_is_shown():
    many = [printed(f"{REPORT} Tug number {number}.", f"2023-{number:02}-01", f"h{number}") for number in range(1, 9)]

    assert len(await shown(*many, limit=3)) == 3

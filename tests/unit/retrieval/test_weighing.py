"""What a claim states outright, against the reference archive: the log-odds that each report gains or loses."""

from datetime import date

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.model import Article, Attribution, Claim, Interval, Span, TimeExpression
from backstory.retrieval import brief, plan
from backstory.retrieval.candidates import gather
from backstory.retrieval.features import features, look
from backstory.retrieval.weighing import MOST, OUTLET, OUTSIDE, STRANGER, stated
from factories import make_article, make_publication

PAGE = make_article(
    "In March the board of Lindau scrapped two tugs.", published="2024-05-07", url="https://new.example/"
)
MARCH = TimeExpression(
    span=Span(3, 8), type="DATE", value="2024-03", interval=Interval(date(2024, 3, 1), date(2024, 3, 31))
)
SAME = "The board of Lindau scrapped two of its tugs."


def report(text: str, day: str) -> Article:
    return make_article(text, url=f"https://old.example/{day}", published=day, headline="News")


OLDEST = report("Lindau holds a fair.", "1990-01-01")
GAZETTE = make_article("Weather.", url="https://gazette.example/", published="1990-01-01", publisher="Inland Gazette")


async def odds(text: str, day: str, times: tuple[TimeExpression, ...], attribution: Attribution | None = None) -> float:
    archive = MemoryArchive()
    one = report(text, day)
    await archive.add([one, OLDEST, GAZETTE])
    claim = Claim(span=Span(0, len(PAGE.text)), text=PAGE.text, times=times, attribution=attribution)
    wanted = brief(PAGE, make_publication("2024-05-07"), (claim,), held=await archive.publishers())
    asked = plan(wanted, await archive.frequencies(wanted.words))
    found = gather(asked, await archive.search(asked.queries))
    assert found is not None
    view = look(asked, found, [len(wanted.needs) - 1])
    return float(stated(view, features(view))[0, found.urls.index(one.url)])


async def test_a_report_from_the_claims_days_gains_what_the_window_tells():
    assert await odds(SAME, "2024-03-14", (MARCH,)) == pytest.approx(MOST)


async def test_a_report_from_other_days_loses():
    assert await odds(SAME, "2019-03-14", (MARCH,)) == OUTSIDE


async def test_other_news_of_the_same_place_in_those_days_gains_nothing():
    assert await odds("Lindau holds a fair.", "2024-03-14", (MARCH,)) == STRANGER


async def test_who_shares_no_name_is_a_stranger():
    assert await odds("Two tugs were scrapped.", "2024-03-14", ()) == STRANGER


async def test_a_claim_without_days_leaves_the_ranker_its_say():
    assert await odds(SAME, "2019-03-14", ()) == 0


@pytest.mark.parametrize(
    ("outlet", "gained"),
    [
        pytest.param("The Lake Courier", OUTLET, id="its own report"),
        pytest.param("Inland Gazette", 0.0, id="another outlet's, where its own is held"),
        pytest.param("Harbour Monthly", STRANGER, id="another outlet's, where its own is not held"),
    ],
)
async def test_the_outlet_that_a_claim_names_is_nearer_to_what_it_said(outlet: str, gained: float):
    whole = Span(0, len(PAGE.text))
    said = Attribution(content=whole, cue=whole, publisher=outlet)

    assert await odds(SAME, "2019-03-14", (), said) == gained

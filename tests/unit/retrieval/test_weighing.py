"""What a claim states outright, against the reference archive: the log-odds that each report gains or loses."""

from datetime import date

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.model import Article, Claim, Interval, Span, TimeExpression
from backstory.retrieval import brief, plan
from backstory.retrieval.candidates import gather
from backstory.retrieval.features import features, look
from backstory.retrieval.weighing import MOST, OUTSIDE, STRANGER, stated
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


async def odds(text: str, day: str, times: tuple[TimeExpression, ...]) -> float:
    archive = MemoryArchive()
    one = report(text, day)
    await archive.add([one, OLDEST])
    claim = Claim(span=Span(0, len(PAGE.text)), text=PAGE.text, times=times)
    wanted = brief(PAGE, make_publication("2024-05-07"), (claim,))
    asked = plan(wanted, await archive.frequencies(wanted.words))
    found = gather(asked, await archive.search(asked.queries))
    view = look(asked, found, len(wanted.needs) - 1)
    return float(stated(view, features(view))[found.urls.index(one.url)])


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

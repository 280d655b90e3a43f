"""From a page to its evidence, against the reference archive."""

from datetime import date

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.model import (
    Article,
    Attribution,
    Background,
    Claim,
    Interval,
    LinkedClaim,
    Options,
    Publication,
    Span,
    TimeExpression,
)
from backstory.retrieval import brief, link, plan
from factories import make_article, make_publication

PAGE = make_article(
    "The harbour board announced last month that it would withdraw most of its tugs from Lindau.",
    "“We will not let anyone close this harbour again,” mayor Ada Lund told The Lake Courier.",
    "Some 40 dockers lost their work.",
    url="https://reader.example/page",
    published="2016-04-21",
    headline="Harbour board meets in Lindau",
)
EVERYTHING = Options(min_confidence=0)
LAST_MONTH = Interval(date(2016, 3, 1), date(2016, 3, 31))


def old(text: str, published: str | Publication, url: str, publisher: str = "Inland Gazette") -> Article:
    return make_article(
        text, url=f"https://{url}.example/", published=published, publisher=publisher, headline=text[:40]
    )


WITHDRAWAL = old("The harbour board orders most of its tugs to withdraw from Lindau.", "2016-03-14", "withdrawal")
LOOKALIKE = old("The harbour board orders most of its tugs to withdraw from Bregenz.", "2011-07-02", "lookalike")
QUOTE = old("“We will not let anyone close this harbour again”, Ada Lund said at a rally.", "2015-05-01", "quote")
FIGURE = old("As many as 25 dockers lost their work in Lindau, the union says.", "2016-02-03", "figure")
NOISE = tuple(
    old(f"Village number {number} holds its fair and elects a mayor.", "2014-01-02", f"n{number}")
    for number in range(30)
)


def claim(words: str, *, time: str = "", attribution: Attribution | None = None) -> Claim:
    start = PAGE.text.index(words)
    times: tuple[TimeExpression, ...] = ()
    if time:
        at = PAGE.text.index(time)
        times = (TimeExpression(span=Span(at, at + len(time)), type="DATE", value="2016-03", interval=LAST_MONTH),)
    return Claim(span=Span(start, start + len(words)), text=words, times=times, attribution=attribution)


ANNOUNCED = claim(PAGE.text.split("\n\n")[0], time="last month")
DOCKERS = claim("Some 40 dockers lost their work.")


def said(publisher: str = "") -> Claim:
    words = PAGE.text.split("\n\n")[1]
    at = PAGE.text.index("We will")
    content = Span(at, PAGE.text.index(",” mayor"))
    attribution = Attribution(content=content, cue=content, quote_type="direct", publisher=publisher)
    return claim(words, attribution=attribution)


async def linked(
    *articles: Article, claims: tuple[Claim, ...] = (ANNOUNCED,), page: Article = PAGE, options: Options = EVERYTHING
) -> tuple[tuple[LinkedClaim, ...], Background]:
    archive = MemoryArchive()
    await archive.add(articles)
    published = page.published or make_publication()
    wanted = brief(page, published, claims, held=await archive.publishers(), options=options)
    asked = plan(wanted, await archive.frequencies(wanted.words))
    return link(asked, await archive.search(asked.queries))


async def test_the_report_from_the_days_that_a_claim_speaks_of_comes_first():
    [claim], _ = await linked(LOOKALIKE, WITHDRAWAL, *NOISE)

    assert claim.evidence[0].passage.url == WITHDRAWAL.url
    assert claim.evidence[0].relation == "first-report"
    assert ("time", "last month", "14 March 2016") in [
        (why.kind, why.here, why.there) for why in claim.evidence[0].because
    ]


async def test_what_lies_outside_those_days_is_only_background():
    [claim], _ = await linked(LOOKALIKE, WITHDRAWAL, *NOISE)

    assert {each.relation for each in claim.evidence if each.passage.url == LOOKALIKE.url} == {"background"}


@pytest.mark.parametrize("day", ["2016-04-21", "2016-04-22", "2030-01-01"])
async def test_nothing_is_linked_that_did_not_come_out_earlier(day: str):
    same = old(ANNOUNCED.text, day, "later")

    [claim], background = await linked(same)

    assert claim.evidence == ()
    assert background.evidence == ()


async def test_of_the_same_day_only_an_earlier_hour_counts():
    page = make_article(*PAGE.text.split("\n\n"), url=PAGE.url, published=make_publication("2016-04-21", hour=12))
    morning = old(ANNOUNCED.text, make_publication("2016-04-21", hour=8), "morning")
    evening = old(ANNOUNCED.text, make_publication("2016-04-21", hour=20), "evening")

    _, background = await linked(morning, evening, page=page)

    assert {each.passage.url for each in background.evidence} == {morning.url}


async def test_a_page_is_no_earlier_coverage_of_itself():
    before = make_article(*PAGE.text.split("\n\n"), url=PAGE.url, published="2016-04-20")

    _, background = await linked(before)

    assert background.evidence == ()


async def test_the_same_words_in_quotation_marks_are_the_same_quote():
    [claim], _ = await linked(QUOTE, *NOISE, claims=(said(),))

    assert claim.evidence[0].relation == "same-quote"
    assert [why.there for why in claim.evidence[0].because if why.kind == "quote"] == [
        "We will not let anyone close this harbour again"
    ]


async def test_another_number_of_the_same_thing_is_an_earlier_figure():
    [claim], _ = await linked(FIGURE, *NOISE, claims=(DOCKERS,))

    assert claim.evidence[0].relation == "earlier-figure"
    assert ("40 dockers", "25 dockers") in [(why.here, why.there) for why in claim.evidence[0].because]


async def test_copies_are_shown_once_as_the_earliest_and_counted():
    long = "The harbour board orders most of its tugs to withdraw from Lindau after a night of talks with the dockers"
    wire = old(f"{long}.", "2016-03-14", "wire", "Wire")
    reprint = old(f"{long}, it was announced.", "2016-03-15", "reprint", "Reprint")

    [claim], background = await linked(reprint, wire, *NOISE)

    shown = [(each.passage.url, each.copies) for each in claim.evidence if each.copies]
    assert (wire.url, 1) in shown
    assert reprint.url not in {each.passage.url for each in background.evidence}


async def test_no_more_is_shown_than_was_asked_for():
    many = tuple(
        old(f"{ANNOUNCED.text} Report {number} of the board.", "2016-03-14", f"m{number}") for number in range(30)
    )

    [claim], background = await linked(*many, options=Options(min_confidence=0, limit=2))

    assert len(claim.evidence) <= 2
    assert len(background.evidence) <= 10


async def test_the_own_outlet_can_be_left_out():
    own = old(ANNOUNCED.text, "2016-03-14", "own", PAGE.publisher)

    [claim], background = await linked(own, options=Options(min_confidence=0, exclude_own_outlet=True))

    assert claim.evidence == ()
    assert background.evidence == ()


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        pytest.param(said("The Lake Courier"), "outlet-not-in-archive", id="the outlet that it names is not archived"),
        pytest.param(ANNOUNCED, "nothing-in-window", id="nothing was published in its days"),
        pytest.param(DOCKERS, "below-threshold", id="nothing is sure enough"),
    ],
)
async def test_silence_says_why(claim: Claim, reason: str):
    [found], _ = await linked(*NOISE, claims=(claim,), options=Options())

    assert found.evidence == ()
    assert found.abstained == reason


async def test_an_empty_archive_is_silent():
    [claim], background = await linked()

    assert claim.abstained == "nothing-in-window"
    assert background == Background()


async def test_confidences_are_probabilities_and_the_threshold_holds():
    [_], everything = await linked(WITHDRAWAL, LOOKALIKE, QUOTE, FIGURE, *NOISE)
    [_], sure = await linked(WITHDRAWAL, LOOKALIKE, QUOTE, FIGURE, *NOISE, options=Options(min_confidence=0.2))

    assert all(0 <= each.confidence <= 1 for each in everything.evidence)
    assert all(each.confidence >= 0.2 for each in sure.evidence)
    assert {each.passage.url for each in sure.evidence} <= {each.passage.url for each in everything.evidence}

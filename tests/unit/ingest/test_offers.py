from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import ArticleError, NoArticleError
from backstory.ingest.offers import to_article, to_line
from backstory.ingest.record import to_article as line_to_article
from backstory.ingest.record import to_offer
from backstory.model import Offer, Publication
from backstory.reading import read
from factories import make_publication

PIER = "https://example.org/pier"
PAGE = """<!doctype html><html lang="en"><head><title>Pier shut</title>{head}</head><body><article><h1>Pier shut</h1>
<p>The pier of Lindau was closed on Monday after a ferry struck it.</p>
<p>Nobody was hurt, and the pier will stay shut until June, when the divers come.</p></article></body>
</html>"""
DATED = PAGE.format(head='<meta property="article:published_time" content="2016-04-21T09:30:00+02:00">')


def test_what_the_page_says_is_taken_where_the_source_says_nothing():
    article = to_article(Offer(url=PIER, html=DATED), read)

    assert (article.headline, article.language) == ("Pier shut", "en")
    assert article.published is not None
    assert article.published.day == date(2016, 4, 21)
    assert article.published.found == "meta"


def test_what_the_source_says_wins_over_the_page():
    offer = Offer(url=PIER, html=DATED, headline="Shut", publisher="Courier", published=make_publication("2016-04-22"))

    article = to_article(offer, read)

    assert (article.headline, article.publisher) == ("Shut", "Courier")
    assert article.published == make_publication("2016-04-22")


def test_a_page_that_nothing_dates_is_refused_with_what_would_be_right():
    with pytest.raises(ArticleError, match=r"nothing in its html tells when .* as published, as 2016-04-21"):
        to_article(Offer(url=PIER, html=PAGE.format(head="")), read)


def test_a_page_is_never_newer_than_the_moment_it_is_read():
    with pytest.raises(ArticleError, match="nothing in its html tells"):
        to_article(Offer(url=PIER, html=DATED), read, read_at=datetime(2016, 4, 1, tzinfo=UTC))


def test_a_text_says_no_day_by_itself():
    with pytest.raises(ArticleError, match="published is missing"):
        to_article(Offer(url=PIER, text="Lindau, 21 April 2016. The pier was closed."), read)


def test_an_address_alone_is_no_article():
    with pytest.raises(ArticleError, match="neither text nor html"):
        to_article(Offer(url=PIER), read)


def test_a_page_without_an_article_is_told_by_the_reading_room():
    with pytest.raises(NoArticleError):
        to_article(Offer(url=PIER, html="<p></p>"), read)


def test_a_verdict_comes_with_its_article():
    offer = Offer(url=PIER, text="The pier is open.", published=make_publication(), rating="Mostly false")

    assert to_article(offer, read).rating == "Mostly false"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(texts, texts, texts, st.lists(texts.map(str.strip).filter(bool)), days, texts, texts)
def test_a_line_says_what_the_offer_said(headline, publisher, language, authors, day, text, html):  # noqa: PLR0913, PLR0917 - all that it may say
    offer = Offer(
        url=PIER,
        headline=headline,
        publisher=publisher,
        language=language,
        authors=tuple(authors),
        published=Publication(day),
        text=text,
        html="" if text.strip() else html,
    )

    line = to_line(offer)

    assert line.count(b"\n") == 1
    assert to_offer(line) == offer


def test_an_instant_is_kept_where_it_lies_on_its_outlets_day():
    at = datetime(2016, 4, 21, 23, 30, tzinfo=UTC)

    same, next_day = (
        Offer(url=PIER, published=Publication(at.date(), at)),
        Offer(url=PIER, published=Publication(date(2016, 4, 22), at)),
    )

    assert to_offer(to_line(same)).published == Publication(at.date(), at)
    assert to_offer(to_line(next_day)).published == Publication(date(2016, 4, 22))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(999, 12, 31), date(3000, 1, 1), date(9999, 12, 31)])
def test_a_day_at_the_edge_of_the_calendar_is_refused(day):
    offer = Offer(url="https://paper.example/pier", text="The pier is shut.", published=Publication(day))
    with pytest.raises(ArticleError, match="from 1000 to 2999"):
        to_article(offer, read)


@pytest.mark.parametrize("own", ["0001-01-01", "9999-12-31"])
def test_an_outlets_own_day_at_the_edge_of_the_calendar_is_passed_over(own):
    line = f'{{"url": "{PIER}", "text": "The pier is shut.", "published": "2016-04-21", "publishedDay": "{own}"}}'
    assert line_to_article(line.encode(), read).published == Publication(date(2016, 4, 21))

"""Pages that are fact-checks, and pages that only look like it."""

import json

import pytest

from backstory.reading import read
from backstory.reading.factcheck import MAX_RATING
from factories import make_page

URL = "https://check.example/ferry"
P = "<p>The mayor said on Monday that nobody had been on the ferry when it struck the eastern pier.</p>" * 2


def make_review(alternate="Mostly false", **fields):
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": URL,
        "claimReviewed": "Nobody was on the ferry.",
        "author": {"@type": "Organization", "name": "Lake Check"},
        "reviewRating": {"@type": "Rating", "ratingValue": 2, "bestRating": 5, "alternateName": alternate},
    } | fields


def read_with(*documents, url=URL, head=""):
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in documents)
    return read(make_page(html=f"<head>{head}{scripts}</head>{P}", url=url))


def test_a_fact_check_has_its_rating_and_its_outlet():
    article = read_with(make_review())
    assert (article.rating, article.publisher) == ("Mostly false", "Lake Check")


def test_the_outlet_that_the_page_names_comes_first():
    site = '<meta property="og:site_name" content="The Lake Courier">'
    assert read_with(make_review(), head=site).publisher == "The Lake Courier"
    by_person = make_review(author={"@type": "Person", "name": "Ida Berg"})
    assert read_with(by_person).publisher == ""


@pytest.mark.parametrize(
    "document",
    [
        pytest.param([make_review()], id="in a list"),
        pytest.param({"@graph": [{"@type": "WebSite", "name": "x"}, make_review()]}, id="in a graph"),
        pytest.param({"@type": "NewsArticle", "claimReview": make_review()}, id="held by the article"),
        pytest.param({"@type": "NewsArticle", "review": [make_review()]}, id="as its review"),
        pytest.param(make_review(**{"@type": ["Review", "http://schema.org/ClaimReview"]}), id="of two types"),
        pytest.param(make_review(url=""), id="without an address"),
        pytest.param(make_review(url=URL + "/#claim-1"), id="at a place of the page"),
        pytest.param(make_review(reviewRating=[{"@type": "Rating", "alternateName": "Mostly false"}]), id="several"),
        pytest.param(make_review("3", reviewRating={"name": "Mostly &amp; false"[:6] + " false"}), id="named"),
    ],
)
def test_it_is_found_wherever_publishers_put_it(document):
    assert read_with(document).rating == "Mostly false"


def test_of_several_the_first_that_is_of_this_page_is_taken():
    other = make_review("True", url="https://check.example/other")
    assert read_with(other, make_review("False"), make_review("Misleading")).rating == "False"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            {
                "@type": "Review",
                "url": URL,
                "itemReviewed": {"@type": "Product"},
                "reviewRating": {"alternateName": "Good"},
            },
            id="a product",
        ),
        pytest.param(
            {"@type": "NewsArticle", "url": URL, "review": {"reviewRating": {"alternateName": "Good"}}}, id="no type"
        ),
        pytest.param(make_review(url="https://check.example/other"), id="another page's"),
        pytest.param(make_review(reviewRating={"ratingValue": "2"}), id="a number"),
        pytest.param(make_review(reviewRating="False"), id="no rating"),
        pytest.param(make_review(reviewRating=None), id="nothing"),
        pytest.param([{"@type": "CollectionPage", "url": URL}, make_review(url="")], id="a list of them"),
    ],
)
def test_what_is_no_fact_check_of_this_page_has_no_rating(document):
    assert read_with(document).rating == ""


def test_a_rating_that_goes_on_and_on_is_cut_after_a_word():
    rating = read_with(make_review("false " * 400)).rating
    assert len(rating) <= MAX_RATING
    assert rating.endswith("false…")
    assert len(read_with(make_review("x" * 4_000)).rating) == MAX_RATING

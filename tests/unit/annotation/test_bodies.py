"""Prior coverage as the body of an annotation."""

from dataclasses import replace

from backstory.annotation.bodies import evidence_body
from backstory.annotation.context import CONTEXT
from backstory.model import Evidence
from factories import make_passage


def test_a_fact_check_comes_with_its_rating_in_the_words_of_who_gave_it():
    fact_check = replace(make_passage(publisher="Lake Check"), rating="Mostly false")

    source = evidence_body(Evidence(passage=fact_check, relation="background", confidence=0.8))["source"]

    assert (source["type"], source["rating"], source["publisher"]) == ("ClaimReview", "Mostly false", "Lake Check")
    assert set(source) - {"id", "type"} <= set(CONTEXT["@context"])


def test_a_report_is_a_news_article_and_has_no_rating():
    source = evidence_body(Evidence(passage=make_passage(), relation="background", confidence=0.8))["source"]

    assert source["type"] == "NewsArticle"
    assert "rating" not in source

from dataclasses import replace
from datetime import date

import pytest

from backstory.claims import find_attributions, find_claims
from backstory.model import Article, Claim, Interval, Span, TimeExpression
from factories import make_article


def claims_of(article: Article, *, times: tuple[TimeExpression, ...] = (), every: bool = False) -> tuple[Claim, ...]:
    return find_claims(article, times, find_attributions(article), all_sentences=every)


def a_day(article: Article, words: str, day: str) -> TimeExpression:
    start = article.text.index(words)
    when = date.fromisoformat(day)
    span = Span(start, start + len(words))
    return TimeExpression(span=span, type="DATE", value=day, interval=Interval(when, when))


def test_claims_are_the_articles_sentences_word_for_word():
    article = make_article("The ferry struck the pier. Nobody was hurt.", "The pier will stay shut until June.")

    claims = claims_of(article, every=True)

    assert [claim.text for claim in claims] == [
        "The ferry struck the pier.",
        "Nobody was hurt.",
        "The pier will stay shut until June.",
    ]
    assert all(claim.span.of(article.text) == claim.text for claim in claims)


def test_a_question_is_no_claim_unless_every_sentence_is_asked_for():
    article = make_article("The council approved the bridge on Monday. So why are you opposed to it?")

    assert [claim.text for claim in claims_of(article)] == ["The council approved the bridge on Monday."]
    assert len(claims_of(article, every=True)) == 2


def test_what_is_shown_states_a_fact_more_likely_than_not():
    article = make_article("The bank lost 3 million euros in 2019. I think it is a shame! Do you?")

    shown = claims_of(article)

    assert shown == tuple(claim for claim in claims_of(article, every=True) if claim.factual >= 0.5)
    assert len(shown) == 1


def test_a_claim_holds_the_times_that_stand_in_it():
    article = make_article("The dam broke in March. It was rebuilt in June.")
    march, june = a_day(article, "March", "2024-03-01"), a_day(article, "June", "2023-06-01")

    first, second = claims_of(article, times=(march, june), every=True)

    assert first.times == (march,)
    assert second.times == (june,)


def test_a_claim_has_the_attribution_that_covers_most_of_it():
    article = make_article("The pilot said the engine had stopped, the Lake Courier reported.")

    [claim] = claims_of(article, every=True)

    assert claim.attribution is not None
    assert claim.attribution.name == "The Lake Courier"


def test_every_sentence_of_a_long_quotation_has_its_attribution():
    article = make_article("“We lost the roof. The walls are still standing,” said Ruth Amsel.")

    assert [claim.attribution and claim.attribution.name for claim in claims_of(article, every=True)] == [
        "Ruth Amsel",
        "Ruth Amsel",
    ]


@pytest.mark.parametrize("kind", ["heading", "caption"])
def test_a_heading_or_caption_counts_only_where_it_is_a_sentence(kind):
    article = make_article("Ferry strikes pier in Lindau", "The ferry struck the pier at noon.")
    article = replace(article, blocks=tuple(replace(block, kind=kind) for block in article.blocks))

    assert [claim.text for claim in claims_of(article, every=True)] == ["The ferry struck the pier at noon."]


def test_a_dated_report_is_worth_checking_more_than_a_scene():
    article = make_article(
        "In March the Lake Courier reported that the council had approved 40 new ferries.",
        "A cold wind blows over the empty quay.",
    )

    report, scene = claims_of(article, times=(a_day(article, "March", "2024-03-01"),), every=True)

    assert report.checkworthy > 0.7
    assert scene.checkworthy < 0.3


def test_a_day_to_come_counts_less_than_a_day_gone_by():
    past = make_article("The council met in Lindau on Monday.", published="2024-05-07")
    to_come = replace(past)

    [met] = claims_of(past, times=(a_day(past, "Monday", "2024-05-06"),))
    [meets] = claims_of(to_come, times=(a_day(to_come, "Monday", "2024-05-13"),))

    assert met.checkworthy > meets.checkworthy


def test_in_an_unknown_language_sentences_are_found_and_judged_by_their_marks():
    article = make_article("Die Brücke wurde am 3. Mai 2024 für 40 Tage gesperrt. Warum eigentlich?", language="de")

    [stated, asked] = claims_of(article, every=True)

    assert stated.text == "Die Brücke wurde am 3. Mai 2024 für 40 Tage gesperrt."
    assert stated.factual > 0.5 > asked.factual


@pytest.mark.shared
def test_the_seed_is_read_with_speakers_and_outlets(shared):
    text = (shared / "seeds" / "000_1e4f68154769c707.txt").read_text(encoding="utf-8")
    article = make_article(*text.split("\n\n"))

    found = find_attributions(article)

    def said_by(name: str) -> list[str]:
        return [each.content.of(article.text)[:24] for each in found if name in {each.name, each.publisher}]

    assert "At the end of the two-an" in said_by("The Jerusalem Post")
    assert "“This is our right and a" in said_by("The Times of Israel")
    assert "“This is our right and a" in said_by("Benjamin Netanyahu")
    assert "told Russian President V" in said_by("The Times of Israel")
    assert "he will next travel to M" in said_by("Benjamin Netanyahu")
    assert "It is no less important " in said_by("The Tower Magazine")
    assert "It is no less important " in said_by("Jonathan Spyer")
    assert "“I set the goal of the m" in said_by("Benjamin Netanyahu")

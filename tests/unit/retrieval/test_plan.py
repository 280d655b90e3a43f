from hypothesis import given
from hypothesis import strategies as st

from backstory.model import Claim, Frequencies, Span
from backstory.retrieval.needs import MAX_CLAIMS, brief
from backstory.retrieval.plan import CLAIM_POSTINGS, CLAIM_TERMS, LEAST_TERMS, PAGE_TERMS, Plan, plan
from factories import make_article, make_publication

PUBLISHED = make_publication("2016-04-21")


def planned(*paragraphs: str, claims: tuple[Claim, ...] = (), held: int = 3) -> Plan:
    wanted = brief(make_article(*paragraphs, published=PUBLISHED), PUBLISHED, claims)
    return plan(wanted, Frequencies(passages=1000, of=dict.fromkeys(wanted.words, held)))


def test_every_query_asks_for_what_is_earlier_and_never_for_the_page_itself():
    asked = planned("The harbour of Lindau was closed.", "The eastern pier stays shut until the summer ends.")

    assert asked.queries
    assert all(query.before == PUBLISHED for query in asked.queries)
    assert all(query.without == ("https://example.org/news/harbour",) for query in asked.queries)


def test_nothing_is_asked_of_an_archive_that_holds_none_of_the_words():
    assert planned("The harbour of Lindau was closed.", held=0).queries == ()


def test_the_rarest_words_are_asked_for_first():
    wanted = brief(make_article("Ferries and zeppelins left.", headline="", published=PUBLISHED), PUBLISHED, ())
    asked = plan(wanted, Frequencies(passages=1000, of={"ferri": 500, "zeppelin": 1, "left": 200}))

    assert asked.queries[0].terms[0].word == "zeppelin"


def test_a_page_of_very_many_claims_asks_for_the_most_checkworthy_only():
    text = " ".join(f"Tug number {number} sank." for number in range(100))
    claims = tuple(
        Claim(span=Span(text.index(said), text.index(said) + len(said)), text=said, checkworthy=number / 100)
        for number, said in ((number, f"Tug number {number} sank.") for number in range(100))
    )

    asked = planned(text, claims=claims)

    needs = [asked.brief.needs[ask.need] for ask in asked.asks]
    assert sum(need.kind == "claim" for need in needs) == MAX_CLAIMS
    numbers = {number for need in needs if need.kind == "claim" for number in need.numbers}
    assert numbers == set(map(str, range(100 - MAX_CLAIMS, 100)))


def test_what_too_many_passages_hold_is_left_out_but_for_the_first_few():
    text = "Lindau closed its pier, its harbour, its market and its school after a storm tore anchors loose."
    claim = Claim(span=Span(0, len(text)), text=text)
    wanted = brief(make_article(text, headline="", published=PUBLISHED), PUBLISHED, (claim,))
    held = {word: (1 + place) * CLAIM_POSTINGS // 3 for place, word in enumerate(sorted(wanted.words))}

    asked = plan(wanted, Frequencies(passages=100 * CLAIM_POSTINGS, of=held))

    [whole] = [ask.query.terms for ask in asked.asks if asked.brief.needs[ask.need].kind == "claim"]
    assert LEAST_TERMS <= len(whole) < len(wanted.words)
    assert sum(held[term.word] for term in whole[LEAST_TERMS:]) <= CLAIM_POSTINGS


def test_in_a_small_archive_nothing_is_left_out():
    asked = planned("Lindau closed its pier, its harbour, its market and its school after a storm tore anchors loose.")

    assert {term.word for term in asked.queries[0].terms} == asked.brief.words


@given(st.lists(st.text(alphabet="abcdefgh ", min_size=20, max_size=400), min_size=1, max_size=5))
def test_no_query_has_more_words_than_it_may(paragraphs: list[str]):
    asked = planned(*paragraphs)

    most = {"page": PAGE_TERMS, "paragraph": CLAIM_TERMS}
    assert all(len(ask.query.terms) <= most[asked.brief.needs[ask.need].kind] for ask in asked.asks)

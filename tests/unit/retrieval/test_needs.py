from datetime import date

from backstory.model import Article, Attribution, Claim, Interval, Span, TimeExpression
from backstory.retrieval.needs import ANTECEDENT, FULL_NAME, MAX_PARAGRAPHS, NAME, Need, brief
from backstory.retrieval.scores import OWN
from factories import make_article, make_publication


def claim(article: Article, words: str, *, time: str = "", attribution: Attribution | None = None) -> Claim:
    start = article.text.index(words)
    times: tuple[TimeExpression, ...] = ()
    if time:
        at = article.text.index(time)
        march = Interval(date(2024, 3, 1), date(2024, 3, 31))
        times = (TimeExpression(span=Span(at, at + len(time)), type="DATE", value="2024-03", interval=march),)
    return Claim(span=Span(start, start + len(words)), text=words, times=times, attribution=attribution)


def need(article: Article, one: Claim, held: tuple[str, ...] = ()) -> Need:
    return brief(article, make_publication(), (one,), held=held).needs[-1]


def test_the_page_comes_first_then_its_paragraphs_then_its_claims():
    article = make_article(
        "The harbour of Lindau was closed on Monday after a ferry struck the pier.",
        "The eastern pier will stay shut until summer, the port authority said.",
    )

    wanted = brief(article, make_publication(), (claim(article, "The harbour of Lindau was closed on Monday"),))

    assert [each.kind for each in wanted.needs] == ["page", "paragraph", "paragraph", "claim"]


def test_a_page_of_one_paragraph_has_its_sentences_for_pieces():
    article = make_article("The harbour of Lindau was closed. The eastern pier will stay shut.")

    wanted = brief(article, make_publication(), ())

    assert [sorted(piece) for piece in wanted.pieces] == [
        ["close", "harbour", "lindau"],
        ["eastern", "pier", "shut", "stay"],
    ]


def test_no_page_has_many_paragraphs():
    article = make_article(*(f"Paragraph {number} tells of harbours, ferries, piers and tugs." for number in range(40)))

    assert len(brief(article, make_publication(), ()).needs) == 1 + MAX_PARAGRAPHS


def test_words_that_only_point_to_a_day_are_not_looked_for():
    article = make_article("The board met in March about tugs.")

    found = need(article, claim(article, "The board met in March about tugs.", time="March"))

    assert found.weights["march"] < OWN < found.weights["tug"]
    assert found.windows == (Interval(date(2024, 2, 27), date(2024, 4, 7)),)


def test_he_stands_for_the_last_name_before():
    article = make_article("The tugs of Erik Lund left. He wept.")

    assert need(article, claim(article, "He wept.")).weights["lund"] == ANTECEDENT


def test_he_stands_for_the_source_where_it_is_known():
    article = make_article("The tugs of Erik Lund left. He wept.")
    whole = Span(0, 10)
    said = Attribution(content=whole, cue=whole, name="Per Holm")

    assert need(article, claim(article, "He wept.", attribution=said)).weights["holm"] == ANTECEDENT


def test_a_short_name_brings_the_rest_of_it():
    article = make_article("The mayor met Ada Lund. Later on Lund resigned.")

    weights = need(article, claim(article, "Later on Lund resigned.")).weights

    assert weights["lund"] == NAME
    assert weights["ada"] == FULL_NAME


def test_an_outlet_is_held_by_any_spelling_of_its_name():
    article = make_article("The Lake Courier reported the loss of two tugs.")
    whole = Span(0, 10)
    said = Attribution(content=whole, cue=whole, publisher="The Lake Courier")
    one = claim(article, "The Lake Courier reported the loss of two tugs.", attribution=said)

    assert need(article, one, held=("LAKE COURIER",)).outlet_held
    assert not need(article, one, held=("Inland Gazette",)).outlet_held

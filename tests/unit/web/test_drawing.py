import time

from hypothesis import given
from hypothesis import strategies as st

from backstory.web.drawing import draw

PRIOR = {
    "source": {
        "id": "https://paper.example/1",
        "headline": "Rain",
        "publisher": "Courier",
        "datePublished": "2016-03-14",
    },
    "selector": {"type": "TextQuoteSelector", "exact": "It will rain."},
    "deepLink": "https://paper.example/1#:~:text=It%20will%20rain.",
    "relation": "first-report",
    "confidence": 0.9,
    "copies": 0,
    "because": [{"kind": "term", "here": "rain", "there": "rain"}],
}


def target(start, end):
    return {"source": "https://paper.example/2", "selector": [{}, {"start": start, "end": end}]}


def claim(start, end, *priors):
    return {"target": target(start, end), "claim": {}, "body": list(priors)}


def time_item(start, end, value="2016-03"):
    return {"target": target(start, end), "body": {"type": "TimeExpression", "value": value}}


def document(text, *items, background=()):
    article = {
        "url": "https://paper.example/2",
        "headline": "It rained",
        "publisher": None,
        "datePublished": "2016-04-21",
    }
    whole = {"target": {"source": "https://paper.example/2"}, "body": list(background)}
    return {"article": article | {"text": text}, "items": [*items, whole]}


def test_a_claim_is_underlined_and_its_card_follows_the_paragraph():
    text = "It was dry. It rained in March.\n\nThe end."
    drawing = draw(document(text, time_item(25, 30), claim(12, 31, PRIOR)))

    first, second = drawing.paragraphs
    assert [(piece.words, piece.card, piece.date) for piece in first.pieces] == [
        ("It was dry. ", 0, ""),
        ("It rained in ", 1, ""),
        ("March", 1, "2016-03"),
        (".", 1, ""),
    ]
    assert first.dates == (("March", "2016-03"),)
    [card] = first.cards
    assert card.priors[0].byline == "14 March 2016 · Courier"
    assert (second.pieces[0].words, second.cards) == ("The end.", ())
    assert (drawing.claims, drawing.linked) == (1, 1)


def test_a_claim_without_prior_coverage_is_left_alone():
    drawing = draw(document("It rained.", claim(0, 10)))
    assert drawing.paragraphs[0].pieces[0].card == 0
    assert (drawing.claims, drawing.linked) == (1, 0)


def test_what_the_archive_lacks_is_told_once_with_where_to_fetch_it():
    lacks = {"gap": {"from": "2016-03-01", "to": "2016-03-31", "publisher": "Salt & Sea"}}

    drawing = draw(document("It rained. It rained.", claim(0, 10) | lacks, claim(11, 21) | lacks, claim(0, 3)))

    [filling] = drawing.gaps
    assert filling.words == "of Salt & Sea from March 2016"
    assert filling.href == "/backfill?from=2016-03-01&to=2016-03-31&publisher=Salt+%26+Sea"


def test_background_stands_apart():
    assert draw(document("It rained.", background=[PRIOR])).background[0].headline == "Rain"


@given(st.text("ab \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6))
def test_no_word_is_lost_or_drawn_twice(text, places):
    spans = [(start, min(start + length, len(text))) for start, length in places if start < len(text)]
    items = [claim(*span, PRIOR) if number % 2 else time_item(*span) for number, span in enumerate(spans)]

    drawing = draw(document(text, *items))

    drawn = "".join(piece.words for paragraph in drawing.paragraphs for piece in paragraph.pieces)
    assert "".join(drawn.split()) == "".join(text.split())


def test_a_long_article_is_drawn_in_linear_time():
    text = "It rained in March. " * 20_000
    items = [time_item(start, start + 5) for start in range(0, len(text) - 5, 20)]
    begun = time.process_time()
    draw(document(text, *items))
    assert time.process_time() - begun < 5

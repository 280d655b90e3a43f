from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.model import Article, Block, Span
from backstory.retrieval.passages import LEAST_WORDS, MOST_WORDS, split
from factories import make_article

SENTENCE = "The council of Lindau met again on Tuesday to hear the engineers."  # twelve words


def test_a_one_sentence_article_is_one_passage() -> None:
    [passage] = split(make_article("The pier was closed.", url="https://example.org/pier"))

    assert (passage.id, passage.ordinal, passage.text) == ("https://example.org/pier#0", 0, "The pier was closed.")


def test_a_passage_carries_what_is_known_of_its_article() -> None:
    article = make_article(headline="Pier shut", publisher="Courier", language="de", published="2024-05-07")

    [passage] = split(article)

    assert (passage.headline, passage.publisher, passage.language) == ("Pier shut", "Courier", "de")
    assert passage.published == article.published


def test_long_articles_are_cut_between_sentences_at_similar_lengths() -> None:
    passages = split(make_article(*[" ".join([SENTENCE] * 4)] * 10))

    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    for passage in passages:
        assert LEAST_WORDS <= len(passage.text.split()) <= MOST_WORDS
        assert passage.text.startswith("The council")
        assert passage.text.endswith("engineers.")


def test_one_paragraph_without_end_is_cut_between_sentences_too() -> None:
    passages = split(make_article(" ".join([SENTENCE] * 40)))

    assert len(passages) == 4
    assert all(passage.text.endswith("engineers.") for passage in passages)


def test_a_sentence_without_end_is_cut_between_words() -> None:
    passages = split(make_article("word " * 1000))

    assert [len(passage.text.split()) for passage in passages] == [MOST_WORDS] * 8 + [1000 - 8 * MOST_WORDS]


def test_chinese_is_cut_at_its_own_full_stops() -> None:
    passages = split(make_article("林道市议会星期二再次开会听取工程师的意见。" * 30, language="zh"))

    assert len(passages) > 1
    assert all(passage.text.endswith("。") for passage in passages)


@pytest.mark.parametrize("abbreviated", ["Gen. Ulrich Ott", "Dr. Ulrich Ott", "the U.S. envoy"])
def test_an_abbreviation_ends_no_sentence(abbreviated: str) -> None:
    filler = "word " * (LEAST_WORDS * 2 - 3)

    for passage in split(make_article(f"{filler.strip()}. {SENTENCE} They met {abbreviated} there.")):
        assert not passage.text.endswith(("Gen.", "Dr.", "U.S."))


def test_what_stands_outside_the_blocks_is_in_no_passage() -> None:
    text = "The pier was closed.\n\nSend to a friend\n\nIt opens in June."
    article = replace(make_article(text), blocks=(Block(Span(0, 20)), Block(Span(40, len(text)))))

    assert [passage.text for passage in split(article)] == ["The pier was closed.", "It opens in June."]


def test_an_article_without_blocks_is_known_by_its_headline() -> None:
    article = replace(make_article(headline="Pier shut"), text="", blocks=())

    assert [passage.text for passage in split(article)] == ["Pier shut"]
    assert split(replace(article, headline="")) == ()


def test_an_article_needs_its_day() -> None:
    with pytest.raises(ValueError, match=r"day of publication.*example\.org"):
        split(make_article(published=None))


@given(st.lists(st.text(min_size=1), min_size=1, max_size=8))
def test_passages_are_the_articles_own_words_in_order(paragraphs: list[str]) -> None:
    article = make_article(*paragraphs, headline="")
    end = 0

    for passage in split(article):
        start = article.text.index(passage.text, end)
        assert not any(character.isalnum() for character in article.text[end:start])
        end = start + len(passage.text)
    assert not any(character.isalnum() for character in article.text[end:])


def test_a_giant_article_is_cut_in_linear_time() -> None:
    article = Article(
        url="https://example.org/giant",
        text="a " * 1_000_000,
        blocks=(Block(Span(0, 2_000_000)),),
        published=make_article().published,
    )

    assert len(split(article)) == 1_000_000 // MOST_WORDS + 1

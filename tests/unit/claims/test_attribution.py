import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.claims import find_attributions
from backstory.model import Article, Attribution
from factories import make_article

CASES = tomllib.loads((Path(__file__).parent / "cases" / "attributions.toml").read_text(encoding="utf-8"))["case"]


def told(article: Article, attribution: Attribution) -> dict[str, str]:
    """An attribution in words, as the cases spell it."""
    return {
        "content": attribution.content.of(article.text),
        "source": attribution.source.of(article.text) if attribution.source else "",
        "cue": attribution.cue.of(article.text),
        "name": attribution.name,
        "publisher": attribution.publisher,
        "type": attribution.quote_type,
    }


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_what_is_said_is_given_to_who_said_it(case):
    article = make_article(*case["text"].split("\n\n"))

    found = [told(article, attribution) for attribution in find_attributions(article)]

    expected = [{"source": "", "publisher": "", "type": "indirect"} | said for said in case["said"]]
    for said in expected:
        assert [{key: each[key] for key in said} for each in found].count(said) == 1, found
    if not case.get("also"):
        assert len(found) == len(expected), found


def test_there_are_cases_enough():
    assert len(CASES) >= 60


def test_attributions_come_by_where_their_content_begins():
    article = make_article("The pilot said the engine had stopped, Reuters reported.", "“It is over,” she said.")

    starts = [attribution.content.start for attribution in find_attributions(article)]

    assert starts == sorted(starts)


def test_a_block_set_apart_as_a_quote_belongs_to_who_spoke_before_it():
    plain = make_article("Ingrid Sol warned of the end of fishing:", "The nets came up empty for three winters.")
    article = replace(plain, blocks=(plain.blocks[0], replace(plain.blocks[1], kind="quote")))

    [_, quoted] = find_attributions(article)

    assert told(article, quoted)["content"] == "The nets came up empty for three winters."
    assert quoted.name == "Ingrid Sol"
    assert quoted.quote_type == "direct"


def test_german_quotations_are_given_to_who_is_named_beside_them():
    article = make_article(
        "„Wir haben die Brücke gesperrt“, sagte Bürgermeisterin Anna Weber am Montag.", language="de"
    )

    [found] = find_attributions(article)

    assert told(article, found) == {
        "content": "„Wir haben die Brücke gesperrt“",
        "source": "Bürgermeisterin Anna Weber",
        "cue": "sagte",
        "name": "Bürgermeisterin Anna Weber",
        "publisher": "",
        "type": "direct",
    }


def test_a_language_without_verbs_of_saying_has_no_attributions():
    assert find_attributions(make_article("“Me zuten ohea,” esan zuen Anek.", language="eu")) == ()


@given(st.lists(st.text(alphabet=" .,;:!?\"“”„«»‘’'—aAsSIHhe\n()1", max_size=80), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_span_lies_in_it(paragraphs):
    words = [paragraph.replace("\n\n", "\n") for paragraph in paragraphs if paragraph.strip()] or ["He said no."]
    article = make_article(*words)

    for attribution in find_attributions(article):
        assert attribution.content.end <= len(article.text)
        assert attribution.cue.of(article.text).strip()


def test_the_same_article_gives_the_same_attributions():
    article = make_article("“We lost the roof,” said Ruth Amsel.", "She said it would rain.")

    assert find_attributions(article) == find_attributions(replace(article))

"""Pages made to hurt: reading ends soon, with an article or with NoArticleError, and touches nothing but the page."""

import time
from collections.abc import Callable

import pytest

from backstory.errors import NoArticleError
from backstory.model import Article
from backstory.reading import read
from backstory.reading.head import MAX_METAS
from backstory.reading.layout import MAX_PIECES
from backstory.reading.metadata import MAX_AUTHORS, MAX_HEADLINE, MAX_NAME
from backstory.reading.structured import MAX_NODES, MAX_SCRIPT
from backstory.reading.text import MAX_BLOCKS
from backstory.reading.tree import MAX_ATTRIBUTE, MAX_DEPTH, attribute, parse
from factories import make_page

SENTENCE = "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier, the port said."
P = f"<p>{SENTENCE}</p>"
SIZE = 20_000
SECONDS = 5.0  # of the processor: a hundred times what any of these takes; what is not linear takes minutes

HOSTILE: dict[str, Callable[[int], str]] = {
    "nested blocks": lambda n: "<div>" * n + P,
    "nested furniture": lambda n: "<div class=sidebar>" * n + P,
    "nested inline": lambda n: "<span>" * n + P,
    "nested lists": lambda n: "<ul><li>" * n + P,
    "nested articles": lambda n: "<article><h1>x</h1>" * n + P,
    "a million attributes": lambda n: f"<p {' '.join(f'a{i}=b' for i in range(50 * n))}>{SENTENCE}</p>{P}",
    "a long class": lambda n: f'<div class="{"a-" * n}">{P}</div>',
    "many classes": lambda n: f'<div class="{"comment " * n}">{P}</div>',
    "a long style": lambda n: f'<div style="{"display:" * n}">{P}</div>',
    "opening brackets": lambda n: "<" * n + P,
    "breaks": lambda n: "<p>" + "a<br> " * n + "</p>" + P,
    "blanks": lambda n: "<p>a" + "\u00a0 " * n + "b.</p>" + P,
    "cells": lambda n: "<table><tr>" + "<td>x</td>" * n + "</table>" + P,
    "paragraphs": lambda n: "<p>Hello there, this is a short paragraph." * n,
    "entities": lambda n: "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + "<p>&b;&#0;&#xD800;" * n + P,
    "comments": lambda n: P + "<!--" * n,
    "processing instructions": lambda n: '<?xml version="1.0" encoding="utf-16"?>' * n + P,
    "null bytes": lambda n: "a\0b" * n + P,
    "lone surrogates": lambda n: "\ud800" * n + P,
    "full stops": lambda n: "<p>" + "." * n + "x</p>" + P,
    "headings": lambda n: "<h2>Head</h2>" * n + P,
    "dates": lambda n: "<p>" + "1/1/2020 " * n + "</p>" + P,
    "times": lambda n: "<time datetime='2020-01-01'>x</time>" * n + P,
    "bylines": lambda n: "<span itemprop=author>" * n + P,
    "metas": lambda n: "<meta name=author content='A B'>" * n + P,
    "a long title": lambda n: f"<title>{' - ' * n}</title>{P}",
    "JSON-LD nested": lambda n: f'<script type="application/ld+json">{"[" * n}</script>{P}',
    "JSON-LD of commas": lambda n: f'<script type="application/ld+json">{{"a":1{", " * n}</script>{P}',
    "JSON-LD of backslashes": lambda n: f'<script type="application/ld+json">{{"headline":"{chr(92) * n}</script>{P}',
    "JSON-LD of digits": lambda n: f'<script type="application/ld+json">{{"datePublished":{"9" * n}}}</script>{P}',
    "JSON-LD scripts": lambda n: '<script type="application/ld+json">{"@type":"Article"}</script>' * n + P,
}
HOSTILE_TEXT: dict[str, Callable[[int], str]] = {
    "lines": lambda n: "a\n" * n,
    "blank lines": lambda n: "\n \r\n\u2028" * n + "x",
    "bullets": lambda n: "• x\n" * n,
    "buttons": lambda n: "Share\n" * n,
    "blanks": lambda n: " " * n + "x" + "\u200b" * n,
    "brackets": lambda n: "[" * n,
    "dates": lambda n: "1/1/2020 " * n,
}


def read_or_refuse(**words: str) -> Article | None:
    start = time.process_time()
    try:
        return read(make_page(**words))  # type: ignore[arg-type]
    except NoArticleError:
        return None
    finally:
        assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_read_or_refused_soon(make: Callable[[int], str]) -> None:
    article = read_or_refuse(html=make(SIZE))
    assert article is None or all(block.span.of(article.text).strip() for block in article.blocks)


@pytest.mark.parametrize("make", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT.keys())
def test_a_hostile_text_is_an_article_all_the_same(make: Callable[[int], str]) -> None:
    text = make(SIZE)
    article = read_or_refuse(text=text)
    assert article is not None
    assert article.text == text
    assert 0 < len(article.blocks) <= MAX_BLOCKS


def test_what_stands_deeper_than_the_limit_is_lost_and_the_rest_kept() -> None:
    article = read(
        make_page(html=P + "<div>" * (MAX_DEPTH * 2) + "<p>Too deep to be read, and nobody will ever miss it.</p>")
    )
    assert article.text == SENTENCE


def test_a_page_nested_as_deep_as_honest_pages_are_is_read() -> None:
    assert read(make_page(html="<div>" * 300 + P + "</div>" * 300)).text == SENTENCE


def test_pieces_beyond_the_limit_are_left_out() -> None:
    article = read(make_page(html="".join(f"<p>Sentence number {n} stands here.</p>" for n in range(MAX_PIECES + 10))))
    assert len(article.blocks) == MAX_PIECES


def test_metas_beyond_the_limit_are_not_asked() -> None:
    head = "<meta name=x content=y>" * MAX_METAS + '<meta property="og:site_name" content="Too Late">'
    assert read(make_page(html=f"<head>{head}</head>{P}")).publisher == ""


def test_authors_are_counted_and_cut() -> None:
    names = (
        ",".join(f'{{"name": "Ann Example {n}"}}' for n in range(MAX_AUTHORS + 5))
        + f',{{"name": "{"x" * (MAX_NAME + 1)}"}}'
    )
    article = read(
        make_page(html=f'<script type="application/ld+json">{{"@type":"Article","author":[{names}]}}</script>{P}')
    )
    assert len(article.authors) == MAX_AUTHORS


def test_a_headline_is_cut() -> None:
    assert len(read(make_page(html=f"<title>{'word ' * 150}</title>{P}")).headline) == MAX_HEADLINE


def test_json_ld_beyond_its_limits_is_not_read() -> None:
    late = '<script type="application/ld+json">{"@type":"Article","publisher":"Too Late"}</script>'
    long = f'<script type="application/ld+json">["{"x" * MAX_SCRIPT}"]</script>'
    many = f'<script type="application/ld+json">[{",".join(["{}"] * MAX_NODES)}]</script>'
    for first in (long, many):
        assert read(make_page(html=first + late + P)).publisher == ""


def test_an_attribute_is_cut() -> None:
    element = parse(f'<div id="{"x" * (MAX_ATTRIBUTE * 2)}">')[0][0]
    assert len(attribute(element, "id")) == MAX_ATTRIBUTE


def test_entities_of_the_page_open_no_file() -> None:
    html = '<!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/hostname">]>' + f"<p>{SENTENCE} &secret;</p>"
    assert read(make_page(html=html)).text == f"{SENTENCE} &secret;"

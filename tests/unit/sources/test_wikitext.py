import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.sources.wikitext import Template, plain, templates
from growth import grows_in_line


def shown(template):
    """A template shows the last of what it is given where it is called w."""
    return template.given[-1] if template.name == "w" else ""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("'''Berlin''' is ''wet''.", "Berlin is wet.", id="emphasis"),
        pytest.param("In [[Berlin]], the [[Germany|German]] capital", "In Berlin, the German capital", id="links"),
        pytest.param("[[w:Berlin|the city]] and [[w:Rain]]", "the city and Rain", id="links to sister projects"),
        pytest.param("Read [http://paper.example/a b the news].", "Read b the news.", id="an address with words"),
        pytest.param("Read it.[https://paper.example/]", "Read it.", id="an address without"),
        pytest.param("{{w|Angela Merkel|Merkel}} said", "Merkel said", id="a template that shows words"),
        pytest.param("{{infobox|a={{w|x}}|b=[[y]]}}So.", "So.", id="a template that shows none"),
        pytest.param("[[File:A.jpg|thumb|A [[pier]], {{w|shut}}]]So.", "So.", id="a picture with its words"),
        pytest.param("So.\n[[Category:Rain]]\n[[de:Regen]]", "So.", id="categories and languages"),
        pytest.param("So [[:Category:Rain|it is]].", "So it is.", id="a category that is spoken of"),
        pytest.param("One.<ref>A book.</ref> Two.<ref name='b'/> Three.", "One. Two. Three.", id="notes"),
        pytest.param("One.<!-- not\n\nthis --> Two.", "One. Two.", id="remarks"),
        pytest.param("One\n{| class=x\n| a || b\n|}\ntwo", "One\n\ntwo", id="tables"),
        pytest.param("One\ntwo\n\nthree", "One two\n\nthree", id="lines of a paragraph"),
        pytest.param("== Rain ==\nIt rained.", "Rain\n\nIt rained.", id="headings"),
        pytest.param("* one\n* two\n", "one\n\ntwo", id="lists"),
        pytest.param("A &amp; B&nbsp;C &mdash; D", "A & B C — D", id="entities"),
        pytest.param("One<br />two <small>three</small>", "One two three", id="tags"),
        pytest.param("One {{two three [[four", "One two three four", id="what is never closed"),
        pytest.param("One }} two ]] |} three", "One two three", id="what is never opened"),
        pytest.param("{{a|[[b}} c", "c", id="a link that a template closes"),
        pytest.param("__NOTOC__ One = two < three", "One = two < three", id="signs that mean nothing here"),
    ],
)
def test_markup_becomes_the_words_that_readers_see(source, words):
    assert plain(source, shown) == words


def test_templates_are_told_with_what_they_are_given():
    source = "{{ Date |June 7, 2016}} {{source|url=http://x.example/?a=b|title=A|pub=B}}"

    assert templates(source) == [
        Template("date", ("June 7, 2016",), {}),
        Template("source", (), {"url": "http://x.example/?a=b", "title": "A", "pub": "B"}),
    ]


@given(st.text(st.sampled_from("{}[]|<>!-='*\n ab:/ref"), max_size=200))
def test_any_text_has_its_words(source):
    assert isinstance(plain(source, shown), str)


@pytest.mark.parametrize(
    "unit",
    [
        "{{",
        "[[",
        "{{a|",
        "}}",
        "]]",
        "{{[[",
        "{{a}}",
        "<ref>",
        "<a ",
        "<!--",
        "[http://a ",
        "''",
        "=",
        "= \n",
        "{|",
        " ",
    ],
)
def test_work_grows_in_line_with_the_text(unit):
    def work(source):
        plain(source, shown)
        templates(source)

    assert grows_in_line(work, unit * (80_000 // len(unit)), unit * (400_000 // len(unit)), times=5)

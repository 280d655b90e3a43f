import pytest
from lxml import etree

from backstory.reading.tree import MAX_ATTRIBUTES, attributes_of, parse


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<!doctype html><title>Rain</title><main><p>It rained.</p></main>then<p>more</p>", id="main"),
        pytest.param("<meta charset=utf-8><title>Rain</title><main><p>It rained.</p></main>then<p>more</p>", id="meta"),
        pytest.param("<head><title>Rain</title></head><main><p>It rained.</p></main>then<p>more</p>", id="a head"),
    ],
)
def test_a_page_may_leave_out_the_tags_that_html_lets_it(html):
    root = parse(html)

    body = root.find("body")
    assert body is not None
    assert etree.tostring(body) == b"<body><main><p>It rained.</p></main>then<p>more</p></body>"
    assert root.findtext("head/title") == "Rain"


def test_only_so_many_attributes_of_an_element_are_looked_at():
    root = parse("<p " + " ".join(f"a{n}=b" for n in range(MAX_ATTRIBUTES + 5)) + ">It rained.")

    [paragraph] = root.iter("p")
    assert len(attributes_of(paragraph)) == MAX_ATTRIBUTES


@pytest.mark.parametrize("name", ["{", "{}", "{}x", "{x}", "{x}y", "x{}", "}{"])
def test_an_attribute_with_braces_is_passed_over(name):
    [paragraph] = parse(f'<p {name}="1" class="lead">The pier is shut.').iter("p")

    assert attributes_of(paragraph)["class"] == "lead"

"""The page as pieces and regions."""

import pytest

from backstory.reading.layout import Piece, layout_of
from backstory.reading.tree import parse


def pieces(html: str, *, strict: bool = True) -> list[Piece]:
    return layout_of(parse(html), strict=strict).pieces


def texts(html: str, *, strict: bool = True) -> list[str]:
    return [piece.text for piece in pieces(html, strict=strict)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>a</p><p>b</p>", ["a", "b"], id="blocks part words"),
        pytest.param("<p>a <b>b</b><i>c</i></p>", ["a bc"], id="inline elements do not"),
        pytest.param("<div>a<p>b</p>c</div>", ["a", "b", "c"], id="text around a block stands alone"),
        pytest.param("<p>a<br>b</p>", ["a\nb"], id="one break is a line"),
        pytest.param("<p>a<br> <br>b</p>", ["a", "b"], id="two breaks are a paragraph"),
        pytest.param("<p> a \n\t b&nbsp;c </p>", ["a b c"], id="white space is folded"),
        pytest.param("<p>a\u200bb\u00adc\ufeff\u2060d</p>", ["abcd"], id="what has no width is dropped"),
        pytest.param("<p>👩\u200d🚀 می\u200cخواهم</p>", ["👩\u200d🚀 می\u200cخواهم"], id="joiners stay"),
        pytest.param("<p>a<script>b</script><style>c</style>d</p>", ["ad"], id="scripts are not text"),
        pytest.param("<p>a<!-- b -->c<?d e?>f</p>", ["acf"], id="comments are not text"),
        pytest.param("<p>a <span hidden>b</span>c</p>", ["a c"], id="hidden by attribute"),
        pytest.param("<p>a <span style='display: none'>b</span>c</p>", ["a c"], id="hidden by style"),
        pytest.param("<p>a <span aria-hidden='true'>b</span>c</p>", ["a c"], id="hidden from readers"),
        pytest.param("<p>a <span class='sr-only'>b</span>c</p>", ["a c"], id="for screen readers alone"),
        pytest.param("<x-card>a<x-line>b</x-line></x-card>", ["a", "b"], id="unknown elements are blocks"),
        pytest.param("<p>x &lt; y &amp; z</p>", ["x < y & z"], id="entities are characters"),
    ],
)
def test_text_is_what_a_reader_sees(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_what_is_hidden_can_be_asked_for() -> None:
    html = "<div style='display:none'><p>a</p></div><noscript><p>b</p></noscript>"
    assert texts(html) == []
    assert texts(html, strict=False) == ["a", "b"]


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<h2>a</h2>", "heading"),
        ("<ul><li>a</li></ul>", "list"),
        ("<ul><li><p>a</p></li></ul>", "list"),
        ("<blockquote><div><p>a</p></div></blockquote>", "quote"),
        ("<figure><figcaption>a</figcaption></figure>", "caption"),
        ("<table><tr><td>a</td></tr></table>", "table"),
        ("<table><tr><td><p>a</p></td></tr></table>", "paragraph"),
        ("<div>a</div>", "paragraph"),
    ],
)
def test_a_piece_knows_what_it_stands_in(html: str, kind: str) -> None:
    assert [piece.kind for piece in pieces(html)] == [kind]


def test_characters_in_links_are_counted() -> None:
    [piece] = pieces("<p>ab <a href=x>cde</a> f</p>")
    assert piece.linked == len("cde")


@pytest.mark.parametrize(
    "html",
    [
        "<p data-block='7'>a</p>",
        "<div data-block='7'><p>a</p></div>",
        "<p><span data-block='7'>a</span></p>",
        "<div data-block='3'><p data-block='7'>a</p></div>",
    ],
)
def test_a_piece_has_the_number_of_the_nearest_element(html: str) -> None:
    assert [piece.number for piece in pieces(html)] == ["7"]


def test_a_number_does_not_reach_beyond_its_element() -> None:
    assert [piece.number for piece in pieces("<p data-block='7'>a</p><p>b</p>")] == ["7", ""]


def test_a_region_holds_the_pieces_of_its_element() -> None:
    layout = layout_of(parse("<main><p>a</p><section><p>b</p><p>c</p></section></main><p>d</p>"))
    spans = {region.tag: (region.first, region.last) for region in layout.regions}
    assert (spans["main"], spans["section"]) == ((0, 3), (1, 3))

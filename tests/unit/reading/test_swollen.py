import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.reading.swollen import MAX_SOURCE_ATTRIBUTES, without_swollen_tags

MANY = MAX_SOURCE_ATTRIBUTES + 1
LONG_SCRIPT = "<script>if (i <n " + "and so on " * 900 + ") {}</script>"


@pytest.mark.parametrize(
    "attributes",
    [
        pytest.param(" ".join(f"a{n}" for n in range(MANY)), id="bare names"),
        pytest.param(" ".join(f"a{n}=b" for n in range(MANY)), id="unquoted"),
        pytest.param(" ".join(f'a{n}=">"' for n in range(MANY)), id="closing signs in quotes"),
        pytest.param("".join(f"a{n}='<'" for n in range(MANY)), id="opening signs, nothing between"),
    ],
)
def test_a_swollen_tag_loses_its_attributes(attributes):
    assert without_swollen_tags(f"<p>Rain.<div {attributes}>Snow.") == "<p>Rain.<div>Snow."


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>" + "It rained. " * 1_000, id="long text"),
        pytest.param(f'<img src="data:{"a b=" * 5_000}">', id="one long value"),
        pytest.param(LONG_SCRIPT, id="a script that compares"),
        pytest.param("<!-- <p " + "a " * 5_000 + "-->", id="a comment"),
        pytest.param("<p " + " ".join(f"a{n}=b" for n in range(MANY - 1)) + ">", id="just not too many"),
    ],
)
def test_anything_else_stays_as_it_is(html):
    assert without_swollen_tags(html) == html


@given(st.text(alphabet="<>pa=\"'! -/", max_size=200))
def test_small_tags_are_never_touched(html):
    padded = html + "x" * 3_000

    assert without_swollen_tags(padded) == padded


@pytest.mark.parametrize("piece", ["<p ", '<p a="', "<p a='\"", "<!--", "<script", "a=\"b'", "<p a = ", "=\"='"])
def test_no_source_takes_more_than_linear_time(piece):
    html = piece * (600_000 // len(piece))
    begun = time.process_time()

    without_swollen_tags(html)

    assert time.process_time() - begun < 2

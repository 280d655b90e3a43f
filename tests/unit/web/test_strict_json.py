import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.web.problems import ProblemError
from backstory.web.strict_json import parse_object

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def refusal(body):
    with pytest.raises(ProblemError) as caught:
        parse_object(body)
    assert caught.value.name == "malformed-json"
    return caught.value.detail


@given(st.dictionaries(st.text(), values), st.booleans())
def test_what_was_written_is_read(said, ascii_only):
    body = json.dumps(said, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert parse_object(body) == said


@given(st.binary(max_size=200))
def test_whatever_comes_is_an_object_or_a_problem(body):
    try:
        assert isinstance(parse_object(body), dict)
    except ProblemError as error:
        assert error.name == "malformed-json"  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(b"", "line 1, column 1", id="nothing"),
        pytest.param(b'{"url": "a",}', "line 1", id="a comma too many"),
        pytest.param(b'[{"url": "a"}]', "send an object", id="a list"),
        pytest.param(b'"url"', "send an object", id="a string"),
        pytest.param(b'{"url": "a", "url": "b"}', "'url' twice", id="a name twice"),
        pytest.param(b'{"options": {"limit": 1, "limit": 2}}', "'limit' twice", id="a name twice inside"),
        pytest.param(b'{"limit": NaN}', "NaN is no number", id="NaN"),
        pytest.param(b'{"limit": -Infinity}', "-Infinity is no number", id="infinity"),
        pytest.param(b'{"url": "\xff"}', "not UTF-8 at byte 9", id="not UTF-8"),
        pytest.param('{"url": "a"}'.encode("utf-16"), "not UTF-8", id="UTF-16"),
        pytest.param(b'{"limit": ' + b"9" * 5000 + b"}", "too many digits", id="a number without end"),
        pytest.param(b'{"a":' * 50_000, "nested too deep", id="nested without end"),
        pytest.param(b"[" * 10_000_000, "outside its strings", id="brackets without end"),
        pytest.param(b'{"a":[' + b"[]," * 200_000 + b"[]]}", "outside its strings", id="a million empty lists"),
    ],
)
def test_what_two_readers_could_understand_differently_is_refused(body, says):
    assert says in refusal(body)


def test_a_long_page_is_no_structure():
    page = 'said "so"\\ {[{[ ' * 100_000
    assert parse_object(json.dumps({"html": page}).encode()) == {"html": page}


def test_a_byte_order_mark_is_read_over():
    assert parse_object(b'\xef\xbb\xbf{"url": "a"}') == {"url": "a"}

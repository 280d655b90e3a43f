import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import SourceError
from backstory.sources.apis.answers import Record, to_json, to_publication, to_record

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abc"), inner),
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(rb'{"a": "it\'s"}', {"a": "it\\'s"}, id="an escape that JSON does not know"),
        pytest.param(rb'{"a": "C:\\news \"x\" \n"}', {"a": 'C:\\news "x" \n'}, id="escapes that it knows"),
        pytest.param(b'{"a": "one\ntwo\x01"}', {"a": "one\ntwo\x01"}, id="bare controls"),
        pytest.param(b'\xef\xbb\xbf{"a": 1}', {"a": 1}, id="a byte order mark"),
        pytest.param(b'{"a": "caf\xe9"}', {"a": "caf\ufffd"}, id="another encoding"),
    ],
)
def test_what_others_call_json_is_read(body, said):
    assert to_json(body, "gdelt") == said


@pytest.mark.parametrize("body", [b"", b"Timespan is too short.\n", b"[" * 100_000, b"<html>" * 1_000])
def test_what_is_no_json_is_shown_in_a_few_words(body):
    with pytest.raises(SourceError, match=r"^gdelt answered with what is no JSON") as caught:
        to_record(body, "gdelt")
    assert len(str(caught.value)) < 300


@given(anything)
def test_whatever_is_said_can_be_asked_for_anything(said):
    record = Record(said if isinstance(said, dict) else {"a": said})
    for path in (("a",), ("a", "b"), ("b", "a", "c")):
        assert isinstance(record.text(*path), str)
        assert record.number(*path) >= 0
        assert all(isinstance(each, Record) for each in record.records(*path))
        assert isinstance(record.record(*path), Record)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2016-04-21", "2016-04-21", None),
        ("2016-04-21T23:30:00Z", "2016-04-21", "2016-04-21T23:30:00+00:00"),
        ("2016-04-21T00:30:00+0200", "2016-04-21", "2016-04-21T00:30:00+02:00"),
        ("2016-04-21T09:30:00", "2016-04-21", None),
    ],
)
def test_a_moment_is_the_day_that_is_written(text, day, at):
    published = to_publication(text)
    assert published is not None
    assert str(published.day) == day
    assert (published.at and published.at.isoformat()) == at


@pytest.mark.parametrize("text", ["", "yesterday", "2016-13-01", "2016-04-21T99:00:00Z", "21 April 2016"])
def test_what_is_no_moment_is_none(text):
    assert to_publication(text) is None

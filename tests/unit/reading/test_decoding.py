from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.reading.decoding import decode, looks_like_html


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=80),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_unicode_is_read_as_it_was_written(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        pytest.param("Zürich".encode("latin-1"), "", "Zürich", id="nobody says, and it is not UTF-8"),
        pytest.param(b"a \x93quote\x94", "iso-8859-1", "a “quote”", id="Latin-1 as browsers have it"),
        pytest.param("Дождь".encode("koi8-r"), "koi8-r", "Дождь", id="the server says"),
        pytest.param(
            b'<meta charset="cp1251">' + "Дождь".encode("cp1251"),
            "",
            '<meta charset="cp1251">Дождь',
            id="the page itself",
        ),
        pytest.param("镕".encode("gbk"), "gb2312", "镕", id="a name that stands for its superset"),
        pytest.param("Zürich".encode(), "no-such-charset", "Zürich", id="nobody knows what the server says"),
    ],
)
def test_bytes_are_read_as_a_browser_would(body, charset, text):
    assert decode(body, charset) == text


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "unicode_escape", "utf-7", "zlib", "rot13", "undefined", "\0", "ü"]
)
def test_no_encoding_is_believed_that_documents_do_not_come_in(charset):
    begun = process_time()
    assert decode(b"a" * 100_000 + b"-" + b"b" * 100_000, charset).startswith("aaa")
    assert process_time() - begun < 1.0


@given(st.binary(max_size=80))
def test_any_bytes_become_text(body):
    decode(body).encode()


@pytest.mark.parametrize("text", ["<!DOCTYPE html>", "\n <html>", "<p>Rain", "<!-- a -->", "<?xml version='1.0'?>"])
def test_a_page_is_told_by_its_beginning(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["It rained.", "< 5 ships", "<3 rain", "", "a <p> b", "<price> rose"])
def test_anything_else_is_text(text):
    assert not looks_like_html(text)

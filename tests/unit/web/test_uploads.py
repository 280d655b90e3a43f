import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from backstory.web.problems import ProblemError
from backstory.web.uploads import Upload, read_uploads

TYPE = "multipart/form-data; boundary=abc"


def sent(body, content_type=TYPE):
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": [(b"content-type", content_type.encode())]}, receive)


async def read(body, content_type=TYPE):
    return await read_uploads(sent(body, content_type), max_bytes=10_000, idle_seconds=1)


def part(name, content, more=b""):
    return b'--abc\r\nContent-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + content + b"\r\n"


async def test_fields_and_files_come_as_they_were_sent():
    body = part(b"note", b"hello") + part(b"list", b"<opml>\r\n", b'; filename="f\xc3\xbc.opml"') + b"--abc--\r\n"

    assert await read(body) == {"note": Upload(b"hello"), "list": Upload(b"<opml>\r\n", "fü.opml")}


@given(st.binary(max_size=300).filter(lambda content: b"\r\n--abc" not in content))
async def test_any_bytes_come_whole(content):
    assert (await read(part(b"list", content) + b"--abc--")) == {"list": Upload(content)}


@given(st.binary(max_size=300))
async def test_what_is_no_such_form_is_no_fault(body):
    assert isinstance(await read(body), dict)


@pytest.mark.parametrize(
    ("body", "content_type", "name"),
    [
        pytest.param(b"", "text/plain", "wrong-content-type", id="another type"),
        pytest.param(b"", "multipart/form-data", "wrong-content-type", id="no boundary"),
        pytest.param(b"x" * 10_001, TYPE, "too-large", id="too large"),
        pytest.param(b"".join(part(b"a", b"b") for _ in range(99)), TYPE, "invalid-field", id="too many fields"),
    ],
)
async def test_what_cannot_be_read_is_refused(body, content_type, name):
    with pytest.raises(ProblemError, match=name):
        await read(body, content_type)

"""Forms that carry a file: `multipart/form-data`, as RFC 7578 has it, read as a whole within a limit."""

import re
from dataclasses import dataclass

from starlette.requests import Request

from backstory.web.bodies import read_body
from backstory.web.problems import ProblemError

_BOUNDARY = re.compile(r'multipart/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_NAME = re.compile(rb'^content-disposition:[^\r\n]*[;\s]name="([^"\r\n]*)"', re.IGNORECASE | re.MULTILINE)
_FILE_NAME = re.compile(rb'^content-disposition:[^\r\n]*[;\s]filename="([^"\r\n]*)"', re.IGNORECASE | re.MULTILINE)
_MOST_PARTS = 16


@dataclass(frozen=True, slots=True)
class Upload:
    """One field of such a form: its bytes, and the name of its file where it is one."""

    content: bytes
    file_name: str = ""


async def read_uploads(request: Request, *, max_bytes: int, idle_seconds: float) -> dict[str, Upload]:
    """The fields by their names; of several with one name, the last.

    Raises:
        ProblemError: it is no such form, has too many fields, is larger than `max_bytes`, or did not come in time.
    """
    said = request.headers.get("content-type", "")[:500]
    match = _BOUNDARY.match(said)
    if match is None:
        raise ProblemError("wrong-content-type", f"send the form as multipart/form-data, not as {said[:80]!r}")
    body = await read_body(request, max_bytes=max_bytes, idle_seconds=idle_seconds)
    return _parts(body, (match[1] or match[2]).encode("latin-1", "replace"))


def _parts(body: bytes, boundary: bytes) -> dict[str, Upload]:
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary, _MOST_PARTS + 2)[1:]
    if len(parts) > _MOST_PARTS + 1:
        raise ProblemError("invalid-field", f"a form has at most {_MOST_PARTS} fields")
    found = {}
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        name, file_name = _NAME.search(head), _FILE_NAME.search(head)
        if name is not None:
            found[name[1].decode("utf-8", "replace")] = Upload(
                content, file_name[1].decode("utf-8", "replace") if file_name else ""
            )
    return found

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
    boundary = boundary_of(request)
    body = await read_body(request, max_bytes=max_bytes, idle_seconds=idle_seconds)
    return _parts(body, boundary)


def boundary_of(request: Request) -> bytes:
    """What stands between the fields of such a form. Raises ProblemError where it is none."""
    said = request.headers.get("content-type", "")[:500]
    match = _BOUNDARY.match(said)
    if match is None:
        raise ProblemError("wrong-content-type", f"send the form as multipart/form-data, not as {said[:80]!r}")
    return (match[1] or match[2]).encode("latin-1", "replace")


def names_in(head: bytes) -> tuple[str, str]:
    """The names of a field and of its file, as its head gives them; each empty where it does not."""
    found = (pattern.search(head) for pattern in (_NAME, _FILE_NAME))
    name, file_name = (match[1].decode("utf-8", "replace") if match else "" for match in found)
    return name, file_name


def _parts(body: bytes, boundary: bytes) -> dict[str, Upload]:
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary, _MOST_PARTS + 2)[1:]
    if len(parts) > _MOST_PARTS + 1:
        raise ProblemError("invalid-field", f"a form has at most {_MOST_PARTS} fields")
    found = {}
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        name, file_name = names_in(head)
        if name:
            found[name] = Upload(content, file_name)
    return found

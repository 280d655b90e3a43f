"""A form with one file of any size (`multipart/form-data`, RFC 7578): its fields, then the file as it comes."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from starlette.requests import Request

from backstory.web.bodies import chunks
from backstory.web.problems import ProblemError
from backstory.web.uploads import boundary_of, names_in

_HEAD_BYTES = 8_000  # of what stands before a field
_FIELD_BYTES = 1_000
_MOST_FIELDS = 8


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The fields that stood before the file, the file's own name, and its bytes part by part."""

    fields: dict[str, str]
    file_name: str
    parts: AsyncIterator[bytes]


async def handed_in(request: Request, *, idle_seconds: float) -> HandedIn:
    """Such a form, read as far as its file.

    Raises:
        ProblemError: it is no such form, holds no file, breaks off, or did not come in time; so do `parts`.
    """
    mark = b"\r\n--" + boundary_of(request)
    body = _Body(chunks(request, idle_seconds=idle_seconds))
    await body.until(mark, _HEAD_BYTES)
    fields: dict[str, str] = {}
    for _ in range(_MOST_FIELDS):
        name, file_name = names_in(await body.until(b"\r\n\r\n", _HEAD_BYTES))
        if file_name:
            return HandedIn(fields, file_name, body.as_far_as(mark))
        fields[name] = (await body.until(mark, _FIELD_BYTES)).decode("utf-8", "replace")
        if await body.is_over():
            break
    raise ProblemError("invalid-field", "choose a file first", field="file")


class _Body:
    """A body of which only what is looked at is held. It begins with a line's end, as each mark does."""

    def __init__(self, coming: AsyncIterator[bytes]) -> None:
        self._coming = coming
        self._held = bytearray(b"\r\n")

    async def until(self, mark: bytes, most: int) -> bytes:
        """What stands before a mark, both taken; at most so many bytes."""
        while (at := self._held.find(mark)) < 0:
            if len(self._held) > most:
                raise ProblemError("invalid-field", f"a field of the form has more than {most:,} bytes")
            await self._more()
        found = bytes(self._held[:at])
        del self._held[: at + len(mark)]
        return found

    async def as_far_as(self, mark: bytes) -> AsyncGenerator[bytes]:
        """What stands before a mark, as it comes."""
        kept = len(mark) - 1  # the mark may have begun
        while (at := self._held.find(mark)) < 0:
            if len(self._held) > kept:
                yield bytes(self._held[:-kept])
                del self._held[:-kept]
            await self._more()
        yield bytes(self._held[:at])

    async def is_over(self) -> bool:
        """Whether the mark that was met last was the form's end."""
        while len(self._held) < 2:  # noqa: PLR2004 - what follows a mark: two hyphens, or a line's end
            await self._more()
        return self._held.startswith(b"--")

    async def _more(self) -> None:
        part = await anext(self._coming, None)
        if part is None:
            raise ProblemError("invalid-field", "the form breaks off; was the file changed meanwhile?")
        self._held += part

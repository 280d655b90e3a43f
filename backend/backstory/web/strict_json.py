"""JSON as RFC 8259 and I-JSON (RFC 7493) have it: what two readers could understand differently is refused."""

import json
import re
from collections.abc import Sequence

from backstory.web.problems import ProblemError

_STRUCTURE_LIMIT = 256_000  # bytes outside strings; a million empty lists would cost a hundred times their size
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


def parse_object(body: bytes) -> dict[str, object]:
    """The object that a body holds.

    Raises:
        ProblemError: no JSON, not UTF-8, not an object, a name twice, NaN, a number too long, or nested too deep.
    """
    if len(body) > _STRUCTURE_LIMIT and len(_STRING.sub(b"", body)) > _STRUCTURE_LIMIT:
        raise _malformed(f"outside its strings it holds more than {_STRUCTURE_LIMIT:,} bytes")
    try:
        said = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_no_constant)
    except RecursionError as error:
        raise _malformed("it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise _malformed(f"{error.msg}, at line {error.lineno}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise _malformed(f"it is not UTF-8 at byte {error.start}") from error
    except ValueError as error:
        raise _malformed("it holds a number with too many digits") from error
    if not isinstance(said, dict):
        raise _malformed("send an object: {…}")
    return said


def _once_each(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    said: dict[str, object] = {}
    for name, value in pairs:
        if name in said:
            raise _malformed(f"it names {name[:80]!r} twice")
        said[name] = value
    return said


def _no_constant(name: str) -> object:
    raise _malformed(f"{name} is no number in JSON")


def _malformed(detail: str) -> ProblemError:
    return ProblemError("malformed-json", detail)

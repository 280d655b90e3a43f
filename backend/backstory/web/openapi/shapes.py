"""Shorthand for JSON Schema (2020-12), so that a schema reads like the table it stands for."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

DATE: Schema = {"type": "string", "format": "date"}
URI: Schema = {"type": "string", "format": "uri"}
POSITION: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"description": "An RFC 3339 date or instant.", "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"}


def thing(fields: Mapping[str, Schema], *, optional: tuple[str, ...] = (), says: str = "") -> Schema:
    """An object that has these fields and no others; all but the optional ones are always there."""
    schema: Schema = {
        "type": "object",
        "properties": dict(fields),
        "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }
    return schema | ({"description": says} if says else {})


def listing(items: Schema, *, says: str = "") -> Schema:
    """A list of such items."""
    return {"type": "array", "items": items} | ({"description": says} if says else {})


def always(value: str) -> Schema:
    """This very word."""
    return {"const": value}


def one_of(*words: str) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": list(words)}


def or_null(schema: Schema) -> Schema:
    """The same, or null where it is not known."""
    return {"anyOf": [schema, {"type": "null"}]}


def ref(name: str) -> Schema:
    """The schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def saying(schema: Schema, says: str) -> Schema:
    """The schema with a sentence about it."""
    return schema | {"description": says}

"""JSON Feed 1 and 1.1 to a draft, by its rules: no item without an id, and numbers as ids are text.

https://www.jsonfeed.org/version/1.1/
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backstory.errors import SourceError
from backstory.sources.feeds_items import MAX_ITEMS, Draft, Entry
from backstory.sources.feeds_links import whole
from backstory.sources.feeds_texts import Words, line

_VERSION = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/", "https://www.jsonfeed.org/version/")

_ITEMS = re.compile(r'"items"\s{0,20}:\s{0,20}\[')
_BETWEEN = re.compile(r"[\s,]{0,200}(?=\{)")
_FAULT = "\0fault"  # a key that no feed has: what kept it from being read to its end


def read_json(text: str, url: str) -> Draft:
    """The feed. Raises SourceError for what is no JSON, or no feed."""
    said = _object(text)
    items = said.get("items")
    if not _text(said.get("version")).startswith(_VERSION) or not isinstance(items, list):
        raise SourceError("this is JSON, but no JSON Feed: it names no version of one, or has no items")
    kept = [item for item in items[:MAX_ITEMS] if isinstance(item, dict) and _id(item)]
    fault = _text(said.get(_FAULT))
    lost = min(len(items), MAX_ITEMS) - len(kept)
    return Draft(
        title=line(_text(said.get("title"))),
        site=whole(_text(said.get("home_page_url")), url),
        language=_text(said.get("language")),
        authors=tuple(_authors(said)),
        next_url=whole(_text(said.get("next_url")), url),
        hub=next((whole(_text(hub.get("url")), url) for hub in _objects(said.get("hubs"))), ""),
        entries=tuple(_entry(item, url) for item in kept),
        trouble=(*([fault] if fault else []), *_trouble(lost, len(items))),
    )


def _object(text: str) -> Mapping[str, Any]:
    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        said = _as_far_as_it_goes(text, f"not well-formed: {error.msg} at character {error.pos:,}")
    except (ValueError, RecursionError) as error:
        raise SourceError("this is no JSON that can be read: too deep, or a number too long") from error
    if not isinstance(said, dict):
        raise SourceError("this is JSON, but no JSON Feed: it is no object")
    return said


def _as_far_as_it_goes(text: str, fault: str) -> dict[str, Any]:
    """A feed that breaks off or goes wrong among its items: what came before, and the items until then."""
    begin = _ITEMS.search(text)
    try:
        said = json.loads(f"{text[: begin.end()]}]}}") if begin else None
    except (ValueError, RecursionError):
        said = None
    if begin is None or not isinstance(said, dict):
        raise SourceError(f"this is no JSON that can be read ({fault})")
    return said | {"items": list(_items(text, begin.end())), _FAULT: fault}


def _items(text: str, place: int) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    while found := _BETWEEN.match(text, place):
        try:
            item, place = decoder.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            return
        yield item


def _entry(item: Mapping[str, Any], url: str) -> Entry:
    name = _id(item)
    return Entry(
        id=name,
        links=(whole(_text(item.get("url")), url), whole(name, "")),
        title=line(_text(item.get("title"))),
        authors=tuple(_authors(item)),
        published=(_text(item.get("date_published")),),
        updated=(_text(item.get("date_modified")),),
        texts=(Words(_text(item.get("content_html"))), Words(_text(item.get("content_text")), is_html=False)),
        language=_text(item.get("language")),
    )


def _id(item: Mapping[str, Any]) -> str:
    name = item.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int | float):
        return ""
    return str(name).strip()


def _authors(said: Mapping[str, Any]) -> Iterator[str]:
    """The names: `authors` of 1.1, or the one `author` of 1."""
    for author in [*_objects(said.get("authors")), *_objects([said.get("author")])]:
        if name := _text(author.get("name")):
            yield name


def _trouble(lost: int, count: int) -> Iterator[str]:
    if lost:
        yield f"{lost} of its items have no id, and are to be ignored"
    if count > MAX_ITEMS:
        yield f"only the first {MAX_ITEMS:,} of its {count:,} items were read"


def _objects(value: object) -> Sequence[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

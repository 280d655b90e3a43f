"""A query's filters as SQL, for what the embedded archive lists without searching."""

import json
from collections.abc import Collection

from backstory.archive.preparing import clean, publisher_key
from backstory.archive.rows import moment
from backstory.model import Query


def filters(query: Query) -> tuple[str, list[object]]:
    """A join of articles `a` with their first passages `p` and the condition on both, and its values."""
    conditions, values = ["p.ordinal = 0"], list[object]()
    if query.window is not None:
        conditions.append("a.day BETWEEN ? AND ?")
        values += [query.window.start.isoformat(), query.window.end.isoformat()]
    if query.publishers:
        conditions.append("a.publisher_key IN (SELECT value FROM json_each(?))")
        values.append(as_list([publisher_key(name) for name in query.publishers]))
    if query.before is not None:
        day = query.before.day.isoformat()
        conditions.append("(a.day < ? OR (a.day = ? AND a.moment < ?))")  # what is NULL is not earlier
        values += [day, day, moment(query.before)]
    if query.without:
        conditions.append("a.url NOT IN (SELECT value FROM json_each(?))")
        values.append(as_list(query.without))
    return f"JOIN passages p ON p.article = a.id WHERE {' AND '.join(conditions)}", values


def as_list(values: Collection[object]) -> str:
    """Values for `json_each`: any number of them in one parameter."""
    return json.dumps([clean(value) if isinstance(value, str) else value for value in values])

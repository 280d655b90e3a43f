"""Words that are looked for, where an interface has no search of its own."""

import re

_PART = re.compile(r'"([^"]+)"|([^\s"]+)')


def holds(query: str, *texts: str) -> bool:
    """Whether the texts together hold every word of a query, and every phrase in quotes, whatever its case."""
    said = " ".join(" ".join(texts).casefold().split())
    parts = (" ".join((phrase or word).casefold().split()) for phrase, word in _PART.findall(query))
    return all(part in said for part in parts)

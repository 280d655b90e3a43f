"""Links that scroll to a passage: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

import re
from urllib.parse import quote

_EXACT_LIMIT = 120  # characters; a longer passage is named by its first and last words
_EDGE_WORDS = 5  # words at either end of a longer passage; fewer are seldom unique


def deep_link(url: str, passage: str) -> str:
    """The address of an article, pointing at a passage in it.

    An article's own fragment is kept: `#part:~:text=…`. A passage that spans several blocks is named by its
    two ends, since a single run of words has to lie in one block.
    """
    directive = _directive(passage)
    if not directive:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _directive(passage: str) -> str:
    words = passage.split()
    if len(words) <= 2 * _EDGE_WORDS or (len(passage) <= _EXACT_LIMIT and not re.search(r"\n", passage.strip())):
        return _encode(" ".join(words))
    return f"{_encode(' '.join(words[:_EDGE_WORDS]))},{_encode(' '.join(words[-_EDGE_WORDS:]))}"


def _encode(words: str) -> str:
    # A hyphen, a comma and an ampersand are syntax here; quote() leaves the hyphen as it is.
    return quote(words, safe="").replace("-", "%2D")

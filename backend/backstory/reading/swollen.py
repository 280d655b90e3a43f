"""Start tags with more attributes than any page needs, emptied before they reach the parser.

libxml2 compares each attribute of an element with all before it: forty thousand of them take ten seconds, and a page
may hold a million. One pass over the source finds such tags; it looks at each character once.
"""

import re

MAX_SOURCE_ATTRIBUTES = 1_000
"""Attributes with which a start tag is still handed to the parser."""

_SMALL = 2 * MAX_SOURCE_ATTRIBUTES  # characters; a shorter tag cannot hold too many: each takes two at least

_TOKEN = re.compile(
    r"""
      <!--(?:.*?-->|.*)
    | <(?:script|style)\b(?:.*?</(?:script|style)|.*)    # what stands in them is no markup
    | <[a-z][^\s/>]*+ (?: [^>"'=]++ | =\s*+ (?: "[^"]*+" | '[^']*+' | [^\s>]*+ ) | ["'] )*+
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"<[^\s/>]*")
_ATTRIBUTE = re.compile(r"""[^\s"'=/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*+))?|["']""")


def without_swollen_tags(html: str) -> str:
    """The source with every start tag of more than MAX_SOURCE_ATTRIBUTES bare of them."""
    if len(html) <= _SMALL:
        return html
    return _TOKEN.sub(lambda match: _slimmed(match[0]), html)


def _slimmed(token: str) -> str:
    if len(token) <= _SMALL or not token[1].isalpha() or token[:7].lower().startswith(("<script", "<style")):
        return token
    name = _NAME.match(token)
    attributes = sum(1 for _ in _ATTRIBUTE.finditer(token, name.end() if name else 0))
    return token if attributes <= MAX_SOURCE_ATTRIBUTES or name is None else name[0]

"""Characters as a reader sees them: what a browser collapses is collapsed, what it does not show is gone.

The extension reads the live page by the same rules, so that words found here are found there.
"""

import re

# Drawn with no width and meaning nothing: soft hyphen, zero-width space, word joiner, byte order mark.
# The joiners U+200C and U+200D and the marks of direction stay: they carry spelling, and hold emoji together.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"

# Every other white space, the line breaks of the source among them, is a plain space.
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    chr(point) for point in range(0x2000, 0x200B)
)

_SEEN = {ord(character): " " for character in _SPACES} | {ord(character): None for character in _UNSEEN}
_RUN = re.compile(r" {2,}")
_BREAK = re.compile(r" ?\n[ \n]*")

BREAK = "\n"
"""What `<br>` reads as."""


def seen(source: str) -> str:
    """One text node as it is drawn, save that runs of spaces are still there."""
    return source.translate(_SEEN)


def folded(parts: list[str]) -> str:
    """Text nodes (already `seen`) and breaks as one text: no double space, none at the edge of a line."""
    text = _RUN.sub(" ", "".join(parts))
    return (_BREAK.sub(BREAK, text) if BREAK in text else text).strip()


def normalised(source: str) -> str:
    """A value from the page's head as one line: spaces folded, unseen characters dropped."""
    return folded([seen(source)])

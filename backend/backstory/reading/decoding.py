"""Bytes of a page to its text: what the page says of itself, else UTF-8, else what browsers fall back to."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 1024  # bytes, as the HTML standard has it
_FALLBACK = "windows-1252"
_FIRST_TAGS = (
    "!doctype|html|head|meta|title|link|body|header|nav|main|article|section|div|span|table|ul|ol|p|h[1-6]|a|img"
)
_LOOKS_LIKE_HTML = re.compile(rf"\s*<(?:!--|\?xml\b|(?:{_FIRST_TAGS})(?=[\s/>]))", re.IGNORECASE)


def decode(body: bytes, charset: str = "") -> str:
    """The text; `charset` is what the server said."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = _DECLARED.search(body[:_DECLARED_WITHIN])
    for name in (charset, declared[1].decode("ascii") if declared else "", "utf-8"):
        try:
            return body.decode(_as_browsers_do(name))
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode(_FALLBACK, "replace")


def looks_like_html(text: str) -> bool:
    """Whether a text begins as a page does."""
    return _LOOKS_LIKE_HTML.match(text) is not None


def _as_browsers_do(name: str) -> str:
    """Pages that say Latin-1 or ASCII mean its superset, as the WHATWG's encoding standard has it."""
    encoding = codecs.lookup(name).name
    return _FALLBACK if encoding in {"iso8859-1", "ascii"} else encoding

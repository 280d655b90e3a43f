"""Bytes of a page to its text: what the page says of itself, else UTF-8, else what browsers fall back to."""

import codecs
import re
from contextlib import suppress

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 1024  # bytes, as the HTML standard has it
_FALLBACK = "windows-1252"
_LONGEST_NAME = 40  # characters of an encoding's name

# What a name means to browsers, as the WHATWG's encoding standard has it: its superset. By Python's names.
_SUPERSETS = {
    "ascii": _FALLBACK,
    "iso8859-1": _FALLBACK,
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# The encodings that documents come in. Python knows others that none has, and decodes one of them (punycode) in time
# that grows with the square of the length.
_OF_DOCUMENTS = re.compile(
    r"ascii|utf-(?:8|16|16-le|16-be)|iso8859-\d{1,2}|cp(?:125\d|437|850|852|866|874|932|949|950|1361)|koi8-[rut]|"
    r"gb(?:2312|k|18030)|big5(?:hkscs)?|euc_(?:jp|kr)|shift_jis|iso2022_(?:jp|kr)|hz|tis-620|"
    r"mac-(?:roman|cyrillic|greek|turkish|latin2)"
)
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
        if encoding := encoding_of(name):
            with suppress(UnicodeDecodeError):
                return body.decode(encoding)
    return body.decode(_FALLBACK, "replace")


def looks_like_html(text: str) -> bool:
    """Whether a text begins as a page does."""
    return _LOOKS_LIKE_HTML.match(text) is not None


def encoding_of(charset: str) -> str:
    """Python's name for what a document means by an encoding's name; empty where no document has it."""
    try:
        name = codecs.lookup(charset.strip()[:_LONGEST_NAME]).name if charset.isascii() else ""
    except (LookupError, ValueError):
        return ""
    return _SUPERSETS.get(name, name) if _OF_DOCUMENTS.fullmatch(name) else ""

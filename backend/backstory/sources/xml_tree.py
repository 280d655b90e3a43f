"""Strangers' XML to a tree: bytes in any encoding, well-formed or not, and never a step outside them.

Three things are never done: an entity of the document's own is not expanded, nothing is loaded, and no text or depth
beyond libxml2's bounds (ten million characters, 256 levels) is read.
"""

import codecs
import re
from collections.abc import Callable
from html import escape
from html.entities import html5
from typing import TypeAlias

from lxml import etree

from backstory.errors import SourceError
from backstory.reading.decoding import encoding_of

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{1,40})")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_FALLBACK = "windows-1252"

_SEVEN_BITS = re.compile(r"iso2022_|hz|utf-16")  # looks like UTF-8 and is not

_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,1000}(?:\[[^\]]{0,200000}\]\s{0,100})?>", re.IGNORECASE)
_BEGINS = re.compile(r"<(?:(!DOCTYPE)|[A-Za-z])", re.IGNORECASE)  # whichever comes first: its type, or its root
_PROLOG = 10_000  # characters within which a document type is declared
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);|([A-Za-z][A-Za-z0-9]{1,31});)?")
UNFIT = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0xFFFE: None, 0xFFFF: None}
_SPACES = " \t\r\n\ufeff"


def decode(body: bytes, charset: str = "") -> str:
    """The document's text, without the mark that it may begin with.

    Its byte order mark is believed, then that it is UTF-8 where it can be, then `charset` (what the server said), then
    its own declaration: servers say what their settings say, whatever they send.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    found = _DECLARED.search(body[:1024])
    told = [name for said in (charset, found[1].decode("ascii") if found else "") if (name := encoding_of(said))]
    for encoding in (*filter(_SEVEN_BITS.match, told), "utf-8", *told):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode(_FALLBACK, "replace")


def without_doctype(text: str) -> str:
    """The document without the declaration of its type, and so without entities of its own.

    Raises SourceError where the declaration is longer, or more intricate, than any that is meant well.
    """
    text = text.lstrip(_SPACES)
    begin = _BEGINS.search(text, 0, _PROLOG)
    if not begin or not begin[1]:
        return text
    found = _DOCTYPE.match(text, begin.start())
    if not found:
        raise SourceError("its document type declares things of its own, which nothing harmless needs to")
    return text[: begin.start()] + text[found.end() :]


def strict_tree(text: str) -> Element:
    """The root of a well-formed document. Raises SourceError with what is wrong with it, and where."""
    try:
        root = etree.fromstring(_bytes(text), _parser(recover=False))
    except etree.XMLSyntaxError as error:
        raise SourceError(f"not well-formed: {error.msg}") from error
    if root is None:
        raise SourceError("not well-formed: there is no element in it")
    return root


def mended_tree(text: str) -> Element | None:
    """The root of what can be made out; `None` where nothing can."""
    try:
        return etree.fromstring(_bytes(text), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def mended(text: str) -> str:
    """A document with the commonest faults put right: bare `&`, names of HTML, characters that XML cannot have.

    What stands in CDATA stays as it is, save those characters.
    """
    return _outside_cdata(text.translate(UNFIT), lambda part: _REFERENCE.sub(_reference, part))


def _reference(found: re.Match[str]) -> str:
    if found[1]:
        return found[0]
    if found[2]:
        known = html5.get(f"{found[2]};")
        return escape(known) if known else f"&amp;{found[2]};"
    return "&amp;"


def _outside_cdata(text: str, change: Callable[[str], str]) -> str:
    parts, place = [], 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + len("]]>")
        parts += [change(text[place:start]), text[start:end]]
        place = end
    return "".join([*parts, change(text[place:])])


def _bytes(text: str) -> bytes:
    # Bytes, since lxml refuses a str that declares its encoding; the parser is told which they are in.
    return text.encode("utf-8", "replace")


def _parser(*, recover: bool) -> "etree.XMLParser":
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )

"""Wiki markup (MediaWiki's) to the words a reader sees, and the templates that say something of a page.

One pass with a stack: markup that is never closed is text, and no page takes longer than in line with its size.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MAX_DEPTH = 40
"""How deep templates and links may stand in one another; what stands deeper is left out."""

MAX_LINE = 100_000
"""Characters of a line whose signs of emphasis and addresses are taken out; a longer one is no prose."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template as a page calls it: its name in lower case, what it is given in order and by name, unread."""

    name: str
    given: tuple[str, ...]
    named: dict[str, str]


_Shown = Callable[[Template], str]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = ("ref", "gallery", "math", "timeline", "imagemap", "score", "templatestyles", "noinclude", "nowiki")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?:[\s/][^<>]{0,2000})?>")
_BRACES = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{\||\|\}")
_CLOSED_BY = {"{{": "}}", "[[": "]]", "{|": "|}"}
_OPENED_BY = {closing: opening for opening, closing in _CLOSED_BY.items()}
# Links that show nothing where they stand: pictures, categories, and the same page in another language.
_UNSHOWN = re.compile(
    r"\s*(?:(?:file|image|media|category|datei|bild|kategorie|fichier|image|catégorie|archivo|imagen|categoría|immagine"
    r"|categoria|ficheiro|bestand|categorie|plik|kategoria|файл|категория)\s*:|(?!commons:)[a-z]{2,3}(?:-[a-z]{2,10})?:(?!\s))",
    re.IGNORECASE,
)
_PROJECT = re.compile(r"\s*:?(?:w|wikipedia|wiktionary|wikt|s|wikisource|n|b|q|c|commons|m|meta|d):", re.IGNORECASE)
_ADDRESS = re.compile(r"\[(?:https?:)?//[^\s\[\]]{1,2000}(?:\s+([^\[\]\n]{0,1000}))?\]")
_EMPHASIS = re.compile(r"'{2,5}")
_MAGIC = re.compile(r"__[A-Z]{3,20}__")


def plain(source: str, shown: _Shown) -> str:
    """The words of a page, its paragraphs apart by a blank line. `shown` says what a template shows."""
    text = _resolved(_without_unseen(_COMMENT.sub("", source)), shown)
    return "\n\n".join(_paragraphs(text))


def templates(source: str) -> list[Template]:
    """Every template that a page calls, in the order in which they end."""
    found: list[Template] = []

    def noted(template: Template) -> str:
        found.append(template)
        return ""

    _resolved(_COMMENT.sub("", source), noted)
    return found


def _without_unseen(source: str) -> str:
    """The source without tags, and without what stands in those that show no words in place."""
    kept: list[str] = []
    place, hidden = 0, ""
    for tag in _TAG.finditer(source):
        closes, name, empty = tag[1], tag[2].lower(), tag[0].endswith("/>")
        if not hidden:
            kept.append(source[place : tag.start()])
            kept.append("\n" if name in {"br", "p", "div", "li", "blockquote"} else "")
            hidden = name if name in _UNSEEN and not closes and not empty else ""
        elif closes and name == hidden:
            hidden = ""
        place = tag.end()
    return "".join([*kept, "" if hidden else source[place:]])


def _resolved(source: str, shown: _Shown) -> str:
    """The source with what its templates, links and tables show; one that never ends shows its own words."""
    stack: list[tuple[str, list[str]]] = [("", [])]
    place = 0
    for brace in _BRACES.finditer(source):
        stack[-1][1].append(source[place : brace.start()])
        place = brace.end()
        if brace[0] in _CLOSED_BY:
            stack.append((brace[0], []))
        elif level := _level_of(_OPENED_BY[brace[0]], stack):
            parts = [part for _, inner in stack[level:] for part in inner]
            del stack[level:]
            if level <= MAX_DEPTH:
                stack[-1][1].append(_SHOWN[_OPENED_BY[brace[0]]]("".join(parts), shown))
    return "".join([*(part for _, parts in stack for part in parts), source[place:]])


def _level_of(opening: str, stack: list[tuple[str, list[str]]]) -> int:
    """The innermost place of the stack that was opened so, among the last MAX_DEPTH; 0 where there is none."""
    for level in range(len(stack) - 1, max(0, len(stack) - 1 - MAX_DEPTH), -1):
        if stack[level][0] == opening:
            return level
    return 0


def _template(inner: str, shown: _Shown) -> str:
    name, *arguments = inner.split("|")
    named, given = {}, []
    for argument in arguments:
        key, equals, value = argument.partition("=")
        if equals and key.strip().replace("-", "").replace("_", "").replace(" ", "").isalnum():
            named[key.strip().lower()] = value.strip()
        else:
            given.append(argument.strip())
    return shown(Template(" ".join(name.replace("_", " ").split()).lower(), tuple(given), named))


def _link(inner: str, _shown: _Shown) -> str:
    """What a link shows: its last part, or where it leads; nothing where it is a picture or a category."""
    target, *rest = inner.split("|")
    if _UNSHOWN.match(target):
        return ""
    project = _PROJECT.match(target)
    return rest[-1] if rest else target[project.end() if project else 0 :].lstrip(":").partition("#")[0]


_SHOWN: dict[str, Callable[[str, _Shown], str]] = {
    "{{": _template,
    "[[": _link,
    "{|": lambda _inner, _shown: "",  # tables of figures are no prose
}


def _paragraphs(text: str) -> Iterator[str]:
    """Lines put together to paragraphs; a heading or an item of a list is one by itself."""
    held: list[str] = []
    for line in html.unescape(text).replace("\u00a0", " ").splitlines():
        words, alone = _words(line.strip())
        if held and (alone or not words):
            yield " ".join(held)
            held = []
        if words and alone:
            yield words
        elif words:
            held.append(words)
    if held:
        yield " ".join(held)


def _words(line: str) -> tuple[str, bool]:
    """The words of a line without its signs, and whether it stands by itself."""
    if len(line) > MAX_LINE:
        return " ".join(line.split()), False
    is_heading = len(line) > 2 and line.startswith("=") and line.endswith("=")  # noqa: PLR2004 - one on each side
    is_item = line.startswith(("*", "#", ":", ";"))
    bare = line.strip("=") if is_heading else line.lstrip("*#:;") if is_item else line
    bare = _MAGIC.sub("", _ADDRESS.sub(lambda link: link[1] or "", bare))
    return " ".join(_EMPHASIS.sub("", bare).split()), is_heading or is_item

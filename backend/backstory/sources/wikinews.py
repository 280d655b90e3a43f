"""A page of a wiki to the article that it is, as Wikinews writes them.

    {{date|June 7, 2016}}
    '''Berlin''' …
    == Sources ==
    {{source|url=…|title=…|author=…|pub=…|date=June 7, 2016}}

The day is that of the dateline, of the category that it puts the page in, or of the page's first revision where the
dump holds it: any later revision is an editor's, or a machine's, often years after.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from backstory.model import Offer, Publication
from backstory.reading.stamps import Stamp, machine_stamp, written_stamps
from backstory.sources.mediawiki import WikiPage
from backstory.sources.unreadable import Unreadable
from backstory.sources.wikitext import Template, plain, templates

_DATELINES = frozenset({"date", "byline", "dateline", "datum"})
_DRAFTS = frozenset({"develop", "developing", "prepare", "review", "under review", "editing", "abandoned", "stale"})
_CATEGORY = re.compile(r"\[\[\s*category\s*:\s*([^\[\]|]{6,40})", re.IGNORECASE)

# Sections after which nothing is reported any more; the page ends there.
_ENDS = re.compile(
    r"^==+\s*(?:sources?|external links?|see also|related (?:news|stories|articles)|references|notes|sister links?"
    r"|quellen|weblinks|themenverwandte artikel|fuentes|fonti|voir aussi|bronnen)\s*==+\s*$",
    re.IGNORECASE | re.MULTILINE,
)
# Templates that show words of an article: which of what they are given. All others are furniture.
_SHOWING: dict[str, int] = {
    "w": -1, "wikipedia": -1, "l": -1, "local": -1, "nowrap": 0, "lang": -1, "abbr": 0, "small": 0, "big": 0,
    "quote": 0, "quotation": 0, "cquote": 0, "blockquote": 0,
}  # fmt: skip
_MEASURES = frozenset({"convert", "cvt"})


def offer_of(page: WikiPage) -> Offer | Unreadable | None:
    """The article that a page is; None for a draft, and why not for a page that cannot be one."""
    called = templates(page.markup)
    if any(template.name in _DRAFTS for template in called):
        return None
    url = _address(page)
    if not url:
        return Unreadable(page.title, "the dump does not say where its wiki stands")
    published = _published(page, called)
    if published is None:
        return Unreadable(page.title, "nothing tells when it came out: no dateline, no first revision")
    end = _ENDS.search(page.markup)
    text = plain(page.markup[: end.start()] if end else page.markup, _shown)
    if not text:
        return Unreadable(page.title, "there is nothing to read in it")
    return Offer(
        url=url,
        headline=page.title,
        publisher=page.wiki.name,
        language=page.wiki.language,
        published=published,
        text=text,
    )


def _shown(template: Template) -> str:
    name, given = template.name, template.given
    if name in _MEASURES:
        return " ".join(given[:2])
    if name in _SHOWING and given:
        return given[_SHOWING[name]]
    return template.named.get("text", "") if name in _SHOWING else ""


def _published(page: WikiPage, called: Sequence[Template]) -> Publication | None:
    datelines = [template for template in called if template.name in _DATELINES]
    said = [template.named.get("date") or next(iter(template.given), "") for template in datelines]
    categories = [found[1].strip() for found in _CATEGORY.finditer(page.markup)]
    for text in (*said, *categories):
        if stamp := _written(text, page.wiki.language):
            return Publication(stamp.day)
    begun = machine_stamp(page.begun)
    return Publication(begun.day, begun.at) if begun else None


def _written(text: str, language: str) -> Stamp | None:
    """A day that makes up the whole of a text, as "June 7, 2016"."""
    return next((stamp for stamp, start in written_stamps(text, language) if start == 0), None)


def _address(page: WikiPage) -> str:
    """Where a page stands: where the wiki's first page does, with the page's title in its place."""
    base, slash, _ = page.wiki.base.rpartition("/")
    if not slash or urlsplit(base).scheme not in {"http", "https"}:
        return ""
    return f"{base}/{quote(page.title.strip().replace(' ', '_'), safe='/:,()!*;@$-_.~')}"

"""MediaWiki's action interface: pages of a wiki with their markup, many in one request.

GET /w/api.php?action=query&format=json&formatversion=2&maxlag=5&prop=revisions&rvprop=content&rvslots=main&…

Requests go one after another, say who asks, and step back where the wiki's copies lag (`maxlag`).
https://www.mediawiki.org/wiki/API:Etiquette
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from backstory.errors import FetchError, SourceError
from backstory.model import Errand
from backstory.ports import Door
from backstory.sources.apis.answers import Record
from backstory.sources.apis.asking import ask

PAGES_MOST = 50
"""Pages that one request may name or bring with their markup."""

_QUESTION = {
    "action": "query",
    "format": "json",
    "formatversion": "2",
    "maxlag": "5",
    "prop": "revisions",
    "rvprop": "content",
    "rvslots": "main",
}
_CONTINUE = "continue."  # before the names of what a further request has to repeat
_REST_SECONDS = 5.0  # what the wiki asks for in a header, which comes with a status of 200
_BUSY = frozenset(
    {"maxlag", "ratelimited", "readonly", "internal_api_error_DBQueryError", "internal_api_error_Throttled"}
)
_MAX_BYTES = 30_000_000  # fifty pages; one has 2 MB at most


async def ask_wiki(door: Door, address: str, question: Mapping[str, str], *, source: str, why: str) -> Record:
    """What a wiki answers.

    Raises:
        FetchError: it is busy, or could not be asked.
        SourceError: it says that the question is wrong.
    """
    asked = _QUESTION | {name.removeprefix(_CONTINUE): value for name, value in question.items()}
    errand = Errand(url=f"{address}/w/api.php?{urlencode(asked)}", kind="data", why=why, max_bytes=_MAX_BYTES)
    answer = await ask(door, errand, source=source)
    if "error" in answer:
        says = answer.text("error", "info") or "nothing that makes sense"
        if answer.text("error", "code") in _BUSY:
            raise FetchError(f"{source} is busy: {says}", status=503, retry_after=_REST_SECONDS)
        raise SourceError(f"{source} says: {says}")
    return answer


def pages_of(answer: Record) -> Iterator[tuple[str, str]]:
    """The titles and markup of the pages that came; one whose markup comes with a further answer is left out."""
    for page in answer.records("query", "pages"):
        for revision in page.records("revisions"):
            if markup := revision.text("slots", "main", "content"):
                yield page.text("title"), markup


def continued(answer: Record, question: Mapping[str, str]) -> dict[str, str]:
    """The question that brings what did not fit; empty where all came."""
    further = {f"{_CONTINUE}{name}": answer.text("continue", name) for name in answer.record("continue").said}
    plain = {name: value for name, value in question.items() if not name.startswith(_CONTINUE)}
    return plain | further if further else {}

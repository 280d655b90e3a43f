"""MediaWiki's action interface, on this machine: pages with their markup, categories, continuation and maxlag."""

from typing import Any

from servers.http import Answer, Request
from servers.interface import Interface, as_json

_TITLES_MOST = 50


class MediaWiki(Interface):
    """`pages` by title, `categories` the titles in each; `most` members come in one answer.

    Markup comes for `whole` pages in one answer; the rest is continued, as MediaWiki does with large pages.
    """

    def __init__(
        self, pages: dict[str, str], categories: dict[str, list[str]] | None = None, *, most: int = 50, whole: int = 50
    ) -> None:
        super().__init__()
        self.pages = pages
        self.categories = categories or {}
        self.most = most
        self.whole = whole

    def answer(self, request: Request) -> Answer:
        query = request.query
        if request.path != "/w/api.php" or query.get("action") != "query":
            return error("badvalue", 'Unrecognized value for parameter "action".')
        if not request.headers.get("user-agent", "").startswith("Backstory/"):
            return Answer(status=403, body=b"Please set a user-agent and respect our robot policy.")
        assert (query["formatversion"], query["maxlag"]) == ("2", "5")
        if query.get("generator") == "categorymembers":
            return self._members(query)
        titles = query.get("titles", "").split("|")
        if len(titles) > _TITLES_MOST:
            return error("toomanyvalues", 'Too many values supplied for parameter "titles". The limit is 50.')
        return self._with_markup([title.replace("_", " ") for title in titles], query, {})

    def _members(self, query: dict[str, str]) -> Answer:
        members = self.categories.get(query["gcmtitle"], [])
        start = int(query.get("gcmcontinue", "page|0").partition("|")[2])
        limit = min(int(query.get("gcmlimit", "10")), self.most)
        more = (
            {"gcmcontinue": f"page|{start + limit}", "continue": "gcmcontinue||"}
            if start + limit < len(members)
            else {}
        )
        return self._with_markup(members[start : start + limit], query, more)

    def _with_markup(self, titles: list[str], query: dict[str, str], more: dict[str, str]) -> Answer:
        if not titles:
            return as_json({"batchcomplete": True})
        begun = int(query.get("rvcontinue", "0"))
        pages = [self._page(title, markup=begun <= at < begun + self.whole) for at, title in enumerate(titles)]
        document: dict[str, Any] = {"query": {"pages": pages}}
        if begun + self.whole < len(titles):
            document["continue"] = {"rvcontinue": str(begun + self.whole), "continue": "||"}
        elif more:
            document |= {"continue": more, "batchcomplete": True}
        else:
            document["batchcomplete"] = True
        return as_json(document)

    def _page(self, title: str, *, markup: bool) -> dict[str, Any]:
        if title not in self.pages:
            return {"ns": 0, "title": title, "missing": True}
        page: dict[str, Any] = {"pageid": 1 + list(self.pages).index(title), "ns": 0, "title": title}
        if markup:
            content = {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": self.pages[title]}
            page["revisions"] = [{"slots": {"main": content}}]
        return page


def error(code: str, info: str, **more: object) -> Answer:
    """How it says that something is wrong: with status 200."""
    return as_json({"error": {"code": code, "info": info, **more}, "servedby": "mw1"}, Retry_After=5)


LAGGED = error("maxlag", "Waiting for 10.64.0.1: 7.3 seconds lagged.", host="10.64.0.1", lag=7.3, type="db")

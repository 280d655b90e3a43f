"""The Wayback Machine, on this machine: its index with filters, collapsing and resumption, and raw captures."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from servers.http import Answer, Request
from servers.interface import Interface, as_json

_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_ROWS_MOST = 150_000


@dataclass(frozen=True)
class Capture:
    """A page as it was kept."""

    timestamp: str
    original: str
    body: bytes = b""
    mimetype: str = "text/html"
    statuscode: str = "200"

    @property
    def urlkey(self) -> str:
        parts = urlsplit(self.original)
        return f"{','.join(reversed((parts.hostname or '').removeprefix('www.').split('.')))}){parts.path.lower()}"

    @property
    def digest(self) -> str:
        return f"{hash(self.body):X}"

    @property
    def length(self) -> str:
        return str(len(self.body))


class Wayback(Interface):
    """Holds captures; `most` rows come in one answer."""

    def __init__(self, captures: list[Capture], *, most: int = _ROWS_MOST) -> None:
        super().__init__()
        self.captures = sorted(captures, key=lambda capture: (capture.urlkey, capture.timestamp))
        self.most = most
        self.gone: set[str] = set()
        """Addresses that are listed and cannot be had."""

    def answer(self, request: Request) -> Answer:
        if request.path == "/cdx/search/cdx":
            return self._index(request)
        found = re.fullmatch(r"/web/(\d{14})id_/(.+)", request.target)
        if not found:
            return Answer(status=404)
        for capture in self.captures:
            original = re.sub(r":80(?=/)", "", capture.original)
            if capture.timestamp == found[1] and found[2] == original and original not in self.gone:
                return Answer(body=capture.body, headers=(("Content-Type", capture.mimetype),))
        return Answer(status=404, body=b"The Wayback Machine has not archived that URL.")

    def _index(self, request: Request) -> Answer:
        query = request.query
        asked = parse_qsl(urlsplit(request.target).query)
        filters = [value.split(":", 1) for name, value in asked if name == "filter"]
        rows = [capture for capture in self.captures if self._matches(capture, query, filters)]
        if query.get("collapse") == "urlkey":
            rows = [row for at, row in enumerate(rows) if not at or rows[at - 1].urlkey != row.urlkey]
        begin = int(query.get("resumeKey", "0"))
        end = begin + min(int(query.get("limit", self.most)), self.most)
        if not rows[begin:end]:
            return as_json([])
        fields = query.get("fl", ",".join(_FIELDS)).split(",")
        listed = [fields, *([getattr(row, name) for name in fields] for row in rows[begin:end])]
        if query.get("showResumeKey") == "true" and end < len(rows):
            listed += [[], [str(end)]]
        return as_json(listed)

    @staticmethod
    def _matches(capture: Capture, query: dict[str, str], filters: list[list[str]]) -> bool:
        host = (urlsplit(capture.original).hostname or "").removeprefix("www.")
        wanted = query["url"]
        same = host == wanted or (query.get("matchType") == "domain" and host.endswith(f".{wanted}"))
        begin, end = query.get("from", "").ljust(14, "0"), query.get("to", "").ljust(14, "9")
        kept = all(re.fullmatch(pattern, getattr(capture, name)) for name, pattern in filters)
        return same and begin <= capture.timestamp <= end and kept

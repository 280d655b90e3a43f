"""What became of an import, as a document."""

from collections import Counter
from typing import Any

from backstory.ingest import IngestReport, Refusal


def ingested(report: IngestReport) -> Counter[str]:
    """How many lines ended how."""
    refused = len(report.refused) + report.refused_more
    return Counter(added=report.added, replaced=report.replaced, unchanged=report.unchanged, refused=refused)


def report_document(report: IngestReport) -> dict[str, Any]:
    """As `POST /api/articles` answers; `refusedMore` counts the refused lines that are not listed."""
    document: dict[str, Any] = {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "refused": [_refused(refusal) for refusal in report.refused],
    }
    return document | ({"refusedMore": report.refused_more} if report.refused_more else {})


def _refused(refusal: Refusal) -> dict[str, Any]:
    said = {"line": refusal.line, "reason": refusal.reason}
    return said | ({"url": refusal.url} if refusal.url else {})

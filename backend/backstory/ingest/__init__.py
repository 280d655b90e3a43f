"""Sources in, articles into the archive."""

from backstory.ingest.intake import IngestReport, Refusal, ingest

__all__ = ["IngestReport", "Refusal", "ingest"]

"""Sources in, articles into the archive."""

from backstory.ingest.exporting import exported
from backstory.ingest.intake import IngestReport, ingest
from backstory.ingest.offers import to_line
from backstory.ingest.reading import Refusal

__all__ = ["IngestReport", "Refusal", "exported", "ingest", "to_line"]

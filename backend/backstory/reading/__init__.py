"""Page → Article: what a page reports, without what surrounds it. The only home of lxml."""

from backstory.reading.article import read

__all__ = ["read"]

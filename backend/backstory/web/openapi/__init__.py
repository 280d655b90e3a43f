"""The OpenAPI 3.1 description of the service: the truth of which fields exist, shaped by hand."""

from backstory.web.openapi.description import ANNOTATION_TYPE, describe

__all__ = ["ANNOTATION_TYPE", "describe"]

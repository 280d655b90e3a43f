"""Overlay → W3C Web Annotation: what a client draws, in the words of the W3C model."""

from backstory.annotation.context import CONTEXT, CONTEXT_PATH
from backstory.annotation.page import to_annotation_page

__all__ = ["CONTEXT", "CONTEXT_PATH", "to_annotation_page"]

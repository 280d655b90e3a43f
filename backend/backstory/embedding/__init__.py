"""Texts to vectors, by a model that the owner chose; off by default."""

from backstory.embedding.embedded import EmbeddedArchive
from backstory.embedding.encoder import OnnxEmbedder
from backstory.embedding.vectors import VectorStore

__all__ = ["EmbeddedArchive", "OnnxEmbedder", "VectorStore"]

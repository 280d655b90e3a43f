"""Backstory: what was reported before, beside what you read."""

from importlib.metadata import version

__version__ = version("backstory")

"""The command line: arguments to calls, nothing else."""

from backstory.cli.group import main

__all__ = ["main"]

"""Backstory: what was reported before, beside what you read."""

import os

# numpy's matrices are small here: with more than one thread they wait for one another longer than they work, which
# doubled the CPU time of ranking. Read when numpy is first imported, so it stands before all else.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__: str


def __getattr__(name: str) -> str:
    """The version, once it is asked for: reading a distribution's metadata takes longer than starting a room."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415  half of what `import backstory` took

    return version("backstory")

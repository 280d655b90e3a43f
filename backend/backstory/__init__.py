"""Backstory: what was reported before, beside what you read."""

import os
from importlib.metadata import version

# numpy's matrices are small here: with more than one thread they wait for one another longer than they work, which
# doubled the CPU time of ranking. Read when numpy is first imported, so it stands before all else.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = version("backstory")

"""The command `backstory`, also as `python -m backstory`."""

import ctypes
import os
from contextlib import suppress

from backstory import cli

_NOBODY_ELSE = 0o077  # what was read and asked for is nobody else's business, other users of the machine included
_ARENAS = -8  # M_ARENA_MAX, as glibc's malloc.h numbers it


def main() -> None:
    """Run a command; what it writes, its owner alone may read."""
    os.umask(_NOBODY_ELSE)
    _share_memory()
    cli.main()


def _share_memory() -> None:
    """Let all threads use one heap: glibc gives each its own, and an import of pages then grew by 100 MB in them."""
    with suppress(OSError, AttributeError, TypeError):  # other systems have other heaps, and no such switch
        ctypes.CDLL(None).mallopt(_ARENAS, 1)


if __name__ == "__main__":
    main()

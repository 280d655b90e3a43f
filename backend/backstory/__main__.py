"""The command `backstory`, also as `python -m backstory`."""

import os

from backstory import cli

_NOBODY_ELSE = 0o077  # what was read and asked for is nobody else's business, other users of the machine included


def main() -> None:
    """Run a command; what it writes, its owner alone may read."""
    os.umask(_NOBODY_ELSE)
    cli.main()


if __name__ == "__main__":
    main()

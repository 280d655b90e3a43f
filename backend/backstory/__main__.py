"""`python -m backstory`: the same as the command."""

from backstory.cli import main

if __name__ == "__main__":
    main()

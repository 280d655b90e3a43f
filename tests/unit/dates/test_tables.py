"""The files of data/dates, and what starting the room may cost."""

import subprocess
import sys

import pytest

from backstory.dates.tables import read_table

# Together they take longer to import than the room takes to compile a language.
_SLOW = ("importlib.metadata", "importlib.resources", "email", "zipfile")


def test_a_table_is_read_as_text():
    assert "[month]" in read_table("en.toml")


def test_a_table_that_is_not_there_is_said_to_be_missing():
    with pytest.raises(FileNotFoundError):
        read_table("xx.toml")


def test_starting_the_room_imports_nothing_slow():
    program = "import sys; from backstory.dates.language import load; load('en'); print(*sys.modules)"

    answered = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603

    assert not set(_SLOW) & set(answered.stdout.split())


def test_the_version_is_there_for_whoever_asks():
    program = "import backstory; print(backstory.__version__, hasattr(backstory, 'colour'))"

    answered = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603

    version, has_colour = answered.stdout.split()
    assert version[0].isdecimal()
    assert has_colour == "False"

"""The command line, called in this process on a home of its own."""

import json

import pytest
from click.testing import CliRunner

from backstory.cli import main


@pytest.fixture
def home(tmp_path):
    """An empty home."""
    return tmp_path / "home"


@pytest.fixture
def backstory(home, monkeypatch):
    """Runs a command on the home; the result has exit_code, stdout and stderr."""
    for name in ("BACKSTORY_HOME", "BACKSTORY_TOKEN", "BACKSTORY_PORT"):
        monkeypatch.delenv(name, raising=False)

    def run(command, *arguments, given=None):
        return CliRunner().invoke(main, [command, "--home", str(home), *map(str, arguments)], input=given)

    return run


@pytest.fixture
def news(tmp_path):
    """Three articles as NDJSON."""
    texts = ((13, "It rained in Lindau."), (14, "A ferry struck the pier."), (15, "The harbour is shut."))
    lines = [
        {
            "url": f"https://paper.example/{day}",
            "title": f"Report of day {day}",
            "text": text,
            "published": f"2016-03-{day}",
        }
        for day, text in texts
    ]
    file = tmp_path / "news.ndjson"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return file

"""The real service over a real archive: 107,000 dated statements of world news."""

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from backstory.app import create_app
from backstory.settings import Settings

ORIGIN = "http://127.0.0.1:8478"


@pytest.fixture(scope="session")
def news_home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose archive holds the world news, filled by the command line as an owner would."""
    home = tmp_path_factory.mktemp("news")
    archive = shared / "data" / "wcep" / "archive.ndjson.gz"
    done = backstory("import", str(archive), home=home)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
async def client(news_home: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service on that home."""
    app = create_app(Settings(home=news_home))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            yield client


def backstory(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line on a home."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "backstory", *arguments, "--home", str(home)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

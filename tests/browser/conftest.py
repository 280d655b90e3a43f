"""Real browsers with the built extension, and what they meet."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from browser import chromium, firefox
from browser.browsers import EXTENSION, Browser, until
from browser.servers import Site, Witness, running_service, serving
from end_to_end.conftest import backstory
from seed import seed_html

_BROWSERS = {"chromium": (chromium.PROGRAM, chromium.Chromium), "firefox": (firefox.PROGRAM, firefox.Firefox)}


@pytest.fixture(scope="session", params=_BROWSERS)
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Each browser in turn; one that is not installed is skipped aloud, and missed in CI."""
    program, kind = _BROWSERS[request.param]
    if program is None:
        missing = f"{request.param} is not installed; see tests/browser/install.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    if not EXTENSION.is_dir():
        pytest.fail("the extension is not built; `make setup` does it")
    with kind() as started:
        yield started


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A newspaper under a strict policy."""
    newspaper = Site()
    with serving(newspaper):
        yield newspaper


@pytest.fixture
def witness() -> Iterator[Witness]:
    """A service that writes down what it is sent and answers with the document in tests/wire."""
    path = Path(__file__).parents[1] / "wire" / "annotation-page.json"
    seen = Witness(body=json.loads(path.read_text(encoding="utf-8")))
    with serving(seen):
        yield seen


@pytest.fixture(scope="session")
def service(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real service over an archive of world news; its address."""
    home = tmp_path_factory.mktemp("home")
    done = backstory("import", str(shared / "data" / "wcep" / "archive.ndjson.gz"), home=home)
    assert done.returncode == 0, done.stderr
    with running_service(home) as address:
        until(lambda: _is_ready(address), "the service to be ready")
        yield address


@pytest.fixture
def seed(shared: Path, site: Site) -> str:
    """The seed in a page of the newspaper; its address."""
    assert shared.is_dir()
    return site.put("/seed.html", seed_html())


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False

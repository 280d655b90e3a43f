"""The real application over an archive in memory, spoken to without a socket."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from backstory.app import create_app
from backstory.settings import Settings

ORIGIN = "http://127.0.0.1:8478"
NOW = datetime(2016, 4, 21, 12, 0, tzinfo=UTC)


class Client(httpx.AsyncClient):
    """A client that also knows the application behind it."""

    def __init__(self, app, origin):
        super().__init__(transport=httpx.ASGITransport(app=app), base_url=origin)
        self.app = app


@pytest.fixture
def serving(tmp_path):
    """Makes a client of a service with these settings; `sample` loads the sample coverage."""

    @asynccontextmanager
    async def make(*, sample=False, origin=ORIGIN, **settings):
        app = create_app(
            Settings(home=tmp_path, **{"archive": "memory:", **settings}), sample=sample, clock=lambda: NOW
        )
        async with app.router.lifespan_context(app), Client(app, origin) as client:
            yield client

    return make


@pytest.fixture
async def client(serving):
    """A client of a service with every default and an empty archive."""
    async with serving() as client:
        yield client


@pytest.fixture
async def sampled(serving):
    """A client of a service that holds the sample coverage."""
    async with serving(sample=True) as client:
        yield client

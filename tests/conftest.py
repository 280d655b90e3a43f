"""The no-network guard and the way to the shared data; nothing else is global."""

import os
import socket
from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail every test that connects or listens without saying so by a marker."""
    if any(request.node.get_closest_marker(name) for name in ("network", "browser")):
        return

    def refuse(_socket: socket.socket, address: object) -> None:
        pytest.fail(f"this test opened a socket ({address!r}); mark it `network` if it must")

    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout that holds development data; its absence fails only in CI."""
    if _SHARED.is_dir():
        return _SHARED
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have the shared data at {_SHARED}")
    pytest.skip("no shared data beside this checkout")

"""Commands to a browser over one WebSocket: both DevTools and WebDriver BiDi number them and answer by number."""

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 30.0


class BrowserRefusedError(Exception):
    """The browser would not do what it was told."""


@contextmanager
def remote(address: str) -> Iterator["Remote"]:
    """A connection to a browser, closed when left."""
    with connect(address, max_size=None, open_timeout=PATIENCE_S, ping_interval=None) as socket:
        yield Remote(socket)


class Remote:
    """A connection that sends one command at a time and waits for its answer."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    def send(self, method: str, params: dict[str, Any] | None = None, **beside: str) -> Any:
        """What the browser answers; raises BrowserRefusedError where it answers with an error."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params or {}, **beside}))
        deadline = time.monotonic() + PATIENCE_S
        while True:
            answer = json.loads(self._socket.recv(timeout=max(0.0, deadline - time.monotonic())))
            if answer.get("id") != number:
                continue  # an event, or the answer to nobody
            if "error" in answer:
                raise BrowserRefusedError(f"{method}: {json.dumps(answer)[:600]}")
            return answer["result"]

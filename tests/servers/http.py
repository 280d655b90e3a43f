"""A small web server for tests, as rude as real ones: it counts what it is asked, and may cut off, stall or drip.

    Request → Answer

It runs on a thread and an event loop of its own, so that both plain and async tests can ask it. It listens on as many
addresses of this machine as are wanted (127.0.0.1, 127.0.0.2, …), each of which is a host to those who are polite per
host.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from urllib.parse import parse_qsl, urlsplit

_DRIP = 16  # pieces of a body that comes slowly


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: `path` without its query, `headers` by their names in small letters, `host` with its port.

    `target` is the address as it came.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    target: str = ""

    @property
    def host(self) -> str:
        """The host and port that the asker named."""
        return self.headers.get("host", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back. `wait` seconds before the first byte, `drip` seconds over the whole of the body.

    `cut` sends only so many bytes of the body that was announced, and hangs up. `raw` is sent as it is, in place of
    everything else.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    raw: bytes = b""


Site = Callable[[Request], Answer]
"""What a server says to each request."""


@dataclass
class Served:
    """A server that is running: where, what it was asked for (path to times), and when (path to moments)."""

    origins: tuple[str, ...] = ()
    asked: Counter[str] = field(default_factory=Counter)
    moments: dict[str, list[float]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    answered: Counter[int] = field(default_factory=Counter)

    @property
    def origin(self) -> str:
        """The first address, without a slash at its end."""
        return self.origins[0]

    def note(self, request: Request) -> None:
        """Write down that this was asked."""
        self.asked[request.path] += 1
        self.moments.setdefault(request.path, []).append(monotonic())
        self.requests.append(request)


@contextmanager
def serving(site: Site, *, hosts: int = 1, port: int = 0) -> Iterator[Served]:
    """Serve a site until left, on `hosts` addresses of this machine and one port (a free one where it is 0)."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listener = _Listener(site)
    asyncio.run_coroutine_threadsafe(listener.start(hosts, port), loop).result()
    try:
        yield listener.served
    finally:
        asyncio.run_coroutine_threadsafe(listener.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class _Listener:
    """The sockets on which a site is served, and the connections that are open on them."""

    def __init__(self, site: Site) -> None:
        self.served = Served()
        self._site = site
        self._servers: list[asyncio.Server] = []
        self._talks: set[asyncio.Task[None]] = set()

    async def start(self, hosts: int, port: int) -> None:
        """Listen."""
        for number in range(hosts):
            host = f"127.0.{number // 250}.{number % 250 + 1}"
            server = await asyncio.start_server(self._talk, host, port, backlog=1_000)
            port = server.sockets[0].getsockname()[1]
            self._servers.append(server)
        self.served.origins = tuple("http://{}:{}".format(*one.sockets[0].getsockname()[:2]) for one in self._servers)

    async def stop(self) -> None:
        """Hang up on everybody."""
        for server in self._servers:
            server.close()
        for task in list(self._talks):
            task.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await asyncio.sleep(0)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            self._talks.add(task)
            task.add_done_callback(self._talks.discard)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, asyncio.LimitOverrunError):
            await _talk(reader, writer, self._site, self.served)
        writer.close()


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, site: Site, served: Served) -> None:
    """Answer requests on one connection until either side hangs up."""
    while request := await _request(reader):
        served.note(request)
        answer = site(request)
        served.answered[answer.status] += 1
        if not await _send(writer, answer, is_head=request.method == "HEAD"):
            return


async def _request(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    await reader.readexactly(int(headers.get("content-length") or 0))
    parts = urlsplit(target)
    return Request(method, parts.path, dict(parse_qsl(parts.query)), headers, target)


async def _send(writer: asyncio.StreamWriter, answer: Answer, *, is_head: bool) -> bool:
    """Send an answer; whether the connection goes on."""
    await asyncio.sleep(answer.wait)
    if answer.raw:
        writer.write(answer.raw)
        await writer.drain()
        return False
    reason = HTTPStatus(answer.status).phrase
    headers = [*answer.headers, ("Content-Length", str(len(answer.body)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    writer.write(f"HTTP/1.1 {answer.status} {reason}\r\n{head}\r\n".encode("latin-1"))
    body = b"" if is_head else answer.body[: answer.cut]
    step = max(1, len(body) // _DRIP) if answer.drip else len(body) or 1
    for start in range(0, len(body), step):
        writer.write(body[start : start + step])
        await writer.drain()
        await asyncio.sleep(answer.drip / _DRIP if answer.drip else 0)
    await writer.drain()
    return answer.cut is None

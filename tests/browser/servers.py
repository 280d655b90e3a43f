"""What the browsers meet: pages of ours under a strict policy, the real service, and a witness of what is sent."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

# As strict as a newspaper could be: no inline script or style, nothing read as markup, no request elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
}


@dataclass
class Site:
    """A newspaper: what it serves by path, and which paths were asked for."""

    files: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    origin: str = ""

    def put(self, path: str, content: str) -> str:
        """Serve this; its address."""
        self.files[path] = content
        return self.origin + path

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        self.asked.append(request.path)
        content = self.files.get(request.path)
        request.send_response(200 if content is not None else 404)
        request.send_header("Content-Security-Policy", POLICY)
        request.send_header("Content-Type", _TYPES.get(Path(request.path).suffix, "text/html"))
        request.end_headers()
        request.wfile.write((content or "").encode())


@dataclass
class Witness:
    """A service that only writes down what it is sent, and gives one answer to every page."""

    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)
    health: dict[str, Any] = field(default_factory=lambda: {"name": "Backstory", "version": "0.1.0", "api": 1})
    sent: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    origin: str = ""

    @property
    def pages(self) -> list[dict[str, Any]]:
        """The pages that were sent to be annotated."""
        return [body for method, path, body in self.sent if (method, path) == ("POST", "/api/annotations")]

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        length = int(request.headers.get("Content-Length") or 0)
        body = json.loads(request.rfile.read(length)) if length else {}
        self.sent.append((request.command, request.path, body))
        is_page = request.command == "POST"
        request.send_response(self.status if is_page else 200)
        request.send_header("Access-Control-Allow-Origin", request.headers.get("Origin") or "null")
        request.send_header("Access-Control-Allow-Headers", "authorization, content-type")
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        request.wfile.write(json.dumps(self.body if is_page else self.health).encode())


@contextmanager
def serving(what: Site | Witness) -> Iterator[None]:
    """Serve on a free port of this machine until left."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            what.answer(self)

        do_POST = do_OPTIONS = do_GET  # noqa: N815 - as above

        def log_message(self, *_: object) -> None:
            """Keep the tests' output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    what.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def running_service(home: Path, *options: str) -> Iterator[str]:
    """The real service on a home, on a free port; its address."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "backstory", "serve", "--port", "0", "--home", str(home), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    said: list[str] = []
    try:
        for line in process.stdout or ():
            said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                threading.Thread(target=_drain, args=(process,), daemon=True).start()
                yield found[0]
                return
        raise AssertionError(f"the service did not start:\n{''.join(said)}")
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stdout:
            process.stdout.close()


def free_port() -> int:
    """A port on which nothing listens just now."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return int(server.server_port)


def _drain(process: "subprocess.Popen[str]") -> None:
    for _ in process.stdout or ():
        pass

"""The pages of a web archive over HTTP, on several addresses of this machine, each of them a host.

`python serve.py ARCHIVE HOSTS` prints its port and serves `/0`, `/1`, … until it is stopped.
"""

import gzip
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from records import starts_of


def main(archive: Path, hosts: int) -> None:
    """Serve on 127.0.0.1 and the addresses after it, all with the port of the first."""
    starts = [*json.loads(starts_of(archive).read_text(encoding="ascii")), archive.stat().st_size]

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.strip("/")
            body = _body(archive, starts, int(name)) if name.isdecimal() else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Nothing."""

    first = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    others = [ThreadingHTTPServer((f"127.0.0.{number}", first.server_port), Answers) for number in range(2, hosts + 1)]
    for server in others:
        Thread(target=server.serve_forever, daemon=True).start()
    print(first.server_port, flush=True)
    first.serve_forever()


def _body(archive: Path, starts: list[int], number: int) -> bytes:
    with archive.open("rb") as file:
        file.seek(starts[number])
        record = gzip.decompress(file.read(starts[number + 1] - starts[number]))
    return record.split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

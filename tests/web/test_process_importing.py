"""Imports as processes of their own: beside a service, broken off, and with pages to be fetched."""

import gzip
import json
import signal
import subprocess
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from web.test_process import PATIENCE_S, command, run, served

pytestmark = pytest.mark.network

WRITTEN_BYTES = 1_000_000  # that some pages have come to; more are to come

PAGE = """<!doctype html><html lang="en"><head><title>Report {number}</title>
<meta property="og:site_name" content="The Lake Courier">
<meta property="article:published_time" content="2016-04-{day:02}"></head><body><article><h1>Report {number}</h1>
<p>The pier of Lindau was closed on Monday after ferry number {number} struck it in thick fog.</p>
<p>Nobody was hurt, and pier {number} will stay <a href="https://paper.example/june">shut until June</a>, when the
divers come back.</p></article></body></html>"""


def html(number):
    return PAGE.format(number=number, day=number % 28 + 1)


def records(pages):
    """So many pages as a web archive has them, one after the other."""
    for number in range(pages):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html(number).encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/{number}\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        yield head.encode() + answer + b"\r\n\r\n"


def crawl(file, pages):
    """A web archive of so many pages."""
    with gzip.open(file, "wb") as packed:
        packed.writelines(records(pages))
    return file


def trickle(stream, pages):
    """The first pages at once and the others slowly, so that who reads them is not done when it is broken off."""
    with suppress(BrokenPipeError), stream:
        for number, record in enumerate(records(pages)):
            stream.write(record)
            if number > pages * 3 / 4:
                time.sleep(0.02)


def exported(home):
    return [json.loads(line) for line in run(home, "export").stdout.splitlines()]


def test_an_archive_is_the_same_whether_a_service_runs_or_not(tmp_path):
    file = crawl(tmp_path / "crawl", 5)
    alone, beside = tmp_path / "alone", tmp_path / "beside"

    said = run(alone, "import", str(file)).stdout
    with served(beside):
        assert run(beside, "import", str(file)).stdout == said
        assert "5 unchanged" in run(beside, "import", str(file)).stdout

    assert said == f"{file}: 5 added, 0 replaced, 0 unchanged, 0 refused\n"
    assert exported(alone) == exported(beside)
    assert [article["url"] for article in exported(alone)] == [f"https://paper.example/{number}" for number in range(5)]


def test_many_pages_are_read_by_several_processes_into_the_same_archive(tmp_path):
    file = crawl(tmp_path / "crawl", 400)

    one, two = (run(tmp_path / jobs, "import", str(file), "--jobs", jobs) for jobs in ("1", "2"))

    assert one.stdout == two.stdout == f"{file}: 400 added, 0 replaced, 0 unchanged, 0 refused\n"
    assert exported(tmp_path / "1") == exported(tmp_path / "2")


@pytest.fixture
def interruptible():
    """A shell lets what it starts in the background ignore interrupts, and children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_an_import_that_is_broken_off_leaves_a_whole_archive(tmp_path, how):
    home, pages = tmp_path / "home", 6_000
    written = home / "archive" / "archive.sqlite3-wal"
    line, environ = command(home, "import", "-", "--jobs", "2")
    with subprocess.Popen(  # noqa: S603
        line, env=environ, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        threading.Thread(target=trickle, args=(process.stdin, pages), daemon=True).start()
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and not (written.exists() and written.stat().st_size > WRITTEN_BYTES):
            time.sleep(0.02)
        process.send_signal(how)
        process.wait(PATIENCE_S)
        process.stdin = None  # closed by the thread

    before = exported(home)
    assert len(before) < pages
    assert [article["title"] for article in before] == [f"Report {number}" for number in range(len(before))]
    if before:
        assert f"1 of {len(before):,} articles" in run(home, "search", "report", "--limit", "1").stdout
    again = run(home, "import", str(crawl(tmp_path / "crawl", pages)))
    assert f"{pages - len(before):,} added, 0 replaced, {len(before):,} unchanged" in again.stdout


@pytest.fixture
def outlet():
    """An outlet on this machine: /1 and /2 are pages, /old leads to /2, anything else is gone."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            name = self.path.strip("/")
            status = 301 if name == "old" else 200 if name.isdecimal() else 404
            body = html(int(name)).encode() if name.isdecimal() else b""
            self.send_response(status)
            for key, value in (("Content-Type", "text/html"), ("Content-Length", str(len(body))), ("Location", "/2")):
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said):
            """Nothing: the tests look at what comes of it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("is_served", [False, True], ids=["alone", "beside a service"])
def test_addresses_that_were_saved_are_fetched(tmp_path, outlet, is_served):
    home, table = tmp_path / "home", tmp_path / "pocket.csv"
    table.write_text("title,url\n" + "".join(f"x,{outlet}/{name}\n" for name in ("1", "old", "gone")), "utf-8")
    arguments = ("import", str(table), "--fetch", "--allow-private-hosts", "127.0.0.1")

    if is_served:
        with served(home):
            done = run(home, *arguments)
    else:
        done = run(home, *arguments)

    assert done.returncode == 0, done.stderr
    assert f"{table}, fetched: 2 added, 0 replaced, 0 unchanged, 1 refused\n" in done.stdout
    assert f"{outlet}/gone answered with 404" in done.stderr
    assert sorted(article["url"] for article in exported(home)) == [f"{outlet}/1", f"{outlet}/2"]


def test_an_import_beside_a_service_remembers_what_it_read(tmp_path):
    home, file = tmp_path / "home", crawl(tmp_path / "crawl", 3)
    with served(home):
        run(home, "import", str(file))
        assert (home / "readings.sqlite").exists()
        assert "3 unchanged" in run(home, "import", str(file)).stdout
    assert "3 unchanged" in run(home, "import", str(file)).stdout

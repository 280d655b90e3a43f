"""The service as a process of its own, over real sockets: what no transport in memory shows."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

from web.answers import assert_problem

pytestmark = pytest.mark.network

PATIENCE_S = 60
NDJSON = {"Content-Type": "application/x-ndjson"}
LARGE_BYTES = 46_000_000


def command(home, *arguments):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
    return [sys.executable, "-m", "backstory", *arguments, "--home", str(home)], environ


def run(home, *arguments):
    line, environ = command(home, *arguments)
    return subprocess.run(line, env=environ, capture_output=True, text=True, check=False, timeout=PATIENCE_S)  # noqa: S603


class Served:
    """A service that answers."""

    def __init__(self, process, url, log):
        self.process = process
        self.url = url
        self.log = log
        self.client = httpx.Client(base_url=url, timeout=PATIENCE_S, trust_env=False)

    def connect(self):
        """A bare connection, for a client that does not behave."""
        host, port = self.url.removeprefix("http://").split(":")
        return socket.create_connection((host, int(port)), timeout=PATIENCE_S)

    def peak_memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:  # noqa: PTH123 - no file of ours
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


@contextmanager
def served(home, *flags):
    home.mkdir(exist_ok=True)
    log = home / "serve.log"
    line, environ = command(home, "serve", "--port", "0", *flags)
    with log.open("w") as stderr, subprocess.Popen(line, env=environ, stderr=stderr) as process:  # noqa: S603
        try:
            service = Served(process, _answering(home, process, log), log)
            with service.client:
                yield service
        finally:
            process.kill()


def _answering(home, process, log):
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        try:
            url = json.loads((home / "service.json").read_text("utf-8"))["url"]
            if httpx.get(f"{url}/healthz", trust_env=False).is_success:
                return url
        except (OSError, ValueError, httpx.HTTPError):
            time.sleep(0.05)
    pytest.fail(f"the service did not come: {log.read_text('utf-8')}")


@pytest.fixture
def service(tmp_path):
    with served(tmp_path / "home") as service:
        yield service


def lines(count, words=8):
    for number in range(count):
        text = f"Report {number}: " + " ".join(f"harbour{(number * words + word) % 5_000}" for word in range(words))
        said = {"url": f"https://paper.example/{number}", "title": "News", "text": text, "published": "2016-03-14"}
        yield json.dumps(said).encode() + b"\n"


def head(path, kind, length):
    """The head of a request, for a client that does not behave."""
    said = ("Host: 127.0.0.1", f"Content-Type: {kind}", f"Content-Length: {length}")
    return "\r\n".join([f"POST {path} HTTP/1.1", *said, "", ""]).encode()


def test_told_to_stop_it_ends_what_runs_and_says_that_all_is_well(service):
    """A request that is half sent when the signal comes is still answered."""
    body = json.dumps({"url": "https://a.example/", "text": "It rained in Lindau on Monday."}).encode()
    with service.connect() as connection:
        connection.sendall(head("/api/annotations", "application/json", len(body)) + body[:10])
        time.sleep(0.3)
        service.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        connection.sendall(body[10:])
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")

    assert service.process.wait(PATIENCE_S) == 0
    assert not (service.log.parent / "service.json").exists()
    assert "Traceback" not in service.log.read_text("utf-8")


def test_told_to_stop_it_does_not_wait_for_one_who_says_nothing(tmp_path):
    with served(tmp_path / "home", "--drain-seconds", "1") as service, service.connect() as connection:
        connection.sendall(head("/api/annotations", "application/json", 100) + b"{")
        time.sleep(0.3)
        begun = time.monotonic()
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(PATIENCE_S) == 0
        assert time.monotonic() - begun < 8


def test_an_import_of_46_mb_is_one_request_and_never_stands_in_memory(service):
    before = service.peak_memory_mb()
    beside = "x" * 1_000_000  # a field that is passed over, so that the test is about the stream

    def large():
        for line in lines(LARGE_BYTES // 1_000_000):
            yield json.dumps(json.loads(line) | {"comment": beside}).encode() + b"\n"

    answer = service.client.post("/api/articles", content=large(), headers=NDJSON)

    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert (report["added"], report["refused"]) == (46, [])
    assert service.client.get("/readyz").json()["articles"] == 46
    assert service.peak_memory_mb() - before < 100


def test_a_client_that_goes_away_in_the_middle_leaves_the_service_well(service):
    for path, kind, start in (
        ("/api/articles", "application/x-ndjson", b"".join(lines(1_500))),
        ("/api/annotations", "application/json", b'{"url": "https://a.example/"'),
    ):
        with service.connect() as connection:
            connection.sendall(head(path, kind, 9_999_999) + start)
            time.sleep(1)

    assert service.client.get("/healthz").is_success
    again = service.client.post("/api/articles", content=lines(1_500), headers=NDJSON)
    assert again.json()["added"] + again.json()["unchanged"] == 1_500
    assert "fault" not in service.log.read_text("utf-8")


def test_a_client_that_dawdles_is_told_so_while_others_are_served(tmp_path):
    with served(tmp_path / "home", "--idle-seconds", "1") as service, service.connect() as connection:
        connection.sendall(head("/api/annotations", "application/json", 100) + b"{")
        assert service.client.get("/healthz").is_success
        assert connection.recv(1000).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("size", [16_000_000, 30_000_000])
def test_a_page_that_is_too_large_is_told_so_though_it_was_still_being_sent(service, size):
    answer = service.client.post("/api/annotations", content=b"a" * size, headers={"Content-Type": "application/json"})
    assert_problem(answer, "too-large")


def test_a_refused_import_is_told_why_though_it_was_still_being_sent(tmp_path):
    with served(tmp_path / "home", "--token", "s3cret") as service:
        body = b"x" * 1_000_000
        answer = service.client.post("/api/articles", content=(body for _ in range(40)), headers=NDJSON)
        assert_problem(answer, "token-needed")


def test_commands_go_through_the_service_that_runs_on_their_home(service, tmp_path):
    home = tmp_path / "home"
    file = tmp_path / "news.ndjson"
    file.write_bytes(b"".join(lines(3)))

    imported = run(home, "import", str(file))
    assert (imported.returncode, imported.stdout) == (0, f"{file}: 3 added, 0 replaced, 0 unchanged, 0 refused\n")
    assert service.client.get("/readyz").json()["articles"] == 3
    assert "3 of 3 articles" in run(home, "search", "report").stdout
    assert run(home, "forget", "https://paper.example/1").returncode == 0
    assert service.client.get("/readyz").json()["articles"] == 2
    assert len(run(home, "export").stdout.splitlines()) == 2
    assert f"Backstory answers at {service.url}" in run(home, "doctor").stdout
    for command_line in (("rebuild",), ("restore", str(file), "--replace")):
        refused = run(home, *command_line)
        assert (refused.returncode, "stop it first" in refused.stderr) == (1, True)
    assert run(home, "backup", str(tmp_path / "news.zip")).returncode == 0
    assert run(tmp_path / "new", "restore", str(tmp_path / "news.zip")).returncode == 0
    assert len(run(tmp_path / "new", "export").stdout.splitlines()) == 2
    assert "2 articles" in run(home, "forget", "paper.example").stdout
    assert service.client.get("/readyz").json()["articles"] == 0
    second = run(home, "serve", "--port", "0")
    assert (second.returncode, "runs on this home already" in second.stderr) == (1, True)


def test_a_service_with_a_token_serves_commands_that_know_it(tmp_path):
    home, file = tmp_path / "home", tmp_path / "news.ndjson"
    file.write_bytes(b"".join(lines(3)))
    with served(home, "--token", "s3cret"):
        without = run(home, "import", str(file))
        assert (without.returncode, "token" in without.stderr) == (1, True), without
        line, environ = command(home, "import", str(file))
        known = subprocess.run(  # noqa: S603
            line,
            env=environ | {"BACKSTORY_TOKEN": "s3cret"},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        assert (known.returncode, "3 added" in known.stdout) == (0, True), known.stderr


def test_a_service_that_was_killed_leaves_nothing_in_the_way(tmp_path):
    home, file = tmp_path / "home", tmp_path / "news.ndjson"
    file.write_bytes(b"".join(lines(3)))
    with served(home) as service:
        service.process.kill()
        service.process.wait(PATIENCE_S)

    assert (home / "service.json").exists()
    begun = time.monotonic()
    assert "3 added" in run(home, "import", str(file)).stdout
    assert time.monotonic() - begun < 15


def test_a_port_that_is_taken_is_a_failure_that_says_so(service, tmp_path):
    port = service.url.rpartition(":")[2]
    done = run(tmp_path / "other", "serve", "--port", port)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_archive_that_cannot_be_opened_is_a_failure_that_says_so(tmp_path):
    home = tmp_path / "home"
    (home / "archive").mkdir(parents=True)
    (home / "archive" / "archive.sqlite3").write_text("this is no database", "utf-8")
    done = run(home, "serve", "--port", "0")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")
def test_nobody_else_may_read_what_is_kept(tmp_path):
    home = tmp_path / "home"
    done = run(home, "import", "--sample")
    assert done.returncode == 0, done.stderr
    kept = [home, *home.rglob("*")]
    assert len(kept) > 3
    assert not [path for path in kept if path.stat().st_mode & 0o077]

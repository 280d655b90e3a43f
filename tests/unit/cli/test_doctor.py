import socket

import pytest

pytestmark = pytest.mark.network  # it looks whether the port is free


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_a_home_that_is_not_there_yet_is_well(backstory, free_port):
    done = backstory("doctor", "--port", free_port)
    assert done.exit_code == 0, done.output
    assert "can be made" in done.stdout
    assert "holds 0 articles" in done.stdout
    assert f"port {free_port} is free" in done.stdout


def test_what_the_archive_holds_is_told(backstory, news, free_port):
    backstory("import", news)
    assert "holds 3 articles in 3 passages, all of them in its index" in backstory("doctor", "--port", free_port).stdout


def test_an_archive_without_its_index_is_wrong(backstory, news, home, free_port):
    backstory("import", news)
    for part in home.glob("archive/index*/*"):
        part.unlink()
    done = backstory("doctor", "--port", free_port)
    assert done.exit_code == 1
    assert "backstory rebuild" in done.stdout


def test_a_port_that_is_taken_is_wrong(backstory):
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = backstory("doctor", "--port", other.getsockname()[1])
    assert done.exit_code == 1
    assert "is taken by another program" in done.stdout


def test_a_home_that_is_a_file_is_wrong(backstory, home, free_port):
    home.write_text("", "utf-8")
    done = backstory("doctor", "--port", free_port)
    assert done.exit_code == 1
    assert f"home {home} cannot be written to" in done.stdout

"""Files of every kind through the command line; what each kind holds, `tests/unit/sources` asks."""

import gzip
import json

import pytest

from backstory.following import import_files as files

PAGE = """<!doctype html><html lang="en"><head><title>Pier shut</title>{head}</head><body><article><h1>Pier shut</h1>
<p>The pier of Lindau was closed on Monday after a ferry struck it in thick fog.</p>
<p>Nobody was hurt, and the pier will stay shut until June, when the divers come back.</p></article></body></html>"""
DATED = '<meta property="article:published_time" content="2016-04-21T09:30:00+02:00">'


def page(name, head=DATED):
    return PAGE.format(head=f'<link rel="canonical" href="https://paper.example/{name}">{head}')


@pytest.fixture
def saved(tmp_path):
    """A folder of three saved pages, one of them without a day and one without an address."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "1.html").write_text(page("1"), "utf-8")
    (folder / "2.html").write_text(page("2", head=""), "utf-8")
    (folder / "3.html").write_text(PAGE.format(head=DATED), "utf-8")
    return folder


@pytest.fixture
def crawl(tmp_path):
    """A web archive of two pages, each record packed by itself."""
    file = tmp_path / "crawl"
    file.write_bytes(b"".join(gzip.compress(record(name)) for name in ("1", "2")))
    return file


def record(name):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(name).encode()
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/{name}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        ).encode()
        + answer
        + b"\r\n\r\n"
    )


def test_saved_pages_are_added_with_the_day_that_they_tell(backstory, saved):
    done = backstory("import", saved)

    assert done.exit_code == 0, done.output
    assert done.stdout == f"{saved}: 1 added, 0 replaced, 0 unchanged, 2 refused\n"
    assert "https://paper.example/2: nothing in its html tells when it came out" in done.stderr
    assert f"{saved / '3.html'}: it does not say where it was published" in done.stderr
    [article] = json.loads(backstory("search", "ferry", "--format", "json").stdout)["articles"]
    assert (article["url"], article["published"][:10]) == ("https://paper.example/1", "2016-04-21")


def test_a_web_archive_is_added_once(backstory, crawl):
    assert "2 added, 0 replaced, 0 unchanged, 0 refused" in backstory("import", crawl).stdout
    assert "0 added, 0 replaced, 2 unchanged, 0 refused" in backstory("import", crawl).stdout


def test_a_web_archive_comes_through_standard_input_too(backstory, crawl):
    assert "2 added" in backstory("import", "-", given=crawl.read_bytes()).stdout


def test_a_web_archive_that_is_cut_off_gives_what_was_whole(backstory, crawl):
    crawl.write_bytes(crawl.read_bytes()[:-100])
    done = backstory("import", crawl)

    assert (done.exit_code, "1 added, 0 replaced, 0 unchanged, 1 refused" in done.stdout) == (0, True)
    assert "breaks off" in done.stderr


def test_addresses_without_a_text_are_counted(backstory, tmp_path):
    table = tmp_path / "pocket.csv"
    table.write_text("title,url,time_added\nPier,https://paper.example/1,1\nFerry,https://paper.example/2,1\n")
    done = backstory("import", table)

    assert done.exit_code == 0
    assert "0 added, 0 replaced, 0 unchanged, 0 refused" in done.stdout
    assert "2 addresses come without a text; --fetch fetches their pages" in done.stderr


def test_of_many_parts_that_cannot_be_read_some_are_told(backstory, tmp_path):
    table = tmp_path / "list.csv"
    table.write_text("title,url\n" + "x,\n" * 30)
    done = backstory("import", table)

    assert done.exit_code == 1
    assert "30 refused" in done.stdout
    assert done.stderr.count("names no web address") == files.TOLD
    assert "and 10 more" in done.stderr


def test_lines_are_sent_together_but_never_kept_waiting():
    parts = [b"x" * 10] * 3 + [files.SIGN_OF_LIFE] + [b"y" * 60_000] * 3
    told: list[int] = []

    sent = list(files.ImportFile(parts, 7, lambda: 1).chunks(told.append))

    assert [len(part) for part in sent] == [31, 120_000, 60_000]
    assert told == [1] * 7

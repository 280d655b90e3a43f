import bz2
import gzip
import json
import os

import pytest

from backstory.errors import SourceError
from backstory.model import Offer
from backstory.sources.files import offers_in, opened
from backstory.sources.unreadable import Unreadable

MOST = 50_000
OWN = "https://paper.example/{}"
WARC_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/crawled\r\n"
    b"Content-Type: application/http\r\nContent-Length: 56\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Crawled.\r\n\r\n\r\n"
)


def saved(name):
    return f'<!doctype html><html><head><link rel="canonical" href="{OWN.format(name)}"></head><body><p>Shut.'.encode()


def kind(tmp_path, content):
    file = tmp_path / "file.txt"
    file.write_bytes(content)
    with opened(file) as found:
        return found.kind


@pytest.mark.parametrize(
    ("content", "is_a"),
    [
        pytest.param(b'{"url": "x"}\n', "lines", id="NDJSON"),
        pytest.param(b'\xef\xbb\xbf \n{"url": "x"}\n', "lines", id="NDJSON after a mark"),
        pytest.param(b"", "lines", id="nothing"),
        pytest.param(WARC_RECORD, "warc", id="WARC"),
        pytest.param(b'<mediawiki xmlns="x">', "mediawiki", id="MediaWiki"),
        pytest.param(b'<?xml version="1.0"?>\n<mediawiki>', "mediawiki", id="MediaWiki after a declaration"),
        pytest.param(b"\n<!DOCTYPE html><html>", "page", id="HTML"),
        pytest.param(b'<?xml version="1.0"?><html xmlns="x">', "page", id="XHTML"),
        pytest.param("<html>Grüße".encode("utf-16"), "page", id="HTML in UTF-16"),
        pytest.param(b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>", "links", id="bookmarks"),
        pytest.param(b"<!DOCTYPE html><html><head><title>Pocket Export</title>", "links", id="Pocket"),
        pytest.param(b"title,url,time_added,tags,status\n", "table", id="CSV"),
        pytest.param(b'[\n {"url": "x"}]', "list", id="a JSON list"),
        pytest.param(b'{"total": 2, "entries": [{"id": 1}]}', "list", id="Miniflux"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "list", id="a JSON feed, saved"),
        pytest.param(b'{"url": "x", "text": "\\"entries\\": ["}', "lines", id="a line that speaks of entries"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress], ids=["plain", "gzip", "bzip2"])
def test_a_file_is_what_it_holds(tmp_path, content, is_a, pack):
    assert kind(tmp_path, pack(content)) == is_a


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"%PDF-1.7", "is a PDF", id="PDF"),
        pytest.param(b"PK\x03\x04", "zip file; unpack it", id="zip"),
        pytest.param(b"\xfd7zXZ\x00", "packed with xz", id="xz"),
        pytest.param(b"\x28\xb5\x2f\xfd", "packed with zstd", id="zstd"),
        pytest.param(b'<?xml version="1.0"?><rss version="2.0">', "feeds are followed", id="a feed"),
        pytest.param(b"<opml version='2.0'>", "feeds are followed", id="OPML"),
        pytest.param(b"Dear reader,", "not NDJSON", id="a letter"),
        pytest.param(b"\x1f\x8b" + b"x" * 99, "cannot be unpacked", id="no gzip"),
        pytest.param(b"BZh9" + b"x" * 99, "cannot be unpacked", id="no bzip2"),
    ],
)
def test_a_file_that_is_not_read_says_what_it_is(tmp_path, content, reason):
    with pytest.raises(SourceError, match=reason):
        kind(tmp_path, content)


def read(path):
    found = list(offers_in(path, max_page_bytes=MOST))
    offers = [each.url.rpartition("/")[2] for each in found if isinstance(each, Offer)]
    return offers, {each.place: each.reason for each in found if isinstance(each, Unreadable)}


def test_a_folder_is_read_with_all_below_it_in_the_order_of_names(tmp_path):
    for name in ("b/2.html", "b/page_files/3", "a.htm", "c.warc", "d.html.gz"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        body = saved(name.partition(".")[0].replace("/", "-"))
        (tmp_path / name).write_bytes(
            WARC_RECORD if name.endswith("warc") else gzip.compress(body) if name.endswith("gz") else body
        )
    (tmp_path / "b/page_files/style.css").write_text("p { color: red }")
    (tmp_path / "b/page_files/photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "b/page_files/drawing.svg").write_bytes(b'<?xml version="1.0"?><svg></svg>')
    (tmp_path / "notes.txt").write_text("remember")

    assert read(tmp_path) == (["a", "crawled", "d", "b-2", "b-page_files-3"], {})


def test_a_page_that_does_not_say_where_it_stood_is_told(tmp_path):
    (tmp_path / "1.html").write_bytes(b"<html><p>It rained.")
    (tmp_path / "2.html").write_bytes(saved("2"))

    offers, unreadable = read(tmp_path)

    assert offers == ["2"]
    assert "does not say where it was published" in unreadable[str(tmp_path / "1.html")]


def test_a_page_that_is_too_large_is_told(tmp_path):
    (tmp_path / "1.html").write_bytes(saved("1") + b" " * MOST)

    assert "more than 50,000 bytes" in read(tmp_path)[1][str(tmp_path / "1.html")]


def test_no_link_leads_out_of_a_folder(tmp_path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    (elsewhere / "secret.html").write_bytes(saved("secret"))
    (home / "1.html").write_bytes(saved("1"))
    (home / "file").symlink_to(elsewhere / "secret.html")
    (home / "folder").symlink_to(elsewhere)
    (home / "again.html").symlink_to(home / "1.html")
    (home / "round").symlink_to(home)
    (home / "nowhere").symlink_to(home / "gone")

    offers, unreadable = read(home)

    assert offers == ["1"]
    assert unreadable == dict.fromkeys(
        (str(home / "file"), str(home / "folder")), "it is a link that leads out of the folder"
    )


def test_what_is_no_file_is_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe.html")

    assert read(tmp_path) == ([], {})


def test_a_page_packed_and_cut_is_told(tmp_path):
    (tmp_path / "1.html.gz").write_bytes(gzip.compress(saved("1") + os.urandom(20_000).hex().encode())[:-2_000])

    assert "breaks off" in read(tmp_path)[1][str(tmp_path / "1.html.gz")]


def test_one_page_and_one_list_are_read_alone(tmp_path):
    (tmp_path / "page").write_bytes(saved("1"))
    (tmp_path / "list").write_text(json.dumps({"total": 1, "entries": [{"url": OWN.format(2), "content": "x"}]}))

    assert read(tmp_path / "page") == (["1"], {})
    assert read(tmp_path / "list") == (["2"], {})


def test_lines_are_handed_on_not_read(tmp_path):
    (tmp_path / "lines").write_text("{}\n")

    with pytest.raises(SourceError, match="handed on as they are"):
        read(tmp_path / "lines")

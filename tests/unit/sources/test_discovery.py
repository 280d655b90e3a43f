"""Where a site keeps its feeds, by its pages, its robots.txt and habit."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.sources.discovery import MAX_FOUND, MAX_SITEMAPS, Found, discover, sitemaps_of, usual_places
from backstory.sources.kinds import what_is

URL = "https://courier.example/news/today.html"


def page(head="", body=""):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def declared(href, kind="application/rss+xml", title="", rel="alternate"):
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


def named(html, url=URL):
    return [found for found in discover(html, url) if not found.is_guess]


@pytest.mark.parametrize(
    ("kind", "href", "found"),
    [
        ("application/rss+xml", "/rss", "rss"),
        ("application/atom+xml; charset=utf-8", "/atom", "atom"),
        ("application/feed+json", "/feed.json", "json"),
        ("application/json", "/feed.json", "json"),
        ("application/json", "/wp-json/wp/v2/posts/1", None),
        ("text/html", "/de/", None),
        ("", "/print", None),
    ],
)
def test_a_declared_feed_is_found_by_its_type(kind, href, found):
    html = page(declared(href, kind, "The Courier"))
    expected = [Found(f"https://courier.example{href}", found, "The Courier")] if found else []
    assert named(html) == expected


def test_an_alternate_style_sheet_is_no_feed():
    assert named(page('<link rel="stylesheet" type="application/rss+xml" href="/x">')) == []


def test_addresses_are_seen_from_the_base_of_the_page():
    assert [found.url for found in named(page(declared("rss.xml")))] == ["https://courier.example/news/rss.xml"]
    html = page('<base href="https://cdn.example/a/">' + declared("rss.xml"))
    assert [found.url for found in named(html)] == ["https://cdn.example/a/rss.xml"]


def test_declared_feeds_come_first_then_linked_ones_then_comments_then_the_usual_places():
    html = page(
        declared("/comments/feed/", title="The Courier » Comments Feed") + declared("/feed/", title="The Courier"),
        '<a href="/sport/rss.xml">Sport</a><a href="/today">Today</a><a href="/follow">RSS</a>',
    )
    found = discover(html, URL)
    paths = [candidate.url.removeprefix("https://courier.example") for candidate in found]

    assert paths[:4] == ["/feed/", "/sport/rss.xml", "/follow", "/comments/feed/"]
    assert all(candidate.is_guess for candidate in found[4:])
    assert "/rss.xml" in paths[4:]
    assert paths.count("/feed/") == 1


@pytest.mark.parametrize(
    "href", ["/feed", "/rss/", "/index.xml", "/a/b.rss", "/?feed=rss2", "/x?format=atom", "/atom.xml"]
)
def test_a_link_that_looks_like_a_feed_is_named(href):
    assert [found.url for found in named(page(body=f'<a href="{href}">x</a>'))] == [f"https://courier.example{href}"]


@pytest.mark.parametrize(
    "href", ["/feedback", "/atomic-energy", "#rss", "javascript:rss()", "/press", "/x?feeding=rss"]
)
def test_a_link_that_only_sounds_like_one_is_not(href):
    assert named(page(body=f'<a href="{href}">x</a>')) == []


def test_what_is_no_page_still_has_usual_places():
    assert {found.is_guess for found in discover(b"", URL)} == {True}
    assert usual_places("nonsense") == ()
    assert usual_places(URL)[0].url == "https://courier.example/feed/"


def test_a_page_of_nothing_but_feeds_names_some_of_them():
    html = page("".join(declared(f"/{number}.rss") for number in range(20_000)))
    assert len(discover(html, URL)) == MAX_FOUND


def test_robots_txt_names_sitemaps():
    robots = (
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /admin\r\nSITEMAP : https://courier.example/a.xml # all\n"
        b"sitemap: /b.xml\nSitemap: https://courier.example/a.xml\nSitemap: nonsense:\n# Sitemap: /c.xml\n"
    )
    assert sitemaps_of(robots, "https://courier.example/robots.txt") == (
        "https://courier.example/a.xml",
        "https://courier.example/b.xml",
    )
    many = b"".join(b"Sitemap: /%d.xml\n" % number for number in range(5_000))
    assert len(sitemaps_of(many, "https://courier.example/robots.txt")) == MAX_SITEMAPS


@pytest.mark.parametrize(
    ("body", "media_type", "kind"),
    [
        (b"<rss version='2.0'/>", "text/html", "feed"),
        (b"<?xml version='1.0'?><!-- a --><rdf:RDF xmlns:rdf='x'/>", "", "feed"),
        (b"\xef\xbb\xbf\n<feed xmlns='http://www.w3.org/2005/Atom'>", "", "feed"),
        ("<feed xmlns='x'/>".encode("utf-16"), "", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "application/json", "feed"),
        (b'{"items": []}', "application/json", "unknown"),
        (b'{"items": []}', "application/feed+json", "feed"),
        (b"<?xml version='1.0'?><urlset>", "", "sitemap"),
        (gzip.compress(b"<sitemapindex>"), "application/gzip", "sitemap"),
        (b"https://courier.example/n/1\nhttps://courier.example/n/2\n", "text/plain", "sitemap"),
        (b"<opml version='2.0'>", "", "opml"),
        (b"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'><p>", "", "page"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "", "page"),
        (b"<div>News</div>", "", "page"),
        (b"Sign in", "text/html; charset=utf-8", "page"),
        (b"<?xml version='1.0'?><note/>", "", "unknown"),
        (b"", "text/html", "unknown"),
        (b"\x1f\x8bbroken", "", "unknown"),
        (b"\x89PNG", "image/png", "unknown"),
        (b"<!--" * 50_000, "", "page"),
    ],
)
def test_what_came_is_told_by_its_first_bytes(body, media_type, kind):
    assert what_is(body, media_type) == kind


@given(st.binary(max_size=200), st.text(max_size=20))
def test_no_bytes_do_harm(body, url):
    discover(body, url)
    discover(page(body.decode("latin-1")), URL)
    sitemaps_of(b"Sitemap: " + body, url)
    what_is(body, url)

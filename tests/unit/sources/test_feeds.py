"""Feeds in every format, as their makers write them and as they should not."""

import json
from datetime import UTC, date, datetime

import pytest

from backstory.errors import SourceError
from backstory.sources.feeds import MAX_ID, MAX_PAGES, Feed, next_page, parse_feed
from backstory.sources.feeds_items import MAX_ITEMS
from servers.feeds import Newsroom
from servers.formats import WRITERS, Channel, Item
from servers.http import Request

URL = "https://courier.example/feed"
LONG = "<p>" + "The harbour of Lindau was closed after a ferry struck the pier. " * 30 + "</p>"


def rss(items="", head="<title>The Courier</title><link>https://courier.example/</link>", root=""):
    return f'<?xml version="1.0"?>\n<rss version="2.0" {root}><channel>{head}{items}</channel></rss>'.encode()


def atom(entries="", head="<title>The Courier</title>", root=""):
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {root}>{head}{entries}</feed>'.encode()


def json_feed(items, **head):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items} | head).encode()


def item(inner="", link="https://courier.example/n/1", title="Ferry strikes pier"):
    return f"<item><title>{title}</title><link>{link}</link>{inner}</item>"


def only(body, **options):
    [found] = parse_feed(body, URL, **options).items
    return found


# --- every format ---------------------------------------------------------------------------------


@pytest.mark.parametrize("format_name", WRITERS)
def test_every_format_offers_the_same(format_name):
    at = datetime(2024, 5, 7, 8, 15, tzinfo=UTC)
    channel = Channel(title="The Courier", site="https://courier.example/", url=URL)
    told = Item(id="c-1", url="https://courier.example/n/1", title="Ferry & pier <shut>", summary="Short.", at=at)

    feed = parse_feed(WRITERS[format_name](channel, [told]).encode(), URL)
    [found] = feed.items

    assert (feed.title, feed.site, feed.trouble) == ("The Courier", "https://courier.example/", ())
    assert (found.offer.url, found.offer.html, found.offer.text) == ("https://courier.example/n/1", "", "")
    assert found.offer.headline == "Ferry & pier <shut>"
    if format_name != "rss0.91":
        assert found.offer.published
        assert found.offer.published.at == at


@pytest.mark.parametrize("format_name", ["rss2", "atom1", "atom0.3", "json1", "json1.1"])
def test_a_feed_that_carries_its_articles_offers_them_whole(format_name):
    newsroom = Newsroom(4, formats=(format_name,))
    answer = newsroom.answer(Request("GET", "/3/feed", {}, {"host": "courier.example"}))
    story = newsroom.outlets[3].shown[0]

    feed = parse_feed(answer.body, "https://courier.example/3/feed")

    assert feed.items[0].offer.html.startswith(f"<p>{story.paragraphs[0]}")
    assert feed.items[0].offer.publisher == "Courier No. 3"
    assert feed.items[0].offer.language == "en"
    assert len(feed.items) == 5


def test_rss_090_has_a_namespace_of_its_own():
    body = (
        b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>The Courier</title></channel>'
        b"<item><title>Ferry strikes pier</title><link>https://courier.example/n/1</link></item></rdf:RDF>"
    )
    assert only(body).offer.headline == "Ferry strikes pier"


def test_a_feed_without_items_is_a_feed():
    assert parse_feed(rss(), URL) == Feed(title="The Courier", site="https://courier.example/")
    assert parse_feed(atom(), URL).items == ()


# --- what an item is known by ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "name"),
    [
        pytest.param('<guid isPermaLink="false">c-1</guid>', "c-1", id="its own id"),
        pytest.param("", "https://courier.example/n/1", id="its address where it has none"),
        pytest.param("<guid> </guid>", "https://courier.example/n/1", id="its address where its id is blank"),
    ],
)
def test_an_item_is_known_by(inner, name):
    assert only(rss(item(inner))).id == name


def test_an_id_that_is_given_to_several_articles_is_none():
    same = "<guid>courier</guid>"
    links = [f"https://courier.example/n/{number}" for number in range(3)]

    feed = parse_feed(rss("".join(item(same, link) for link in links)), URL)

    assert [found.id for found in feed.items] == links


def test_an_item_that_comes_twice_is_taken_once():
    assert len(parse_feed(rss(item("<guid>a</guid>") * 2), URL).items) == 1
    assert len(parse_feed(rss(item("<guid>a</guid>") + item("<guid>b</guid>")), URL).items) == 1


def test_an_endless_id_is_known_by_its_digest():
    name = only(rss(item(f"<guid>{'x' * 10_000}</guid>"))).id
    assert name.startswith("sha256:")
    assert len(name) <= MAX_ID


# --- where it leads ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "url"),
    [
        pytest.param(rss(item(link="/n/1?a=1&amp;utm_source=rss&amp;b=2")), "/n/1?a=1&b=2", id="relative, tracked"),
        pytest.param(rss(item(link="https://courier.example/n/1?partner=rss&amp;emc=rss")), "/n/1", id="said by value"),
        pytest.param(rss(item(link="https://courier.example/n/1#comments")), "/n/1", id="a place in the page"),
        pytest.param(rss(item(link="https://courier.example/#!/n/1")), "/#!/n/1", id="a page that a script reads"),
        pytest.param(
            rss(item("<feedburner:origLink>https://courier.example/n/2</feedburner:origLink>"),
                root='xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'),
            "/n/2", id="not its proxy"),
        pytest.param(
            rss("<item><title>T</title><guid>https://courier.example/n/3</guid></item>"), "/n/3", id="a permanent id"),
        pytest.param(
            rss("<item><atom:link href='/n/4'/></item>", root='xmlns:atom="http://www.w3.org/2005/Atom"'),
            "/n/4", id="an Atom link in RSS"),
        pytest.param(
            rss(item(link="<![CDATA[\n https://courier.example/n/5?x=1&y=2 \n]]>")), "/n/5?x=1&y=2", id="in CDATA"),
        pytest.param(
            atom('<entry xml:base="n/"><id>x</id><link rel="enclosure" href="a.mp3"/><link href="6"/></entry>',
                 root='xml:base="/"'),
            "/n/6", id="by xml:base"),
        pytest.param(
            atom('<entry><link href="/n/7.pdf" type="application/pdf"/><link href="/n/7" type="text/html"/></entry>'),
            "/n/7", id="to HTML before others"),
        pytest.param(json_feed([{"id": 1, "url": "/n/8", "external_url": "https://b.example/"}]), "/n/8", id="JSON"),
        pytest.param(json_feed([{"id": "https://courier.example/n/9"}]), "/n/9", id="an id that is an address"),
    ],
)  # fmt: skip
def test_an_item_leads_to(body, url):
    assert only(body).offer.url == f"https://courier.example{url}"


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "http://[bad",
        "mailto:a@b.example",
        "http:///x",
        "file:///etc/passwd",
        "https://courier.example:99999/",
        "https://courier.example/" + "a" * 3_000,
    ],
)
def test_an_item_that_leads_nowhere_is_left_out_and_counted(link):
    feed = parse_feed(rss(f"<item><title>T</title><guid isPermaLink='false'>1</guid><link>{link}</link></item>"), "")
    assert feed.items == ()
    assert feed.trouble == ("1 of its items lead nowhere",)


# --- when, who and what -------------------------------------------------------------------------------


def test_the_first_date_that_means_anything_is_the_day_of_publication():
    dates = "<pubDate>soon</pubDate><dc:date>2024-05-07T10:00:00Z</dc:date>"
    offer = only(rss(item(dates), root='xmlns:dc="http://purl.org/dc/elements/1.1/"')).offer
    assert offer.published
    assert offer.published.day == date(2024, 5, 7)


def test_an_entry_that_was_only_updated_came_out_then():
    entry = "<entry><id>1</id><link href='/n/1'/><updated>2024-05-07T10:00:00Z</updated></entry>"
    found = only(atom(entry))
    assert found.offer.published == found.updated
    assert found.updated
    assert found.updated.day == date(2024, 5, 7)


def test_a_date_after_the_moment_of_reading_is_none():
    body = rss(item("<pubDate>Tue, 07 May 2084 10:00:00 GMT</pubDate>"))
    assert only(body, read_at=datetime(2024, 5, 8, tzinfo=UTC)).offer.published is None
    assert only(body).offer.published is not None


@pytest.mark.parametrize(
    ("inner", "authors"),
    [
        ("<author>ada@courier.example (Ada Brinkmann)</author>", ("Ada Brinkmann",)),
        ("<author>ada@courier.example</author>", ()),
        ("<author>Ada Brinkmann</author>", ("Ada Brinkmann",)),
        ("<dc:creator>Ada Brinkmann</dc:creator><dc:creator>Tomas Vell</dc:creator>", ("Ada Brinkmann", "Tomas Vell")),
        ("<atom:author><atom:name>Ada Brinkmann</atom:name></atom:author>", ("Ada Brinkmann",)),
        ("<dc:creator>The Courier</dc:creator>", ()),
    ],
)
def test_authors_are_people_with_names(inner, authors):
    root = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    assert only(rss(item(inner), root=root)).offer.authors == authors


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Smith &amp;amp; Sons", "Smith & Sons"),
        ("&lt;b&gt;Ferry&lt;/b&gt; strikes", "Ferry strikes"),
        ("<![CDATA[Why 3 < 4 & 5 > 2]]>", "Why 3 < 4 & 5 > 2"),
        ("  Two\n  lines ", "Two lines"),
    ],
)
def test_a_headline_is_one_line_without_markup(written, read):
    assert only(rss(item(title=written))).offer.headline == read


def test_a_title_of_plain_text_keeps_its_marks():
    entry = "<entry><id>1</id><link href='/n/1'/><title>&lt;title&gt; &amp;amp; all</title></entry>"
    assert only(atom(entry)).offer.headline == "<title> &amp; all"


def test_xhtml_content_is_the_article():
    entry = (
        "<entry><id>1</id><link href='/n/1'/><content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'>"
        f"{LONG.replace('p>', 'h:p>')}</h:div></content></entry>"
    )
    html = only(atom(entry)).offer.html
    assert html.startswith("<div><p>The harbour")
    assert "h:" not in html


@pytest.mark.parametrize(
    ("footer", "kept"),
    [
        ('<p>The post <a href="https://courier.example/n/1">Ferry</a> appeared first on <a href="/">C</a>.</p>', False),
        ('<p>Der Beitrag <a href="https://courier.example/n/1?utm_source=rss">Ferry</a> erschien zuerst.</p>', False),
        ('<p>The pier is described <a href="https://courier.example/n/12">here</a>.</p>', True),
        (f'<p>As <a href="https://courier.example/n/1">we</a> said: {"the pier stays shut; " * 20}</p>', True),
        ("<p>Nobody was hurt.</p>", True),
    ],
)
def test_a_last_paragraph_that_leads_back_to_the_article_is_no_part_of_it(footer, kept):
    html = only(rss(item(f"<description><![CDATA[{LONG}{footer}]]></description>"))).offer.html
    assert html == (LONG + footer if kept else LONG)


def test_plain_content_is_offered_as_text():
    words = "The harbour of Lindau was closed. " * 60
    offer = only(json_feed([{"id": "1", "url": "/n/1", "content_text": words}])).offer
    assert (offer.text, offer.html) == (words, "")


@pytest.mark.parametrize(
    "entry",
    [
        '<content type="image/png" mode="base64">' + "aGFyYm91cg==" * 300 + "</content>",
        '<content src="https://courier.example/n/1.pdf" type="application/pdf"/>',
        "<summary>The harbour of Lindau was closed.</summary>",
    ],
)
def test_what_is_no_article_is_not_offered_as_one(entry):
    offer = only(atom(f"<entry><id>1</id><link href='/n/1'/>{entry}</entry>")).offer
    assert (offer.text, offer.html) == ("", "")


def test_an_article_taken_over_from_another_outlet_is_the_other_outlets():
    assert (
        only(rss(item('<source url="https://gazette.example/rss">The Gazette</source>'))).offer.publisher
        == "The Gazette"
    )


# --- what a feed says of itself --------------------------------------------------------------------


def test_a_feed_says_how_often_it_is_to_be_read():
    hours = "".join(f"<hour>{hour}</hour>" for hour in (0, 24, 5))
    head = f"<ttl>60</ttl><skipHours>{hours}</skipHours><skipDays><day>Sunday</day></skipDays>"
    feed = parse_feed(rss(head=head), URL)
    assert feed.ttl_seconds == 3_600
    assert (sorted(feed.rests.hours), sorted(feed.rests.days)) == ([0, 5], [6])


def test_a_feed_says_where_it_goes_on_and_where_it_is_handed_out():
    links = '<link rel="next" href="/feed?page=2"/><link rel="hub" href="https://hub.example/"/>'
    assert parse_feed(atom(head=links), URL).next_url == "https://courier.example/feed?page=2"
    assert parse_feed(atom(head=links), URL).hub == "https://hub.example/"
    told = json_feed([], next_url="/feed?page=2", hubs=[{"type": "WebSub", "url": "https://hub.example/"}])
    assert parse_feed(told, URL).next_url == "https://courier.example/feed?page=2"
    assert parse_feed(told, URL).hub == "https://hub.example/"


def test_nobody_is_led_in_a_circle():
    feed = parse_feed(json_feed([], next_url="/feed?page=2"), URL)
    assert next_page(feed, {URL}) == "https://courier.example/feed?page=2"
    assert next_page(feed, {URL, "https://courier.example/feed?page=2"}) == ""
    assert next_page(feed, {f"{URL}?page={number}" for number in range(3, 3 + MAX_PAGES)}) == ""
    assert parse_feed(json_feed([], next_url=URL), URL).next_url == ""


def test_json_items_without_an_id_are_ignored_and_numbers_are_ids():
    items = [{"url": "/a"}, {"id": 17, "url": "/b"}, {"id": "", "url": "/c"}, {"id": True, "url": "/d"}, "e"]
    feed = parse_feed(json_feed(items), URL)
    assert [found.id for found in feed.items] == ["17"]
    assert feed.trouble == ("4 of its items have no id, and are to be ignored",)


# --- what is malformed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rss(item(title="Smith & Sons") + item(link="/n/2")), id="a bare ampersand"),
        pytest.param(rss(item(title="Caf&eacute; closed") + item(link="/n/2")), id="a name of HTML"),
        pytest.param(rss(item(title="One\x0btwo\x00") + item(link="/n/2")), id="characters that XML has not"),
        pytest.param(rss(item("<description><b>no <i>end</description>") + item(link="/n/2")), id="tags left open"),
        pytest.param(rss(item("<dc:date>2024-05-07</dc:date>") + item(link="/n/2")), id="a prefix never declared"),
        pytest.param(rss(item("</b></b>") + item(link="/n/2")), id="ends without beginnings"),
        pytest.param(rss(item(title="<") + item(link="/n/2")), id="a bare bracket"),
        pytest.param(rss(item() + item(link="/n/2")) + b"<script>track()</script>", id="something after its end"),
        pytest.param(
            b"<br />\n<b>Warning</b>: disk full\n" + rss(item() + item(link="/n/2")), id="a warning before it"
        ),
        pytest.param(b"\n\n  " + rss(item() + item(link="/n/2")), id="blank lines before it"),
        pytest.param(b"\xef\xbb\xbf" + rss(item() + item(link="/n/2")), id="a mark before it"),
    ],
)
def test_one_fault_does_not_spoil_the_items_around_it(body):
    feed = parse_feed(body, URL)
    assert [found.offer.url for found in feed.items] == ["https://courier.example/n/1", "https://courier.example/n/2"]
    assert feed.title == "The Courier"


def test_of_a_feed_that_is_cut_short_the_last_item_waits_for_the_next_time():
    feed = parse_feed(rss(item() + item(link="/n/2") + item(link="/n/3"))[:-60], URL)
    assert len(feed.items) == 2
    assert feed.trouble[-1] == "it is cut short; its last item was left out"


def test_of_json_that_is_cut_short_the_items_before_the_cut_are_read():
    body = json_feed([{"id": str(number), "url": f"/n/{number}"} for number in range(3)])
    feed = parse_feed(body[:-20], URL)
    assert [found.id for found in feed.items] == ["0", "1"]
    assert feed.trouble[0].startswith("not well-formed: ")


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "koi8-r", "no-such", "punycode", ""])
def test_utf_8_is_read_whatever_it_says_it_is(declared):
    body = f'<?xml version="1.0" encoding="{declared}"?>'.encode() + rss(item(title="Zürich ехал"))[21:]
    assert only(body, charset=declared).offer.headline == "Zürich ехал"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "utf-32"])
def test_wide_characters_are_read(encoding):
    body = rss(item(title="Zürich")).decode().encode(encoding)
    assert only(body).offer.headline == "Zürich"


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("koi8-r", "Паром"),
        ("shift_jis", "フェリー"),
        ("gb2312", "渡轮"),
        ("iso-8859-1", "Zürich – “heute”"),
        ("iso-2022-jp", "港湾"),
    ],
)
def test_older_encodings_are_read_by_declaration_or_by_what_the_server_says(encoding, title):
    body = rss(item(title=title)).decode()[21:].encode("windows-1252" if encoding == "iso-8859-1" else encoding)
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    assert only(declared + body).offer.headline == title
    assert only(body, charset=encoding).offer.headline == title


def test_more_items_than_any_feed_has_are_not_read():
    feed = parse_feed(rss("".join(item(link=f"/n/{number}") for number in range(MAX_ITEMS + 5))), URL)
    assert len(feed.items) == MAX_ITEMS
    assert feed.trouble == (f"only the first {MAX_ITEMS:,} of its items were read",)


# --- what is no feed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "there is nothing in it"),
        (b"  \n", "there is nothing in it"),
        (b"<!doctype html><title>Sign in</title><form></form>", "this is a web page and no feed"),
        (
            b'<html><head><link rel=alternate type="application/rss+xml" href=/rss></head><body>News</body></html>',
            "this is a web page; its feeds are: https://courier.example/rss",
        ),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "this is a sitemap and no feed"),
        (b'<opml version="2.0"><body/></opml>', "this is an OPML list of feeds and no feed"),
        (b'{"error": "no such feed"}', "this is JSON, but no JSON Feed"),
        (b"[1, 2]", "no object"),
        (b"{" * 100_000, "no JSON that can be read"),
        (b"\x89PNG\r\n\x1a\n\x00", "this is no feed"),
        (b'<?xml version="1.0"?><note/>', "this is no feed"),
        (b"<rss/>", "neither a channel nor items"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body, says):
    with pytest.raises(SourceError, match=says):
        parse_feed(body, URL)

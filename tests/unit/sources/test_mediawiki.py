import bz2
import gzip
import io
import tracemalloc
from xml.sax.saxutils import escape

import pytest

from backstory.sources.mediawiki import MAX_PAGE, Wiki, WikiPage, pages_of
from backstory.sources.unpacking import unpacked
from backstory.sources.unreadable import Unreadable

HEAD = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">\n<siteinfo>'
    "<sitename>Wikinews</sitename><dbname>enwikinews</dbname><base>https://en.wikinews.org/wiki/Main_Page</base>"
    '<namespaces><namespace key="0" case="first-letter" /></namespaces></siteinfo>\n'
)
END = "</mediawiki>"
WIKI = Wiki("Wikinews", "https://en.wikinews.org/wiki/Main_Page", "en")


def revision(text="It rained.", *, parent="", at="2016-06-07T10:00:00Z"):
    before = f"<parentid>{parent}</parentid>" if parent else ""
    return (
        f"<revision><id>9</id>{before}<timestamp>{at}</timestamp><contributor><username>A. Ott</username><id>4</id>"
        f'</contributor><comment>x</comment><text bytes="10" xml:space="preserve">{escape(text)}</text></revision>'
    )


def page(title, *revisions, namespace="0", more=""):
    return (
        f"<page><title>{escape(title)}</title><ns>{namespace}</ns><id>7</id>{more}"
        f"{''.join(revisions) or revision(parent='8')}</page>\n"
    )


def read(text, pack=lambda content: content):
    return list(pages_of(unpacked(io.BufferedReader(io.BytesIO(pack(text.encode()))))))


def in_two_streams(content):
    return bz2.compress(content[: len(content) // 2]) + bz2.compress(content[len(content) // 2 :])


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, in_two_streams])
def test_a_dump_is_read_page_by_page(pack):
    dump = HEAD + page("Rain & <wind>", revision("It rained & rained.", parent="8")) + page("Sun") + END

    assert read(dump, pack) == [
        WikiPage(wiki=WIKI, title="Rain & <wind>", markup="It rained & rained."),
        WikiPage(wiki=WIKI, title="Sun", markup="It rained."),
    ]


def test_talk_and_pages_that_lead_on_are_passed_over():
    leading = page("Wet", more='<redirect title="Rain" />')
    assert read(HEAD + page("Talk:Rain", namespace="1") + leading + page("Rain") + END)[0].title == "Rain"


def test_the_last_revision_counts_and_the_first_says_when_it_began():
    first, last = revision("At first.", at="2005-02-01T00:00:00Z"), revision("At last.", parent="8")

    [found] = read(HEAD + page("Rain", first, last) + END)

    assert (found.markup, found.begun) == ("At last.", "2005-02-01T00:00:00Z")


def test_where_the_first_revision_is_not_there_nothing_says_when_it_began():
    assert read(HEAD + page("Rain", revision(parent="8")) + END)[0].begun == ""


def test_an_old_dump_does_not_say_which_revision_is_the_first():
    old = HEAD.replace('version="0.11"', 'version="0.3"')
    assert read(old + page("Rain", revision()) + END)[0].begun == ""


def test_a_dump_that_is_cut_off_gives_what_was_whole():
    dump = HEAD + page("Rain") + page("Sun")

    rain, broken = read(dump[:-40])

    assert rain.title == "Rain"
    assert isinstance(broken, Unreadable)
    assert broken.place == "Sun"
    assert broken.reason.startswith("the file breaks off here: ")


def test_a_packed_dump_that_is_cut_off_gives_what_was_whole():
    whole = HEAD + "".join(page(f"Rain {number}", revision("It rained. " * 500)) for number in range(900))

    *pages, broken = read(whole + END, lambda content: gzip.compress(content)[:-3_000])

    assert len(pages) > 100
    assert isinstance(broken, Unreadable)


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("dump", "reason"),
    [
        pytest.param(BOMB + HEAD + page("&b;") + END, "declares no document type", id="entities of its own"),
        pytest.param(HEAD + page("x").replace("<ns>", "<ns>&c;"), "undefined entity", id="an unknown entity"),
        pytest.param(HEAD + "<a>" * 60, "50 levels", id="deep nesting"),
        pytest.param(HEAD + "<page " + "x" * 9_000_000, "does not end", id="a tag without end"),
        pytest.param(HEAD + "<page><title>x</page>", "mismatched tag", id="wrong nesting"),
        pytest.param("<mediawiki>\x00", "not well-formed", id="no XML"),
    ],
)
def test_what_is_no_dump_is_told(dump, reason):
    [broken] = read(dump)

    assert reason in broken.reason


def test_a_page_without_end_is_passed_over_and_never_held():
    long = revision("It rained. " * (MAX_PAGE // 5))
    dump = HEAD + page("Long", long) + page("Rain") + END
    content: io.BufferedReader = io.BufferedReader(io.BytesIO(gzip.compress(dump.encode())))
    del long, dump

    tracemalloc.start()
    too_long, rain = pages_of(unpacked(content))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert too_long == Unreadable("Long", "it has more than 4,000,000 characters")
    assert isinstance(rain, WikiPage)
    assert peak < 20_000_000

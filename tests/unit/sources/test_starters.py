from pathlib import Path
from urllib.parse import urlsplit

from backstory.sources.opml import read_opml, write_opml
from backstory.sources.starters import starters


def test_there_are_outlets_of_many_regions_to_begin_with():
    feeds = read_opml(starters())

    assert 20 <= len(feeds) <= 30
    assert len({feed.folder for feed in feeds}) >= 6
    assert all(feed.title and feed.site and feed.folder for feed in feeds)
    assert {urlsplit(feed.url).scheme for feed in feeds} == {"https"}


def test_every_outlet_of_the_list_is_read_and_none_comes_twice():
    feeds = read_opml(starters())

    assert starters().count(b"xmlUrl=") == len(feeds) == len({feed.title for feed in feeds})
    assert read_opml(write_opml(feeds)) == feeds


def test_the_documents_name_every_outlet_and_say_that_none_was_tried():
    document = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")

    assert "not one of them was tried" in document
    assert not [feed.title for feed in read_opml(starters()) if feed.title not in document]

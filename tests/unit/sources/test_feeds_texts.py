import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.sources.feeds_links import article_address, whole
from backstory.sources.feeds_texts import FULL_TEXT, MAX_LINE, Words, fit, full_text, line, plain, plain_line

SENTENCE = "The harbour of Lindau was closed after a ferry struck the pier. "
ARTICLE = SENTENCE * (FULL_TEXT // len(SENTENCE) + 1)


def test_a_text_is_the_article_from_its_length_on():
    whole_one = Words(f"<p>{ARTICLE}</p>")
    assert full_text([Words("<p>Short.</p>"), whole_one]) == whole_one
    assert full_text([Words(f"<p>{ARTICLE[: FULL_TEXT - 1]}</p>")]) is None
    assert full_text([]) is None


def test_markup_does_not_count():
    assert full_text([Words(f'<a href="{"x" * FULL_TEXT}">Ferry strikes pier</a>')]) is None


@pytest.mark.parametrize(
    "ending",
    ["…", "[...]", "[&#8230;]", "<a href='/n/1'>Continue reading</a>", "Read more »", "Weiterlesen …", "[+2100 chars]",
     "<p><a>Continue reading the story of the ferry</a></p>"],
)  # fmt: skip
def test_a_text_that_says_it_goes_on_elsewhere_is_not_the_article(ending):
    assert full_text([Words(f"<p>{ARTICLE}</p> {ending}")]) is None


@pytest.mark.parametrize("ending", ["", "“We will read more,” she said.", "They did not continue reading."])
def test_an_ordinary_ending_is_none_of_that(ending):
    assert full_text([Words(f"<p>{ARTICLE} {ending}</p>")]) is not None


def test_words_are_told_without_their_markup():
    assert plain(Words("<p>One &amp; two</p><p>three</p>")) == "One & two three"
    assert plain(Words("1 < 2 &amp; 3", is_html=False)) == "1 < 2 &amp; 3"


@given(st.text(max_size=300))
def test_lines_are_short_single_and_can_be_written(text):
    for made in (line(text), plain_line(text), line(text * 50)):
        assert len(made) <= MAX_LINE
        assert "\n" not in made
        made.encode()


@given(st.text(st.characters(), max_size=100))
def test_what_is_made_fit_can_be_written_and_is_fit(text):
    fit(text).encode()
    assert fit(fit(text)) == fit(text)


@given(st.text(max_size=100), st.sampled_from(["", "https://courier.example/a/", "http://[::1]/"]))
def test_an_address_is_whole_or_empty(link, base):
    address = whole(link, base)
    assert not address or address.startswith(("http://", "https://"))
    assert whole(address, base) == address
    cleaned = article_address([address])
    assert article_address([cleaned]) == cleaned


@pytest.mark.parametrize(
    ("link", "cleaned"),
    [
        ("https://c.example/n?utm_source=a&id=7&UTM_medium=b", "https://c.example/n?id=7"),
        ("https://c.example/n?at_medium=RSS&at_campaign=rss", "https://c.example/n"),
        ("https://c.example/n?attempt=1&reference=2", "https://c.example/n?attempt=1&reference=2"),
        ("https://c.example/n?ref=17", "https://c.example/n?ref=17"),
        ("https://c.example/n?ref=rss", "https://c.example/n"),
        ("https://c.example?a=%C3%BC&b", "https://c.example/?a=%C3%BC&b"),
    ],
)
def test_only_what_says_where_a_reader_came_from_is_dropped(link, cleaned):
    assert article_address([link]) == cleaned

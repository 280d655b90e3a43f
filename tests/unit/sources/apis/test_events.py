import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.sources.apis.events import MAX_LINE, Report, events_of
from growth import grows_in_line

NEW = """{{Current events|year=2026|month=04|day=1|content=
<!-- All news items below this line -->
'''Disasters and accidents'''
*[[2026 Lindau floods|Floods in Lindau]]
**[[Eastern pier]]
***A [[ferry]] hits '''the''' [[P|pier]]. [https://c.example/a (''Courier'')] [https://t.example/b (AP via ''Times'')]
**Sandbags are laid. [https://courier.example/c]
*(see below)
*The mayor resigns. [//odd.example (x)] [http://post.example/d (''Post'')]
'''Law and crime'''
*A court closes the [[harbour]]. [https://courier.example/e (The Lake Courier)]
<!-- All news items above this line -->}}"""


def test_an_event_has_its_topic_its_words_and_its_reports():
    events = list(events_of(NEW))

    assert [(event.topic, event.text) for event in events] == [
        ("Eastern pier", "A ferry hits the pier."),
        ("Floods in Lindau", "Sandbags are laid."),
        ("", "The mayor resigns. (x)"),
        ("", "A court closes the harbour."),
    ]
    assert events[0].reports == (
        Report("https://c.example/a", "Courier"),
        Report("https://t.example/b", "Times"),
    )
    assert events[1].reports == (Report("https://courier.example/c", "courier.example"),)


def test_the_pages_of_former_years_are_read_too():
    old = (
        "{{Current events header|2009|06|07}}\n<!-- All news items below this line -->\n;Politics\n"
        "* [[Lindau]] elects a mayor. [http://courier.example/f (Lake Courier)]\n|}"
    )
    assert [event.text for event in events_of(old)] == ["Lindau elects a mayor."]


def test_a_page_without_events_has_none():
    assert list(events_of("")) == list(events_of("== Talk ==\n*Nothing yet\n")) == []


@given(st.text(alphabet="*[]{}|'\n <>-!/:.ahtps#()", max_size=400))
def test_whatever_a_page_says_an_event_has_words_and_reports(markup):
    for event in events_of(markup):
        assert event.text.strip()
        assert event.reports


@pytest.mark.parametrize(
    "piece",
    ["*[https://a.example/", "*[[", "{{", "*" * 50, "<!--", "*a [https://a.example/x (y", "'''", "*[https://a b] "],
)
def test_no_page_takes_longer_than_in_line_with_its_size(piece):
    def work(markup):
        list(events_of(markup))
        list(events_of(markup.replace("*", "\n*")))

    assert grows_in_line(work, piece * (20_000 // len(piece)), piece * (320_000 // len(piece)), times=16)
    assert MAX_LINE <= 20_000

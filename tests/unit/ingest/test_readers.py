import json
import os

import pytest

import perils
from backstory.ingest import readers as module
from backstory.ingest.lines import Line
from backstory.ingest.offers import ANY_TIME
from backstory.ingest.readers import Readers
from backstory.ingest.reading import LineReader, Refusal
from backstory.model import Article


@pytest.fixture
def readers():
    made = Readers(LineReader(perils.read, 10_000, ANY_TIME), jobs=2, read_here=0)
    yield made
    made.close()


def lines(*htmls: str) -> list[Line]:
    said = [{"url": f"https://paper.example/{html}", "html": html, "published": "2024-05-07"} for html in htmls]
    raws = [json.dumps(each).encode() for each in said]
    return [Line(number, raw, len(raw)) for number, raw in enumerate(raws, start=1)]


def names(found):
    return [it.url.rpartition("/")[2] if isinstance(it, Article) else it and it.line for it in found]


def test_pages_are_read_by_other_processes_and_come_in_order(readers):
    found = readers.read(lines(*map(str, range(40))))

    assert names(found) == [str(number) for number in range(40)]
    processes = {it.text.rpartition(" ")[2] for it in found if isinstance(it, Article)}
    assert processes
    assert str(os.getpid()) not in processes


def test_a_page_that_ends_its_process_is_refused_and_the_rest_goes_on(readers):
    found = readers.read(lines("1", "end", "3", "4", "end too", "6"))

    assert names(found) == ["1", 2, "3", "4", 5, "6"]
    assert found[1] == Refusal(2, "reading it ended the process that read it")
    assert names(readers.read(lines("7", "8"))) == ["7", "8"]


def test_a_page_that_is_never_done_is_refused(readers, monkeypatch):
    readers.read(lines("1"))  # processes are up now
    monkeypatch.setattr(module, "MAX_READ_SECONDS", 0.5)

    found = readers.read(lines("2", "wait"))

    assert found[1] == Refusal(2, "it was not read within 0.5 s")


def test_lines_without_html_and_refused_ones_are_what_they_are_here(readers):
    [page] = lines("1")
    text = Line(2, b'{"url": "https://paper.example/2", "text": "A text.", "published": "2024-05-07"}', 80)

    found = readers.read([page, text, Line(3, b" ", 1), Line(4, b"", 20_000), Line(5, b'{"html": 7}', 11)])

    assert names(found) == ["1", "2", None, 4, 5]


def test_a_few_pages_are_read_here():
    here = Readers(LineReader(perils.read, 10_000, ANY_TIME), jobs=2, read_here=3)

    [first, second] = here.read(lines("1", "2"))

    assert isinstance(first, Article)
    assert first.text.endswith(f"by {os.getpid()}")
    assert isinstance(second, Article)
    here.close()

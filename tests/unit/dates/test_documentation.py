"""docs/dates.md: every row of its tables says what the tagger says."""

import re
from datetime import date
from pathlib import Path

import pytest

from backstory.dates import tag
from backstory.model import Publication

_PAGE = Path(__file__).parents[3] / "docs" / "dates.md"
_PUBLISHED = Publication(date(2016, 4, 21))
_ROW = re.compile(r"^\| (?P<sentence>[^|]+) \| (?P<rest>[^|]*\|[^|]*\|[^|]*) \|$", re.MULTILINE)
_HEADINGS = {"Sentence", "---", "Satz"}


def row(sentence, language="en"):
    """The row of a sentence: its expressions in bold, their values, days, and how they were reckoned."""
    found = tag(sentence, _PUBLISHED, language)
    marked, end = "", 0
    for expression in found:
        marked += f"{sentence[end : expression.span.start]}**{expression.span.of(sentence)}**"
        end = expression.span.end
    columns = (
        [f"{one.type} {one.value}{' ' + one.mod if one.mod else ''}" for one in found],
        [f"{one.interval.start} … {one.interval.end}" if one.interval else "–" for one in found],
        [one.reckoned or "–" for one in found],
    )
    return f"| {marked}{sentence[end:]} | " + " | ".join("<br>".join(column) or "none" for column in columns) + " |"


def _rows():
    page = _PAGE.read_text("utf-8")
    german = page.index("## German")
    for found in _ROW.finditer(page):
        if found["sentence"] not in _HEADINGS:
            yield pytest.param(found[0], "de" if found.start() > german else "en", id=found["sentence"])


@pytest.mark.parametrize(("written", "language"), list(_rows()))
def test_the_page_says_what_the_tagger_says(written, language):
    sentence = written.split(" | ")[0].removeprefix("| ").replace("**", "")

    assert written == row(sentence, language)


def test_the_page_has_examples_of_every_kind():
    page = _PAGE.read_text("utf-8")

    for word in ("DATE", "TIME", "DURATION", "SET", "APPROX", "START", "MID", "END", "PRESENT_REF", "BC0044", "none"):
        assert word in page

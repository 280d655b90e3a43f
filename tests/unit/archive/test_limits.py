"""The limits that `docs/archive.md` lists, against those that hold."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from backstory.retrieval.passages import MOST_WORDS

PAGE = Path(__file__).parents[3] / "docs" / "archive.md"
ROWS = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \| (.+?) \| `(\S+)\.py` \|$", PAGE.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("names", "said", "module"), ROWS, ids=[names for names, _, _ in ROWS])
def test_a_documented_limit_is_the_one_that_holds(names: str, said: str, module: str) -> None:
    numbers = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", said.replace(" MB", ",000,000"))]

    for name in re.findall("[A-Z_]+", names):
        assert getattr(import_module(f"backstory.{module.replace('/', '.')}"), name) in numbers


def test_the_page_lists_limits() -> None:
    assert len(ROWS) >= 7
    assert MOST_WORDS == 120

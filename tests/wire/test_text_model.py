"""The service and the extension read a page's text alike: `extension/tests/text-model.test.ts` has the same cases."""

import json
from pathlib import Path

import pytest

from backstory.reading.layout import layout_of
from backstory.reading.tree import parse

CASES = json.loads(Path(__file__).with_name("text-model.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_text_is_read_as_the_extension_reads_it(case):
    layout = layout_of(parse(f"<!doctype html><html><body>{case['html']}</body></html>"))

    assert "\n\n".join(piece.text for piece in layout.pieces) == case["text"]

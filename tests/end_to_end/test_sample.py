"""The sample articles over the sample coverage, as `make run` shows them: each link first or silence.

`sample/<slug>.json` says for sentences of an article which item should come first, or "nothing".
"""

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from backstory.app import create_app
from backstory.sample import articles
from backstory.settings import Settings

_EXPECTED = {path.stem: json.loads(path.read_text("utf-8")) for path in Path(__file__).parent.glob("sample/*.json")}
_SILENT = "nothing"

# Shares of the sentences of all three articles. The rest are hard on purpose: "the next day" after an announcement,
# or a meeting to come that looks like one that was.
FIRST_RIGHT = 0.8
RIGHTLY_SILENT = 0.4


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """For each article, the first address beside each claim, or "nothing"."""
    return asyncio.run(_annotate_all(Settings(home=tmp_path_factory.mktemp("home"))))


async def _annotate_all(settings):
    app = create_app(settings, sample=True)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8478") as client:
            return {article.slug: await _first_links(client, article) for article in articles()}


async def _first_links(client, article):
    page = {"url": article.url, "html": article.html, "published": article.published.isoformat(), "language": "en"}
    answer = await client.post("/api/annotations", json=page)
    assert answer.status_code == 200, answer.text
    claims = [item for item in answer.json()["items"] if "claim" in item]
    return {_words(item): item["body"][0]["source"]["id"] if item["body"] else _SILENT for item in claims}


def _words(item):
    return next(part["exact"] for part in item["target"]["selector"] if part["type"] == "TextQuoteSelector")


def _pairs(found):
    return [
        (wanted, found[slug].get(sentence, _SILENT))
        for slug, sentences in _EXPECTED.items()
        for sentence, wanted in sentences.items()
    ]


def test_most_references_find_the_report_they_refer_to_first(found):
    pairs = [(wanted, first) for wanted, first in _pairs(found) if wanted != _SILENT]

    assert sum(wanted == first for wanted, first in pairs) >= FIRST_RIGHT * len(pairs)


def test_what_the_coverage_does_not_hold_is_mostly_met_with_silence(found):
    firsts = [first for wanted, first in _pairs(found) if wanted == _SILENT]

    assert firsts.count(_SILENT) >= RIGHTLY_SILENT * len(firsts)


def test_the_withdrawal_announced_last_month_is_linked_to_its_first_report(found):
    first = _beside(found["the-quiet-line"], "Last month Putin surprised")

    assert first == "https://northline.example/wire/20160314-putin-orders-withdrawal-syria"


def test_an_outlet_that_a_claim_names_is_looked_for(found):
    first = _beside(found["the-quiet-line"], "Two days later, the Harbour Post reported")

    assert first.startswith("https://harbourpost.example/")


def _beside(links, opening):
    [link] = [link for words, link in links.items() if words.startswith(opening)]
    return link

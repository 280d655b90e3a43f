"""The same pages put to the running service: whether all that the ranker finds arrives in what is answered.

The service has the ranker that is shipped, grown on these very sets: the figures are no measure of quality, but the
two orders may not differ in it. What is lost between them was lost on the way: by copies taken together, by limits.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from score import mean, ndcg
from service import fill, serving

from backstory.retrieval.ranker import Ranker, shipped
from training.linking_examples import ARCHIVES, SETS, Example, Topic, page_of, topics

LOST = 0.01  # of nDCG@10 that other ties and roundings may change
_OPTIONS = {"limit": 10, "min_confidence": 0}


def ask(data: Path, every: Sequence[Example], most: int) -> int:
    """Print both figures for so many of each set's later pages; 1 where the service answers worse than the ranker."""
    ranker = shipped()
    fallen = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for kind in ARCHIVES:
            fill(home, data / kind / "archive.ndjson.gz")
        with serving(home) as service, httpx.Client(base_url=service.origin, timeout=60) as client:
            for kind in SETS:
                known = {each.id: each for each in every if each.kind == kind and each.mixed}
                later = [topic for topic in _later(data, kind) if topic.id in known][:most]
                ranked = mean([ndcg(_order(ranker, known[topic.id]), topic.gold) for topic in later]).value
                answered = mean([ndcg(list(_answered(client, kind, topic)), topic.gold) for topic in later]).value
                fallen += answered < ranked - LOST
                print(f"{kind}: ranked {ranked:.3f}, answered {answered:.3f}, {len(later)} pages")
    return 1 if fallen else 0


def _later(data: Path, kind: str) -> list[Topic]:
    """The later half of a set's queries that have gold."""
    linked = sorted((topic for topic in topics(data, kind) if topic.gold), key=lambda topic: topic.published)
    return linked[len(linked) // 2 :]


def _order(ranker: Ranker, page: Example) -> list[str]:
    tables = {name: np.ascontiguousarray(page.rows[None, :, place]) for place, name in enumerate(page.names)}
    score, _ = ranker.rank(tables, np.ones((1, len(page.urls)), bool))
    return [page.urls[place] for place in np.argsort(-score[0], kind="stable")]


def _answered(client: httpx.Client, kind: str, topic: Topic) -> Iterator[str]:
    """The addresses of the page's background, best first."""
    asked = {"url": topic.url, "text": page_of(kind, topic).text, "published": topic.published[:10]}
    document: dict[str, Any] = (
        client.post("/api/annotations", json=asked | {"options": _OPTIONS}).raise_for_status().json()
    )
    for item in document["items"]:
        if item["motivation"] == "linking" and "selector" not in item["target"]:
            for prior in item["body"]:
                yield prior["source"]["id"]

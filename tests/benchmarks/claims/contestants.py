"""The systems measured: ours and what it should beat, each a function from texts to answers."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from corpus import Answer, Example, Range

from backstory.claims import find_attributions, find_claims
from backstory.model import Article, Block, Span

_NOTHING: dict[str, tuple[Range, ...]] = {}
_SHOWN_FROM = 0.5


def backstory(texts: Sequence[str]) -> list[Answer]:
    """Ours, as the service runs it: a text is an article of one block."""
    return [_ours(text) for text in texts]


def _ours(text: str) -> Answer:
    article = Article(url="text:", text=text, blocks=(Block(Span(0, len(text))),), language="en")
    attributions = find_attributions(article)
    claims = find_claims(article, (), attributions, all_sentences=True)
    stated = [claim for claim in claims if claim.factual >= _SHOWN_FROM]
    spans: dict[str, list[Range]] = {"fact": [], "direct": [], "indirect": [], "source": []}
    for claim in stated:
        said = [a for a in attributions if a.content.overlaps(claim.span)]
        if not said:
            spans["fact"].append((claim.span.start, claim.span.end))
        for a in said:
            spans["indirect" if a.quote_type == "indirect" else "direct"].append((a.content.start, a.content.end))
            if a.source:
                spans["source"].append((a.source.start, a.source.end))
    return Answer(
        max((claim.factual for claim in claims), default=0.0),
        {name: tuple(dict.fromkeys(found)) for name, found in spans.items()},
    )


def every_sentence(texts: Sequence[str]) -> list[Answer]:
    """Every sentence is a claim, stated by the writer."""
    return [Answer(1.0, {"fact": ((0, len(text)),)}) for text in texts]


_CUE = r"(?:said|says|told|added|wrote|reported|announced|claimed|noted|explained|according to)"
_SOURCE = r"(?:[Tt]he [a-z]+|[Hh]e|[Ss]he|[Tt]hey|(?:[A-Z][\w.'-]+ ?)+)"
_QUOTED = re.compile(r"[\"“][^\"“”]{12,}[\"”]")
_BEFORE = re.compile(rf"({_SOURCE}) {_CUE} (?:that )?(.+)")
_AFTER = re.compile(rf"(.+?),? (?:({_SOURCE}) {_CUE}|{_CUE} ({_SOURCE}))")


def plain_rules(texts: Sequence[str]) -> list[Answer]:
    """Quotation marks and a dozen verbs of saying, as a weekend's work would have it."""
    return [_plain_rules(text) for text in texts]


def _plain_rules(text: str) -> Answer:
    direct = tuple(match.span() for match in _QUOTED.finditer(text))
    found = _BEFORE.search(text) or _AFTER.search(text)
    if found is None:
        return Answer(0.6 if direct else 0.4, {"direct": direct})
    before = found.re is _BEFORE
    content = found.span(2 if before else 1)
    source = found.span(1) if before else found.span(2 if found[2] else 3)
    return Answer(0.9, {"direct": direct, "indirect": () if direct else (content,), "source": (source,)})


class TfIdf:
    """Unigrams and bigrams weighted by tf-idf under a logistic regression with balanced classes."""

    _SEEN, _STEPS, _RATE, _DECAY = 2, 300, 0.05, 1e-4

    def __init__(self, examples: Sequence[Example]) -> None:
        counts = Counter(term for example in examples for term in set(_terms(example.text)))
        kept = sorted(term for term, count in counts.items() if count >= self._SEEN)
        self._ids = {term: number for number, term in enumerate(kept)}
        self._idf = np.log((1 + len(examples)) / (1 + np.array([counts[term] for term in kept]))) + 1
        self._weights = self._learn(self._vectors([e.text for e in examples]), np.array([e.factual for e in examples]))

    def __call__(self, texts: Sequence[str]) -> list[Answer]:
        scores = self._vectors(texts) @ self._weights[:-1] + self._weights[-1]
        return [Answer(float(p), _NOTHING) for p in 1 / (1 + np.exp(-scores))]

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), len(self._ids)), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in _terms(text):
                if term in self._ids:
                    row[self._ids[term]] += 1
        rows *= self._idf
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows

    def _learn(self, rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Adam on the whole set; each class weighs the same in all."""
        rows = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
        share = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean())) / len(labels)
        weights, first, second = (np.zeros(rows.shape[1]) for _ in range(3))
        for step in range(1, self._STEPS + 1):
            miss = (1 / (1 + np.exp(-(rows @ weights))) - labels) * share
            slope = miss @ rows + self._DECAY * weights
            first = 0.9 * first + 0.1 * slope
            second = 0.999 * second + 0.001 * slope**2
            weights -= self._RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        return weights


def _terms(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return words + [f"{a} {b}" for a, b in pairwise(words)]

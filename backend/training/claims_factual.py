"""Make data/claims/factual.json: how likely a sentence is to state a fact.

    python backend/training/claims_factual.py ../shared/data backend/backstory/data/claims/factual.json

Learns from the training part of FactAppeal (Mor-Lan et al., Findings of EACL 2026; CC BY 4.0): a sentence is
positive when any span of it is tagged as fact. Weights only are kept. Prints figures on the development part.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import cross_val_predict

from backstory.claims.factual import features
from backstory.claims.speech import read_speech
from backstory.model import Article, Block, Span

_SHOWN_FROM = 0.5
_SLIGHT = 0.01  # weights below this change nothing that can be seen
_SEEN = 2  # a feature of one sentence alone tells about that sentence
_STRENGTH = 1.0  # inverse of the regularisation, chosen by cross-validation within the training part


def read(path: Path) -> tuple[list[dict[str, float]], np.ndarray]:
    """Features and labels of one part."""
    rows, labels = [], []
    for line in path.read_text().splitlines():
        item = json.loads(line)
        rows.append(text_features(item["text"]))
        labels.append(any(span["tag"].startswith("Fact") for span in item["spans"]))
    return rows, np.array(labels)


def text_features(text: str) -> dict[str, float]:
    """The features of a text that is one sentence, or nearly."""
    article = Article(url="text:", text=text, blocks=(Block(Span(0, len(text))),))
    read_sentences, _ = read_speech(article)
    return features(max(read_sentences, key=len))


def main() -> None:
    """Learn, calibrate, print, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("target", type=Path)
    given = arguments.parse_args()
    rows, labels = read(given.data / "claims-factappeal" / "train.ndjson")
    seen = Counter(name for row in rows for name in row)
    rows = [{n: v for n, v in row.items() if seen[n] >= _SEEN} for row in rows]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(rows)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    scores = cross_val_predict(model, matrix, labels, cv=10, method="decision_function")
    platt = LogisticRegression(C=1e6).fit(scores[:, None], labels)
    slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    report("train, 10 folds", slope * scores + shift, labels)
    model.fit(matrix, labels)
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    held_out, truth = read(given.data / "claims-factappeal" / "val.ndjson")
    found = model.decision_function(vectors.transform(held_out))
    report("val", slope * found + shift, truth)
    stored = {
        "about": " ".join((__doc__ or "").split()),
        "bias": round(float(model.intercept_[0]), 4),
        "slope": round(slope, 4),
        "shift": round(shift, 4),
        "weights": {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= _SLIGHT},
    }
    given.target.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def report(name: str, logits: Sequence[float], truth: np.ndarray) -> None:
    """F1, balanced accuracy and AUC at a probability of one half, and how far the probabilities are off."""
    p = 1 / (1 + np.exp(-np.asarray(logits)))
    brier = float(np.mean((p - truth) ** 2))
    print(
        f"{name}: F1 {f1_score(truth, p >= _SHOWN_FROM):.3f}"
        f" balanced {balanced_accuracy_score(truth, p >= _SHOWN_FROM):.3f}"
        f" AUC {roc_auc_score(truth, p):.3f} Brier {brier:.3f}"
    )


if __name__ == "__main__":
    main()

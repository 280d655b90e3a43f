"""Make data/claims/factual.json: how likely a sentence is to state a fact, in English and in any language.

    python backend/training/claims_factual.py ../shared/data backend/backstory/data/claims/factual.json

Learns from the training part of FactAppeal (Mor-Lan et al., Findings of EACL 2026; CC BY 4.0): a sentence is
positive when any span of it is tagged as fact. Weights only are kept. Prints figures on the development part.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import cross_val_predict

from backstory.claims.factual import features, neutral
from backstory.claims.phrases import Sentence
from backstory.claims.speech import read_speech
from backstory.model import Article, Block, Span

_SHOWN_FROM = 0.5
_SLIGHT = 0.01  # weights below this change nothing that can be seen
_SEEN = 2  # a feature of one sentence alone tells about that sentence
_STRENGTH = 2.0  # inverse of the regularisation, chosen by cross-validation within the training part

# Taken off the calibrated log-odds. At one half it costs 0.002 of F1 and gives 0.04 of balanced accuracy (10 folds of
# the training part): an opinion shown as a claim is worse than a plain fact left out.
_LEAN = 0.4

Row = dict[str, float]
Part = tuple[Sequence[Sentence], np.ndarray]


def main() -> None:
    """Learn both models, calibrate, print, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("target", type=Path)
    given = arguments.parse_args()
    train, labels = read(given.data / "claims-factappeal" / "train.ndjson")
    held_out, truth = read(given.data / "claims-factappeal" / "val.ndjson")
    stored: dict[str, Any] = {"about": " ".join((__doc__ or "").split())}
    for name, look in (("english", features), ("any", neutral)):
        stored[name] = learn(name, look, (train, labels), (held_out, truth))
    given.target.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def read(path: Path) -> tuple[list[Sentence], np.ndarray]:
    """Sentences and labels of one part."""
    sentences, labels = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        sentences.append(longest_sentence(item["text"]))
        labels.append(any(span["tag"].startswith("Fact") for span in item["spans"]))
    return sentences, np.array(labels)


def longest_sentence(text: str) -> Sentence:
    """A text that is one sentence, or nearly."""
    article = Article(url="text:", text=text, blocks=(Block(Span(0, len(text))),))
    return max(read_speech(article)[0], key=len)


def learn(name: str, look: Callable[[Sentence], Row], train: Part, val: Part) -> dict[str, Any]:
    """Weights of a logistic regression, calibrated by Platt's line through scores it gave to unseen sentences."""
    (sentences, labels), (held_out, truth) = train, val
    rows = list(map(look, sentences))
    seen = Counter(feature for row in rows for feature in row)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{n: v for n, v in row.items() if seen[n] >= _SEEN} for row in rows])
    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    scores = cross_val_predict(model, matrix, labels, cv=10, method="decision_function")
    platt = LogisticRegression(C=1e6).fit(scores[:, None], labels)
    slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0]) - _LEAN
    report(f"{name}, train, 10 folds", slope * scores + shift, labels)
    model.fit(matrix, labels)
    found = model.decision_function(vectors.transform(list(map(look, held_out))))
    report(f"{name}, val", slope * found + shift, truth)
    weights = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {
        "bias": round(float(model.intercept_[0]), 4),
        "slope": round(slope, 4),
        "shift": round(shift, 4),
        "weights": {feature: round(weight, 3) for feature, weight in weights if abs(weight) >= _SLIGHT},
    }


def report(name: str, logits: Sequence[float], truth: np.ndarray) -> None:
    """F1, balanced accuracy and AUC at a probability of one half, and how far the probabilities are off."""
    p = 1 / (1 + np.exp(-np.asarray(logits)))
    said = p >= _SHOWN_FROM
    print(
        f"{name}: F1 {f1_score(truth, said):.3f} balanced {balanced_accuracy_score(truth, said):.3f}"
        f" AUC {roc_auc_score(truth, p):.3f} Brier {np.mean((p - truth) ** 2):.3f}"
    )


if __name__ == "__main__":
    main()

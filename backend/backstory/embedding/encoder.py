"""Any ONNX sentence encoder in a folder, as sentence-transformers lays it out.

    model.onnx or onnx/model.onnx        the encoder, its weights inside
    tokenizer.json                       its tokenizer
    1_Pooling/config.json                how its token vectors become one: the mean, or that of the first token
    sentence_bert_config.json            the most tokens it reads
    config_sentence_transformers.json    what it wants written before a query or a passage

The last three may be missing: then the mean is taken, of at most MOST_TOKENS tokens, and nothing is written before. The
model is read once: the bytes whose digest was looked at are the ones that run.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory.embedding.extras import extra
from backstory.errors import SettingsError

MOST_TOKENS = 256  # a passage of 120 words has some 160
BATCH = 16  # texts that are encoded together
MOST_MODEL_BYTES = 2_000_000_000  # ONNX itself ends there

_MODEL = ("model.onnx", "onnx/model.onnx")
_FEEDS = ("input_ids", "attention_mask", "token_type_ids")
_LEAST_NORM = 1e-12
_PROBE = "What a vector's length is, a text tells."

Vectors = NDArray[Any]


class OnnxEmbedder:
    """An `Embedder` whose model stands in a folder."""

    def __init__(self, folder: Path, *, digest: str) -> None:
        """Load the model, if its SHA-256 is the one that the owner wrote down.

        Raises:
            SettingsError: what it needs is not installed, the folder lacks a part, the digest is another's, or the
                model is no sentence encoder.
        """
        path = next(filter(Path.exists, (folder / name for name in _MODEL)), folder / _MODEL[0])
        model = _read(path)
        found = sha256(model).hexdigest()
        if found != digest.lower():
            raise SettingsError(f"{path} has the SHA-256 {found}, not the one in embedder_sha256")
        self.name = f"{folder.name}-{found[:12]}"
        self._session = _session(model, path)
        self._feeds = _feeds(self._session, path)
        self._tokenizer = _tokenizer(folder)
        self._first_token = bool(_config(folder, "1_Pooling/config.json").get("pooling_mode_cls_token"))
        self._before = _prompts(folder)
        self.dimensions = int(self.embed([_PROBE]).shape[1])

    def embed(self, texts: Sequence[str], *, asking: bool = False) -> Vectors:
        """One row of unit length for each text (float32); `asking` for a query rather than a passage."""
        before = self._before["query" if asking else "passage"]
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))  # alike lengths need no padding
        rows: dict[int, Vectors] = {}
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows |= zip(batch, self._encoded([before + texts[number] for number in batch]), strict=True)
        if not rows:
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack([rows[number] for number in range(len(texts))])

    def _encoded(self, texts: list[str]) -> Vectors:
        read = self._tokenizer.encode_batch(texts)
        ids = np.array([each.ids for each in read], np.int64)
        mask = np.array([each.attention_mask for each in read], np.int64)
        every = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        found = np.asarray(self._session.run(None, {name: every[name] for name in self._feeds})[0], np.float32)
        if found.ndim == 3:  # noqa: PLR2004 - texts x tokens x dimensions
            found = found[:, 0] if self._first_token else _mean(found, mask)
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.maximum(norms, _LEAST_NORM)
        return unit


def _mean(vectors: Vectors, mask: Vectors) -> Vectors:
    """The mean of each text's own tokens."""
    counted = mask[:, :, None].astype(np.float32)
    mean: Vectors = (vectors * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1.0)
    return mean


def _session(model: bytes, path: Path) -> Any:  # noqa: ANN401 - onnxruntime has no types
    onnxruntime = extra("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # its errors are raised; nothing else is said
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no root of their own
        raise SettingsError(f"{path} is no ONNX model that can run here: {error}") from error


def _feeds(session: Any, path: Path) -> tuple[str, ...]:  # noqa: ANN401 - as above
    names = tuple(put.name for put in session.get_inputs())
    strange = [name for name in names if name not in _FEEDS]
    if strange or "input_ids" not in names:
        raise SettingsError(f"{path} is no sentence encoder: it asks for {', '.join(names)}")
    return names


def _tokenizer(folder: Path) -> Any:  # noqa: ANN401 - tokenizers has no types
    text = _read(folder / "tokenizer.json")
    tokenizers = extra("tokenizers")
    try:
        tokenizer = tokenizers.Tokenizer.from_str(text.decode("utf-8"))
    except Exception as error:  # as onnxruntime's
        raise SettingsError(f"{folder / 'tokenizer.json'} is no tokenizer: {error}") from error
    stated = _config(folder, "sentence_bert_config.json").get("max_seq_length")
    tokenizer.enable_truncation(min(stated, MOST_TOKENS) if isinstance(stated, int) and stated > 0 else MOST_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def _prompts(folder: Path) -> dict[str, str]:
    """What the model wants before a query and before a passage, by the names that models use for them."""
    said = _config(folder, "config_sentence_transformers.json").get("prompts")
    said = said if isinstance(said, dict) else {}
    passage = said.get("document", said.get("passage", ""))
    return {"query": str(said.get("query", "")), "passage": str(passage)}


def _config(folder: Path, name: str) -> Mapping[str, Any]:
    path = folder / name
    if not path.exists():
        return {}
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    return said if isinstance(said, dict) else {}


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_MODEL_BYTES:
            raise SettingsError(f"{path} is larger than {MOST_MODEL_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error

"""A sentence encoder small enough to be made in a test: each word a vector, a text their mean or its first."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

# A word's meaning, in three dimensions: of water, of money, of games.
MEANINGS = {
    "[UNK]": (0, 0, 0),
    "[CLS]": (0, 0, 1),
    "pier": (1, 0, 0),
    "jetty": (1, 0, 0),
    "harbour": (1, 0.2, 0),
    "bank": (0, 1, 0),
    "lender": (0, 1, 0),
    "match": (0, 0, 1),
    "query": (0, 0.5, 0),
}


def make_model(folder: Path, *, inputs: tuple[str, ...] = ("input_ids", "attention_mask")) -> str:
    """Write the encoder and its tokenizer into a folder; the model's SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    table = numpy_helper.from_array(np.array(list(MEANINGS.values()), np.float32), "table")
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", inputs[0]], ["vectors"])],
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", "tokens", 3])],
        [table],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(folder / "model.onnx"))
    words = {word: number for number, word in enumerate(MEANINGS)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return sha256((folder / "model.onnx").read_bytes()).hexdigest()


def configure(folder: Path, name: str, **said: object) -> None:
    """Write one of the files that sentence-transformers puts beside a model."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(said), "utf-8")

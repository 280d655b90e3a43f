from hashlib import sha256

import numpy as np
import pytest

from backstory.embedding import OnnxEmbedder
from backstory.embedding.encoder import BATCH
from backstory.errors import SettingsError
from unit.embedding.tiny_model import configure, make_model


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "encoder"


def test_words_that_mean_alike_have_vectors_alike(folder):
    embedder = OnnxEmbedder(folder, digest=make_model(folder))

    pier, jetty, bank = embedder.embed(["pier", "jetty", "bank"])

    assert embedder.dimensions == 3
    assert pier @ jetty == pytest.approx(1)
    assert pier @ bank == pytest.approx(0)


def test_vectors_have_unit_length_and_the_order_of_their_texts(folder):
    embedder = OnnxEmbedder(folder, digest=make_model(folder))
    texts = ["pier bank", "match", "pier " * 30, "bank"] * BATCH

    found = embedder.embed(texts)

    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1)
    assert np.allclose(found[:4], found[-4:])
    assert found[1] @ embedder.embed(["match"])[0] == pytest.approx(1)


def test_padding_does_not_change_a_text(folder):
    embedder = OnnxEmbedder(folder, digest=make_model(folder))

    alone, beside = embedder.embed(["pier bank"])[0], embedder.embed(["pier bank", "match " * 9])[0]

    assert np.allclose(alone, beside)


def test_a_text_of_unknown_words_is_near_nothing(folder):
    embedder = OnnxEmbedder(folder, digest=make_model(folder))

    assert not embedder.embed(["zzz", ""]).any()


def test_no_texts_are_no_rows(folder):
    assert OnnxEmbedder(folder, digest=make_model(folder)).embed([]).shape == (0, 3)


def test_the_first_token_speaks_for_the_text_where_the_model_says_so(folder):
    digest = make_model(folder)
    configure(folder, "1_Pooling/config.json", pooling_mode_cls_token=True)

    [found] = OnnxEmbedder(folder, digest=digest).embed(["pier bank bank bank"])

    assert found.tolist() == [1, 0, 0]


def test_a_query_is_told_from_a_passage_where_the_model_wants_it(folder):
    digest = make_model(folder)
    configure(folder, "config_sentence_transformers.json", prompts={"query": "query "})
    embedder = OnnxEmbedder(folder, digest=digest)

    assert not np.allclose(embedder.embed(["pier"], asking=True), embedder.embed(["pier"]))


def test_a_text_is_read_as_far_as_the_model_can(folder):
    digest = make_model(folder)
    configure(folder, "sentence_bert_config.json", max_seq_length=2)

    [found] = OnnxEmbedder(folder, digest=digest).embed(["pier pier bank bank bank"])

    assert found.tolist() == [1, 0, 0]


def test_a_model_that_wants_segments_is_given_them(folder):
    digest = make_model(folder, inputs=("input_ids", "attention_mask", "token_type_ids"))

    assert OnnxEmbedder(folder, digest=digest).dimensions == 3


def test_another_model_than_was_written_down_is_not_run(folder):
    make_model(folder)

    with pytest.raises(SettingsError, match="has the SHA-256"):
        OnnxEmbedder(folder, digest="0" * 64)


@pytest.mark.parametrize(("name", "words"), [("model.onnx", "cannot be read"), ("tokenizer.json", "cannot be read")])
def test_a_folder_that_lacks_a_part_says_which(folder, name, words):
    digest = make_model(folder)
    (folder / name).unlink()

    with pytest.raises(SettingsError, match=words) as caught:
        OnnxEmbedder(folder, digest=digest)
    assert name in str(caught.value)


def test_what_is_no_model_is_said_to_be_none(folder):
    make_model(folder)
    (folder / "model.onnx").write_bytes(b"not a model")

    with pytest.raises(SettingsError, match="no ONNX model"):
        OnnxEmbedder(folder, digest=sha256(b"not a model").hexdigest())


def test_what_asks_for_more_than_words_is_no_sentence_encoder(folder):
    digest = make_model(folder, inputs=("input_ids", "pixel_values"))

    with pytest.raises(SettingsError, match="no sentence encoder"):
        OnnxEmbedder(folder, digest=digest)


def test_a_broken_tokenizer_is_said_to_be_one(folder):
    digest = make_model(folder)
    (folder / "tokenizer.json").write_text("{}")

    with pytest.raises(SettingsError, match="no tokenizer"):
        OnnxEmbedder(folder, digest=digest)


def test_a_model_may_stand_in_a_folder_of_its_own(folder):
    digest = make_model(folder)
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")

    assert OnnxEmbedder(folder, digest=digest).dimensions == 3

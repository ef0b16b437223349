"""What a model says of a text. The expected numbers are those of another program, Hugging Face's transformers."""

import math
import struct

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from articles.text import encoder
from tests.related import tiny_model

TEXT = "The river rose over the bridge, and the minister of water. Votes over tax!"


@pytest.fixture
def model(tmp_path):
    return encoder.load(tiny_model.write(tmp_path))


def test_text_means_what_the_reference_says(model):
    vector = struct.unpack("16b", model.encode(TEXT))
    assert vector == (-27, 72, 118, 43, -3, 58, 52, -123, -55, 25, 18, -127, 50, -13, -21, -53)


def test_text_is_read_as_far_as_the_model_can(model):
    longest = " ".join(["river"] * (tiny_model.PLACES - 2))
    assert model.encode(f"{longest} tax") == model.encode(longest) != model.encode(longest[: -len(" river")])


def test_gelu_is_right_to_a_millionth():
    values = [step / 50 for step in range(-400, 401)]
    found = encoder._gelu(np.array(values, np.float32)).tolist()
    assert found == pytest.approx([value * (1 + math.erf(value / math.sqrt(2))) / 2 for value in values], abs=1e-6)


@pytest.mark.parametrize("text", ["", " ", "\x00", "水" * 5000, "x" * 100_000, "\U0001f30a"])
def test_odd_text_has_a_meaning_too(model, text):
    assert len(model.encode(text)) == tiny_model.WIDTH


def test_model_stored_in_half_the_digits_is_summed_up_in_all(tmp_path):
    """Half a float ends at 65,504: squares of what a layer holds come to more."""
    file = tiny_model.write(tmp_path, layers=0) / "model.safetensors"
    weights = {name: each.astype(np.float16) for name, each in load_file(file).items()}
    weights["embeddings.word_embeddings.weight"] *= 200
    save_file(weights, file)
    assert np.abs(np.frombuffer(encoder.load(tmp_path).encode(TEXT), np.int8)).max() == 127


def test_cosines_are_one_for_the_same_and_none_for_nobody(model):
    vector, other = model.encode(TEXT), model.encode("vote vote")
    same, unlike = encoder.cosines(vector, [vector, other])
    assert same == pytest.approx(1)
    assert unlike < 0.99
    assert encoder.cosines(vector, []) == []


def test_name_tells_models_apart_by_their_weights(model, tmp_path):
    assert model.name == encoder.Encoder(tmp_path).name
    assert model.name != encoder.Encoder(tiny_model.write(tmp_path / "other", layers=1)).name

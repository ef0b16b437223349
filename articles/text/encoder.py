"""What a text means, as a vector.

A small BERT (Devlin et al., 2019) that was taught to tell which sentences say the same (Sentence-BERT: Reimers and
Gurevych, 2019), all-MiniLM-L6-v2 for one. Its layers are worked out with numpy: the usual frameworks take a gigabyte.
"""

import hashlib
import json
import os
import threading
from functools import lru_cache
from pathlib import Path

# A site has a process for each core already. More threads would only wait for each other, with all their might.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

MOST_TOKENS = 256  # of a text; what these models were taught with
WEIGHTS = "model.safetensors"
_PARTS = ("query", "key", "value")


def cosines(vector, others):
    """Return the cosine, from -1 to 1, of ``vector`` and each of ``others``, all as one Encoder gives them."""
    own = np.frombuffer(vector, np.int8).astype(np.float32)
    rows = np.frombuffer(b"".join(others), np.int8).astype(np.float32).reshape(-1, len(own))
    return (rows @ own / (np.linalg.norm(rows, axis=1) * np.linalg.norm(own))).tolist()


_LOADING = threading.Lock()


def load(folder):
    """Return the Encoder of a folder; it is read once in a process."""
    with _LOADING:
        return _loaded(str(folder))


@lru_cache(maxsize=1)
def _loaded(folder):
    return Encoder(folder)


class Encoder:
    """A model, ready to encode. ``name`` tells it from others: two models' vectors cannot be compared."""

    def __init__(self, folder):
        folder = Path(folder)
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        # Many are published with half the digits, in which the sums of the layers would overflow.
        weights = {name: each.astype(np.float32, copy=False) for name, each in load_file(folder / WEIGHTS).items()}
        self._weights = {name.removeprefix("bert."): each for name, each in weights.items()}
        self._layers, self._heads = config["num_hidden_layers"], config["num_attention_heads"]
        self._nearly_nothing = config.get("layer_norm_eps", 1e-12)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(min(MOST_TOKENS, config["max_position_embeddings"]))
        with (folder / WEIGHTS).open("rb") as file:
            self.name = hashlib.file_digest(file, "sha256").hexdigest()[:16]

    def encode(self, text):
        """Return what ``text`` means: a signed byte for each of its numbers (384 in MiniLM), the largest 127 or -127.

        The mean of the last layer's states over all tokens (mean pooling). 19 ms for 64 tokens, 92 for 256.
        """
        tokens = np.array(self._tokenizer.encode(text).ids)
        given, places, kind = (
            self._weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        states = self._normed(given[tokens] + places[: len(tokens)] + kind[0], "embeddings.LayerNorm")
        for number in range(self._layers):
            states = self._layer(states, f"encoder.layer.{number}.")
        mean = states.mean(axis=0)
        return np.rint(mean * (127 / np.abs(mean).max())).astype(np.int8).tobytes()

    def _layer(self, states, layer):
        tokens, width = states.shape
        query, key, value = (
            self._linear(states, f"{layer}attention.self.{part}")
            .reshape(tokens, self._heads, width // self._heads)
            .transpose(1, 0, 2)
            for part in _PARTS
        )
        seen = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(width // self._heads))
        seen = np.exp(seen - seen.max(axis=-1, keepdims=True))
        seen /= seen.sum(axis=-1, keepdims=True)
        context = (seen @ value).transpose(1, 0, 2).reshape(tokens, width)
        attended = self._linear(context, f"{layer}attention.output.dense")
        states = self._normed(states + attended, f"{layer}attention.output.LayerNorm")
        inner = _gelu(self._linear(states, f"{layer}intermediate.dense"))
        return self._normed(states + self._linear(inner, f"{layer}output.dense"), f"{layer}output.LayerNorm")

    def _linear(self, states, name):
        return states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normed(self, states, name):
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(self._nearly_nothing))
        return centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def _gelu(values):
    """Return x · Φ(x); the error function by Abramowitz and Stegun 7.1.26, right to 1.5e-7, which numpy lacks."""
    size = np.abs(values) * np.float32(np.sqrt(0.5))
    near = 1 / (1 + np.float32(0.3275911) * size)
    series = np.zeros_like(near)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(factor)) * near
    error = np.sign(values) * (1 - series * np.exp(-size * size))
    return values * np.float32(0.5) * (1 + error)

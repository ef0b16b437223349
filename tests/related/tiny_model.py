"""A model for embeddings that is made here: as real in form as a published one, a thousandth of its size."""

import json

import numpy as np
from safetensors.numpy import save_file

WIDTH, HEADS, INNER, LAYERS, PLACES = 16, 4, 32, 2, 64
WORDS = "the river flood water rose high over bank bridge minister tax budget vote parliament . ,".split()
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def write(folder, *, layers=LAYERS, alike=()):
    """Write a model into ``folder``, whose weights are drawn by chance but always the same; return the folder.

    Words of one of the groups ``alike`` have one vector. Without ``layers`` a text is the mean of its words, no more.
    """
    chance = np.random.default_rng(7)
    vocabulary = {word: number for number, word in enumerate([*SPECIAL, *WORDS])}
    shapes = {
        "embeddings.word_embeddings.weight": (len(vocabulary), WIDTH),
        "embeddings.position_embeddings.weight": (PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for number in range(layers):
        layer = f"encoder.layer.{number}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            shapes |= {f"{layer}.{part}.weight": (WIDTH, WIDTH), f"{layer}.{part}.bias": (WIDTH,)}
        shapes |= {f"{layer}.intermediate.dense.weight": (INNER, WIDTH), f"{layer}.intermediate.dense.bias": (INNER,)}
        shapes |= {f"{layer}.output.dense.weight": (WIDTH, INNER), f"{layer}.output.dense.bias": (WIDTH,)}
        for part in ("attention.output", "output"):
            shapes |= {f"{layer}.{part}.LayerNorm.{kind}": (WIDTH,) for kind in ("weight", "bias")}
    weights = {name: chance.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}
    if not layers:  # where and of what kind a word is does not count
        for name in ("position", "token_type"):
            weights[f"embeddings.{name}_embeddings.weight"][:] = 0
        weights["embeddings.LayerNorm.weight"][:], weights["embeddings.LayerNorm.bias"][:] = 1, 0
    for group in alike:
        words = weights["embeddings.word_embeddings.weight"]
        words[[vocabulary[word] for word in group]] = words[vocabulary[group[0]]]
    folder.mkdir(parents=True, exist_ok=True)
    save_file(weights, folder / "model.safetensors")
    config = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": WIDTH,
        "num_hidden_layers": layers,
        "num_attention_heads": HEADS,
        "intermediate_size": INNER,
        "max_position_embeddings": PLACES,
        "vocab_size": len(vocabulary),
        "layer_norm_eps": 1e-12,
    }
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(vocabulary)))
    return folder


def _tokenizer(vocabulary):
    special = [
        {"id": vocabulary[name], "content": name, "special": True} | dict.fromkeys(_FLAGS, False) for name in SPECIAL
    ]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": special,
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "BertProcessing",
            "sep": ["[SEP]", vocabulary["[SEP]"]],
            "cls": ["[CLS]", vocabulary["[CLS]"]],
        },
        "decoder": None,
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": vocabulary,
        },
    }


_FLAGS = ("single_word", "lstrip", "rstrip", "normalized")

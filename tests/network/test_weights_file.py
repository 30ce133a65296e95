"""The weights file: what is not what the card says is refused; the rest comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from chatbot.network import weights_file
from chatbot.network.recurrent import Recurrent
from chatbot.network.rows import FourBitRows
from chatbot.network.weights import Weights
from chatbot.network.weights_file import ModelError, Sizes
from chatbot.words import words
from tests.random_network import BACKGROUND, random_weights, remembering

PATH = Path("weights.safetensors")
Tensors = dict[str, np.ndarray]


def everything() -> Weights:
    """A network with all that a file may hold: four bits, word encoder, three parts, a memory."""
    weights = remembering(random_weights("gru", like_base=True))
    memory = weights.memory
    assert memory is not None
    layer = np.linspace(-1, 1, weights.embedding_size + 1, dtype=np.float32)[None]
    memory = replace(memory, out_of_scope=memory.background[:2], scope_layer=layer)
    weights = replace(weights, memory=memory)
    own = weights.own
    return replace(weights, own=FourBitRows.of(own.hashes, own.at(np.arange(len(own)))))


def read(weights: Weights, tensors: Tensors, **sizes: Any) -> Weights:
    """Return what is read of tensors beside the card of weights."""
    wanted = Sizes.of(weights)._replace(**sizes)
    return weights_file.decode(save(tensors), wanted, weights.base, PATH)


def tensors_of(weights: Weights) -> Tensors:
    return dict(load(weights_file.encode(weights)))


NAMES = sorted(tensors_of(everything()))
FLOATS = [name for name in NAMES if tensors_of(everything())[name].dtype.kind == "f"]


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 40, b"\x80\x04cos\nsystem\n", b"{}"])
def test_what_is_no_weights_file_is_refused(data: bytes) -> None:
    with pytest.raises(ModelError, match="not a safetensors file"):
        weights_file.decode(data, Sizes.of(everything()), None, PATH)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_tensor_is_named(name: str) -> None:
    weights = everything()
    tensors = tensors_of(weights)
    del tensors[name]
    with pytest.raises(ModelError, match=rf"weights\.safetensors: has no tensor '{name}'"):
        read(weights, tensors)


@pytest.mark.parametrize("name", NAMES)
def test_a_tensor_of_another_shape_is_named_with_both_shapes(name: str) -> None:
    weights = everything()
    tensors = tensors_of(weights)
    shape = tensors[name].shape
    tensors[name] = np.ascontiguousarray(tensors[name][:-1])
    other = tensors[name].shape
    with pytest.raises(ModelError) as caught:
        read(weights, tensors)
    assert f"tensor {name!r} has the shape {other}, but the card asks for {shape}" in str(
        caught.value
    )
    assert "chatbot train" in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_a_tensor_of_another_type_is_named_with_both_types(name: str) -> None:
    weights = everything()
    tensors = tensors_of(weights)
    wanted = tensors[name].dtype
    other = np.uint8 if wanted == np.uint32 else np.uint32
    tensors[name] = tensors[name].astype(other)
    with pytest.raises(ModelError, match=rf"{name}' is {np.dtype(other)}, not {wanted}"):
        read(weights, tensors)


def test_a_tensor_of_a_type_that_no_file_has_is_refused() -> None:
    weights = everything()
    tensors = tensors_of(weights)
    tensors["encoder.widen.bias"] = tensors["encoder.widen.bias"].astype(np.int64)
    with pytest.raises(ModelError, match="not a safetensors file"):
        read(weights, tensors)


@pytest.mark.parametrize("name", FLOATS)
def test_no_tensor_may_hold_nan_or_infinity(name: str) -> None:
    weights = everything()
    tensors = tensors_of(weights)
    for evil in (np.nan, np.inf, -np.inf):
        spoiled = {**tensors, name: tensors[name].copy()}
        spoiled[name].flat[-1] = evil
        with pytest.raises(ModelError, match=rf"'{name}' holds NaN or infinity"):
            read(weights, spoiled)


@pytest.mark.parametrize("order", [slice(None, None, -1), [0, 0, *range(2, 9)]])
def test_features_out_of_order_or_twice_are_refused(order: Any) -> None:
    weights = random_weights("rnn")
    tensors = tensors_of(weights)
    hashes = tensors["hashes"]
    if isinstance(order, list):
        hashes = np.concatenate([hashes[order], hashes[9:]])
    else:
        hashes = hashes[order]
    tensors["hashes"] = np.ascontiguousarray(hashes)
    with pytest.raises(ModelError, match="rising order"):
        read(weights, tensors)


@pytest.mark.parametrize(
    "sizes",
    [
        {"input_size": 0}, {"input_size": 21}, {"parts": (8, 10, 7)}, {"parts": (24,)},
        {"four_bits": False}, {"background": 4}, {"out_of_scope": 0},
        {"intents": 2}, {"features": 3}, {"word_size": 18}, {"cell": "lstm"},
    ],
    ids=str,
)  # fmt: skip
def test_a_card_that_promises_something_else_is_refused(sizes: dict[str, Any]) -> None:
    weights = everything()
    with pytest.raises(ModelError, match="tensor"):
        read(weights, tensors_of(weights), **sizes)


def test_a_card_without_a_memory_does_not_get_the_one_in_the_file() -> None:
    weights = everything()
    assert read(weights, tensors_of(weights), background=0).memory is None


def test_other_parts_of_the_same_sum_cannot_be_told_from_the_file_but_from_the_memory() -> None:
    """Where a network remembers, its last part has the size of what it remembers."""
    weights = everything()
    with pytest.raises(ModelError, match=r"memory\.prototypes"):
        read(weights, tensors_of(weights), parts=(10, 6, 8))


@pytest.mark.parametrize("four_bits", [False, True])
@pytest.mark.parametrize("like_base", [False, True])
@pytest.mark.parametrize("memory", [False, True])
@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_what_is_written_is_read_again_number_by_number(
    cell: str, memory: bool, like_base: bool, four_bits: bool
) -> None:
    weights = random_weights(cell, like_base=like_base)
    if memory:
        weights = remembering(weights)
    if four_bits:
        own = weights.own
        weights = replace(weights, own=FourBitRows.of(own.hashes, own.at(np.arange(len(own)))))
    sizes = Sizes.of(weights)
    assert (sizes.input_size > 0, sizes.four_bits, sizes.background) == (
        like_base, four_bits, BACKGROUND if memory else 0,
    )  # fmt: skip
    again = weights_file.decode(weights_file.encode(weights), sizes, weights.base, PATH)
    assert Sizes.of(again) == sizes and again.parts == weights.parts
    assert type(again.own) is type(weights.own)
    every = np.arange(len(weights.own))
    np.testing.assert_array_equal(again.own.at(every), weights.own.at(every))
    assert again.parameters().keys() == weights.parameters().keys()
    for name, tensor in weights.parameters().items():
        kept = tensor.astype(np.float16).astype(np.float32) if four_bits else tensor
        np.testing.assert_array_equal(again.parameters()[name], kept)
        assert again.parameters()[name].dtype == np.float32
    if weights.memory is None:
        assert again.memory is None
    else:
        assert again.memory is not None
        np.testing.assert_array_equal(again.memory.prototypes, weights.memory.prototypes)
        np.testing.assert_array_equal(again.memory.background, weights.memory.background)
        np.testing.assert_array_equal(again.memory.out_of_scope, weights.memory.out_of_scope)
        np.testing.assert_array_equal(again.memory.scope_layer, weights.memory.scope_layer)
    read_by = [
        Recurrent(some).read(words("what time is it"))[-1].hidden for some in (weights, again)
    ]
    np.testing.assert_allclose(read_by[0], read_by[1], atol=1e-3 if four_bits else 0)


def test_a_base_is_mapped_as_it_was_written(tmp_path: Path) -> None:
    weights = everything()
    path = tmp_path / "weights.safetensors"
    path.write_bytes(weights_file.encode(weights))
    again = weights_file.Mapped(path, Sizes.of(weights)).weights()
    assert isinstance(again.own, FourBitRows) and isinstance(weights.own, FourBitRows)
    np.testing.assert_array_equal(again.own.packed, weights.own.packed)
    assert not len(again.base.hashes)
    with pytest.raises(ModelError, match="shape"):
        weights_file.Mapped(path, Sizes.of(weights)._replace(input_size=21))

"""Weights as a safetensors file: written whole, read with every name, type and shape checked."""

from __future__ import annotations

import json
import mmap
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.common import ChatbotError
from chatbot.network.cells import CELLS
from chatbot.network.weights import FeatureRows, Weights

RETRAIN = "Retrain to make a new one: `chatbot train`, or Retrain in the app's menu"

Tensors = dict[str, NDArray[Any]]


class ModelError(ChatbotError):
    """A model cannot be used; str() says what is wrong, where, and what to do."""


class Sizes(NamedTuple):
    """What a card says about the weights beside it."""

    cell: str
    word_size: int
    hidden_size: int
    features: int
    """Rows of features, the unknown feature's included."""
    embedding_size: int
    """Numbers in the embedding of a message."""
    intents: int
    """0 in a base."""


_TYPES: dict[str, type[np.generic]] = {"hashes": np.uint32, "words.weight": np.float16}
"""Types of tensors that are not float32."""


def encode(weights: Weights) -> bytes:
    """Return the model's own weights, without those of its base, as a safetensors file."""
    from safetensors.numpy import save

    tensors: Tensors = {
        **weights.parameters(),
        "hashes": weights.own.hashes,
        "words.weight": weights.own.vectors,
    }
    return save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})


def decode(data: bytes, sizes: Sizes, base: FeatureRows | None, path: Path) -> Weights:
    """Return the weights of a file's content, checked in full. Raises ModelError naming `path`."""
    try:
        tensors = _tensors(memoryview(data))
    except _DAMAGE as error:
        raise ModelError(f"{path}: not a safetensors file ({error}). {RETRAIN}") from error
    weights = _weights(tensors, sizes, base, path)
    for name, tensor in tensors.items():
        if not _is_finite(tensor):
            raise ModelError(f"{path}: tensor {name!r} holds NaN or infinity. {RETRAIN}")
    if np.any(np.diff(weights.own.hashes.astype(np.int64)) <= 0):
        raise ModelError(f"{path}: tensor 'hashes' is not in rising order. {RETRAIN}")
    return weights


def open_mapped(path: Path, sizes: Sizes) -> Weights:
    """Return the weights of a large file without reading it: pages come from disk as they are used.

    For the base, which ships with the program: its shapes are checked, its numbers are not.
    Raises ModelError.
    """
    try:
        with path.open("rb") as file:
            tensors = _tensors(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    except (OSError, *_DAMAGE) as error:
        raise ModelError(
            f"{path}: not a safetensors file ({error}). Reinstall the program"
        ) from error
    return _weights(tensors, sizes, None, path)


_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading damaged bytes may raise."""

_FORMAT: dict[str, type[np.generic]] = {"F32": np.float32, "F16": np.float16, "U32": np.uint32}


def _tensors(content: memoryview) -> Tensors:
    """Return the tensors of a safetensors file as views of its content: nothing is copied.

    The format: 8 bytes with the length of the header, the header (JSON), the tensors' bytes. The
    library's reader copies all tensors: 17 MB for a base, of which a message needs a few kilobytes.
    """
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(bytes(content[8:start]))
    tensors: Tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            flat = np.frombuffer(content[start + begin : start + end], _FORMAT[entry["dtype"]])
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


def _is_finite(tensor: NDArray[Any]) -> bool:
    if tensor.dtype == np.float16:
        # All bits of the exponent set: six times as fast as asking for each number.
        return bool((tensor.view(np.uint16) & 0x7FFF).max(initial=0) < 0x7C00)
    return bool(np.isfinite(tensor).all())


def _weights(tensors: Tensors, sizes: Sizes, base: FeatureRows | None, path: Path) -> Weights:
    """Return the tensors as Weights if names, types and shapes are what the card says."""
    block = len(CELLS[sizes.cell].blocks) * sizes.hidden_size
    expected: dict[str, tuple[int, ...]] = {
        "hashes": (sizes.features - 1,),
        "words.weight": (sizes.features, sizes.word_size),
        "norm.weight": (sizes.word_size,),
        "norm.bias": (sizes.word_size,),
        "recurrent.weight_ih_l0": (block, sizes.word_size),
        "recurrent.weight_hh_l0": (block, sizes.hidden_size),
        "recurrent.bias_ih_l0": (block,),
        "recurrent.bias_hh_l0": (block,),
        "projection.weight": (sizes.embedding_size, sizes.hidden_size),
        "projection.bias": (sizes.embedding_size,),
        "feed_forward.weight": (sizes.intents, sizes.embedding_size),
        "feed_forward.bias": (sizes.intents,),
    }
    for name, shape in expected.items():
        if name not in tensors:
            raise ModelError(f"{path}: has no tensor {name!r}. {RETRAIN}")
        tensor, wanted = tensors[name], _TYPES.get(name, np.float32)
        if tensor.shape != shape:
            raise ModelError(
                f"{path}: tensor {name!r} has the shape {tensor.shape}, but the card asks for "
                f"{shape}. {RETRAIN}"
            )
        if tensor.dtype != wanted:
            raise ModelError(
                f"{path}: tensor {name!r} is {tensor.dtype}, not {wanted.__name__}. {RETRAIN}"
            )
    own = FeatureRows(tensors["hashes"], tensors["words.weight"])
    return Weights.from_parameters(
        sizes.cell, tensors, own, base or FeatureRows.none(sizes.word_size)
    )

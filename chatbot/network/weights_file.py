"""Weights as a safetensors file: written whole, read with every name, type and shape checked."""

from __future__ import annotations

import json
import mmap
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.common import N_, ChatbotError, _
from chatbot.network.cells import CELLS
from chatbot.network.memory import Memory
from chatbot.network.rows import FeatureRows, FourBitRows, Rows
from chatbot.network.tagger import INNER, Tagger, inputs_size
from chatbot.network.weights import ENCODER, Weights

RETRAIN = N_("Retrain to make a new one: `chatbot train`, or Retrain in the app's menu")

LARGEST_WEIGHT = 1e6
"""Those of trained networks are below 100. From 1e19 on, squares are infinite and answers NaN."""

REINSTALL = N_("Reinstall the program; what you made is not affected")

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
    parts: tuple[int, ...]
    """Numbers in each part of the embedding of a message."""
    intents: int
    """0 in a base."""
    input_size: int = 0
    """Numbers in the vector that the word encoder gives the cell; 0 without an encoder."""
    four_bits: bool = False
    """Whether the rows of features are four-bit numbers."""
    background: int = 0
    """Messages of other bots that it remembers; 0 without a memory."""
    out_of_scope: int = 0
    """Out-of-scope examples that it remembers."""
    slots: tuple[str, ...] = ()
    """Whose values its tagger finds; none without one."""

    @classmethod
    def of(cls, weights: Weights) -> Sizes:
        """Return the sizes of weights."""
        memory = weights.memory
        return cls(
            weights.cell,
            weights.word_size,
            weights.hidden_size,
            len(weights.own),
            weights.parts,
            len(weights.output_bias),
            weights.encoded_size,
            isinstance(weights.own, FourBitRows),
            0 if memory is None else len(memory.background),
            0 if memory is None else len(memory.out_of_scope),
            () if weights.tagger is None else weights.tagger.slots,
        )


_TYPES: dict[str, type[np.generic]] = {
    "hashes": np.uint32,
    "words.weight": np.float16,
    "words.packed": np.uint8,
    "words.scales": np.float16,
    "memory.prototypes": np.float16,
    "memory.background": np.float16,
    "memory.out_of_scope": np.float16,
}
"""Types of tensors that are not float32, or, in a base, not float16."""


_MEMORY = {
    "memory.prototypes": "prototypes",
    "memory.background": "background",
    "memory.out_of_scope": "out_of_scope",
    "memory.scope_layer": "scope_layer",
}
"""Name of a tensor → field of Memory. A file has all or none."""

_TAGGER = {
    "tagger.inner.weight": "inner_weight",
    "tagger.inner.bias": "inner_bias",
    "tagger.outer.weight": "outer_weight",
    "tagger.outer.bias": "outer_bias",
    "tagger.transitions": "transitions",
}
"""The same for Tagger."""


def encode(weights: Weights) -> bytes:
    """Return the model's own weights, without those of its base, as a safetensors file."""
    from safetensors.numpy import save

    own = weights.own
    tensors: Tensors = {**weights.parameters(), "hashes": own.hashes}
    if weights.memory is not None:
        tensors |= {name: getattr(weights.memory, field) for name, field in _MEMORY.items()}
    if weights.tagger is not None:
        tensors |= {name: getattr(weights.tagger, field) for name, field in _TAGGER.items()}
    if isinstance(own, FourBitRows):
        # A base: half the bytes, and on unseen text no cosine moves by more than a thousandth.
        tensors = {
            name: tensor if name in _TYPES else tensor.astype(np.float16)
            for name, tensor in tensors.items()
        }
        tensors |= {"words.packed": own.packed, "words.scales": own.scales}
    else:
        tensors["words.weight"] = own.vectors
    return save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})


def decode(data: bytes, sizes: Sizes, base: Rows | None, path: Path) -> Weights:
    """Return the weights of a file's content, checked in full. Raises ModelError naming `path`."""
    try:
        tensors = _tensors(memoryview(data))
    except _DAMAGE as error:
        raise _damaged(path, _("not a safetensors file ({reason})"), reason=error) from error
    _check(tensors, sizes, path)
    weights = _weights(tensors, sizes, base)
    for name, tensor in tensors.items():
        if not _is_finite(tensor):
            raise _damaged(path, _("tensor {name!r} holds NaN or infinity"), name=name)
        if tensor.dtype == np.float32 and np.abs(tensor).max(initial=0) > LARGEST_WEIGHT:
            raise _damaged(path, _("tensor {name!r} holds absurdly large numbers"), name=name)
    if np.any(np.diff(weights.own.hashes.astype(np.int64)) <= 0):
        raise _damaged(path, _("tensor {name!r} is not in rising order"), name="hashes")
    return weights


class Mapped:
    """The weights of a large file that is not read: pages come from disk as they are used.

    For the base, which ships with the program: its shapes are checked, its numbers are not.
    """

    def __init__(self, path: Path, sizes: Sizes) -> None:
        """Map the file. Raises ModelError."""
        try:
            with path.open("rb") as file:
                content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            self._tensors = _tensors(content)
        except (OSError, *_DAMAGE) as error:
            what = _("not a safetensors file ({reason})").format(reason=error)
            raise ModelError(f"{path}: {what}. {_(REINSTALL)}") from error
        _check(self._tensors, sizes, path)
        self._sizes = sizes
        self.rows: Rows = _rows(self._tensors, sizes)
        """Its rows of features: all that a model made from it needs to chat."""

    def weights(self) -> Weights:
        """Return all of it, widened to single precision: that reads the file but for the rows."""
        return _weights(self._tensors, self._sizes, None)


_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading damaged bytes may raise."""

_FORMAT: dict[str, type[np.generic]] = {
    "F32": np.float32,
    "F16": np.float16,
    "U32": np.uint32,
    "U8": np.uint8,
}


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


def _damaged(path: Path, what: str, **values: object) -> ModelError:
    """Return the error of a damaged file; `values` fill in what is wrong."""
    return ModelError(f"{path}: {what.format(**values)}. {_(RETRAIN)}")


def _check(tensors: Tensors, sizes: Sizes, path: Path) -> None:
    """Raise ModelError unless names, types and shapes are what the card says."""
    plain = np.float16 if sizes.four_bits else np.float32
    for name, shape in _shapes(sizes).items():
        if name not in tensors:
            raise _damaged(path, _("has no tensor {name!r}"), name=name)
        tensor, wanted = tensors[name], _TYPES.get(name, plain)
        if tensor.shape != shape:
            what = _("tensor {name!r} has the shape {shape}, but the card asks for {wanted}")
            raise _damaged(path, what, name=name, shape=tensor.shape, wanted=shape)
        if tensor.dtype != wanted:
            what = _("tensor {name!r} is {type}, not {wanted}")
            raise _damaged(path, what, name=name, type=tensor.dtype, wanted=wanted.__name__)


def _rows(tensors: Tensors, sizes: Sizes) -> Rows:
    if sizes.four_bits:
        return FourBitRows(tensors["hashes"], tensors["words.packed"], tensors["words.scales"])
    return FeatureRows(tensors["hashes"], tensors["words.weight"])


def _weights(tensors: Tensors, sizes: Sizes, base: Rows | None) -> Weights:
    """Return checked tensors as Weights."""
    rows = FeatureRows.none(sizes.word_size) if base is None else base
    parameters = {
        name: tensor.astype(np.float32) if name not in _TYPES and sizes.four_bits else tensor
        for name, tensor in tensors.items()
    }
    own = _rows(tensors, sizes)
    weights = Weights.from_parameters(sizes.cell, parameters, own, rows, sizes.parts)
    if sizes.background:
        memory = Memory(**{field: tensors[name] for name, field in _MEMORY.items()})
        weights = replace(weights, memory=memory)
    if sizes.slots:
        tagger = Tagger(sizes.slots, **{field: tensors[name] for name, field in _TAGGER.items()})
        weights = replace(weights, tagger=tagger)
    return weights


def _shapes(sizes: Sizes) -> dict[str, tuple[int, ...]]:
    """Return the shape of every tensor, by its name."""
    block = len(CELLS[sizes.cell].blocks) * sizes.hidden_size
    wide, embedding = sizes.input_size, sum(sizes.parts)
    shapes: dict[str, tuple[int, ...]] = {
        "hashes": (sizes.features - 1,),
        "norm.weight": (sizes.word_size,),
        "norm.bias": (sizes.word_size,),
        "recurrent.weight_ih_l0": (block, wide or sizes.word_size),
        "recurrent.weight_hh_l0": (block, sizes.hidden_size),
        "recurrent.bias_ih_l0": (block,),
        "recurrent.bias_hh_l0": (block,),
        "projection.weight": (embedding, sizes.hidden_size),
        "projection.bias": (embedding,),
        "feed_forward.weight": (sizes.intents, embedding),
        "feed_forward.bias": (sizes.intents,),
    }
    if sizes.four_bits:
        shapes |= {
            "words.packed": (sizes.features, sizes.word_size // 2),
            "words.scales": (sizes.features,),
        }
    else:
        shapes["words.weight"] = (sizes.features, sizes.word_size)
    if sizes.background:
        view = sizes.parts[-1]
        shapes |= {
            "memory.prototypes": (sizes.intents, view),
            "memory.background": (sizes.background, view),
            "memory.out_of_scope": (sizes.out_of_scope, view),
            "memory.scope_layer": (min(sizes.out_of_scope, 1), embedding + 1),
        }
    if sizes.slots:
        tags = 1 + 2 * len(sizes.slots)
        inputs = inputs_size(sizes.hidden_size, sizes.word_size)
        tagger = [(INNER, inputs), (INNER,), (tags, INNER), (tags,), (tags, tags)]
        shapes |= dict(zip(_TAGGER, tagger, strict=True))
    if wide:
        encoder = [
            (wide, sizes.word_size), (wide,), (4 * wide, wide), (4 * wide,), (wide, 4 * wide),
            (wide,), (wide,), (wide,),
        ]  # fmt: skip
        shapes |= dict(zip(ENCODER, encoder, strict=True))
    return shapes

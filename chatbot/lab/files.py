"""Where the lab keeps what it has trained: one folder per intents file, complete or unusable.

Two safetensors files per cell, one for the deep networks, and a card that names them with their
checksums. The card is written last and removed first, so a process that is killed in between leaves
a folder without a card, which counts as empty. What cannot be trusted is trained again. Nothing is
pickled.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from chatbot.common import CARD, ChatbotError, _, lab_folder, write_atomically
from chatbot.insight import ACTIVATIONS, CHATTER, LAGS, DeepWeights, Measured
from chatbot.lab.results import CellResult, Course, DeepResult, Lab
from chatbot.model import pretrained
from chatbot.network import CELLS, Sizes, Weights, weights_file

FORMAT = 1
"""Raised whenever what is trained, measured or written changes: older results are replaced."""

KEPT = 4
"""Intents files whose results are kept, the most recent ones; each takes about 20 MB."""

DEEP = "deep.safetensors"
STAGES = ("untrained", "trained")


class NoLabError(ChatbotError):
    """There are no usable results; the lab has to train."""


def folder_of(digest: str) -> Path:
    """Return the folder of an intents file's results, by `Intents.digest`."""
    return lab_folder() / digest[:32]


def save(lab: Lab, digest: str) -> None:
    """Write the results of an intents file. Raises ChatbotError when they cannot be written."""
    folder = folder_of(digest)
    contents = {
        _name(result.cell, stage): weights_file.encode(getattr(result, stage))
        for result in lab.cells
        for stage in STAGES
    }
    contents[DEEP] = _encode_deep(lab)
    card = {
        "format": FORMAT,
        "intents_digest": digest,
        "base": pretrained.load().card.weights_sha256,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()},
        **_card_values(lab),
    }
    try:
        (folder / CARD).unlink(missing_ok=True)
        for name, data in contents.items():
            write_atomically(folder / name, data)
        write_atomically(folder / CARD, json.dumps(card, ensure_ascii=False).encode())
        _forget_old(folder)
    except OSError as error:
        raise ChatbotError(
            _(
                "{folder}: the lab's results could not be written ({reason}). "
                "Free some space, or set XDG_CACHE_HOME to another folder"
            ).format(folder=folder, reason=error.strerror or error)
        ) from error


def load(digest: str) -> Lab:
    """Read the results of an intents file. Raises NoLabError where there are none to trust."""
    folder = folder_of(digest)
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        if card["format"] != FORMAT or card["intents_digest"] != digest:
            other = _("made from another file or by another version of the program")
            raise NoLabError(f"{folder}: {other}")
        shipped = pretrained.load()
        if card["base"] != shipped.card.weights_sha256:
            other = _("made with another pretrained base")
            raise NoLabError(f"{folder}: {other}")
        contents = {name: (folder / name).read_bytes() for name in _names()}
        for name, data in contents.items():
            if hashlib.sha256(data).hexdigest() != card["files"][name]:
                changed = _("changed since it was written")
                raise NoLabError(f"{folder / name}: {changed}")
        return _lab(card, contents, folder)
    except FileNotFoundError as error:
        none = _("there are no results of this intents file, or not all of them: train it again")
        raise NoLabError(f"{folder}: {none}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = getattr(error, "strerror", None) or error
        none = _("the results are damaged ({reason}): train it again").format(reason=reason)
        raise NoLabError(f"{folder}: {none}") from error


def _name(cell: str, stage: str) -> str:
    return f"{cell}-{stage}.safetensors"


def _names() -> list[str]:
    return [*(_name(cell, stage) for cell in CELLS for stage in STAGES), DEEP]


def _forget_old(newest: Path) -> None:
    """Remove all results but the KEPT that were written last."""
    folders = [path for path in newest.parent.iterdir() if path.is_dir() and path != newest]
    folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in folders[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _card_values(lab: Lab) -> dict[str, Any]:
    """Return everything of the results except the weights."""
    weights = lab.cells[0].trained
    return {
        "tags": lab.tags,
        "hidden_size": weights.hidden_size,
        "word_size": weights.word_size,
        "parts": weights.parts,
        "input_size": weights.encoded_size,
        "features": len(weights.own),
        "cells": {
            result.cell: {
                "course": asdict(result.course),
                "reach": result.reach,
                "untrained": asdict(result.measured_untrained),
                "trained": asdict(result.measured_trained),
            }
            for result in lab.cells
        },
        "deep": {
            result.trained.activation: {
                "course": asdict(result.course),
                "untrained": result.layers_untrained,
                "trained": result.layers_trained,
                "learned_right": result.learned_right,
                "held_out_right": result.held_out_right,
            }
            for result in lab.deep
        },
        "patterns": lab.patterns,
        "used": lab.used,
        "learned": lab.learned,
        "held_out": lab.held_out,
        "learned_asked": lab.learned_asked,
        "held_out_asked": lab.held_out_asked,
        "known_filler": lab.known_filler,
        "seconds": lab.seconds,
    }


def _lab(card: dict[str, Any], contents: dict[str, bytes], folder: Path) -> Lab:
    """Build the results; what is missing or of the wrong type raises a built-in error."""
    rows = pretrained.load().rows
    tags = tuple(card["tags"])

    def weights(cell: str, stage: str) -> Weights:
        sizes = Sizes(
            cell,
            card["word_size"],
            card["hidden_size"],
            card["features"],
            tuple(card["parts"]),
            len(tags),
            card["input_size"],
        )
        name = _name(cell, stage)
        return weights_file.decode(contents[name], sizes, rows, folder / name)

    cells = []
    for cell in CELLS:
        values = card["cells"][cell]
        cells.append(
            CellResult(
                cell,
                weights(cell, "untrained"),
                weights(cell, "trained"),
                _course(values["course"]),
                tuple((int(step), float(reached)) for step, reached in values["reach"]),
                _measured(values["untrained"]),
                _measured(values["trained"]),
            )
        )
    deep_weights = _decode_deep(contents[DEEP])
    deep = []
    for activation in ACTIVATIONS:
        values = card["deep"][activation]
        deep.append(
            DeepResult(
                deep_weights[f"{activation}.untrained"],
                deep_weights[f"{activation}.trained"],
                _course(values["course"]),
                _floats(values["untrained"]),
                _floats(values["trained"]),
                int(values["learned_right"]),
                int(values["held_out_right"]),
            )
        )
    return Lab(
        tags,
        tuple(cells),
        tuple(deep),
        int(card["patterns"]),
        int(card["used"]),
        int(card["learned"]),
        int(card["held_out"]),
        int(card["learned_asked"]),
        int(card["held_out_asked"]),
        int(card["known_filler"]),
        float(card["seconds"]),
    )


def _floats(values: list[float], length: int | None = None) -> tuple[float, ...]:
    if length is not None and len(values) != length:
        raise ValueError("a list of figures is too short or too long")
    return tuple(float(value) for value in values)


def _course(values: dict[str, list[float]]) -> Course:
    return Course(_floats(values["losses"]), _floats(values["gradient_norms"]))


def _measured(values: dict[str, list[float]]) -> Measured:
    def counts(name: str) -> tuple[int, ...]:
        return tuple(int(count) for count in _floats(values[name], len(CHATTER)))

    return Measured(
        counts("learned_right"),
        counts("held_out_right"),
        _floats(values["through_time"], LAGS + 1),
    )


def _encode_deep(lab: Lab) -> bytes:
    from safetensors.numpy import save as encode

    tensors = {}
    for result in lab.deep:
        for stage in STAGES:
            deep: DeepWeights = getattr(result, stage)
            for layer, (weight, bias) in enumerate(zip(deep.weights, deep.biases, strict=True)):
                tensors[f"{deep.activation}.{stage}.{layer}.weight"] = np.ascontiguousarray(weight)
                tensors[f"{deep.activation}.{stage}.{layer}.bias"] = np.ascontiguousarray(bias)
    return encode(tensors)


def _decode_deep(data: bytes) -> dict[str, DeepWeights]:
    from safetensors import SafetensorError
    from safetensors.numpy import load as decode

    try:
        tensors = decode(data)
    except SafetensorError as error:
        raise ValueError(str(error)) from error
    depth = len(tensors) // (4 * len(ACTIVATIONS))
    return {
        f"{activation}.{stage}": DeepWeights(
            activation,
            tuple(tensors[f"{activation}.{stage}.{layer}.weight"] for layer in range(depth)),
            tuple(tensors[f"{activation}.{stage}.{layer}.bias"] for layer in range(depth)),
        )
        for activation in ACTIVATIONS
        for stage in STAGES
    }

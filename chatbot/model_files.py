"""Model files: weights as safetensors beside a JSON card, written so that neither is ever half.

A model folder holds `card.json` and the weights file that the card names. The card is the point of
commitment: new weights are written first under a name of their own, then the card is replaced in
one step, then the old weights go. Whoever is killed in between leaves the old model whole.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from chatbot import base, weights_file
from chatbot.atomic import write_atomically
from chatbot.classifier import Calibration
from chatbot.weights import CELL_KINDS, CellKind, Weights
from chatbot.weights_file import RETRAIN, ModelError, Sizes

CARD = "card.json"
FORMAT = 2
"""Raised whenever an older program could misread a newer model."""

T = TypeVar("T")


class NoModelError(ModelError):
    """There is no model yet where one was looked for."""


class _MissingError(ModelError):
    """The weights that a card names are not there."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """How good a training turned out. None where too few patterns could be held out to tell."""

    patterns: int
    """Distinct patterns that the shipped weights have learned."""
    held_out_patterns: int
    """Patterns kept from a first training and asked afterwards."""
    held_out_accuracy: float | None
    """Share of the held-out patterns that the first training, which never saw them, got right."""
    held_out_macro_f1: float | None
    """F1 averaged over the intents that have held-out patterns."""
    held_out_calibration_error: float | None
    """Expected calibration error over them, ten bins."""
    known_words: float | None
    """Share of the patterns' words that the pretrained base knows; None where it was not asked."""
    epochs: int
    """Those with patterns held out, to the best, and then those with all."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Card:
    """What a model is, for people and for the loader."""

    format: int
    cell: CellKind
    word_size: int
    hidden_size: int
    embedding_size: int
    features: int
    """Rows of features that are the model's own."""
    base: str | None
    """Checksum of the pretrained base that it was fine-tuned from; None if from nothing."""
    intents: tuple[str, ...]
    intents_digest: str
    """`Intents.digest` of the file it was trained on: tags and patterns, not replies."""
    calibration: Calibration
    metrics: Metrics
    seed: int
    trained_at: str
    """ISO 8601, UTC."""
    chatbot_version: str
    weights: str
    """Name of the weights file beside the card."""
    weights_sha256: str
    warm_retrains: int = 0
    """Small edits learned since the training that the held-out figures and the calibration are
    of; older cards do without."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained network and its card."""

    card: Card
    weights: Weights


def save(folder: Path, card: Card, encoded_weights: bytes) -> Card:
    """Write a complete model into a folder, replacing the one there in a single step.

    Returns the card as written, which names the weights file. Raises ModelError when the folder
    cannot be written; the old model then stays as it was.
    """
    digest = hashlib.sha256(encoded_weights).hexdigest()
    name = f"weights-{digest[:12]}.safetensors"
    values = {**asdict(card), "weights": name, "weights_sha256": digest}
    try:
        write_atomically(folder / name, encoded_weights)
        text = json.dumps(values, ensure_ascii=False, indent=2) + "\n"
        write_atomically(folder / CARD, text.encode())
        for old in folder.glob("weights-*.safetensors"):
            if old.name != name:
                old.unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(
            f"{folder}: the model could not be written ({error.strerror or error}). "
            "The old one still answers. Free some space, or choose a folder with --model"
        ) from error
    return _card(values, folder / CARD)


def encoded(folder: Path, card: Card) -> bytes:
    """Return the weights file that a card names, as it is. Raises ModelError."""
    path = folder / card.weights
    try:
        return path.read_bytes()
    except FileNotFoundError:
        what = "the weights that the card names are missing"
        raise _MissingError(f"{path}: {what}. {RETRAIN}") from None
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}). {RETRAIN}") from error


def read_card(folder: Path) -> Card:
    """Read a model's card. Raises NoModelError when there is none, ModelError when it is bad."""
    path = folder / CARD
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise NoModelError(f"{folder}: no model here yet. {RETRAIN}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: cannot be read ({error}). {RETRAIN}") from error
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path}: broken JSON ({error}). {RETRAIN}") from error
    return _card(values, path)


def load(folder: Path) -> Model:
    """Load a model. Raises NoModelError when there is none, ModelError when it cannot be trusted.

    The weights are checked against the card's checksum, for their shapes and for numbers that are
    not finite, so nothing that passes can fail later.
    """
    card = read_card(folder)
    try:
        return _load_weights(folder, card)
    except _MissingError:
        # A training may have replaced card and weights between the two reads: look once more.
        return _load_weights(folder, read_card(folder))


def _load_weights(folder: Path, card: Card) -> Model:
    path = folder / card.weights
    data = encoded(folder, card)
    if hashlib.sha256(data).hexdigest() != card.weights_sha256:
        raise ModelError(
            f"{path}: truncated or changed since training (its checksum differs from the card's). "
            f"{RETRAIN}"
        )
    sizes = Sizes(
        card.cell,
        card.word_size,
        card.hidden_size,
        card.features,
        card.embedding_size,
        len(card.intents),
    )
    rows = None
    if card.base is not None:
        shipped = base.load()
        if shipped.card.weights_sha256 != card.base:
            raise ModelError(
                f"{folder / CARD}: fine-tuned from another pretrained base than this program's. "
                f"{RETRAIN}"
            )
        rows = shipped.weights.own
    return Model(card, weights_file.decode(data, sizes, rows, path))


def _card(values: object, path: Path) -> Card:
    """Return the values of a card file, each checked. Raises ModelError naming the key."""

    def refuse(what: str) -> ModelError:
        return ModelError(f"{path}: {what}. {RETRAIN}")

    if not isinstance(values, dict):
        raise refuse("not a JSON object")
    if values.get("format") != FORMAT:
        raise refuse(
            f"written in model format {values.get('format')!r}, this program reads {FORMAT}"
        )
    kinds: dict[str, type | tuple[type, ...]] = {
        **dict.fromkeys(("word_size", "hidden_size", "embedding_size", "features", "seed"), int),
        **dict.fromkeys(("intents_digest", "trained_at", "chatbot_version"), str),
        **dict.fromkeys(("weights", "weights_sha256"), str),
        **dict.fromkeys(("calibration", "metrics"), dict),
        "intents": (list, tuple),
    }
    for key, kind in kinds.items():
        if not isinstance(values.get(key), kind) or isinstance(values[key], bool):
            raise refuse(f"key {key!r} is missing or of the wrong type")
    if values.get("cell") not in CELL_KINDS:
        raise refuse(f"unknown cell {values.get('cell')!r} (one of {', '.join(CELL_KINDS)})")
    if not isinstance(values.get("base"), str | None):
        raise refuse("key 'base' is of the wrong type")
    if any(values[f"{of}_size"] < 1 for of in ("word", "hidden", "embedding")):
        raise refuse("a size is below 1")
    if values["features"] < 1:
        raise refuse("there is no row for the unknown feature")
    intents = tuple(values["intents"])
    if not intents or not all(isinstance(tag, str) for tag in intents):
        raise refuse("key 'intents' is not a list of tags")
    if Path(values["weights"]).name != values["weights"] or not values["weights"]:
        raise refuse("key 'weights' is not the plain name of a file beside the card")
    calibration = _numbers(Calibration, values["calibration"])
    metrics = _numbers(Metrics, values["metrics"])
    if calibration is None or calibration.temperature <= 0:
        raise refuse("key 'calibration' is damaged")
    if metrics is None:
        raise refuse("key 'metrics' is damaged")
    warm = values.get("warm_retrains", 0)
    if not isinstance(warm, int) or isinstance(warm, bool) or warm < 0:
        raise refuse("key 'warm_retrains' is no count")
    known = {field.name: values[field.name] for field in fields(Card) if field.name in values}
    return Card(**{**known, "intents": intents, "calibration": calibration, "metrics": metrics})


def _numbers(kind: type[T], values: dict[str, Any]) -> T | None:
    """Build a dataclass whose fields are all numbers (or None if it says so), or return None."""
    names = {field.name: str(field.type) for field in fields(cast(Any, kind))}
    for name, annotation in names.items():
        value = values.get(name)
        if value is None and "None" in annotation:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
            return None
    return kind(**{name: values.get(name) for name in names})

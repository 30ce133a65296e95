"""The card of a model: what it is and how good it is; every key of its file is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, cast

from chatbot.common import HALF_CHARACTER, UNPRINTABLE, _
from chatbot.model.classifier import Calibration
from chatbot.model.sureness import NEAREST, OF_ANSWERS, Sureness
from chatbot.network import CELLS, RETRAIN, ModelError, Sizes, Weights

FORMAT = 5
"""Raised whenever an older program could misread a newer model."""

LARGEST_COUNT = 2**31
"""Of units, rows, patterns, seeds and the like."""

LARGEST_NUMBER = 1e9
"""Of a calibration or a figure; those of real models are below a few thousand."""

SHARPEST = 0.01
"""Temperature; fitted ones are between 0.4 and 4."""

_FILE_NAME = re.compile(r"\w[\w.-]{0,200}", re.ASCII)

T = TypeVar("T")


class NoModelError(ModelError):
    """There is no model in the folder yet."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """How good a trained model is. None where too few patterns could be held out to tell."""

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
    """Share of the patterns' words that the pretrained base knows; None where it was not used."""
    epochs: int
    """Of the training with patterns held out, up to its best one, and of that with all patterns."""
    seconds: float

    @property
    def is_of_a_part(self) -> bool:
        """Whether the held-out figures are of a part of the patterns.

        A training on the base as it is asks all of them, each before it is learned. One by gradient
        descent, and one of more than 30,000, holds out a part.
        """
        return self.held_out_patterns < self.patterns / 2


@dataclass(frozen=True, slots=True)
class Card:
    """What a model is, for people and for the loader."""

    format: int
    cell: str
    word_size: int
    hidden_size: int
    parts: tuple[int, ...]
    """Numbers in each part of the embedding."""
    input_size: int
    """Numbers in the vector that the word encoder gives the cell; 0 without an encoder."""
    features: int
    """Rows of features of the model's own."""
    background: int
    """Messages of other bots that it remembers; 0 without a memory."""
    out_of_scope: int
    """Out-of-scope examples that it remembers."""
    base: str | None
    """Checksum of the pretrained base that it was fine-tuned from; None if from nothing."""
    intents: tuple[str, ...]
    intents_digest: str
    """`Intents.digest` of the file it was trained on: tags and patterns, not replies."""
    calibration: Calibration | Sureness
    """What tells how likely an answer is right: the base's, adapted to the patterns, or theirs."""
    metrics: Metrics
    seed: int
    trained_at: str
    """ISO 8601, UTC."""
    chatbot_version: str
    weights: str
    """Name of the weights file beside the card."""
    weights_sha256: str
    warm_retrains: int = 0
    """Small edits learned since the training from which the held-out figures and the calibration
    are; older cards lack it."""
    slots: tuple[str, ...] = ()
    """Whose values its tagger finds; older cards lack it."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained network and its card."""

    card: Card
    weights: Weights


def sizes_in_card(weights: Weights) -> dict[str, Any]:
    """Return what a card says of the sizes of weights."""
    sizes = Sizes.of(weights)._asdict()
    in_card = {field.name for field in fields(Card)} - {"intents"}  # there they are tags
    return {name: size for name, size in sizes.items() if name in in_card}


def card_from(values: object, path: Path) -> Card:
    """Return the card in the values of its file, each checked. Raises ModelError naming the key.

    Checked by hand and not by msgspec, whose import would add 20 ms to start-up: the card is read
    on the way to the first answer.
    """

    def refuse(what: str) -> ModelError:
        return ModelError(f"{path}: {what}. {_(RETRAIN)}")

    if not isinstance(values, dict):
        raise refuse(_("not a JSON object"))
    if values.get("format") != FORMAT:
        raise refuse(
            _("written in model format {format!r}, this program reads {ours}").format(
                format=values.get("format"), ours=FORMAT
            )
        )
    kinds: dict[str, type | tuple[type, ...]] = {
        **dict.fromkeys(("word_size", "hidden_size", "input_size"), int),
        **dict.fromkeys(("features", "background", "out_of_scope", "seed"), int),
        **dict.fromkeys(("intents_digest", "trained_at", "chatbot_version"), str),
        **dict.fromkeys(("weights", "weights_sha256"), str),
        **dict.fromkeys(("calibration", "metrics"), dict),
        **dict.fromkeys(("intents", "parts"), (list, tuple)),
    }
    for key, kind in kinds.items():
        if not isinstance(values.get(key), kind) or isinstance(values[key], bool):
            raise refuse(_("key {key!r} is missing or of the wrong type").format(key=key))
    if values.get("cell") not in tuple(CELLS):  # it may be a list or an object
        unknown = _("unknown cell {cell!r} (one of {cells})")
        known_ones = ", ".join(sorted(CELLS))
        raise refuse(unknown.format(cell=values.get("cell"), cells=known_ones))
    if "base" not in values or not isinstance(values["base"], str | None):
        raise refuse(_("key {key!r} is missing or of the wrong type").format(key="base"))
    for key, value in values.items():
        if kinds.get(key) is int and abs(value) > LARGEST_COUNT:
            raise refuse(_("key {key!r} is too large a number").format(key=key))
        if isinstance(value, str) and UNPRINTABLE.search(value):
            holds = _("key {key!r} holds a control character or half of a character")
            raise refuse(holds.format(key=key))
    sizes = (values["word_size"], values["hidden_size"], *values["parts"])
    if values["input_size"] < 0 or 0 != values["background"] < NEAREST or not values["parts"]:
        raise refuse(_("a size is missing"))
    if any(isinstance(size, bool) or not isinstance(size, int) or size < 1 for size in sizes):
        raise refuse(_("a size is below 1"))
    if any(size > LARGEST_COUNT for size in sizes):
        raise refuse(_("a size is too large a number"))
    if values["out_of_scope"] < 0:
        raise refuse(_("a size is below 0"))
    if values["features"] < 1:
        raise refuse(_("there is no row for the unknown feature"))
    intents = tuple(values["intents"])
    if not intents or not all(map(_is_tag, intents)):
        raise refuse(_("key 'intents' is not a list of tags"))
    if not _FILE_NAME.fullmatch(values["weights"]):
        raise refuse(_("key 'weights' is not the plain name of a file beside the card"))
    calibration = _calibration(values["calibration"])
    metrics = _numbers(Metrics, values["metrics"])
    if calibration is None or isinstance(calibration, Sureness) != (values["background"] > 0):
        raise refuse(_("key {key!r} is damaged").format(key="calibration"))
    if metrics is None:
        raise refuse(_("key {key!r} is damaged").format(key="metrics"))
    warm = values.get("warm_retrains", 0)
    if not isinstance(warm, int) or isinstance(warm, bool) or not 0 <= warm <= LARGEST_COUNT:
        raise refuse(_("key {key!r} is not a count").format(key="warm_retrains"))
    slots = values.get("slots", ())
    if not isinstance(slots, list | tuple) or not all(map(_is_tag, slots)):
        raise refuse(_("key {key!r} is damaged").format(key="slots"))
    known = {field.name: values[field.name] for field in fields(Card) if field.name in values}
    known["slots"] = tuple(slots)
    known["parts"] = tuple(known["parts"])
    return Card(**{**known, "intents": intents, "calibration": calibration, "metrics": metrics})


def _calibration(values: dict[str, Any]) -> Calibration | Sureness | None:
    """Return what tells how likely an answer is right; None if it is damaged."""
    if "coefficients" not in values:
        found = _numbers(Calibration, values)
        if found is None or not SHARPEST <= found.temperature <= 1 / SHARPEST:
            return None
        return found if 0 <= found.threshold <= 1 else None
    coefficients = values["coefficients"]
    if not isinstance(coefficients, list | tuple) or len(coefficients) != len(OF_ANSWERS):
        return None
    rest = [values.get("offset"), values.get("threshold")]
    if not all(map(_is_number, (*coefficients, *rest))) or not 0 <= values["threshold"] <= 1:
        return None
    return Sureness(tuple(coefficients), values["offset"], values["threshold"])


def _numbers(kind: type[T], values: dict[str, Any]) -> T | None:
    """Return a dataclass of finite numbers (or None, where a field allows it), or None."""
    names = {field.name: str(field.type) for field in fields(cast(Any, kind))}
    for name, annotation in names.items():
        value = values.get(name)
        if value is None and "None" in annotation:
            continue
        if not _is_number(value):
            return None
    return kind(**{name: values.get(name) for name in names})


def _is_number(value: object) -> bool:
    """Return whether a value is a number that can be calculated with: no NaN, and not 10**20."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -LARGEST_NUMBER <= cast(float, value) <= LARGEST_NUMBER


def _is_tag(value: object) -> bool:
    return isinstance(value, str) and not HALF_CHARACTER.search(value)

"""Model files: weights as safetensors beside a JSON card, and neither is ever incomplete.

A model folder holds `card.json` and the weights file that the card names. The card is the point of
commitment: new weights are written first under a name of their own, then the card is replaced in
one step, then the old weights go. A process killed in between leaves the old model complete.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from chatbot.common import CARD, _, write_atomically
from chatbot.model import pretrained
from chatbot.model.card import Card, Model, NoModelError, card_from
from chatbot.network import RETRAIN, ModelError, Sizes, weights_file


class _MissingError(ModelError):
    """The weights that a card names are not there."""


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
            _(
                "{folder}: the model could not be written ({reason}). The old one still answers. "
                "Free some space, or choose a folder with --model"
            ).format(folder=folder, reason=error.strerror or error)
        ) from error
    return card_from(values, folder / CARD)


def encoded(folder: Path, card: Card) -> bytes:
    """Return the bytes of the weights file that a card names. Raises ModelError."""
    path = folder / card.weights
    try:
        return path.read_bytes()
    except FileNotFoundError:
        what = _("the weights that the card names are missing")
        raise _MissingError(f"{path}: {what}. {_(RETRAIN)}") from None
    except OSError as error:
        what = _("cannot be read ({reason})").format(reason=error.strerror)
        raise ModelError(f"{path}: {what}. {_(RETRAIN)}") from error


def read_card(folder: Path) -> Card:
    """Read a model's card. Raises NoModelError when there is none, ModelError when it is bad."""
    path = folder / CARD
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        what = _("no model here yet")
        raise NoModelError(f"{folder}: {what}. {_(RETRAIN)}") from None
    except (OSError, UnicodeDecodeError) as error:
        what = _("cannot be read ({reason})").format(reason=error)
        raise ModelError(f"{path}: {what}. {_(RETRAIN)}") from error
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        what = _("broken JSON ({reason})").format(reason=error)
        raise ModelError(f"{path}: {what}. {_(RETRAIN)}") from error
    return card_from(values, path)


def load(folder: Path) -> Model:
    """Load a model. Raises NoModelError when there is none, ModelError when it cannot be trusted.

    The weights are checked against the card's checksum, for their shapes and for numbers that are
    not finite, so nothing that passes can fail later.
    """
    card = read_card(folder)
    try:
        return _load_weights(folder, card)
    except _MissingError:
        # A training may have replaced card and weights between the two reads: try again.
        return _load_weights(folder, read_card(folder))


def _load_weights(folder: Path, card: Card) -> Model:
    path = folder / card.weights
    data = encoded(folder, card)
    if hashlib.sha256(data).hexdigest() != card.weights_sha256:
        what = _("truncated or changed since training (its checksum differs from the card's)")
        raise ModelError(f"{path}: {what}. {_(RETRAIN)}")
    sizes = Sizes(
        card.cell,
        card.word_size,
        card.hidden_size,
        card.features,
        card.parts,
        len(card.intents),
        card.input_size,
        background=card.background,
        out_of_scope=card.out_of_scope,
        slots=card.slots,
    )
    rows = None
    if card.base is not None:
        shipped = pretrained.load()
        if shipped.card.weights_sha256 != card.base:
            what = _("fine-tuned from another pretrained base than this program's")
            raise ModelError(f"{folder / CARD}: {what}. {_(RETRAIN)}")
        rows = shipped.rows
    return Model(card, weights_file.decode(data, sizes, rows, path))

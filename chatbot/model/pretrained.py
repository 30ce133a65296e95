"""The pretrained base: what the program knows about sentences before it has seen your patterns."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path

from chatbot.common import CARD, _, bundled, write_atomically
from chatbot.model.sureness import OF_ANSWERS, OF_BOTS, LearnedSureness
from chatbot.network import CELLS, ModelError, Rows, Sizes, Weights, weights_file

FAMILIAR_WORDS = 0.7
"""Share of the words of some patterns that the base must know for its embeddings to be relied on:
then it is the better start of a training, and can judge labels (docs/benchmarks.md)."""


@dataclass(frozen=True, slots=True)
class BaseCard:
    """What a base is, for people and for the loader; see models/base/README.md."""

    cell: str
    word_size: int
    hidden_size: int
    features: int
    """Rows of the embedding: one per feature, and the unknown feature."""
    input_size: int
    """Numbers in the vector that the word encoder gives the cell; 0 without an encoder."""
    parts: tuple[int, ...]
    """Numbers in each part of the embedding: the teachers' views, and the base's own."""
    four_bits: bool
    """Whether its rows of features are four-bit numbers."""
    teachers: tuple[str, ...]
    lines: int
    """Lines that it learned from."""
    epochs: int
    held_out_cosines: tuple[float, ...]
    """Mean cosine to each teacher on lines that it never saw."""
    sureness: LearnedSureness
    """How likely an answer is right, learned from practice bots."""
    weights: str
    """Name of the weights file beside the card."""
    weights_sha256: str


@dataclass(frozen=True)
class Base:
    """A pretrained base; to chat with a model that was made from it, only its rows are read."""

    card: BaseCard
    _mapped: weights_file.Mapped

    @property
    def rows(self) -> Rows:
        """Its rows of features."""
        return self._mapped.rows

    @cached_property
    def weights(self) -> Weights:
        """All of it; without intents: its embeddings imitate the teachers'."""
        return self._mapped.weights()


def save(folder: Path, card: BaseCard, weights: Weights) -> BaseCard:
    """Write a base into a folder, the card last; returns the card with the weights' name."""
    data = weights_file.encode(weights)
    digest = hashlib.sha256(data).hexdigest()
    name = f"weights-{digest[:12]}.safetensors"
    card = replace(card, weights=name, weights_sha256=digest)
    write_atomically(folder / name, data)
    text = json.dumps(asdict(card), ensure_ascii=False, indent=2) + "\n"
    write_atomically(folder / CARD, text.encode())
    for old in folder.glob("weights-*.safetensors"):
        if old.name != name:
            old.unlink()
    return card


def load(folder: Path | None = None) -> Base:
    """Return the base in a folder, or the one that ships with the program, mapped once.

    Raises ModelError.
    """
    return _load(folder or bundled("models") / "base")


@lru_cache(maxsize=2)
def _load(folder: Path) -> Base:
    path = folder / CARD
    try:
        # By hand and not by msgspec, whose import takes 20 ms of start-up (see `card.card_from`).
        values = json.loads(path.read_text(encoding="utf-8"))
        values["sureness"] = LearnedSureness(**values["sureness"])
        card = BaseCard(**{field.name: values[field.name] for field in fields(BaseCard)})
        if card.cell not in CELLS:
            raise ValueError(f"unknown cell {card.cell!r}")
        numbers = len(card.sureness.of_answers), len(card.sureness.of_bots)
        if numbers != (len(OF_ANSWERS), len(OF_BOTS)):
            raise ValueError(f"sureness of {numbers[0]} and {numbers[1]} numbers")
    except (OSError, ValueError, KeyError, TypeError) as error:
        damaged = _("the pretrained base is damaged ({reason})").format(reason=error)
        raise ModelError(f"{path}: {damaged}. {_(weights_file.REINSTALL)}") from error
    sizes = Sizes(
        card.cell,
        card.word_size,
        card.hidden_size,
        card.features,
        tuple(card.parts),
        intents=0,
        input_size=card.input_size,
        four_bits=card.four_bits,
    )
    return Base(card, weights_file.Mapped(folder / card.weights, sizes))

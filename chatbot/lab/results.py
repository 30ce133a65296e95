"""What the lab has trained and measured, as frozen records. No torch here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.common import _
from chatbot.insight import MESSAGE_WORDS, DeepWeights, Measured, OnMessage, likeliest, on_message
from chatbot.network import CELLS, Weights
from chatbot.words import words

EXAMPLE = "What time is it?"
"""The sentence that guides to recurrent networks use."""


def titles() -> tuple[str, ...]:
    """Return the cells' names in English, as JSON has them, in the order of CELLS."""
    return tuple(cell.title for cell in CELLS.values())


def shown_titles() -> tuple[str, ...]:
    """Return the cells' names on the screen, in the order of CELLS."""
    return tuple(map(_, titles()))


@dataclass(frozen=True, slots=True)
class Course:
    """How one training went, one figure per step."""

    losses: tuple[float, ...]
    """Cross-entropy of the step's batch, in nats."""
    gradient_norms: tuple[float, ...]
    """Of all parameters together, before clipping."""


@dataclass(frozen=True, slots=True)
class CellResult:
    """One cell, before and after its training."""

    cell: str
    """Its name in the table of cells."""
    untrained: Weights
    trained: Weights
    course: Course
    reach: tuple[tuple[int, float], ...]
    """From time to time: the step, and the gradient LAGS words back relative to the last word's."""
    measured_untrained: Measured
    measured_trained: Measured


@dataclass(frozen=True, slots=True)
class DeepResult:
    """One deep feed-forward network, before and after its training."""

    untrained: DeepWeights
    trained: DeepWeights
    course: Course
    layers_untrained: tuple[float, ...]
    """Mean gradient at each layer's output, relative to the last layer's."""
    layers_trained: tuple[float, ...]
    learned_right: int
    """Learned patterns that it gets right after its training."""
    held_out_right: int


@dataclass(frozen=True, slots=True)
class Lab:
    """Everything that the lab shows, except a person's own sentence."""

    tags: tuple[str, ...]
    cells: tuple[CellResult, ...]
    """In the order of CELLS."""
    deep: tuple[DeepResult, ...]
    """In the order of ACTIVATIONS."""
    patterns: int
    """Distinct patterns in the file."""
    used: int
    """Those that the lab has used: not all of a very large file."""
    learned: int
    """Patterns that every network has learned."""
    held_out: int
    """Patterns that no network has learned."""
    learned_asked: int
    """Learned patterns that the chatter test asks."""
    held_out_asked: int
    known_filler: int
    seconds: float
    """Time that training and measuring took."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A person's own sentence, read by every network."""

    message: str
    words: tuple[str, ...]
    is_cut: bool
    """Whether the message had more words than are read."""
    intent: str
    """The likeliest one by the trained networks together; "" without words."""
    untrained: tuple[OnMessage, ...]
    """In the order of CELLS."""
    trained: tuple[OnMessage, ...]


def read_sentence(lab: Lab, message: str) -> Sentence:
    """Let the lab's networks read a person's own sentence."""
    everything = words(message)
    read: Sequence[str] = everything[:MESSAGE_WORDS]
    is_cut = len(everything) > len(read)
    if not read:
        return Sentence(message, (), False, "", (), ())
    intent = likeliest([result.trained for result in lab.cells], read)
    return Sentence(
        message,
        tuple(read),
        is_cut,
        lab.tags[intent],
        tuple(on_message(result.untrained, lab.tags, read, intent) for result in lab.cells),
        tuple(on_message(result.trained, lab.tags, read, intent) for result in lab.cells),
    )

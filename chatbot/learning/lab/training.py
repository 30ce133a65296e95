"""The lab's training: the same patterns, words, seed and steps for every cell."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from chatbot.common import _
from chatbot.insight import ACTIVATIONS, LAGS, Asked, forgetting
from chatbot.intents import Intents
from chatbot.lab import CellResult, Course, DeepResult, Lab, LabProgress
from chatbot.learning.data import Indices, Patterns
from chatbot.learning.folds import held_out
from chatbot.learning.lab.deep_network import train_deep
from chatbot.learning.learned import TrainingCancelledError
from chatbot.learning.run import Run
from chatbot.learning.starts import Beginning, FromBase, FromNothing, grown, table_beside
from chatbot.learning.threads import one_thread
from chatbot.learning.training import learnable
from chatbot.model import pretrained
from chatbot.network import CELLS, PARAMETERS, Weights

MOST_PATTERNS = 1_000
"""Patterns that are used of a larger file. Measured: 40 s for a file of 22,500 patterns of random
words."""

MOST_ASKED = 200
"""Learned patterns, and as many held-out ones, that the chatter test asks at most."""

HELD_OUT_SHARE = 0.15

REACH_PATTERNS = 12
"""Patterns by which the gradient's reach is measured from time to time while a cell learns."""

REACH_POINTS = 20
"""Times that it is measured, at most; each costs about 20 ms."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large and how long the lab trains."""

    hidden: int = 128
    """Units of every cell's hidden state."""
    steps: int = 600
    """Gradient steps of a network on a small file; on a large one the cells take more."""
    seed: int = 0


PLAN = Plan()


class FromWords(FromNothing):
    """Random cells, with PyTorch's default start, that read the pretrained base's word vectors.

    The cell starts from nothing, which is what the lab is about. The words do not: from a few
    patterns alone no cell learns enough of them to have much to forget (measured on the default
    file: held-out accuracy .39 without the base's word vectors, .50 with them).
    """

    def __init__(self, cell: str, plan: Plan) -> None:
        self._base = FromBase(pretrained.load())
        weights = self._base.weights
        super().__init__(cell, plan.hidden, weights.word_size, weights.encoded_size)
        self.recipe = replace(FromNothing.recipe, steps=plan.steps)
        self.rows = self._base.rows
        self.checksum = self._base.checksum

    def begin(self, patterns: Patterns, learned: Indices) -> Beginning:
        """Return a network with the base's word vectors and otherwise random weights."""
        table = table_beside(self.rows, patterns, learned)
        # Before any cell has drawn its weights: features new to the base then start alike in all.
        rows = grown(self.rows, table.hashes)
        network = self.network(table.size, len(patterns.tags))
        network.set_features(rows)
        state = {
            name: torch.from_numpy(np.array(array))
            for name, array in self._base.weights.parameters().items()
            if name.startswith(("norm.", "encoder."))
        }
        network.load_state_dict(state, strict=False)
        return Beginning(table, network)


@dataclass(frozen=True)
class _Material:
    """The patterns that every network of the lab learns, and those that it is asked."""

    patterns: Patterns
    learned: Indices
    held_out: Indices
    asked: tuple[Asked, ...]


def run_lab(
    intents: Intents, plan: Plan = PLAN, cancelled: Cancelled = lambda: False
) -> Iterator[LabProgress | Lab]:
    """Train and measure every network; yields LabProgress and, as the last record, Lab.

    `cancelled` is called before every batch. Raises TrainingError when there is nothing to choose
    between, TrainingCancelledError, and ModelError when the base is damaged.
    """
    with one_thread():
        yield from _Training(intents, plan, cancelled).run()


class _Training:
    """One run of the lab."""

    def __init__(self, intents: Intents, plan: Plan, cancelled: Cancelled) -> None:
        self.plan, self.cancelled = plan, cancelled
        self.started = time.perf_counter()
        everything = learnable(intents)
        self.in_file = len(everything)
        self.material = _material(sampled(everything, plan.seed), plan.seed)
        self.step = self.steps = 0

    def run(self) -> Iterator[LabProgress | Lab]:
        material = self.material
        cells: list[CellResult] = []
        for cell in CELLS:
            run = Run(
                "all patterns",
                FromWords(cell, self.plan),
                material.patterns,
                material.learned,
                seed=self.plan.seed,
            )
            self.steps = (
                len(CELLS) * run.steps_per_epoch * run.epochs + len(ACTIVATIONS) * self.plan.steps
            )
            result = yield from self._cell(cell, run)
            cells.append(result)
        deep = yield from self._deep(cells[-1].trained)
        yield Lab(
            tags=material.patterns.tags,
            cells=tuple(cells),
            deep=deep,
            patterns=self.in_file,
            used=len(material.patterns),
            learned=len(material.learned),
            held_out=len(material.held_out),
            learned_asked=sum(not pattern.held_out for pattern in material.asked),
            held_out_asked=sum(pattern.held_out for pattern in material.asked),
            known_filler=forgetting.known_filler(cells[-1].trained),
            seconds=time.perf_counter() - self.started,
        )

    def _cell(self, cell: str, run: Run) -> Generator[LabProgress, None, CellResult]:
        """Train one cell and measure it."""
        watched = [pattern for pattern in self.material.asked if pattern.held_out]
        watched = (watched or list(self.material.asked))[:REACH_PATTERNS]
        untrained = _frozen(run.weights())
        losses: list[float] = []
        norms: list[float] = []
        reach = [(0, forgetting.through_time(untrained, watched)[LAGS])]
        every = math.ceil(run.epochs / REACH_POINTS)
        for progress in run.learn(self.cancelled):
            losses.append(run.loss)
            norms.append(run.gradient_norm)
            ends_epoch = progress.step % run.steps_per_epoch == 0
            if ends_epoch and progress.epoch % every == 0:
                reached = forgetting.through_time(run.weights(), watched)[LAGS]
                reach.append((progress.step, reached))
            self.step += 1
            yield self._progress(
                _("training the {cell}").format(cell=_(CELLS[cell].title)), run.loss
            )
        trained = _frozen(run.weights())
        yield self._progress(_("measuring the {cell}").format(cell=_(CELLS[cell].title)), None)
        return CellResult(
            cell=cell,
            untrained=untrained,
            trained=trained,
            course=Course(tuple(losses), tuple(norms)),
            reach=tuple(reach),
            measured_untrained=forgetting.measure(untrained, self.material.asked),
            measured_trained=forgetting.measure(trained, self.material.asked),
        )

    def _deep(self, words: Weights) -> Generator[LabProgress, None, tuple[DeepResult, ...]]:
        """Train the deep networks on the word vectors of a trained cell."""
        results: list[DeepResult] = []
        material, plan = self.material, self.plan
        training = train_deep(words, material.patterns, material.learned, plan.steps, plan.seed)
        for record in training:
            if self.cancelled():
                raise TrainingCancelledError
            if isinstance(record, DeepResult):
                results.append(record)
            else:
                self.step += 1
                yield self._progress(*record)
        return tuple(results)

    def _progress(self, part: str, loss: float | None) -> LabProgress:
        seconds = time.perf_counter() - self.started
        left = seconds / max(self.step, 1) * (self.steps - self.step)
        return LabProgress(part, self.step, self.steps, loss, seconds, left)


def sampled(patterns: Patterns, seed: int) -> Patterns:
    """Return at most MOST_PATTERNS of the patterns, about as many of every intent."""
    if len(patterns) <= MOST_PATTERNS:
        return patterns
    # In random order, then by how many of the same intent came before: small intents stay whole.
    order = np.random.default_rng(seed).permutation(len(patterns))
    turn = np.zeros(len(patterns), np.int64)
    seen: dict[int, int] = {}
    for i in order.tolist():
        label = int(patterns.labels[i])
        turn[i] = seen[label] = seen.get(label, -1) + 1
    chosen = np.sort(order[np.argsort(turn[order], kind="stable")][:MOST_PATTERNS])
    # An intent beyond the limit has no pattern left, so it is no possible answer either.
    labels, renumbered = np.unique(patterns.labels[chosen], return_inverse=True)
    return Patterns(
        tuple(patterns.tags[label] for label in labels.tolist()),
        renumbered.astype(np.int64),
        patterns.messages.only(chosen),
        tuple(patterns.texts[i] for i in chosen.tolist()),
    )


def _material(patterns: Patterns, seed: int) -> _Material:
    rng = np.random.default_rng(seed)
    fold = held_out(patterns.labels, patterns.twins, HELD_OUT_SHARE)
    asked = [
        Asked(patterns.messages.words_of(i), int(patterns.labels[i]), is_held_out)
        for indices, is_held_out in ((fold.learned, False), (fold.asked, True))
        for i in np.sort(rng.permutation(indices)[:MOST_ASKED]).tolist()
    ]
    return _Material(patterns, *fold, tuple(asked))


def _frozen(weights: Weights) -> Weights:
    """Return a copy of the weights: a run goes on changing its own in place."""
    copies: dict[str, Any] = {
        field: np.array(getattr(weights, field)) for field in PARAMETERS.values()
    }
    return replace(weights, **copies)

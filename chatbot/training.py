"""Training: how the network learns an intents file, as a generator of progress records.

Two trainings make one model. The first keeps some patterns back, stops when these no longer get
better, and so measures the honest accuracy, the number of epochs and the calibration. The second
learns all patterns, for at least as many epochs and until it knows them: with ten examples an
intent, none can be spared.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from chatbot import calibration
from chatbot.classifier import Calibration, confidences
from chatbot.errors import ChatbotError
from chatbot.intents import Intents
from chatbot.model_files import Metrics
from chatbot.network import IntentNetwork
from chatbot.records import Phase, Progress
from chatbot.scores import accuracy_and_likelihood, metrics_of
from chatbot.training_data import (
    NO_NOISE,
    FeatureTable,
    Indices,
    Noise,
    Patterns,
    encode,
    shuffled,
    split,
)
from chatbot.weights import CellKind, Floats, Weights

KNOWN = 0.999
"""Share of its own patterns that a bot must answer, and rightly: people try these first."""

ASKED = 2_000
"""Patterns asked after an epoch to see whether they are known; milliseconds."""


class TrainingError(ChatbotError):
    """Training cannot start; says what to change in the intents file."""


class TrainingCancelledError(Exception):
    """Training stopped because `cancelled` said so. Nothing was saved."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one training does. The defaults were measured on CLINC150, 10 patterns an intent and
    100, on its validation part; see docs/benchmarks.md.
    """

    cell: CellKind = "gru"
    hidden_size: int = 128
    word_size: int = 96
    seed: int = 0
    learning_rate: float = 4e-3
    """AdamW, constant; the averaged weights do what a falling rate would."""
    label_smoothing: float = 0.05
    gradient_norm: float = 1.0
    """Gradients are clipped to this norm (Pascanu et al. 2013)."""
    averaging: float = 0.99
    """Exponential moving average of the weights, a step; these are evaluated and kept."""
    held_out_share: float = 0.15
    noise: Noise = field(default_factory=Noise)


@dataclass(frozen=True, slots=True)
class Trained:
    """The last record of a training: all that a model is made of."""

    tags: tuple[str, ...]
    weights: Weights
    calibration: Calibration
    metrics: Metrics


class _Plan(NamedTuple):
    """How long to train: enough steps for a small file, few enough epochs for a large one."""

    batch: int
    epochs: int
    patience: int

    @classmethod
    def of(cls, patterns: int) -> _Plan:
        batch = 32 if patterns < 1_000 else 64
        steps_an_epoch = math.ceil(patterns / batch)
        epochs = min(max(math.ceil(900 / steps_an_epoch), 14), 150)
        return cls(batch, epochs, patience=max(4, epochs // 4))


def train(
    intents: Intents, settings: Settings, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Progress | Trained]:
    """Train on an intents file; yields Progress and, as the last record, Trained.

    `cancelled` is asked before every batch. The same file and settings give the same weights.
    Raises TrainingError when there is nothing to choose between, and TrainingCancelledError.
    """
    patterns = encode(intents)
    if len(patterns.tags) < 2:
        raise TrainingError(
            "A classifier needs at least two intents with patterns to choose between, "
            f"and there {'is one' if patterns.tags else 'are none'}. Add patterns to another intent"
        )
    # One thread: the matrices are too small for two to gain much (6.7 s against 7.0 for the default
    # file), and on a busy machine two that wait for each other lose a lot (21 s against 7.2 with
    # two trainings on two cores). It also makes the weights the same whatever the cores.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield from _train(patterns, settings, cancelled)
    finally:
        torch.set_num_threads(threads)


def _train(
    patterns: Patterns, settings: Settings, cancelled: Callable[[], bool]
) -> Iterator[Progress | Trained]:
    started = time.perf_counter()
    rng = np.random.default_rng(settings.seed)
    everything = np.arange(len(patterns))
    learned, held_out = split(patterns.labels, settings.held_out_share, rng)
    plan = _Plan.of(len(learned))
    if len(held_out):
        first = _Run("held-out", patterns, learned, held_out, plan, settings, started)
        yield from first.epochs(cancelled)
        logits, labels = first.best_logits, patterns.labels[held_out]
        fitted = calibration.fit(logits, labels)
        last = _Run("all patterns", patterns, everything, None, plan, settings, started)
        last.least_epochs, last.fitted = first.best_epoch, fitted
        yield from last.epochs(cancelled)
    else:
        last = _Run("all patterns", patterns, everything, None, plan, settings, started)
        last.least_epochs = plan.epochs // 2
        yield from last.epochs(cancelled)
        # Nothing could be kept back: calibrate on the patterns themselves, with one word in five
        # and three features in ten unknown, the nearest thing to unseen messages that is there.
        logits, labels = last.logits(everything, settings.noise), patterns.labels
        fitted = calibration.fit(logits, labels)
    yield Trained(
        patterns.tags,
        last.weights(),
        fitted,
        metrics_of(
            len(patterns),
            (logits, labels) if len(held_out) else None,
            fitted,
            last.best_epoch,
            time.perf_counter() - started,
        ),
    )


class _Run:
    """One training from fresh weights; knows its best epoch when patterns are held out."""

    def __init__(
        self,
        phase: Phase,
        patterns: Patterns,
        learned: Indices,
        held_out: Indices | None,
        plan: _Plan,
        settings: Settings,
        started: float,
    ) -> None:
        self.phase, self.patterns, self.learned, self.held_out = phase, patterns, learned, held_out
        self.plan, self.settings, self.started = plan, settings, started
        self.rng = np.random.default_rng(settings.seed)
        self.table = FeatureTable(patterns, learned)
        # The caller's random state is put back: a program that trains a bot keeps its own seeds.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(settings.seed)
            self.network = _fresh_network(self.table.size, len(patterns.tags), settings)
        self.averaged = {n: p.detach().clone() for n, p in self.network.named_parameters()}
        """Moving averages of the parameters, by their names; these are asked and kept."""
        self.least_epochs = 0
        """Epochs to learn without looking whether the patterns are known."""
        self.fitted: Calibration | None = None
        """The calibration under which they must be known."""
        self.best_epoch = plan.epochs
        self.best_logits: Floats = np.zeros((0, len(patterns.tags)), dtype=np.float32)

    def epochs(self, cancelled: Callable[[], bool]) -> Iterator[Progress]:
        """Train until the epochs are used up or the held-out patterns stop getting better."""
        optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=self.settings.learning_rate, fused=True
        )
        steps_an_epoch = math.ceil(len(self.learned) / self.plan.batch)
        steps = steps_an_epoch * self.plan.epochs
        step, accuracy, best = 0, None, (-1.0, -math.inf)
        phase_started = time.perf_counter()
        for epoch in range(1, self.plan.epochs + 1):
            losses: list[float] = []
            for chosen in shuffled(self.learned, self.plan.batch, self.rng):
                if cancelled():
                    raise TrainingCancelledError
                losses.append(self._learn(chosen, optimizer, step))
                step += 1
                if step % steps_an_epoch == 0 and self.held_out is not None:
                    # The average of the right answers' log-probabilities breaks ties.
                    logits = self.logits(self.held_out, NO_NOISE)
                    accuracy, log_likelihood = accuracy_and_likelihood(
                        logits, self.patterns.labels[self.held_out]
                    )
                    if (accuracy, log_likelihood) > best:
                        best = (accuracy, log_likelihood)
                        self.best_epoch, self.best_logits = epoch, logits
                now = time.perf_counter()
                speed = (now - phase_started) / step
                yield Progress(
                    phase=self.phase,
                    epoch=epoch,
                    epochs=self.plan.epochs,
                    step=step,
                    steps=steps,
                    loss=sum(losses) / len(losses),
                    held_out_accuracy=accuracy,
                    seconds=now - self.started,
                    eta_seconds=speed
                    * (steps - step + (steps if self.held_out is not None else 0)),
                )
            if self._is_done(epoch):
                return

    def _is_done(self, epoch: int) -> bool:
        """Return whether more epochs would bring nothing."""
        if self.held_out is not None:
            return epoch - self.best_epoch >= self.plan.patience
        if epoch < self.least_epochs:
            return False
        self.best_epoch = epoch
        some = self.learned[:ASKED]
        logits, labels = self.logits(some, NO_NOISE), self.patterns.labels[some]
        answered = logits.argmax(axis=1) == labels
        if self.fitted is not None:
            best = confidences(logits, self.fitted).max(axis=1)
            answered &= best >= self.fitted.threshold
        return float(answered.mean()) >= KNOWN

    def logits(self, chosen: Indices, noise: Noise) -> Floats:
        """Return the averaged network's logits (patterns, intents) for the chosen patterns."""
        with torch.no_grad():
            batches = [
                self.table.batch(self.patterns, part, noise, self.rng)
                for part in np.array_split(chosen, math.ceil(len(chosen) / 512))
            ]
            parts = [
                torch.func.functional_call(self.network, self.averaged, (batch,)).numpy()
                for batch in batches
            ]
        result: Floats = np.concatenate(parts)
        return result

    def weights(self) -> Weights:
        """Return the averaged weights."""
        arrays = {name: tensor.numpy() for name, tensor in self.averaged.items()}
        return Weights(
            cell=self.settings.cell,
            buckets=self.table.buckets,
            embedding=arrays["embedding.weight"],
            input_weight=arrays["recurrent.weight_ih_l0"],
            recurrent_weight=arrays["recurrent.weight_hh_l0"],
            input_bias=arrays["recurrent.bias_ih_l0"],
            recurrent_bias=arrays["recurrent.bias_hh_l0"],
            output_weight=arrays["feed_forward.weight"],
            output_bias=arrays["feed_forward.bias"],
        )

    def _learn(self, chosen: Indices, optimizer: torch.optim.Optimizer, step: int) -> float:
        """Take one step of gradient descent; return the loss in nats."""
        batch = self.table.batch(self.patterns, chosen, self.settings.noise, self.rng)
        loss = nn.functional.cross_entropy(
            self.network(batch),
            torch.from_numpy(self.patterns.labels[chosen]),
            label_smoothing=self.settings.label_smoothing,
        )
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        parameters = list(self.network.parameters())
        nn.utils.clip_grad_norm_(parameters, self.settings.gradient_norm)
        optimizer.step()
        # Early on the average follows quickly, or it would remember the random start.
        keep = min(self.settings.averaging, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, parameter in self.network.named_parameters():
                self.averaged[name].lerp_(parameter, 1 - keep)
        return loss.item()


def _fresh_network(features: int, intents: int, settings: Settings) -> IntentNetwork:
    network = IntentNetwork(
        features, settings.word_size, settings.hidden_size, intents, settings.cell
    )
    # A mean of about twelve random rows shrinks by √12: rows of .7 make word vectors of about .2.
    # Measured at 10 patterns an intent: accuracy 73.3 at .1, 75.1 at .5, 74.6 at .7 (AUROC best).
    nn.init.normal_(network.embedding.weight, std=0.7)
    return network

"""Training: how the network learns an intents file, as a generator of progress records.

Two trainings make one model. The first keeps some patterns back, stops when these no longer get
better, and so measures the honest accuracy, the number of epochs and the calibration. The second
goes on from there with all patterns: with ten examples an intent, none can be spared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import torch

from chatbot.common import ChatbotError, bundled
from chatbot.intents import Intents
from chatbot.learning.data import Indices, Patterns, patterns_of, split
from chatbot.learning.run import Run, TrainingCancelledError
from chatbot.learning.scores import metrics_of
from chatbot.learning.starts import FromBase, FromNothing, Start
from chatbot.learning.unit_order import chain, renumbered
from chatbot.learning.warm import REPEATS, Earlier, Edit, FromModel, warm_start
from chatbot.model import Calibration, Card, Metrics, calibration
from chatbot.model import pretrained as base
from chatbot.network import CellKind, Floats, Recurrent, Weights, intent_logits
from chatbot.versions import Progress
from chatbot.words import words

__all__ = ["Settings", "Trained", "TrainingCancelledError", "TrainingError", "train"]

ORDERED_BY = 1_000
"""Patterns whose states decide how the units are numbered: a quarter of a second."""


class TrainingError(ChatbotError):
    """Training cannot start; says what to change in the intents file."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one training does."""

    cell: CellKind = "gru"
    hidden_size: int | None = None
    """Units of the hidden state; None for the base's, or 128 where it cannot be used."""
    seed: int = 0
    held_out_share: float = 0.15
    use_base: bool = True


@dataclass(frozen=True, slots=True)
class Trained:
    """The last record of a training: all that a model is made of."""

    tags: tuple[str, ...]
    weights: Weights
    base: str | None
    """Checksum of the base that it started from."""
    calibration: Calibration
    metrics: Metrics
    warm_retrains: int = 0
    """See Card."""


def train(
    intents: Intents,
    settings: Settings,
    cancelled: Callable[[], bool] = lambda: False,
    earlier: Earlier | None = None,
) -> Iterator[Progress | Trained]:
    """Train on an intents file; yields Progress and, as the last record, Trained.

    A small edit since `earlier` is learned by going on from that model (chatbot/learning/warm.py).
    `cancelled` is asked before every batch. The same file and settings give the same weights.
    Raises TrainingError when there is nothing to choose between, TrainingCancelledError, and
    ModelError when the base is damaged.
    """
    patterns = learnable(intents)
    with one_thread():
        warm = warm_start(patterns, earlier, settings.cell, settings.hidden_size)
        if warm is not None and earlier is not None:
            yield from _go_on(patterns, settings, cancelled, earlier.model.card, *warm)
        else:
            yield from _train(patterns, settings, cancelled)


def learnable(intents: Intents) -> Patterns:
    """Return the patterns of an intents file, if a classifier can learn from them.

    Raises TrainingError when there is nothing to choose between.
    """
    patterns = patterns_of(intents)
    if len(patterns.tags) < 2:
        raise TrainingError(
            "A classifier needs at least two intents with patterns to choose between, "
            f"and there {'is one' if patterns.tags else 'are none'}. Add patterns to another intent"
        )
    return patterns


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch compute on one thread meanwhile.

    The matrices are too small for two to gain much (6.7 s against 7.0 for the default file), and on
    a busy machine two that wait for each other lose a lot (21 s against 7.2 with two trainings on
    two cores). It also makes the weights the same whatever the cores.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


@dataclass(frozen=True, slots=True)
class Learned:
    """What a network has learned from some patterns."""

    run: Run
    """The last one: the network."""
    epochs: int
    """Of all its runs, to their best."""
    known_words: float | None
    """Share of the words that the base knows; None where it was not asked."""
    logits: Floats
    """(messages, intents) to calibrate on"""
    labels: Indices
    """(messages,)"""
    is_held_out: bool
    """Whether they are of patterns that the first run never saw."""

    def calibrated(self, weights: Weights) -> Calibration:
        """Return the calibration of these weights, which are the run's, in whatever order."""
        return calibration.fit(self.logits, self.labels, _outlier_logits(weights))


def learn(
    patterns: Patterns,
    chosen: Indices,
    settings: Settings,
    cancelled: Callable[[], bool],
    *,
    rng: np.random.Generator,
    started: float,
) -> Iterator[Progress | Learned]:
    """Learn the chosen patterns in two runs and nothing of the others; the last record is Learned.

    `rng` draws the patterns that are kept back of the first run, `started` is the
    `time.perf_counter()` that the records' seconds count from. Raises TrainingCancelledError.
    """
    learned, held_out = (
        chosen[part] for part in split(patterns.labels[chosen], settings.held_out_share, rng)
    )
    starts, known_words = _starts(patterns, chosen, settings)
    last: Run
    if len(held_out):
        runs = []
        for start in starts:
            run = Run(
                "held-out", start, patterns, learned, held_out, seed=settings.seed, started=started
            )
            yield from run.learn(cancelled)
            runs.append(run)
        best = max(runs, key=lambda run: run.best_score)
        last = Run(
            "all patterns",
            best.start,
            patterns,
            chosen,
            after=best,
            seed=settings.seed,
            started=started,
        )
        yield from last.learn(cancelled)
        epochs = best.best_epoch + last.best_epoch
        logits, labels = best.best_logits, patterns.labels[held_out]
    else:
        last = Run("all patterns", starts[0], patterns, chosen, seed=settings.seed, started=started)
        yield from last.learn(cancelled)
        epochs = last.best_epoch
        # Nothing could be kept back: calibrate on the patterns themselves, with some words and
        # features unknown, the nearest thing to unseen messages that there is.
        logits, labels = last.logits(chosen, last.start.recipe.noise), patterns.labels[chosen]
    yield Learned(last, epochs, known_words, logits, labels, bool(len(held_out)))


def _train(
    patterns: Patterns, settings: Settings, cancelled: Callable[[], bool]
) -> Iterator[Progress | Trained]:
    started = time.perf_counter()
    rng = np.random.default_rng(settings.seed)
    everything = np.arange(len(patterns))
    for record in learn(patterns, everything, settings, cancelled, rng=rng, started=started):
        if isinstance(record, Progress):
            yield record
            continue
        weights = _in_order(record.run.weights(), patterns, rng)
        fitted = record.calibrated(weights)
        yield Trained(
            patterns.tags,
            weights,
            record.run.start.checksum,
            fitted,
            metrics_of(
                len(patterns),
                (record.logits, record.labels) if record.is_held_out else None,
                fitted,
                record.known_words,
                record.epochs,
                time.perf_counter() - started,
            ),
        )


def _go_on(
    patterns: Patterns,
    settings: Settings,
    cancelled: Callable[[], bool],
    card: Card,
    start: FromModel,
    edit: Edit,
) -> Iterator[Progress | Trained]:
    """Learn a small edit. Held-out figures and calibration stay those of the last full training.

    The model has learned every pattern, so none could be held out honestly any more. Its units
    keep their numbers: the panel's picture of the state stays the one that people know.
    """
    started = time.perf_counter()
    shown = np.concatenate([np.arange(len(patterns)), np.repeat(edit.new, REPEATS - 1)])
    run = Run(
        "small edit",
        start,
        patterns,
        shown,
        seed=settings.seed + card.warm_retrains + 1,
        started=started,
    )
    yield from run.learn(cancelled)
    yield Trained(
        patterns.tags,
        run.weights(),
        start.checksum,
        card.calibration,
        replace(
            card.metrics,
            patterns=len(patterns),
            epochs=run.epochs,
            seconds=round(time.perf_counter() - started, 2),
        ),
        warm_retrains=card.warm_retrains + 1,
    )


def _in_order(weights: Weights, patterns: Patterns, rng: np.random.Generator) -> Weights:
    """Return the weights with their units renumbered: the panel draws likes side by side."""
    messages, recurrent = patterns.messages, Recurrent(weights)
    some = rng.permutation(len(patterns))[:ORDERED_BY]
    states = [
        step.hidden
        for message in some.tolist()
        for step in recurrent.read(
            messages.vocabulary[word] for word in messages.words[message].tolist() if word
        )
    ]
    return renumbered(weights, chain(np.stack(states)))


def _outlier_logits(weights: Weights) -> Floats:
    """Return the logits (messages, intents) of the shipped outliers.

    They are about anything that a bot is not likely to know, in several languages and in none.
    """
    text = bundled("models").joinpath("outliers.txt").read_text(encoding="utf-8")
    recurrent = Recurrent(weights)
    states = [recurrent.read(words(line))[-1].hidden for line in text.splitlines()]
    return intent_logits(weights, np.stack(states))


def _starts(
    patterns: Patterns, chosen: Indices, settings: Settings
) -> tuple[list[Start], float | None]:
    """Return the starts to try, the likeliest first, and the share of words that the base knows.

    Where the base is at home it is always better (docs/benchmarks.md); where it knows few words,
    both are trained and the held-out patterns decide.
    """
    nothing = FromNothing(settings.cell, settings.hidden_size or 128)
    if not settings.use_base:
        return [nothing], None
    shipped = base.load()
    if settings.cell != shipped.card.cell or settings.hidden_size not in (
        None,
        shipped.card.hidden_size,
    ):
        return [nothing], None
    from_base = FromBase(shipped)
    known = from_base.known_words(patterns, chosen)
    return [from_base] if known >= base.FAMILIAR_WORDS else [from_base, nothing], known

"""Training: how the network learns an intents file, as a generator of progress records.

On the base, a feed-forward layer is fitted (`frozen`); that is enough for few patterns. With many,
or words that the base does not know, gradient descent is tried as well (`descent`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from chatbot.common import ChatbotError
from chatbot.intents import Intents, sampled
from chatbot.learning.data import Indices, Patterns, patterns_of, why_not_learnable
from chatbot.learning.descent import descend, memory_by
from chatbot.learning.frozen import FrozenRun
from chatbot.learning.large import SAMPLE, LargeRun, is_large, key_of
from chatbot.learning.learned import Learned, TrainingCancelledError
from chatbot.learning.run import Run
from chatbot.learning.scores import metrics_of
from chatbot.learning.settings import Settings
from chatbot.learning.starts import FromBase, starts_for
from chatbot.learning.tagging import with_tagger
from chatbot.learning.threads import one_thread
from chatbot.learning.unfinished import Unfinished
from chatbot.learning.unit_order import chain, renumbered
from chatbot.learning.warm import REPEATS, Earlier, Edit, FromModel, warm_start
from chatbot.model import Calibration, Card, Metrics, Sureness
from chatbot.network import Recurrent, Weights
from chatbot.versions import Progress

__all__ = ["Settings", "Trained", "TrainingCancelledError", "TrainingError", "train"]

TUNED_FROM = 30
"""Patterns per intent from which the base is tuned to them, if that turns out better."""

ORDERED_BY = 1_000
"""Patterns whose states decide how the units are numbered: a quarter of a second."""


class TrainingError(ChatbotError):
    """Training cannot start; says what to change in the intents file."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The last record of a training: all that a model is made of."""

    tags: tuple[str, ...]
    weights: Weights
    base: str | None
    """Checksum of the base that it started from; None if from nothing."""
    calibration: Calibration | Sureness
    metrics: Metrics
    warm_retrains: int = 0
    """See Card."""


def train(
    intents: Intents,
    settings: Settings,
    cancelled: Callable[[], bool] = lambda: False,
    earlier: Earlier | None = None,
    work: Path | None = None,
) -> Iterator[Progress | Trained]:
    """Train on an intents file; yields Progress and, as the last record, Trained.

    A small edit since `earlier` is learned by going on from that model (chatbot/learning/warm.py).
    Of a large file (chatbot/learning/large.py) what is done is kept in the folder `work`, if there
    is one, and a training that was killed goes on from there.
    `cancelled` is called before every batch. The same file and settings give the same weights.
    Raises TrainingError when there is nothing to choose between, TrainingCancelledError, and
    ModelError when the base is damaged.
    """
    large = _large_start(intents, settings) if is_large(intents) else None
    if large is not None:
        yield from _train_large(intents, *large, settings, cancelled, work)
        return
    patterns = learnable(intents)
    with one_thread():
        warm = warm_start(patterns, earlier, settings.cell, settings.hidden_size)
        if warm is not None and earlier is not None:
            records = _go_on(patterns, settings, cancelled, earlier.model.card, *warm)
        else:
            records = _train(patterns, settings, cancelled)
        for record in records:
            if isinstance(record, Trained):
                weights = with_tagger(record.weights, intents, settings.seed, cancelled)
                record = replace(record, weights=weights)
            yield record


def learnable(intents: Intents) -> Patterns:
    """Return the patterns of an intents file, if a classifier can learn from them.

    Raises TrainingError when there is nothing to choose between.
    """
    patterns = patterns_of(intents)
    problem = why_not_learnable(patterns)
    if problem is not None:
        raise TrainingError(problem)
    return patterns


def is_tuned(patterns: Patterns) -> bool:
    """Return whether there are so many patterns that the base may be tuned to them."""
    return len(patterns) >= TUNED_FROM * len(patterns.tags)


def learn(
    patterns: Patterns,
    chosen: Indices,
    settings: Settings,
    cancelled: Callable[[], bool],
    *,
    started: float,
    tunes: bool,
) -> Iterator[Progress | Learned]:
    """Learn the chosen patterns, and none of the others; the last record is Learned.

    Where the base knows the words, a feed-forward layer on it is enough for few patterns; with many
    it is tuned to them, if `tunes`. Where it does not, both it and nothing are tried as a start.
    `started` is the `time.perf_counter()` that the records' seconds count from. Raises
    TrainingCancelledError.
    """
    starts, known_words = starts_for(
        patterns, chosen, settings.cell, settings.hidden_size, use_base=settings.use_base
    )
    frozen = next((start for start in starts if isinstance(start, FromBase)), None)
    found: Learned | None = None
    if frozen is not None:
        for record in FrozenRun(frozen, patterns, chosen).learn(cancelled, started):
            if isinstance(record, Progress):
                yield record
            else:
                found = record
        if len(starts) == 1 and not tunes:
            starts = []
    if starts:
        for record in descend(patterns, chosen, settings, cancelled, starts, started):
            if isinstance(record, Progress):
                yield record
            elif found is None or _is_better(record, found):
                found = record
    assert found is not None, "there is a start"
    yield replace(found, known_words=known_words)


def _is_better(tuned: Learned, frozen: Learned) -> bool:
    """Return whether gradient descent is worth more than a layer on the frozen base.

    By accuracy on patterns that were not learned, by more than the standard error.
    """
    if tuned.asked is None or frozen.asked is None:
        return False
    before = float(frozen.asked.is_right.mean())
    after = float(tuned.asked.is_right.mean())
    return after > before + math.sqrt(before * (1 - before) / len(tuned.asked.labels))


def _train(
    patterns: Patterns, settings: Settings, cancelled: Callable[[], bool]
) -> Iterator[Progress | Trained]:
    started = time.perf_counter()
    everything = np.arange(len(patterns))
    tunes = is_tuned(patterns)
    for record in learn(patterns, everything, settings, cancelled, started=started, tunes=tunes):
        if isinstance(record, Progress):
            yield record
            continue
        yield Trained(
            patterns.tags,
            _in_order(record.weights, patterns, settings.seed),
            record.base,
            record.calibration,
            metrics_of(len(patterns), record, time.perf_counter() - started),
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
    weights = run.weights()
    if card.background:
        memory = memory_by(weights, patterns, np.arange(len(patterns)))
        weights = replace(weights, memory=memory)
    yield Trained(
        patterns.tags,
        weights,
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


def _large_start(intents: Intents, settings: Settings) -> tuple[FromBase, Patterns, float] | None:
    """Return the base, a sample of the patterns of a large file and how many words it knows.

    None where the base does not know them, or cannot be used.
    """
    sample = learnable(sampled(intents, SAMPLE))
    everything = np.arange(len(sample))
    starts, known_words = starts_for(
        sample, everything, settings.cell, settings.hidden_size, use_base=settings.use_base
    )
    if len(starts) > 1 or not isinstance(starts[0], FromBase) or known_words is None:
        return None
    return starts[0], sample, known_words


def _train_large(
    intents: Intents,
    start: FromBase,
    sample: Patterns,
    known_words: float,
    settings: Settings,
    cancelled: Callable[[], bool],
    work: Path | None,
) -> Iterator[Progress | Trained]:
    """Learn a large file on the base as it is."""
    started = time.perf_counter()
    key = key_of(intents, start.checksum, settings.seed)
    with TemporaryDirectory() as temporary:
        kept = Unfinished(work or Path(temporary), key, start.weights.hidden_size)
        for record in LargeRun(start, intents, sample, kept, settings.seed).learn(
            cancelled, started
        ):
            if isinstance(record, Progress):
                yield record
                continue
            learned = replace(record, known_words=known_words)
            yield Trained(
                sample.tags,
                _in_order(learned.weights, sample, settings.seed),
                learned.base,
                learned.calibration,
                metrics_of(kept.rows, learned, time.perf_counter() - started),
            )


def _in_order(weights: Weights, patterns: Patterns, seed: int) -> Weights:
    """Return the weights with their units renumbered: similar ones are then drawn side by side."""
    some = np.random.default_rng(seed).permutation(len(patterns))[:ORDERED_BY].tolist()
    states = Recurrent(weights).states([patterns.messages.words_of(i) for i in some])
    return renumbered(weights, chain(np.concatenate(states)))

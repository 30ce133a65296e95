"""Learning by gradient descent, in two runs.

The first holds some patterns out and stops when the answers to these no longer get better: that
gives an honest accuracy and the number of epochs. The second goes on from there with all patterns:
with ten examples per intent, none can be spared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from chatbot.learning.background import background_logits, logits_of_words, states_of_words
from chatbot.learning.data import Indices, Patterns
from chatbot.learning.folds import Fold, held_out
from chatbot.learning.judging import (
    Asked,
    Others,
    judged,
    memory_of,
    sureness_of,
    views_of,
)
from chatbot.learning.learned import Learned
from chatbot.learning.run import Run
from chatbot.learning.settings import Settings
from chatbot.learning.starts import Start
from chatbot.model import calibration
from chatbot.network import Floats, Memory, Weights, embeddings, logits_of
from chatbot.versions import Progress

MOST_HELD_OUT = 20_000
"""Patterns, at most: the answers to more would only take longer."""


def descend(
    patterns: Patterns,
    chosen: Indices,
    settings: Settings,
    cancelled: Callable[[], bool],
    starts: Sequence[Start],
    started: float,
) -> Iterator[Progress | Learned]:
    """Learn by gradient descent in two runs, from the best of the starts; the last is Learned.

    Raises TrainingCancelledError.
    """
    share = min(settings.held_out_share, MOST_HELD_OUT / len(chosen))
    fold = held_out(patterns.labels[chosen], patterns.twins[chosen], share)
    learned, asked = chosen[fold.learned], chosen[fold.asked]
    last: Run
    first: Run | None = None
    if len(asked):
        runs = []
        for start in starts:
            run = Run(
                "held-out", start, patterns, learned, asked, seed=settings.seed, started=started
            )
            yield from run.learn(cancelled)
            runs.append(run)
        first = max(runs, key=lambda run: run.best_score)
        last = Run(
            "all patterns",
            first.start,
            patterns,
            chosen,
            after=first,
            seed=settings.seed,
            started=started,
        )
    else:
        last = Run("all patterns", starts[0], patterns, chosen, seed=settings.seed, started=started)
    yield from last.learn(cancelled)
    yield _learned(patterns, chosen, Fold(learned, asked), first, last)


def _learned(
    patterns: Patterns,
    chosen: Indices,
    fold: Fold,
    first: Run | None,
    last: Run,
) -> Learned:
    """Return what two runs have learned; without a first one nothing could be held out."""
    weights = last.weights()
    epochs = last.best_epoch + (first.best_epoch if first else 0)
    asked: Asked | None = None
    if last.start.checksum is not None:
        if first is not None:
            asked = _asked(first.weights(best=True), patterns, *fold)
        embedded, labels = _embedded(weights, patterns, chosen), patterns.labels[chosen]
        sureness = sureness_of(views_of(weights, embedded), labels, asked)
        return Learned(
            replace(weights, memory=_memory(weights, patterns, embedded, chosen)),
            last.start.checksum,
            sureness,
            asked,
            epochs,
            is_frozen=False,
        )
    if first is not None:
        logits, labels = first.best_logits, patterns.labels[fold.asked]
        asked = Asked(labels, logits, *np.zeros((2, len(labels), 0)))
    else:
        # Nothing could be held out: calibrate on the patterns themselves, with some words and
        # features unknown, which is the nearest thing to unseen messages.
        logits, labels = last.logits(chosen, last.start.recipe.noise), patterns.labels[chosen]
    examples = logits_of_words(weights, patterns.out_of_scope)
    fitted = calibration.fit(logits, labels, background_logits(weights), examples)
    return Learned(weights, None, fitted, asked, epochs, is_frozen=False)


def memory_by(weights: Weights, patterns: Patterns, chosen: Indices) -> Memory:
    """Return what a network remembers of the chosen patterns."""
    return _memory(weights, patterns, _embedded(weights, patterns, chosen), chosen)


def _memory(weights: Weights, patterns: Patterns, embedded: Floats, chosen: Indices) -> Memory:
    others = Others.by(weights, patterns.out_of_scope)
    return memory_of(weights, embedded, patterns.labels[chosen], len(patterns.tags), others)


def _embedded(weights: Weights, patterns: Patterns, chosen: Indices) -> Floats:
    return embeddings(weights, _final_states(weights, patterns, chosen))


def _asked(weights: Weights, patterns: Patterns, learned: Indices, asked: Indices) -> Asked:
    """Return the answers of a network to the patterns that it has not learned."""
    memory = memory_by(weights, patterns, learned)
    embedded = _embedded(weights, patterns, asked)
    logits = logits_of(weights, embedded)
    return judged(weights, memory, embedded, logits, patterns.labels[asked])


def _final_states(weights: Weights, patterns: Patterns, chosen: Indices) -> Floats:
    """Return the last hidden states of the chosen patterns, (chosen, hidden)."""
    read = (patterns.messages.words_of(pattern) for pattern in chosen.tolist())
    return states_of_words(weights, read)

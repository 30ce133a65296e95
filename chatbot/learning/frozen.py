"""Learning on a base that stays as it is: only the feed-forward layer is fitted.

With few patterns nothing generalises better: what can be learned from them is which of the base's
directions tell the intents apart, and that problem has one solution. What the intents are called
counts too (`tag_names`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import numpy as np

from chatbot.learning.data import Indices, Patterns, encode
from chatbot.learning.folds import dealt
from chatbot.learning.head import Head, fitted
from chatbot.learning.head_by_batches import fitted_by_batches
from chatbot.learning.judging import (
    Asked,
    Others,
    judged,
    memory_of,
    sureness_of,
    views_of,
)
from chatbot.learning.learned import Learned, TrainingCancelledError
from chatbot.learning.starts import FromBase, embedded_by
from chatbot.learning.tag_names import tag_names
from chatbot.network import UNKNOWN_ROW, FeatureRows, Floats, Memory, Weights
from chatbot.versions import Phase, Progress

EXACT = 10_000_000
"""Patterns times intents up to which the exact layer is found, in three minutes; CLINC150 in full
has a third of it."""

BY_BATCHES = 8
"""Epochs beyond that."""


def on_base(base: Weights, head: Head, memory: Memory) -> Weights:
    """Return the base as it is, with a feed-forward layer and what it remembers."""
    unknown = base.own.at(np.array([UNKNOWN_ROW])).astype(np.float16)
    return replace(
        base,
        own=FeatureRows(np.zeros(0, np.uint32), unknown),
        base=base.own,
        output_weight=head.weight,
        output_bias=head.bias,
        memory=memory,
    )


class FrozenRun:
    """Fits the feed-forward layer on the base's embeddings of the chosen patterns."""

    def __init__(self, start: FromBase, patterns: Patterns, chosen: Indices) -> None:
        self.start, self.patterns, self.chosen = start, patterns, chosen
        self.base: Weights = start.weights
        self.labels = patterns.labels[chosen]
        self.embedded: Floats = embedded_by(start, patterns.messages, chosen)
        self._embed_names = cache(
            lambda read: embedded_by(start, encode(read), np.arange(len(read)))
        )
        self.views = views_of(self.base, self.embedded)
        self.others = Others.by(self.base, patterns.out_of_scope)

    def learn(self, cancelled: Callable[[], bool], started: float) -> Iterator[Progress | Learned]:
        """Ask every fold, then fit on all; the last record is Learned."""
        intents = len(self.patterns.tags)
        answers: list[Asked] = []
        folds = dealt(self.labels, self.patterns.twins[self.chosen])
        fold_started = time.perf_counter()
        for number, (learned, left) in enumerate(folds, start=1):
            if cancelled():
                raise TrainingCancelledError
            labels = self.labels[learned]
            head = self._fitted(learned)
            memory = memory_of(self.base, self.embedded[learned], labels, intents, self.others)
            logits = head.logits(self.embedded[left])
            asked = judged(self.base, memory, self.embedded[left], logits, self.labels[left])
            answers.append(asked)
            together = Asked.together(answers)
            seconds = time.perf_counter() - fold_started
            yield self._progress(
                "held-out", number, len(folds), together, started,
                seconds / number * (len(folds) + 1 - number),
            )  # fmt: skip
        if cancelled():
            raise TrainingCancelledError
        head = self._fitted(np.arange(len(self.labels)))
        memory = memory_of(self.base, self.embedded, self.labels, intents, self.others)
        asked_all = Asked.together(answers) if answers else None
        own = Asked(self.labels, head.logits(self.embedded), *np.zeros((2, len(self.labels), 0)))
        yield self._progress("all patterns", 1, 1, own, started, 0.0)
        yield Learned(
            on_base(self.base, head, memory),
            self.start.checksum,
            sureness_of(self.views, self.labels, asked_all),
            asked_all,
            epochs=1,
            is_frozen=True,
        )

    def _fitted(self, learned: Indices) -> Head:
        """Return the layer that tells some patterns apart best, or of very many nearly so."""
        embedded, labels = self.embedded[learned], self.labels[learned]
        intents, parts = len(self.patterns.tags), len(self.base.parts)
        if len(labels) * intents > EXACT:  # so many patterns that the tags add nothing
            return fitted_by_batches(embedded, labels, intents, parts, BY_BATCHES)
        # By the learned patterns alone: what is asked has no say in whether the tags count.
        names = tag_names(self.patterns.tags, self._embed_names, embedded, labels)
        embedded, labels, weights = names.beside(embedded, labels)
        return fitted(embedded, labels, intents, parts, weights)

    def _progress(
        self, phase: Phase, epoch: int, epochs: int, asked: Asked, started: float, left: float
    ) -> Progress:
        logits = asked.logits
        right = logits[np.arange(len(logits)), asked.labels]
        loss = float((np.logaddexp.reduce(logits, axis=1) - right).mean())
        return Progress(
            phase=phase,
            epoch=epoch,
            epochs=epochs,
            step=epoch,
            steps=epochs,
            loss=loss,
            held_out_accuracy=float(asked.is_right.mean()) if phase == "held-out" else None,
            seconds=time.perf_counter() - started,
            eta_seconds=left,
        )

"""Learning a large file: as `frozen` on the base as it is, with memory that does not grow with it.

The patterns are read as a stream, their states kept on the disk, and the feed-forward layer is
fitted by batches of a sample of them in each epoch. A training that is killed goes on where it was.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from chatbot.common import __version__
from chatbot.intents import Intents, count_of
from chatbot.learning.data import Indices, Patterns, twins_of
from chatbot.learning.folds import Fold, held_out
from chatbot.learning.frozen import on_base
from chatbot.learning.head import Head
from chatbot.learning.head_by_batches import BATCH, EPOCH, HeadByBatches
from chatbot.learning.judging import (
    Asked,
    Others,
    compared,
    judged,
    memory_with,
    sureness_of_some,
    views_of,
)
from chatbot.learning.learned import Learned, TrainingCancelledError
from chatbot.learning.starts import FromBase
from chatbot.learning.unfinished import Unfinished
from chatbot.network import Floats, Recurrent, SideBySide, embeddings, unit_length
from chatbot.versions import Phase, Progress
from chatbot.words import words

LARGE = 30_000
"""Patterns from which a file is learned so: up to here the exact layer, and tuning the base, take
minutes. CLINC150 has 23,700."""

SAMPLE = 20_000
"""Patterns that are held out at most, and asked by a cross-validation."""

READ = 4_096
"""Patterns that are read before they are kept: a second's work, which a kill may cost."""

HELD_OUT, ALL = 6, 2
"""Epochs with some patterns held out, and then with all."""

WAIT = 0.5
"""Seconds between two records of progress."""

Words = tuple[str, ...]


def is_large(intents: Intents) -> bool:
    """Return whether a file has so many patterns that it is learned as a stream."""
    return count_of(intents) > LARGE


def key_of(intents: Intents, base: str | None, seed: int) -> str:
    """Return what tells a training from others: all that decides what it does, in this order."""
    found = hashlib.sha256(repr((__version__, base, seed, intents.out_of_scope)).encode())
    for intent in intents.trainable:
        found.update(repr((intent.tag, intent.patterns)).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


class LargeRun:
    """Reads the patterns of a large file with the base, and fits a layer on their states."""

    def __init__(
        self, start: FromBase, intents: Intents, sample: Patterns, kept: Unfinished, seed: int
    ) -> None:
        """Take a `sample` of the patterns too, whose tags are those of all."""
        self._start, self._base, self._kept, self._seed = start, start.weights, kept, seed
        self._intents = intents
        self._tags = sample.tags
        self._others = Others.by(self._base, sample.out_of_scope)
        self._count = count_of(intents)
        self._recent = time.perf_counter()
        """When the latest record of progress was made."""

    def learn(self, cancelled: Callable[[], bool], started: float) -> Iterator[Progress | Learned]:
        """Read, fit with some patterns held out and then with all; the last record is Learned."""
        self._kept.make_room(self._count)
        if not self._kept.is_read:
            yield from self._read(cancelled, started)
        labels = self._kept.labels
        states = self._kept.states

        def embedded(chosen: Indices) -> Floats:
            return embeddings(self._base, states[chosen].astype(np.float32))

        fold = self._divided(labels)
        head = self._new_head()
        head.go_on_from(self._kept.kept("layer.npz"))
        while head.epoch < head.epochs:
            is_last = head.epoch >= HELD_OUT
            yield from self._epoch(
                head, embedded, labels, np.arange(len(labels)) if is_last else fold.learned,
                fold.asked, cancelled, started,
            )  # fmt: skip
            data = head.encoded()
            if head.epoch == HELD_OUT:
                self._kept.keep("held-out.npz", data)
            self._kept.keep("layer.npz", data)
        before = self._new_head()
        before.go_on_from(self._kept.kept("held-out.npz"))
        yield self._learned(head.head, before.head, embedded, labels, fold.asked)

    def _divided(self, labels: Indices) -> Fold:
        """Return the patterns to learn and those held out."""
        share = min(0.15, SAMPLE / len(labels))
        return held_out(labels, self._kept.twins, share)

    def _new_head(self) -> HeadByBatches:
        parts = self._base.parts
        return HeadByBatches(len(self._tags), sum(parts), len(parts), HELD_OUT + ALL, self._seed)

    # ---- reading

    def _stream(self) -> Iterator[tuple[int, Words]]:
        """Yield the label and the words of each different pattern, in the order of the file."""
        label = 0
        for intent in self._intents.trainable:
            seen: set[int] = set()
            for pattern in intent.patterns:
                read = tuple(words(pattern))
                if read and (number := hash(read)) not in seen:
                    seen.add(number)
                    yield label, read
            label += bool(seen)

    def _read(self, cancelled: Callable[[], bool], started: float) -> Iterator[Progress]:
        stream = self._stream()
        reader = SideBySide(Recurrent(self._base))
        for _block in range(0, self._kept.rows, READ):
            reader.pass_over([read for _, read in islice(stream, READ)])
        begun, before = time.perf_counter(), self._kept.rows
        head_seconds: float | None = None
        while block := list(islice(stream, READ)):
            if cancelled():
                raise TrainingCancelledError
            messages = [read for _, read in block]
            states = reader.final_states(messages)
            labels = np.array([label for label, _ in block])
            self._kept.append(states, labels, twins_of(messages))
            if head_seconds is None:
                head_seconds = self._seconds_to_fit(states, labels)
            seconds = time.perf_counter() - begun
            left = max(self._count - self._kept.rows, 0) * seconds / (self._kept.rows - before)
            yield Progress(
                phase="reading",
                epoch=1,
                epochs=1,
                step=self._kept.rows,
                steps=max(self._count, self._kept.rows),
                loss=0.0,
                held_out_accuracy=None,
                seconds=time.perf_counter() - started,
                eta_seconds=left + head_seconds,
            )
        self._kept.finish_reading()

    def _seconds_to_fit(self, states: Floats, labels: Indices) -> float:
        """Return how long all epochs will take, by one step of a layer that is thrown away."""
        trial = self._new_head()
        some = np.arange(min(len(labels), BATCH))
        begun = time.perf_counter()
        next(trial.run(lambda chosen: embeddings(self._base, states[chosen]), labels, some))
        seconds = (time.perf_counter() - begun) / len(some)
        return seconds * min(self._count, EPOCH) * (HELD_OUT + ALL)

    # ---- fitting

    def _epoch(
        self,
        head: HeadByBatches,
        embedded: Callable[[Indices], Floats],
        labels: Indices,
        chosen: Indices,
        asked: Indices,
        cancelled: Callable[[], bool],
        started: float,
    ) -> Iterator[Progress]:
        """Learn one epoch; its last record says how good the layer is on held-out patterns."""
        phase: Phase = "held-out" if head.epoch < HELD_OUT else "all patterns"
        number = head.epoch + 1 - (0 if phase == "held-out" else HELD_OUT)
        epochs = HELD_OUT if phase == "held-out" else ALL
        steps = -(-min(len(chosen), EPOCH) // BATCH)
        begun = time.perf_counter()
        loss = 0.0

        def record(step: int, accuracy: float | None) -> Progress:
            each = (time.perf_counter() - begun) / step
            return Progress(
                phase=phase,
                epoch=number,
                epochs=epochs,
                step=(number - 1) * steps + step,
                steps=epochs * steps,
                loss=loss,
                held_out_accuracy=accuracy,
                seconds=time.perf_counter() - started,
                eta_seconds=each * (steps - step + steps * (head.epochs - before - 1)),
            )

        before = head.epoch
        for step, mean in enumerate(head.run(embedded, labels, chosen), 1):
            loss = mean
            if cancelled():
                raise TrainingCancelledError
            if time.perf_counter() - self._recent > WAIT:
                self._recent = time.perf_counter()
                yield record(step, None)
        accuracy = None
        if phase == "held-out" and len(asked):
            some = asked[:: max(1, len(asked) // BATCH)]
            answers = head.head.logits(embedded(some)).argmax(axis=1)
            accuracy = float((answers == labels[some]).mean())
        yield record(steps, accuracy)

    def _learned(
        self,
        head: Head,
        before: Head,
        embedded: Callable[[Indices], Floats],
        labels: Indices,
        left: Indices,
    ) -> Learned:
        """Return what was learned; `before` is the layer that has not seen what was held out."""
        sums, without = self._sums(embedded, labels, left)
        some = compared(len(labels))
        sample = embedded(some)
        count = len(labels)
        memory = memory_with(self._base, unit_length(sums), sample, count, self._others)
        asked: Asked | None = None
        if len(left):
            learned = sample[~np.isin(some, left)]
            remembered = memory_with(
                self._base, unit_length(without), learned, count - len(left), self._others
            )
            parts = []
            for start in range(0, len(left), BATCH):
                part = left[start : start + BATCH]
                rows = embedded(part)
                logits = before.logits(rows)
                parts.append(judged(self._base, remembered, rows, logits, labels[part]))
            asked = Asked.together(parts)
        views = views_of(self._base, sample)
        return Learned(
            on_base(self._base, head, memory),
            self._start.checksum,
            sureness_of_some(views, labels[some], len(labels), asked),
            asked,
            epochs=HELD_OUT + ALL,
            is_frozen=True,
        )

    def _sums(
        self, embedded: Callable[[Indices], Floats], labels: Indices, left: Indices
    ) -> tuple[Floats, Floats]:
        """Return the sums of the views of each intent, (intents, view), and without held-out ones.

        One pass through all patterns.
        """
        sums = np.zeros((len(self._tags), self._base.parts[-1]), np.float32)
        for start in range(0, len(labels), BATCH):
            part = np.arange(start, min(start + BATCH, len(labels)))
            np.add.at(sums, labels[part], views_of(self._base, embedded(part)))
        without = sums.copy()
        for start in range(0, len(left), BATCH):
            part = left[start : start + BATCH]
            np.subtract.at(without, labels[part], views_of(self._base, embedded(part)))
        return sums, without

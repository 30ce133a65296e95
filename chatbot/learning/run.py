"""One training from a start to its end: batches, gradient steps, averaged weights."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
import torch
from torch import nn

from chatbot.learning.data import NO_NOISE, Indices, Noise, Patterns, hashes_of, shuffled
from chatbot.learning.learned import TrainingCancelledError
from chatbot.learning.optimizer import AdamW, Group
from chatbot.learning.scores import accuracy_and_likelihood
from chatbot.learning.starts import Start
from chatbot.network import UNKNOWN_ROW, FeatureRows, Floats, Weights, find_rows
from chatbot.versions import Phase, Progress

GRADIENT_NORM = 1.0
"""Gradients are clipped to this norm (Pascanu et al. 2013)."""

AVERAGING = 0.99
"""Share that the moving average of the weights keeps of itself at every step; the averaged weights
are evaluated and kept."""

EPOCH = 50_000
"""Patterns of an epoch at most; of more each epoch learns others."""

GOING_ON = 0.4
"""Epochs of going on with all patterns, as a share of those that the earlier run took to its best
one. Measured: as good as starting again with all of them."""


class Run:
    """Learns some patterns; remembers its best epoch when others are held out."""

    def __init__(
        self,
        phase: Phase,
        start: Start,
        patterns: Patterns,
        learned: Indices,
        held_out: Indices | None = None,
        *,
        after: Run | None = None,
        seed: int = 0,
        started: float = 0.0,
    ) -> None:
        """Begin from `start`, or go on from the best epoch of an earlier run on fewer patterns.

        `started` is the `time.perf_counter()` that the records' seconds count from.
        """
        self.phase, self.start, self.patterns = phase, start, patterns
        self.learned, self.held_out, self.started = learned, held_out, started
        self.batch = 32 if len(learned) < 1_000 else 64
        self.steps_per_epoch = math.ceil(min(len(learned), EPOCH) / self.batch)
        recipe = start.recipe
        self.epochs = (
            max(math.ceil(recipe.steps / self.steps_per_epoch), recipe.epochs)
            if after is None
            else math.ceil(after.best_epoch * GOING_ON)
        )
        self.patience = max(4, self.epochs // 4)
        self.rng = np.random.default_rng(seed)
        # The caller's random state is put back: a program that trains a bot keeps its own seeds.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.table, self.network = start.begin(patterns, learned)
            if after is not None:
                self._go_on_from(after)
        self.parameters = dict(self.network.named_parameters())
        self.averaged = {n: p.detach().clone() for n, p in self.parameters.items()}
        """Moving averages of the parameters, by their names; these are evaluated and kept."""
        self.optimizer = AdamW(self._groups())
        self.best_epoch: int = self.epochs
        self.best_score = (-1.0, -math.inf)
        """Accuracy and mean log-likelihood (nats) on the held-out patterns, at that epoch."""
        self._highest = -1.0
        self.best_logits: Floats = np.zeros((0, len(patterns.tags)), dtype=np.float32)
        self.best = self.averaged
        """The averaged parameters at the best epoch."""
        self.loss = math.nan
        """Of the latest step's batch, in nats."""
        self.gradient_norm = math.nan
        """Of all parameters together at the latest step, before clipping."""

    def _go_on_from(self, earlier: Run) -> None:
        """Take the weights of an earlier run; rows of features that it lacks stay as they are."""
        found = torch.from_numpy(find_rows(earlier.table.hashes, self.table.hashes))
        words = self.network.words.weight.detach().clone()
        rows = torch.cat([torch.zeros(1, dtype=torch.long), found])
        words[rows > 0] = earlier.best["words.weight"][rows[rows > 0]]
        words[UNKNOWN_ROW] = earlier.best["words.weight"][UNKNOWN_ROW]
        self.network.load_state_dict({**earlier.best, "words.weight": words})

    def _groups(self) -> list[Group]:
        """Return the parameters with their learning rates."""
        recipe, parts = self.start.recipe, self.network.parts()
        return [
            # No decay: it would shrink the rows of features that no batch has.
            Group(parts.features, recipe.feature_rate, weight_decay=0.0),
            Group(parts.feed_forward, recipe.head_rate, weight_decay=0.0),
            Group(parts.encoder, recipe.cell_rate, weight_decay=0.01),
        ]

    def learn(self, cancelled: Callable[[], bool]) -> Iterator[Progress]:
        """Train until the epochs are used up or the held-out accuracy stops rising."""
        steps = self.steps_per_epoch * self.epochs
        step, accuracy = 0, None
        phase_started = time.perf_counter()
        for epoch in range(1, self.epochs + 1):
            losses: list[float] = []
            batches = shuffled(self.learned, self.batch, self.rng)
            for chosen in islice(batches, self.steps_per_epoch):
                if cancelled():
                    raise TrainingCancelledError
                losses.append(self._step(chosen, step))
                step += 1
                if step % self.steps_per_epoch == 0 and self.held_out is not None:
                    accuracy = self._measure(self.held_out, epoch)
                now = time.perf_counter()
                yield Progress(
                    phase=self.phase,
                    epoch=epoch,
                    epochs=self.epochs,
                    step=step,
                    steps=steps,
                    loss=sum(losses) / len(losses),
                    held_out_accuracy=accuracy,
                    seconds=now - self.started,
                    eta_seconds=(now - phase_started)
                    / step
                    * (steps - step + (GOING_ON * steps if self.held_out is not None else 0)),
                )
            if self.held_out is not None and epoch - self.best_epoch >= self.patience:
                return

    def _measure(self, held_out: Indices, epoch: int) -> float:
        """Return the accuracy on the held-out patterns, and remember the best epoch.

        That is the latest within one standard error of the highest accuracy: a handful of held-out
        patterns may all be right from the start, and out-of-scope messages are recognised better
        the longer a network has learned (CLINC150, 10 patterns per intent: AUROC .962 after 2
        epochs, .968 after 12).
        """
        logits = self.logits(held_out, NO_NOISE)
        score = accuracy_and_likelihood(logits, self.patterns.labels[held_out])
        accuracy = score[0]
        self._highest = max(self._highest, accuracy)
        error = math.sqrt(self._highest * (1 - self._highest) / len(held_out))
        if accuracy >= self._highest - error:
            self.best_score, self.best_epoch, self.best_logits = score, epoch, logits
            self.best = {name: tensor.clone() for name, tensor in self.averaged.items()}
        return accuracy

    def logits(self, chosen: Indices, noise: Noise) -> Floats:
        """Return the averaged network's logits (patterns, intents) for the chosen patterns."""
        with torch.no_grad():
            batches = [
                self.table.batch(self.patterns.messages, part, noise, self.rng)
                for part in np.array_split(chosen, math.ceil(len(chosen) / 512))
            ]
            parts = [
                torch.func.functional_call(self.network, self.averaged, (batch,)).numpy()
                for batch in batches
            ]
        result: Floats = np.concatenate(parts)
        return result

    def weights(self, *, best: bool = False) -> Weights:
        """Return the averaged weights, with a row for every feature of the learned words.

        Those of the end, or of the best epoch.
        """
        chosen = self.best if best else self.averaged
        arrays = {name: tensor.numpy() for name, tensor in chosen.items()}
        messages = self.patterns.messages
        own = hashes_of(messages.distinct_words(self.learned))
        rows = np.concatenate(([0], find_rows(self.table.hashes, own)))
        vectors = arrays["words.weight"][rows].astype(np.float16)
        shape = self.network.shape
        return Weights.from_parameters(
            shape.cell, arrays, FeatureRows(own, vectors), self.start.rows, shape.parts
        )

    def _step(self, chosen: Indices, step: int) -> float:
        """Take one step of gradient descent; return the loss in nats."""
        batch = self.table.batch(self.patterns.messages, chosen, self.start.recipe.noise, self.rng)
        kept = 1 - self.start.recipe.state_dropout
        mask = self.rng.random((len(chosen), self.network.hidden_size), np.float32) < kept
        loss = nn.functional.cross_entropy(
            self.network(batch, torch.from_numpy(mask) / kept),
            torch.from_numpy(self.patterns.labels[chosen]),
        )
        self.optimizer.clear()
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(self.parameters.values(), GRADIENT_NORM)
        self.optimizer.step()
        # At first the average follows quickly: otherwise it would remember the start.
        keep = min(AVERAGING, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.averaged.values()), list(self.parameters.values()), 1 - keep
            )
        self.loss, self.gradient_norm = loss.item(), norm.item()
        return self.loss

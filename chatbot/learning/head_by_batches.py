"""The feed-forward layer of many patterns: the same regression as `head`, by gradient descent.

Solving it exactly looks at every pattern some fifty times. Here an epoch looks at a sample, batch
by batch, and the layer can be put away after every epoch and taken up again.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor, nn

from chatbot.learning.data import Indices
from chatbot.learning.head import STRENGTH, Head
from chatbot.learning.optimizer import AdamW, Group
from chatbot.network import Floats

BATCH = 1_024
"""Patterns of a gradient step."""

EPOCH = 100_000
"""Patterns of an epoch at most: with 1,000 intents 0.4 TFLOP."""

RATE = 0.02
"""Learning rate of the first step; it falls to 0 as a half cosine."""

Embedded = Callable[[Indices], Floats]
"""Returns the embeddings (chosen, embedding) of the patterns with these indices."""


class HeadByBatches:
    """A feed-forward layer being fitted over so many epochs."""

    def __init__(self, intents: int, size: int, parts: int, epochs: int, seed: int) -> None:
        self.epochs, self.epoch = epochs, 0
        """Epochs in all, and those that are done."""
        self._seed = seed
        self._scale = parts**0.5
        self._weight = nn.Parameter(torch.zeros(intents, size))
        self._bias = nn.Parameter(torch.zeros(intents))
        self._group = Group([self._weight, self._bias], RATE, weight_decay=0.0)
        self._optimizer = AdamW([self._group])

    @property
    def head(self) -> Head:
        """The layer as it is now."""
        weight: Floats = self._weight.detach().numpy() * np.float32(self._scale)
        return Head(weight, self._bias.detach().numpy().copy())

    def run(self, embedded: Embedded, labels: Indices, chosen: Indices) -> Iterator[float]:
        """Learn one more epoch of the chosen patterns; yields the mean loss (nats) at each step.

        `labels` (patterns,) are those of all patterns. What an epoch sees depends on the seed and
        its number alone.
        """
        rng = np.random.default_rng((self._seed, self.epoch))
        sample = rng.permutation(chosen)[:EPOCH]
        steps = math.ceil(len(sample) / BATCH)
        total = 0.0
        for step in range(steps):
            part = np.sort(sample[step * BATCH : (step + 1) * BATCH])  # they are read from a file
            done = (self.epoch + step / steps) / self.epochs
            self._group.rate = RATE * (1 + math.cos(math.pi * min(done, 1.0))) / 2
            inputs = torch.from_numpy(embedded(part)) * self._scale
            total += self._step(inputs, torch.from_numpy(labels[part]), len(chosen))
            yield total / (step + 1)
        self.epoch += 1

    def _step(self, inputs: Tensor, labels: Tensor, patterns: int) -> float:
        logits = nn.functional.linear(inputs, self._weight, self._bias)
        loss = nn.functional.cross_entropy(logits, labels)
        decay = self._weight.square().sum() / (2 * STRENGTH * patterns)
        self._optimizer.clear()
        (loss + decay).backward()  # type: ignore[no-untyped-call]
        self._optimizer.step()
        return loss.item()

    def _arrays(self) -> dict[str, Tensor]:
        group = self._group
        return {
            "weight": self._weight.data,
            "bias": self._bias.data,
            **{f"first{i}": tensor for i, tensor in enumerate(group.first)},
            **{f"second{i}": tensor for i, tensor in enumerate(group.second)},
            **{f"steps{i}": tensor for i, tensor in enumerate(group.steps)},
        }

    def encoded(self) -> bytes:
        """Return everything that going on needs."""
        file = io.BytesIO()
        arrays = {name: tensor.numpy() for name, tensor in self._arrays().items()}
        np.savez(file, epoch=np.array(self.epoch), **arrays)  # type: ignore[arg-type]
        return file.getvalue()

    def go_on_from(self, encoded: bytes) -> bool:
        """Take up what `encoded` returned; return False where it is damaged, and change nothing."""
        mine = self._arrays()
        try:
            with np.load(io.BytesIO(encoded), allow_pickle=False) as arrays:
                epoch = int(arrays["epoch"])
                found = {name: torch.from_numpy(arrays[name]) for name in mine}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError):
            return False
        if any(found[name].shape != mine[name].shape for name in mine):
            return False
        for name, tensor in mine.items():
            tensor.copy_(found[name])
        self.epoch = epoch
        return True


def fitted_by_batches(
    embedded: Floats, labels: Indices, intents: int, parts: int, epochs: int
) -> Head:
    """Return the layer that tells patterns apart, as `head.fitted`, for arrays of the same kind."""
    head = HeadByBatches(intents, embedded.shape[1], parts, epochs, seed=0)
    for _ in range(epochs):
        for _loss in head.run(embedded.__getitem__, labels, np.arange(len(labels))):
            pass
    return head.head

"""The batches of a pretraining: which lines a step learns, and how people might type them.

They depend on nothing that is learned, so other processes can make them ready while a GPU learns.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from chatbot.learning.data import FeatureTable, Indices, Messages
from chatbot.learning.network import Batch
from chatbot.learning.pretraining.corpus import Corpus
from chatbot.learning.pretraining.plan import Plan
from chatbot.learning.pretraining.variants import Variants


@dataclass(frozen=True, slots=True)
class Ready:
    """What one process learns in one step."""

    lines: Indices
    """(lines,) indices in the corpus"""
    messages: Batch
    """The lines as people might type them."""
    topics: Tensor
    """(lines,) index of the topic, −1 for none"""
    episode: tuple[Batch, Indices] | None
    """The messages of one practice bot and their intents, −1 for out of scope."""
    rng: np.random.Generator
    """What is drawn by chance in the rest of the step comes from here."""

    def to(self, device: torch.device) -> Ready:
        """Return it with its messages on a device."""
        episode = self.episode and (self.episode[0].to(device), self.episode[1])
        return replace(self, messages=self.messages.to(device), episode=episode)


class Batches(Dataset[Ready]):
    """The batches of all steps, by the number of the step."""

    def __init__(
        self,
        corpus: Corpus,
        learned: Indices,
        messages: Messages,
        variants: Variants,
        table: FeatureTable,
        plan: Plan,
        *,
        rank: int = 0,
        processes: int = 1,
    ) -> None:
        """`learned` are the lines to learn; process `rank` of so many gets its part of a batch."""
        self._corpus, self._learned, self._plan = corpus, learned, plan
        self._messages, self._variants, self._table = messages, variants, table
        self._rank, self._processes = rank, processes
        self._epoch, self._of_epoch = -1, list[Indices]()
        self.per_epoch = math.ceil(len(learned) / plan.batch)

    def __len__(self) -> int:
        return self.per_epoch * self._plan.epochs

    def __getitem__(self, step: int) -> Ready:
        epoch, at = divmod(step, self.per_epoch)
        if epoch != self._epoch:
            self._epoch, self._of_epoch = epoch, self._batches(epoch)
        rng = np.random.default_rng((self._plan.seed, step, self._rank))
        own = self._of_epoch[at][self._rank :: self._processes]
        episode, bots = None, self._corpus.bots
        if step % self._plan.episode_every == 0 and bots:
            chosen = bots[int(rng.integers(len(bots)))]
            episode = (self._typed(chosen, rng), self._corpus.intents[chosen])
        messages = self._typed(own, rng)
        return Ready(own, messages, torch.from_numpy(self._corpus.topics[own]), episode, rng)

    def from_step(self, first: int, workers: int) -> Iterator[Ready]:
        """Yield the batches from a step on, made by so many other processes, or by this one."""
        steps = range(first, len(self))
        if not workers:
            return (self[step] for step in steps)
        loader: DataLoader[Any] = DataLoader(
            self,
            batch_size=None,
            sampler=steps,
            num_workers=workers,
            collate_fn=_as_it_is,
            prefetch_factor=8,
        )
        return iter(loader)

    def _batches(self, epoch: int) -> list[Indices]:
        """Return the learned lines in random batches of similar length: less time for padding."""
        rng = np.random.default_rng((self._plan.seed, epoch))
        order = rng.permutation(self._learned)
        lengths = self._messages.lengths[order] + 2 * rng.random(len(order))
        order = order[np.argsort(lengths // 1, kind="stable")]
        size = self._plan.batch
        batches = [order[i : i + size] for i in range(0, len(order), size)]
        return [batches[i] for i in rng.permutation(len(batches))]

    def _typed(self, lines: Indices, rng: np.random.Generator) -> Batch:
        """Return lines as people might type them."""
        messages, plan = self._messages, self._plan
        longest = int(messages.lengths[lines].max())
        typed, lengths = self._variants.typed(
            messages.words[lines, :longest], messages.lengths[lines], plan.rates, rng
        )
        some = Messages(typed, lengths, np.zeros(len(lines), dtype=bool), ())
        return self._table.batch(some, np.arange(len(lines)), plan.noise, rng)


def _as_it_is(ready: Any) -> Any:
    return ready

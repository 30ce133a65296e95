"""One pretraining: batches, steps, checkpoints, on one process or several.

Under `torchrun` every process learns from its part of each batch, and DistributedDataParallel
averages their gradients. A run that was interrupted goes on from its checkpoint, on as many
processes as before.
"""

from __future__ import annotations

import math
import os
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

from chatbot.learning.data import FeatureTable, Indices, Messages, Noise, encode
from chatbot.learning.network import Network, Shape
from chatbot.learning.pretraining import checkpoint
from chatbot.learning.pretraining.batches import Batches, Ready
from chatbot.learning.pretraining.corpus import Corpus
from chatbot.learning.pretraining.objectives import Losses, Supervision, losses
from chatbot.learning.pretraining.plan import Plan
from chatbot.learning.pretraining.processes import device
from chatbot.learning.pretraining.targets import Targets
from chatbot.learning.pretraining.variants import Variants
from chatbot.network import FeatureRows, FourBitRows, Hashes, Weights
from chatbot.words import features, words

LONGEST = 32
"""Words of a line that are read: 99.9 % of the lines are shorter."""

VIEW = 384
"""Numbers in an embedding of either teacher."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a pretraining stands."""

    epoch: int
    epochs: int
    step: int
    steps: int
    e5_cosine: float
    """Mean cosine to the teacher since the last record, with noise."""
    minilm_cosine: float
    held_out: tuple[float, float] | None
    """The same two over the held-out lines, without noise, at the end of an epoch."""
    seconds: float
    eta_seconds: float


class _Step(nn.Module):
    """A network with its supervision, whose output is the losses of one step."""

    def __init__(self, network: Network, supervision: Supervision, plan: Plan) -> None:
        super().__init__()
        self.network, self.supervision, self.plan = network, supervision, plan

    def forward(
        self,
        ready: Ready,
        targets: tuple[Tensor, Tensor],
    ) -> Losses:
        network, supervision, plan = self.network, self.supervision, self.plan
        states = network.final_states(ready.messages)
        found = losses(network, states, *targets, supervision, ready.topics, plan.topic_weight)
        # Every parameter has a gradient in every step, be it 0: all processes average the same.
        total = found.total + 0 * sum(p.sum() for p in supervision.parameters())
        if ready.episode is not None:
            messages, intents = ready.episode
            views = network.views(network.final_states(messages))[2]
            loss = supervision.episode_loss(views, intents, ready.rng)
            total = total + plan.episode_weight * loss
        return found._replace(total=total)


class Course:
    """One pretraining; `run` does it, from its checkpoint on if there is one."""

    def __init__(
        self,
        corpus: Corpus,
        targets: Targets,
        folder: Path,
        plan: Plan,
        start: Path | None = None,
    ) -> None:
        """`folder` keeps the checkpoint; `start` is the folder of an earlier run to go on from."""
        self.corpus, self.plan, self.folder = corpus, plan, folder
        self.rank = distributed.get_rank() if distributed.is_initialized() else 0
        self.processes = distributed.get_world_size() if distributed.is_initialized() else 1
        read = [tuple(words(line)[:LONGEST]) or ("",) for line in corpus.texts]
        self.messages: Messages = encode(read)
        self.variants = Variants(self.messages.vocabulary)
        hashes = frequent_features(self.messages, self.variants, plan)
        self.table = FeatureTable(self.variants.vocabulary, hashes)
        self.device = device()
        torch.manual_seed(plan.seed)
        shape = Shape(
            plan.word_size, plan.hidden_size, (VIEW, VIEW, plan.intent_size), plan.input_size
        )
        network = Network(self.table.size, shape, sparse=True)
        nn.init.normal_(network.words.weight, std=0.1)
        supervision = Supervision(corpus.languages_of_topics, plan.intent_size)
        self.step_module = _Step(network, supervision, plan).to(self.device)
        self.learner: nn.Module = (
            DistributedDataParallel(self.step_module)
            if distributed.is_initialized()
            else self.step_module
        )
        dense = [p for n, p in self.step_module.named_parameters() if n != "network.words.weight"]
        # Only the rows that a batch meets change: with AdamW for all of them a step takes 5 times
        # as long.
        self.optimizers: tuple[torch.optim.Optimizer, ...] = (
            torch.optim.SparseAdam([network.words.weight], lr=plan.learning_rate),
            torch.optim.AdamW(dense, lr=plan.learning_rate, weight_decay=plan.weight_decay),
        )
        self.dense = dense
        # By the text, as with practice bots (`practised`): what an earlier run has held out is
        # held out again.
        order = np.argsort([zlib.crc32(text.encode()) for text in corpus.texts], kind="stable")
        held_out = min(plan.held_out, len(order) // 10)
        self.held_out, self.learned = order[:held_out], order[held_out:]
        if start is not None:
            checkpoint.start_from(start, self.step_module, hashes)
        self.batches = Batches(
            corpus,
            self.learned,
            self.messages,
            self.variants,
            self.table,
            plan,
            rank=self.rank,
            processes=self.processes,
        )
        self.steps, self.step = len(self.batches), 0
        # A GPU would wait for them, a processor makes them in a hundredth of the time of a step.
        self.workers = (os.cpu_count() or 1) if self.device.type == "cuda" else 0
        # A GPU has room for them; on a processor they stay where they are.
        self.views = tuple(
            torch.from_numpy(rows).to(self.device) for rows in (targets.e5, targets.minilm)
        )

    @property
    def network(self) -> Network:
        """The network that learns."""
        return self.step_module.network

    @property
    def done(self) -> float:
        """Share of the steps that are done."""
        return self.step / self.steps

    def run(
        self, save_every: int = 500, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[Progress]:
        """Learn; yields Progress every 100 steps, and at the end of an epoch with held-out figures.

        A checkpoint is written every `save_every` steps. Raises PretrainingError when the one in
        the folder is of another corpus or plan.
        """
        identity = f"{self.corpus.digest} {self.plan}"
        self.step = checkpoint.load(self.folder, identity, self.step_module, self.optimizers)
        started, first, since = time.perf_counter(), self.step, list[Tensor]()
        for ready in self.batches.from_step(self.step, self.workers):
            if cancelled():
                return
            epoch = self.step // self.batches.per_epoch
            since.append(self._learn(ready))
            ends = self.step % self.batches.per_epoch == 0
            if self.rank == 0 and (self.step % save_every == 0 or self.step == self.steps):
                self._save(identity)
            if self.step % 100 == 0 or ends:
                seconds = time.perf_counter() - started
                e5_cosine, minilm_cosine = torch.stack(since).mean(dim=0).tolist()
                since.clear()
                yield Progress(
                    epoch=epoch + 1,
                    epochs=self.plan.epochs,
                    step=self.step,
                    steps=self.steps,
                    e5_cosine=e5_cosine,
                    minilm_cosine=minilm_cosine,
                    held_out=self.held_out_cosines() if ends else None,
                    seconds=seconds,
                    eta_seconds=seconds / (self.step - first) * (self.steps - self.step),
                )

    def _save(self, identity: str) -> None:
        module, hashes = self.step_module, self.table.hashes
        checkpoint.save(self.folder, identity, self.step, module, self.optimizers, hashes)

    def _learn(self, ready: Ready) -> Tensor:
        """Take one step; return the batch's mean cosines to the teachers, (2,)."""
        rate = rate_at(self.done, self.plan.learning_rate)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        found = self.learner(ready.to(self.device), self._targets(ready.lines))
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        found.total.backward()
        nn.utils.clip_grad_norm_(self.dense, self.plan.gradient_norm)
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        # Not yet a number: a GPU would have to finish first.
        return torch.stack([found.e5_cosine, found.minilm_cosine]).detach()

    def _targets(self, lines: Indices) -> tuple[Tensor, Tensor]:
        chosen = torch.from_numpy(lines).to(self.device)
        first, second = (view[chosen].float() for view in self.views)
        return first, second

    @torch.no_grad()
    def held_out_cosines(self) -> tuple[float, float]:
        """Return the mean cosines to the two teachers on the held-out lines, as they are."""
        quiet = np.random.default_rng(0)
        total = np.zeros(2)
        for part in np.array_split(self.held_out, math.ceil(len(self.held_out) / 500)):
            batch = self.table.batch(self.messages, part, Noise(0.0, 0.0, 0.0, 0.0), quiet)
            views = self.network.views(self.network.final_states(batch.to(self.device)))
            pairs = zip(views, self._targets(part), strict=False)
            total += [(view * target).sum().item() for view, target in pairs]
        first, second = (total / len(self.held_out)).tolist()
        return first, second


def weights_of(course: Course) -> Weights:
    """Return what a course has learned, the rows of features in four bits a number."""
    network = course.network
    arrays = {
        name: parameter.detach().cpu().numpy().astype(np.float32)
        for name, parameter in network.named_parameters()
    }
    size = sum(network.shape.parts)
    arrays["feed_forward.weight"] = np.zeros((0, size), np.float32)  # no intents yet
    arrays["feed_forward.bias"] = np.zeros(0, np.float32)
    own = FourBitRows.of(course.table.hashes, arrays["words.weight"])
    none = FeatureRows.none(network.shape.word_size)
    return Weights.from_parameters(network.shape.cell, arrays, own, none, network.shape.parts)


def rate_at(done: float, peak: float) -> float:
    """Return the learning rate when a share `done` of the steps is done."""
    return peak * (min(1.0, done / 0.05) * (0.5 + 0.5 * math.cos(math.pi * done)) + 3e-4)


def frequent_features(messages: Messages, variants: Variants, plan: Plan) -> Hashes:
    """Return the hashes of the most frequent features, in rising order.

    Words count as often as they occur. Of other spellings none gets a row that no word has, but
    for traditional characters: they must be learned, an error need not be.
    """
    spoken = messages.words[messages.words > 0]
    occurrences = np.bincount(spoken, minlength=len(messages.vocabulary))
    counts: Counter[int] = Counter()
    for word, times in zip(variants.vocabulary, occurrences.tolist(), strict=False):
        if word and times:
            for feature in features(word):
                counts[feature] += times
    for word, times in variants.traditional(occurrences):
        for feature in features(word):
            counts[feature] += times
    chosen = [feature for feature, times in counts.most_common(plan.features - 1) if times > 1]
    return np.array(sorted(chosen), dtype=np.uint32)

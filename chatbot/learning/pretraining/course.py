"""One pretraining: batches, steps, checkpoints, on one process or several.

Under `torchrun` every process learns from its part of each batch, and DistributedDataParallel
averages their gradients. A run that was interrupted goes on from its checkpoint, on as many
processes as before.
"""

from __future__ import annotations

import math
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

from chatbot.learning.data import FeatureTable, Indices, Messages, Noise, encode
from chatbot.learning.network import Batch, Network, Shape
from chatbot.learning.pretraining import checkpoint
from chatbot.learning.pretraining.corpus import Corpus
from chatbot.learning.pretraining.objectives import Losses, Supervision, losses
from chatbot.learning.pretraining.targets import Targets
from chatbot.learning.pretraining.variants import Rates, Variants
from chatbot.network import FeatureRows, FourBitRows, Hashes, Weights
from chatbot.words import features, words

LONGEST = 32
"""Words of a line that are read: 99.9 % of the lines are shorter."""

VIEW = 384
"""Numbers in an embedding of either teacher."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one pretraining does."""

    epochs: int = 20
    batch: int = 512
    """Lines per step, over all processes."""
    features: int = 270_000
    """Features with a row of their own, the most frequent; the rest is unknown. In four bits a
    number they are 17 MB."""
    word_size: int = 128
    input_size: int = 256
    hidden_size: int = 256
    intent_size: int = 256
    """Numbers in the network's own view, that of topics and practice bots."""
    learning_rate: float = 3e-3
    """Peak of AdamW's and SparseAdam's; rises over the first 5 % of the steps, then falls along a
    cosine to 0."""
    weight_decay: float = 0.01
    gradient_norm: float = 5.0
    topic_weight: float = 0.7
    episode_weight: float = 0.25
    """Mild, and not at every step: learned by heart, practice bots help nobody (docs/base.md)."""
    episode_every: int = 2
    held_out: int = 4_000
    """Lines that are never learned, but at most a tenth; their mean cosines show the progress."""
    noise: Noise = field(default_factory=lambda: Noise(0.03, 0.06, 0.0, 0.0))
    """Cut-off messages are lines of their own, and `rates` takes the punctuation away."""
    rates: Rates = field(default_factory=Rates)
    seed: int = 0


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
        batch: Batch,
        targets: tuple[Tensor, Tensor],
        topics: Tensor,
        episode: tuple[Batch, Indices] | None,
        rng: np.random.Generator,
    ) -> Losses:
        network, supervision, plan = self.network, self.supervision, self.plan
        states = network.final_states(batch)
        found = losses(network, states, *targets, supervision, topics, plan.topic_weight)
        # Every parameter has a gradient in every step, be it 0: all processes average the same.
        total = found.total + 0 * sum(p.sum() for p in supervision.parameters())
        if episode is not None:
            messages, intents = episode
            views = network.views(network.final_states(messages))[2]
            loss = supervision.episode_loss(views, intents, rng)
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
        self.corpus, self.targets, self.plan, self.folder = corpus, targets, plan, folder
        self.rank = distributed.get_rank() if distributed.is_initialized() else 0
        self.processes = distributed.get_world_size() if distributed.is_initialized() else 1
        read = [tuple(words(line)[:LONGEST]) or ("",) for line in corpus.texts]
        self.messages: Messages = encode(read)
        self.variants = Variants(self.messages.vocabulary)
        hashes = frequent_features(self.messages, self.variants, plan)
        self.table = FeatureTable(self.variants.vocabulary, hashes)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
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
        # By the text, as with practice bots (`supervised`): what an earlier run has held out is
        # held out again.
        order = np.argsort([zlib.crc32(text.encode()) for text in corpus.texts], kind="stable")
        held_out = min(plan.held_out, len(order) // 10)
        self.held_out, self.learned = order[:held_out], order[held_out:]
        if start is not None:
            checkpoint.start_from(start, self.step_module, hashes)
        self.per_epoch = math.ceil(len(self.learned) / plan.batch)
        self.steps, self.step = plan.epochs * self.per_epoch, 0

    @property
    def network(self) -> Network:
        """The network that learns."""
        return self.step_module.network

    def run(
        self, save_every: int = 500, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[Progress]:
        """Learn; yields Progress every 100 steps, and at the end of an epoch with held-out figures.

        A checkpoint is written every `save_every` steps. Raises PretrainingError when the one in
        the folder is of another corpus or plan.
        """
        identity = f"{self.corpus.digest} {self.plan}"
        self.step = checkpoint.load(self.folder, identity, self.step_module, self.optimizers)
        started, first, since = time.perf_counter(), self.step, list[tuple[float, float]]()
        while self.step < self.steps:
            if cancelled():
                return
            epoch, at = divmod(self.step, self.per_epoch)
            if at == 0 or self.step == first:
                batches = self._batches(epoch)
            since.append(self._learn(batches[at]))
            ends = self.step % self.per_epoch == 0
            if self.rank == 0 and (self.step % save_every == 0 or self.step == self.steps):
                self._save(identity)
            if self.step % 100 == 0 or ends:
                seconds = time.perf_counter() - started
                e5_cosine, minilm_cosine = np.mean(since, axis=0).tolist()
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

    def _batches(self, epoch: int) -> list[Indices]:
        """Return the learned lines in random batches of similar length: less time for padding."""
        rng = np.random.default_rng((self.plan.seed, epoch))
        order = rng.permutation(self.learned)
        lengths = self.messages.lengths[order] + 2 * rng.random(len(order))
        order = order[np.argsort(lengths // 1, kind="stable")]
        size = self.plan.batch
        batches = [order[i : i + size] for i in range(0, len(order), size)]
        return [batches[i] for i in rng.permutation(len(batches))]

    def _learn(self, lines: Indices) -> tuple[float, float]:
        """Take one step; return the batch's mean cosines to the teachers."""
        plan = self.plan
        rng = np.random.default_rng((plan.seed, self.step, self.rank))
        rate = rate_at(self.step / self.steps, plan.learning_rate)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        own = lines[self.rank :: self.processes]
        episode = None
        if self.step % plan.episode_every == 0 and len(self.corpus.bots):
            chosen = self.corpus.bots[int(rng.integers(len(self.corpus.bots)))]
            episode = (self._batch(chosen, rng), self.corpus.intents[chosen])
        topics = torch.from_numpy(self.corpus.topics[own]).to(self.device)
        found = self.learner(self._batch(own, rng), self._targets(own), topics, episode, rng)
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        found.total.backward()
        nn.utils.clip_grad_norm_(self.dense, plan.gradient_norm)
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        return found.e5_cosine.item(), found.minilm_cosine.item()

    def _batch(self, lines: Indices, rng: np.random.Generator) -> Batch:
        """Return lines as people might type them."""
        messages, plan = self.messages, self.plan
        longest = int(messages.lengths[lines].max())
        typed, lengths = self.variants.typed(
            messages.words[lines, :longest], messages.lengths[lines], plan.rates, rng
        )
        some = Messages(typed, lengths, np.zeros(len(lines), dtype=bool), ())
        return self.table.batch(some, np.arange(len(lines)), plan.noise, rng).to(self.device)

    def _targets(self, lines: Indices) -> tuple[Tensor, Tensor]:
        first, second = (
            torch.from_numpy(np.asarray(rows[lines], dtype=np.float32)).to(self.device)
            for rows in (self.targets.e5, self.targets.minilm)
        )
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


def supervised(corpus: Corpus, every: int = 6) -> tuple[tuple[Indices, ...], tuple[Indices, ...]]:
    """Return the practice bots that supervise the base, and one in `every` that is kept from it.

    What is kept teaches when to answer (`sure_enough`): of bots that the base has learned it would
    be too sure. Its first message says which: a bot that was kept from an earlier run is kept from
    those that go on from it, whatever bots have joined.
    """
    is_kept = [zlib.crc32(corpus.texts[bot[0]].encode()) % every == 0 for bot in corpus.bots]
    practised = tuple(bot for bot, kept in zip(corpus.bots, is_kept, strict=True) if not kept)
    return practised, tuple(bot for bot, kept in zip(corpus.bots, is_kept, strict=True) if kept)

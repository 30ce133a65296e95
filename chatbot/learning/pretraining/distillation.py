"""Distillation: a small recurrent network learns to embed sentences as a large encoder does.

For a line with the teacher's embedding y and the network's e, both of length 1, over a batch:

    loss = 10 · mean(1 − e·y)                              the direction itself
         + 0.3 · cross-entropy(e_i · y_j / 0.05, j = i)    which line of the batch it is
         + 0.3 · cross-entropy(e_i · e_j / 0.1 against softmax(y_i · y_j / 0.1), j ≠ i)
                                                           how alike it is to the others

The second term is in-batch contrastive learning (van den Oord et al. 2018), the third relational
distillation (Park et al. 2019; Fang et al. 2021, "SEED").
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from chatbot.learning.data import (
    NO_NOISE,
    FeatureTable,
    Indices,
    Messages,
    Noise,
    encode,
)
from chatbot.learning.network import Batch, Network
from chatbot.learning.pretraining import teacher
from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.learning.pretraining.lines import digest_of, frequent_features
from chatbot.network import FeatureRows, Weights
from chatbot.words import words

LONGEST = 32
"""Words of a line that are read: 99.9 % of the lines are shorter."""

CHECKPOINT = "checkpoint.safetensors"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one pretraining does."""

    epochs: int = 20
    batch: int = 256
    word_size: int = 192
    hidden_size: int = 256
    """At 256 units a message of nine words takes 0.16 ms in NumPy, at 320 it takes 0.23 ms."""
    learning_rate: float = 3e-3
    """Peak of AdamW's; rises over the first 5 % of the steps, then falls along a cosine to 0."""
    weight_decay: float = 0.01
    gradient_norm: float = 5.0
    held_out: int = 4_000
    """Lines that are never learned; their mean cosine shows the progress."""
    noise: Noise = field(
        # Cut-off and unfinished messages are lines of their own, embedded by the teacher.
        default_factory=lambda: Noise(
            word_dropout=0.05, feature_dropout=0.08, bare_end=0.3, cut_off=0.0
        )
    )
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a pretraining stands."""

    epoch: int
    epochs: int
    step: int
    steps: int
    cosine: float
    """Mean cosine to the teacher over the epoch so far, with noise."""
    held_out_cosine: float | None
    """The same over held-out lines, of the averaged weights, at the end of an epoch."""
    seconds: float
    eta_seconds: float


class Distillation:
    """One pretraining; `epochs` runs it, from its checkpoint on if there is one."""

    def __init__(
        self, lines: Sequence[str], embeddings: NDArray[np.float16], folder: Path, plan: Plan
    ) -> None:
        self.plan, self.folder, self.embeddings = plan, folder, embeddings
        self.identity = f"{digest_of(lines)} {plan}"
        """What a checkpoint must have been made from to go on from it."""
        read = [tuple(words(line)[:LONGEST]) or ("",) for line in lines]
        self.messages: Messages = encode(read)
        self.table = FeatureTable(self.messages.vocabulary, frequent_features(read))
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(plan.seed)
        self.network = Network(self.table.size, plan.word_size, plan.hidden_size, teacher.SIZE).to(
            self.device
        )
        nn.init.normal_(self.network.words.weight, std=0.1)
        self.parameters = list(self.network.parameters())
        self.averaged = [p.detach().clone() for p in self.parameters]
        """Moving averages of the parameters; these are measured and kept."""
        self.optimizer = torch.optim.AdamW(
            self.parameters, lr=plan.learning_rate, weight_decay=plan.weight_decay, fused=True
        )
        order = np.random.default_rng(plan.seed).permutation(len(lines))
        self.held_out, self.learned = order[: plan.held_out], order[plan.held_out :]
        self.steps = plan.epochs * math.ceil(len(self.learned) / plan.batch)
        self.step = self.epoch = 0

    def epochs(self, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Progress]:
        """Learn; yields Progress every 100 steps and, with the held-out cosine, every epoch.

        A checkpoint is written after every epoch, from which the next call goes on.
        """
        self.resume()
        started, first = time.perf_counter(), self.step
        for epoch in range(self.epoch + 1, self.plan.epochs + 1):
            rng = np.random.default_rng((self.plan.seed, epoch))
            cosines: list[float] = []
            batches = self._batches(rng)

            def progress(held_out: float | None, epoch: int = epoch) -> Progress:
                seconds = time.perf_counter() - started
                return Progress(
                    epoch=epoch,
                    epochs=self.plan.epochs,
                    step=self.step,
                    steps=self.steps,
                    cosine=float(np.mean(cosines)),  # noqa: B023 - called in the same turn
                    held_out_cosine=held_out,
                    seconds=seconds,
                    eta_seconds=seconds / (self.step - first) * (self.steps - self.step),
                )

            for chosen in batches:
                if cancelled():
                    return
                cosines.append(self._learn(chosen, rng))
                if self.step % 100 == 0:
                    yield progress(None)
            self.epoch = epoch
            self._save()
            yield progress(self.held_out_cosine())

    def _batches(self, rng: np.random.Generator) -> list[Indices]:
        """Return the learned lines in random batches of similar length: less time for padding."""
        order = rng.permutation(self.learned)
        lengths = self.messages.lengths[order] + 2 * rng.random(len(order))
        order = order[np.argsort(lengths // 1, kind="stable")]
        batches = [order[i : i + self.plan.batch] for i in range(0, len(order), self.plan.batch)]
        return [batches[i] for i in rng.permutation(len(batches))]

    def _learn(self, chosen: Indices, rng: np.random.Generator) -> float:
        """Take one step; return the batch's mean cosine."""
        done = self.step / self.steps
        rate = (
            self.plan.learning_rate * min(1.0, done / 0.05) * (0.5 + 0.5 * math.cos(math.pi * done))
        )
        for group in self.optimizer.param_groups:
            group["lr"] = rate + 1e-6
        target = self._targets(chosen)
        batch = self.table.batch(self.messages, chosen, self.plan.noise, rng).to(self.device)
        loss, cosine = distillation_loss(self.network.embeddings(batch), target)
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.parameters, self.plan.gradient_norm)
        self.optimizer.step()
        self.step += 1
        if self.step % 10 == 0:
            # Over the last 500 steps; faster at first, or it would remember the random start.
            with torch.no_grad():
                torch._foreach_lerp_(
                    self.averaged, [*self.parameters], 0.02 if self.step > 500 else 0.2
                )
        return cosine.item()

    def held_out_cosine(self) -> float:
        """Return the averaged network's mean cosine to the teacher on the held-out lines."""
        names = [f"network.{name}" for name, _ in self.network.named_parameters()]
        averaged = dict(zip(names, self.averaged, strict=True))
        rng, total = np.random.default_rng(0), 0.0
        with torch.no_grad():
            for part in np.array_split(self.held_out, math.ceil(len(self.held_out) / 500)):
                batch = self.table.batch(self.messages, part, NO_NOISE, rng)
                embedded = torch.func.functional_call(
                    _Embedding(self.network), averaged, (batch.to(self.device),)
                )
                total += (embedded * self._targets(part)).sum().item()
        return total / len(self.held_out)

    def weights(self) -> Weights:
        """Return the averaged weights; the rows in half precision, as they will be used."""
        names = [name for name, _ in self.network.named_parameters()]
        arrays = {
            name: tensor.cpu().numpy() for name, tensor in zip(names, self.averaged, strict=True)
        }
        arrays["feed_forward.weight"] = np.zeros((0, teacher.SIZE), np.float32)  # no intents yet
        arrays["feed_forward.bias"] = np.zeros(0, np.float32)
        own = FeatureRows(self.table.hashes, arrays["words.weight"].astype(np.float16))
        return Weights.from_parameters(
            self.network.cell, arrays, own, FeatureRows.none(self.plan.word_size)
        )

    def _targets(self, chosen: Indices) -> Tensor:
        rows = np.asarray(self.embeddings[chosen], dtype=np.float32)
        return torch.from_numpy(rows).to(self.device)

    def _tensors(self) -> dict[str, Tensor]:
        """Return everything that changes, by name; the tensors themselves, not copies."""
        tensors: dict[str, Tensor] = {}
        for (name, parameter), average in zip(
            self.network.named_parameters(), self.averaged, strict=True
        ):
            state = self.optimizer.state[parameter]
            if not state:
                state["step"] = torch.tensor(0.0, device=parameter.device)
                state["exp_avg"] = torch.zeros_like(parameter)
                state["exp_avg_sq"] = torch.zeros_like(parameter)
            tensors |= {
                f"parameter.{name}": parameter.data,
                f"averaged.{name}": average,
                f"step.{name}": state["step"],
                f"exp_avg.{name}": state["exp_avg"],
                f"exp_avg_sq.{name}": state["exp_avg_sq"],
            }
        return tensors

    def _save(self) -> None:
        part = self.folder / (CHECKPOINT + ".part")
        metadata = {"epoch": str(self.epoch), "step": str(self.step), "identity": self.identity}
        save_file(self._tensors(), part, metadata)
        part.replace(self.folder / CHECKPOINT)

    def resume(self) -> None:
        """Continue from the checkpoint, if any. Raises PretrainingError if it does not fit."""
        path = self.folder / CHECKPOINT
        if not path.exists():
            return
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata()
            if metadata.get("identity") != self.identity:
                raise PretrainingError(
                    f"{path}: of another corpus or with other settings. Choose another folder "
                    "with --work, or the settings it was started with"
                )
            for name, tensor in self._tensors().items():
                tensor.copy_(file.get_tensor(name))
        self.epoch, self.step = int(metadata["epoch"]), int(metadata["step"])


class _Embedding(nn.Module):
    """A network whose output is the embedding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, batch: Batch) -> Tensor:
        return self.network.embeddings(batch)


def distillation_loss(embedded: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Return the loss of a batch and its mean cosine; both (lines, 384), rows of length 1."""
    cosine = (embedded * target).sum(1).mean()
    itself = torch.arange(len(embedded), device=embedded.device)
    contrastive = nn.functional.cross_entropy(embedded @ target.T / 0.05, itself)
    not_itself = torch.eye(len(embedded), device=embedded.device) * 1e4
    wanted = torch.softmax(target @ target.T / 0.1 - not_itself, dim=1)
    relational = nn.functional.cross_entropy(embedded @ embedded.T / 0.1 - not_itself, wanted)
    return 10 * (1 - cosine) + 0.3 * contrastive + 0.3 * relational, cosine

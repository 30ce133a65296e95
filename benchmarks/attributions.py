"""The ways of scoring words that `benchmarks/faithfulness.py` compares: ours and the usual ones.

Each scores every word twice: for the answer (how much it supports the intent that is answered,
signed) and for the state (how much of the final hidden state is due to it: the norm over the units
of a method's value for each unit). What the panel shows is the centred logit and the L1 norm.

Gradients are taken of the word vectors, through the network in torch.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from deletion import UNKNOWN, Values, log_probability, temperature_of
from torch import Tensor

from chatbot.insight import Game, centred_logits, sampled_shares, shapley_weights
from chatbot.learning import Network
from chatbot.model import IntentClassifier
from chatbot.network import Floats, Recurrent, Weights

Target = Literal["logit", "log-probability"]
"""What of the answer is explained: its centred logit, or its log-probability in nats."""

PATH_STEPS = 32
"""Points on the path of integrated gradients (Sundararajan et al. 2017), Gauss and Legendre's."""


@dataclass(frozen=True)
class Scores:
    """The scores of a method for the words of a message."""

    answer: Values
    """(words,)"""
    state: Values
    """(words,)"""
    error: float | None = None
    """How far the values are from the sum that the method promises: of shares the state (largest
    of the units), of integrated gradients the logit less that of the baseline."""


@dataclass(frozen=True)
class Case:
    """One message, with what the methods need of it."""

    words: tuple[str, ...]
    state: Floats
    """(hidden,) as the bot reads it, word by word"""
    game: Game
    intent: int
    """Index of the intent that is answered."""
    rng: np.random.Generator


class TorchReader:
    """The network in torch, from the vectors of the words on."""

    def __init__(self, weights: Weights) -> None:
        self.cell = weights.cell
        self.network = Network.from_weights(weights, features=1)
        self.network.requires_grad_(False)

    def states(self, vectors: Tensor) -> Tensor:
        """Return the last states (messages, hidden) of word vectors (messages, words, numbers)."""
        _, last = self.network.recurrent(vectors)
        state: Tensor = (last[0] if isinstance(last, tuple) else last)[0]
        return state

    def centred_logits(self, vectors: Tensor) -> Tensor:
        """Return the centred logits (messages, intents) of word vectors."""
        assert self.network.feed_forward is not None
        views = self.network.views(self.states(vectors))
        logits: Tensor = self.network.feed_forward(torch.cat(views, dim=1) / len(views) ** 0.5)
        return logits - logits.mean(dim=1, keepdim=True)

    def forward_mode(self) -> AbstractContextManager[object]:
        """Return the context in which derivatives may be taken forward through the cell."""
        if self.cell == "lstm":  # oneDNN's layer has none
            flags: AbstractContextManager[object] = torch.backends.mkldnn.flags(enabled=False)
            return flags
        return nullcontext()


class Methods:
    """Every method, for one network."""

    def __init__(
        self,
        recurrent: Recurrent,
        classifier: IntentClassifier,
        target: Target = "logit",
        norm: int = 1,
    ) -> None:
        self.recurrent, self.classifier = recurrent, classifier
        self.target, self.norm = target, norm
        self.temperature = temperature_of(classifier)
        self.torch = TorchReader(recurrent.weights)
        self.by_name: dict[str, Callable[[Case], Scores]] = {
            "exact shares (ours)": self.exact,
            **({"sampled shares (ours)": self.sampled} if target == "logit" else {}),
            "integrated gradients, from unknown words": self.integrated_from_unknown,
            "integrated gradients, from zero": self.integrated_from_zero,
            "leave one out": self.leave_one_out,
            "gradient × input": self.gradient_times_input,
            "gradient norm": self.gradient_norm,
            "recency": self.recency,
            "random": self.random,
        }

    def vectors(self, words: tuple[str, ...]) -> Tensor:
        """Return the vectors of words, (1, words, numbers)."""
        return torch.from_numpy(np.stack([self.recurrent.word_vector(w) for w in words]))[None]

    def disagreement(self, case: Case) -> float:
        """Return how far torch and NumPy are from one another in state and logits."""
        vectors = self.vectors(case.words)
        logits = centred_logits(self.classifier, case.state)
        return max(
            float(np.abs(self.torch.states(vectors)[0].numpy() - case.state).max()),
            float(np.abs(self.torch.centred_logits(vectors)[0].numpy() - logits).max()),
        )

    # ---- what is explained

    def explained(self, logits: Floats, intent: int) -> Values:
        """Return what is explained of an intent, (…), from centred logits (…, intents)."""
        if self.target == "logit":
            return logits[..., intent].astype(np.float64)
        return log_probability(logits, self.temperature)[..., intent]

    def explained_in_torch(self, vectors: Tensor, intent: int) -> Tensor:
        """Return the same of word vectors (messages, words, numbers), in torch."""
        logits = self.torch.centred_logits(vectors)
        if self.target == "log-probability":
            logits = (logits / self.temperature).log_softmax(dim=1)
        return logits[:, intent]

    def size(self, units: Floats) -> Values:
        """Return the norm of the values of each word, (words, hidden) → (words,)."""
        size: Values = np.linalg.norm(units.astype(np.float64), ord=self.norm, axis=1)
        return size

    # ---- the methods

    def exact(self, case: Case) -> Scores:
        """Score by exact Shapley values: what the panel shows."""
        units = case.game.shares().units
        answer = shapley_weights(len(case.words)) @ self.explained(case.game.logits, case.intent)
        return Scores(answer, self.size(units), _error(units, case))

    def sampled(self, case: Case) -> Scores:
        """Score by sampled Shapley values: what the panel shows of long messages. Logits only."""
        shares = sampled_shares(self.recurrent, self.classifier, case.words)
        answer = _double(shares.intents[:, case.intent])
        return Scores(answer, self.size(shares.units), _error(shares.units, case))

    def leave_one_out(self, case: Case) -> Scores:
        """Score by what changes when the word alone is deleted."""
        without = [(1 << len(case.words)) - 1 - (1 << t) for t in range(len(case.words))]
        value = self.explained(case.game.logits, case.intent)
        states = case.game.states
        return Scores(value[-1] - value[without], self.size(states[-1] - states[without]))

    def gradient_norm(self, case: Case) -> Scores:
        """Score by the length of the gradient (LIT's Grad-L2, Captum's Saliency)."""
        vectors = self.vectors(case.words)
        units = self.recurrent.weights.hidden_size
        # A copy of the message a unit: the Jacobian of the state in one pass.
        copies = vectors.repeat(units, 1, 1).requires_grad_()
        self.torch.states(copies).diagonal().sum().backward()  # type: ignore[no-untyped-call]
        assert copies.grad is not None
        jacobian = copies.grad.numpy()  # (units, words, numbers)
        gradient = self._gradient(vectors, case.intent)
        return Scores(
            _double(np.linalg.norm(gradient, axis=1)),
            _double(np.linalg.norm(jacobian, axis=(0, 2))),
        )

    def gradient_times_input(self, case: Case) -> Scores:
        """Score by gradient · input, the first step of a straight line to a message of zeros."""
        vectors = self.vectors(case.words)
        answer = (self._gradient(vectors, case.intent) * vectors[0].numpy()).sum(axis=1)
        units = self.along(vectors, torch.zeros_like(vectors), np.ones(1), np.ones(1))
        return Scores(_double(answer), self.size(units))

    def integrated_from_unknown(self, case: Case) -> Scores:
        """Score by integrated gradients from a message of unknown words."""
        return self._integrated(case, self.vectors((UNKNOWN,) * len(case.words)))

    def integrated_from_zero(self, case: Case) -> Scores:
        """Score by integrated gradients from word vectors of zeros."""
        return self._integrated(case, torch.zeros_like(self.vectors(case.words)))

    def recency(self, case: Case) -> Scores:
        """Score later words higher."""
        order = np.arange(len(case.words), dtype=np.float64)
        return Scores(order, order)

    def random(self, case: Case) -> Scores:
        """Score by chance."""
        return Scores(case.rng.random(len(case.words)), case.rng.random(len(case.words)))

    # ---- gradients

    def _gradient(self, vectors: Tensor, intent: int) -> Floats:
        """Return the gradient of what is explained, (words, numbers)."""
        leaf = vectors.clone().requires_grad_()
        self.explained_in_torch(leaf, intent).backward()  # type: ignore[no-untyped-call]
        assert leaf.grad is not None
        found: Floats = leaf.grad[0].numpy()
        return found

    def _integrated(self, case: Case, baseline: Tensor) -> Scores:
        from captum.attr import IntegratedGradients

        vectors = self.vectors(case.words)
        captum = IntegratedGradients(lambda some: self.explained_in_torch(some, case.intent))
        values, delta = captum.attribute(
            vectors,
            baselines=baseline,
            n_steps=PATH_STEPS,
            method="gausslegendre",
            return_convergence_delta=True,
        )
        nodes, weights = np.polynomial.legendre.leggauss(PATH_STEPS)
        units = self.along(vectors, baseline, (nodes + 1) / 2, weights / 2)
        answer = values[0].sum(dim=1).numpy()
        return Scores(_double(answer), self.size(units), abs(float(delta[0])))

    def along(self, vectors: Tensor, baseline: Tensor, at: Values, weights: Values) -> Floats:
        """Return integrated gradients of every unit of the state, (words, hidden).

        Captum would walk the path once a unit, backwards. Forwards, one walk a word gives all
        units: the derivative of the state in the direction of that word's way from its baseline.
        `at` are the points of the path, from 0 to 1, and `weights` what each counts.
        """
        way = vectors - baseline
        count = vectors.shape[1]
        points = baseline + torch.from_numpy(at).float()[:, None, None] * way
        directions = torch.eye(count)[:, :, None] * way  # in each row one word moves
        points = points.repeat_interleave(count, dim=0)
        with self.torch.forward_mode(), torch.no_grad():
            moved = torch.func.jvp(
                self.torch.states, (points,), (directions.repeat(len(at), 1, 1),)
            )[1]
        steps = moved.reshape(len(at), count, -1).numpy()
        found: Floats = np.tensordot(weights, steps, axes=1)
        return found


def _error(units: Floats, case: Case) -> float:
    """Return the largest difference between the sum of the shares and the state."""
    return float(np.abs(units.sum(axis=0) - case.state).max())


def _double(values: Floats) -> Values:
    return values.astype(np.float64)

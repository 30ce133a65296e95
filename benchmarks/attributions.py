"""The ways of scoring words that `benchmarks/faithfulness.py` compares: ours and the usual ones.

Each scores every word twice: for the answer (how much it speaks for the centred logit of the intent
that is answered, signed) and for the state (how much of the final hidden state is its doing; the L1
norm over the units of a method's value for each unit, as our memory circle has it).

Gradients are taken of the word vectors, through the network in torch.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import numpy as np
import torch
from deletion import UNKNOWN, Values
from torch import Tensor, nn

from chatbot.classifier import IntentClassifier
from chatbot.insight.shares import Shares, SubsetTable, centred_logits, exact_shares, sampled_shares
from chatbot.network import Network
from chatbot.recurrent import Recurrent
from chatbot.weights import PARAMETERS, Floats, Weights

PATH_STEPS = 32
"""Points on the path of integrated gradients (Sundararajan et al. 2017), Gauss and Legendre's."""


@dataclass(frozen=True)
class Scores:
    """What a method says of the words of a message."""

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
    table: SubsetTable
    intent: int
    """Index of the intent that is answered."""
    rng: np.random.Generator


class TorchReader:
    """The network in torch, from the vectors of the words on."""

    def __init__(self, weights: Weights) -> None:
        self.cell = weights.cell
        self.network = Network(
            1,
            weights.word_size,
            weights.hidden_size,
            weights.embedding_size,
            len(weights.output_bias),
            weights.cell,
        )
        state = {
            name: torch.from_numpy(np.array(getattr(weights, field)))
            for name, field in PARAMETERS.items()
        }
        self.network.load_state_dict(state, strict=False)
        self.network.requires_grad_(False)

    def states(self, vectors: Tensor) -> Tensor:
        """Return the last states (messages, hidden) of word vectors (messages, words, numbers)."""
        _, last = self.network.recurrent(vectors)
        state: Tensor = (last[0] if self.cell == "lstm" else last)[0]
        return state

    def centred_logits(self, vectors: Tensor) -> Tensor:
        """Return the centred logits (messages, intents) of word vectors."""
        assert self.network.feed_forward is not None
        embedded = nn.functional.normalize(self.network.projection(self.states(vectors)), dim=1)
        logits: Tensor = self.network.feed_forward(embedded)
        return logits - logits.mean(dim=1, keepdim=True)

    def forward_mode(self) -> AbstractContextManager[object]:
        """Return the context in which derivatives may be taken forward through the cell."""
        if self.cell == "lstm":  # oneDNN's layer has none
            flags: AbstractContextManager[object] = torch.backends.mkldnn.flags(enabled=False)
            return flags
        return nullcontext()


class Methods:
    """Every method, for one network."""

    def __init__(self, recurrent: Recurrent, classifier: IntentClassifier) -> None:
        self.recurrent, self.classifier = recurrent, classifier
        self.torch = TorchReader(recurrent.weights)
        self.by_name: dict[str, Callable[[Case], Scores]] = {
            "exact shares (ours)": self.exact,
            "sampled shares (ours)": self.sampled,
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

    # ---- the methods

    def exact(self, case: Case) -> Scores:
        """Score by exact Shapley values: what the panel shows."""
        return _of_shares(exact_shares(case.table, self.classifier), case)

    def sampled(self, case: Case) -> Scores:
        """Score by sampled Shapley values: what the panel shows of long messages."""
        shares = sampled_shares(self.recurrent, self.classifier, case.words)
        return _of_shares(shares, case)

    def leave_one_out(self, case: Case) -> Scores:
        """Score by what changes when the word alone is deleted."""
        without = [(1 << len(case.words)) - 1 - (1 << t) for t in range(len(case.words))]
        states = case.table.states[[-1, *without]]
        logits = centred_logits(self.classifier, states)[:, case.intent]
        return Scores(_double(logits[0] - logits[1:]), _size(states[0] - states[1:]))

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
            _double(np.sqrt(np.square(jacobian).sum(axis=(0, 2)))),
        )

    def gradient_times_input(self, case: Case) -> Scores:
        """Score by gradient · input, the first step of a straight line to a message of zeros."""
        vectors = self.vectors(case.words)
        answer = (self._gradient(vectors, case.intent) * vectors[0].numpy()).sum(axis=1)
        units = self.along(vectors, torch.zeros_like(vectors), np.ones(1), np.ones(1))
        return Scores(_double(answer), _size(units))

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
        """Return the gradient of an intent's centred logit, (words, numbers)."""
        leaf = vectors.clone().requires_grad_()
        self.torch.centred_logits(leaf)[0, intent].backward()  # type: ignore[no-untyped-call]
        assert leaf.grad is not None
        found: Floats = leaf.grad[0].numpy()
        return found

    def _integrated(self, case: Case, baseline: Tensor) -> Scores:
        from captum.attr import IntegratedGradients

        vectors = self.vectors(case.words)
        captum = IntegratedGradients(lambda some: self.torch.centred_logits(some)[:, case.intent])
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
        return Scores(_double(answer), _size(units), abs(float(delta[0])))

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
            _, moved = torch.func.jvp(
                self.torch.states, (points,), (directions.repeat(len(at), 1, 1),)
            )
        steps = moved.reshape(len(at), count, -1).numpy()
        found: Floats = np.tensordot(weights, steps, axes=1)
        return found


def _of_shares(shares: Shares, case: Case) -> Scores:
    return Scores(
        _double(shares.intents[:, case.intent]),
        np.array(shares.of_memory),
        float(np.abs(shares.units.sum(axis=0) - case.state).max()),
    )


def _size(units: Floats) -> Values:
    """Return the L1 norm of the values of each word, (words, hidden) → (words,)."""
    return np.abs(units).sum(axis=1, dtype=np.float64)


def _double(values: Floats) -> Values:
    return values.astype(np.float64)

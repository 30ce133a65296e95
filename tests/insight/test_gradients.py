"""Gradients through time against small pushes of the state."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.insight.gradients import gradient_norms, logit_gradient
from chatbot.insight.shares import centred_logits
from chatbot.network.cells import CELLS
from chatbot.network.recurrent import Recurrent
from chatbot.network.step import Step
from tests.random_network import Network, random_network, random_weights

WORDS = ["tell", "me", "what", "time", "it", "is"]


def wide(recurrent: Recurrent, step: Step) -> Step:
    """The step in double precision, so that small pushes are not lost."""
    return Step._make(None if part is None else part.astype(np.float64) for part in step)


def pushed(network: Network, t: int, field: str, intent: int) -> np.ndarray:
    """The gradient of a logit by pushing every unit of one state, a little up and a little down."""
    recurrent, classifier = network
    weights = recurrent.weights
    steps = recurrent.read(WORDS)
    push = 1e-3
    gradient = np.zeros(weights.hidden_size)
    for unit in range(weights.hidden_size):
        ends = []
        for sign in (1, -1):
            step = wide(recurrent, steps[t])
            state = getattr(step, field).copy()
            state[unit] += sign * push
            step = step._replace(**{field: state})
            last = [step, *recurrent.read(WORDS[t + 1 :], step)][-1]
            ends.append(centred_logits(classifier, last.hidden[None])[0, intent])
        gradient[unit] = (ends[0] - ends[1]) / (2 * push)
    return gradient


@pytest.mark.parametrize("t", [5, 4, 1])
def test_the_norm_at_a_word_is_that_of_pushing_its_state(network: Network, t: int) -> None:
    recurrent, classifier = network
    steps = recurrent.read(WORDS)
    intent = int(classifier.logits(steps[-1].hidden).argmax())
    norms = gradient_norms(
        recurrent, steps, logit_gradient(recurrent.weights, steps[-1].hidden, intent)
    )
    expected = np.square(pushed(network, t, "hidden", intent)).sum()
    if recurrent.weights.cell == "lstm" and t < len(WORDS) - 1:
        expected += np.square(pushed(network, t, "cell", intent)).sum()
    assert norms[t] == pytest.approx(np.sqrt(expected), rel=1e-2)


@pytest.mark.parametrize("cell", sorted(CELLS))
def test_the_gradient_is_that_of_pushing_the_state_where_the_embedding_has_three_parts(
    cell: str,
) -> None:
    recurrent, classifier = network = random_network(cell, like_base=True)
    last = recurrent.read(WORDS)[-1].hidden
    for intent in range(len(classifier.intents)):
        gradient = logit_gradient(recurrent.weights, last, intent)
        expected = pushed(network, len(WORDS) - 1, "hidden", intent)
        np.testing.assert_allclose(gradient, expected, atol=1e-2 * np.abs(expected).max())


def test_pushing_along_a_state_whose_projection_has_no_bias_changes_no_answer() -> None:
    """Only the direction of each part counts, not its length."""
    weights = random_weights("gru", like_base=True)
    weights.projection_bias[:] = 0
    state = Recurrent(weights).read(WORDS)[-1].hidden
    gradient = logit_gradient(weights, state, 1)
    assert abs(float(gradient @ state)) < 1e-4 * float(np.linalg.norm(gradient))


def test_a_message_without_words_has_no_gradient(network: Network) -> None:
    recurrent, _ = network
    size = recurrent.weights.hidden_size
    assert gradient_norms(recurrent, [], np.ones(size, np.float32)).shape == (0,)

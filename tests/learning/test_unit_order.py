"""Renumbering the units changes the picture and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chatbot.learning.unit_order import chain, renumbered
from chatbot.model import files as model_files
from chatbot.network.feed_forward import intent_logits
from chatbot.network.recurrent import Recurrent
from tests.random_network import Network

WORDS = ["tell", "me", "what", "time", "it", "is"]


def test_the_renumbered_network_answers_the_same(network: Network) -> None:
    weights = network[0].weights
    order = np.random.default_rng(0).permutation(weights.hidden_size)
    other = renumbered(weights, order)
    before = np.stack([step.hidden for step in Recurrent(weights).read(WORDS)])
    after = np.stack([step.hidden for step in Recurrent(other).read(WORDS)])
    assert after == pytest.approx(before[:, order], abs=1e-5)
    assert intent_logits(other, after) == pytest.approx(intent_logits(weights, before), abs=1e-4)


def test_units_that_agree_become_neighbours() -> None:
    rng = np.random.default_rng(0)
    causes = rng.normal(size=(500, 4)).astype(np.float32)
    states = np.tile(causes, 8) + 0.1 * rng.normal(size=(500, 32)).astype(np.float32)
    order = chain(states)
    assert sorted(order.tolist()) == list(range(32))
    groups = order % 4
    assert np.count_nonzero(groups[1:] != groups[:-1]) == 3, "four groups, each in one piece"


@pytest.mark.parametrize("states", [np.zeros((3, 5)), np.ones((1, 5)), np.ones((4, 1))])
def test_units_that_never_move_are_numbered_all_the_same(states: np.ndarray) -> None:
    assert sorted(chain(states.astype(np.float32)).tolist()) == list(range(states.shape[1]))


def test_a_trained_model_has_its_units_in_order(trained_folder: Path) -> None:
    recurrent = Recurrent(model_files.load(trained_folder / "models/intents").weights)
    states = np.stack([step.hidden for step in recurrent.read(WORDS * 3)])
    agree = np.atleast_2d(np.corrcoef(states.T))
    shuffled = np.random.default_rng(0).permutation(len(agree))
    assert np.diag(agree, 1).mean() > np.diag(agree[np.ix_(shuffled, shuffled)], 1).mean() + 0.1

"""A small trained network of each cell, for the tests that work things out the slow way."""

from __future__ import annotations

import pytest

from chatbot.intents.types import Intent, Intents
from chatbot.learning.training import Settings, Trained, train
from chatbot.model.classifier import Calibration, IntentClassifier
from chatbot.network.cells import CELLS
from chatbot.network.recurrent import Recurrent

INTENTS = Intents(
    (
        Intent("time", ("what time is it", "tell me the time", "how late is it"), ("r",)),
        Intent("food", ("i am hungry", "where can we eat", "any good restaurant"), ("r",)),
        Intent("joke", ("tell me a joke", "make me laugh", "something funny"), ("r",)),
    ),
    None,
)
Network = tuple[Recurrent, IntentClassifier]


@pytest.fixture(scope="session", params=list(CELLS))
def network(request: pytest.FixtureRequest) -> Network:
    *_, last = train(INTENTS, Settings(cell=request.param))
    assert isinstance(last, Trained)
    classifier = IntentClassifier(last.weights, last.tags, Calibration(1.0, 0.0, 1.0, 0.5))
    return Recurrent(last.weights), classifier

"""Cards for made-up weights."""

from __future__ import annotations

from chatbot.intents.types import Intents
from chatbot.model.card import FORMAT, Card, Metrics, sizes_in_card
from chatbot.model.classifier import Calibration
from chatbot.model.sureness import Sureness
from chatbot.network.weights import Weights
from tests.random_network import INTENTS


def card_of(
    weights: Weights, calibration: Calibration | Sureness, intents: Intents = INTENTS
) -> Card:
    """Return a card that says of weights what they are; they have no base."""
    return Card(
        format=FORMAT,
        **sizes_in_card(weights),
        base=None,
        intents=tuple(intent.tag for intent in intents.trainable),
        intents_digest=intents.digest,
        calibration=calibration,
        metrics=Metrics(9, 0, None, None, None, None, 1, 0.1),
        seed=0,
        trained_at="2026-01-02T03:04:05+00:00",
        chatbot_version="1.0",
        weights="",
        weights_sha256="",
    )

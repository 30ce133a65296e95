"""The background: what people write to other bots, in every language of the base, and to none."""

from __future__ import annotations

import numpy as np

from chatbot.common import bundled
from chatbot.network import Floats, Recurrent, Weights, intent_logits
from chatbot.words import words


def background_texts() -> list[str]:
    """Return the shipped messages."""
    path = bundled("models").joinpath("background.txt")
    return path.read_text(encoding="utf-8").splitlines()


def background_states(weights: Weights) -> Floats:
    """Return the last hidden states of the background, (messages, hidden)."""
    recurrent = Recurrent(weights)
    return np.stack([recurrent.read(words(text))[-1].hidden for text in background_texts()])


def background_logits(weights: Weights) -> Floats:
    """Return the logits of the background, (messages, intents)."""
    return intent_logits(weights, background_states(weights))

"""The shipped outliers: messages that no bot is likely to know, which the calibration needs."""

from __future__ import annotations

import numpy as np

from chatbot.common import bundled
from chatbot.network import Floats, Recurrent, Weights, intent_logits
from chatbot.words import words


def outlier_logits(weights: Weights) -> Floats:
    """Return the logits (messages, intents) of the outliers, in several languages and in none."""
    text = bundled("models").joinpath("outliers.txt").read_text(encoding="utf-8")
    recurrent = Recurrent(weights)
    states = [recurrent.read(words(line))[-1].hidden for line in text.splitlines()]
    return intent_logits(weights, np.stack(states))

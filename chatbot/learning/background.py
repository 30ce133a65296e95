"""The background: what people write to other bots, in every language of the base, and to none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatbot.common import bundled
from chatbot.network import Floats, Recurrent, Weights, intent_logits
from chatbot.words import words


def background_texts() -> list[str]:
    """Return the shipped messages."""
    path = bundled("models").joinpath("background.txt")
    return path.read_text(encoding="utf-8").splitlines()


def background_states(weights: Weights) -> Floats:
    """Return the last hidden states of the background, (messages, hidden)."""
    return states_of_words(weights, map(words, background_texts()))


def background_logits(weights: Weights) -> Floats:
    """Return the logits of the background, (messages, intents)."""
    return intent_logits(weights, background_states(weights))


def states_of_words(weights: Weights, messages: Iterable[Sequence[str]]) -> Floats:
    """Return the last hidden states of messages that are split into words, (messages, hidden)."""
    return Recurrent(weights).final_states(list(messages))


def logits_of_words(weights: Weights, messages: Iterable[Sequence[str]]) -> Floats:
    """Return the logits of messages that are split into words, (messages, intents)."""
    return intent_logits(weights, states_of_words(weights, messages))

"""A chatbot for the terminal: a trained GRU names the intent and shows what it remembers.

>>> import chatbot
>>> bot = chatbot.load("intents.json", "models/intents")
>>> bot.reply("What time is it?").reading.prediction.intent
'time'
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chatbot.bot import Chatbot, Reading, Turn
    from chatbot.classifier import Prediction
    from chatbot.intents import IntentsError
    from chatbot.records import Progress, Saved
    from chatbot.weights_file import ModelError

__version__ = "0.1.0"

__all__ = [
    "Chatbot",
    "IntentsError",
    "ModelError",
    "Prediction",
    "Progress",
    "Reading",
    "Saved",
    "Turn",
    "load",
    "train",
]

_HOMES = {
    "Chatbot": "chatbot.bot",
    "IntentsError": "chatbot.intents",
    "ModelError": "chatbot.weights_file",
    "Prediction": "chatbot.classifier",
    "Progress": "chatbot.records",
    "Reading": "chatbot.bot",
    "Saved": "chatbot.records",
    "Turn": "chatbot.bot",
}


def load(
    intents: str | PathLike[str], model: str | PathLike[str], seed: int | None = None
) -> Chatbot:
    """Load a bot from an intents file and a model folder; `seed` fixes the choice of replies.

    Raises IntentsError or ModelError, each saying what is wrong, where, and what to do.
    """
    from chatbot.bot import Chatbot

    return Chatbot.load(Path(intents), Path(model), seed)


def train(
    intents: str | PathLike[str], model: str | PathLike[str], seed: int = 0
) -> Iterator[Progress | Saved]:
    """Train on an intents file and save into a model folder, yielding progress records.

    Imports torch. Raises IntentsError, ModelError or chatbot.training.TrainingError.
    """
    from chatbot.training import Settings
    from chatbot.training_job import train_file

    return train_file(Path(intents), Path(model), Settings(seed=seed))


def __getattr__(name: str) -> Any:
    """Import a public class on first use (PEP 562): `import chatbot` alone costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'chatbot' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

"""The program from Python: load a bot, or train one. `chatbot` re-exports both functions.

Each imports what it needs itself, so that `import chatbot` costs nothing (start-up).
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.versions import Progress, Saved


def load(
    intents: str | PathLike[str], model: str | PathLike[str], seed: int | None = None
) -> Chatbot:
    """Load a bot from an intents file and a model folder; `seed` fixes the choice of replies.

    Raises IntentsError or ModelError, each saying what is wrong, where, and what to do.
    """
    from chatbot.conversation import Chatbot

    return Chatbot.load(Path(intents), Path(model), seed)


def train(
    intents: str | PathLike[str], model: str | PathLike[str], seed: int = 0
) -> Iterator[Progress | Saved]:
    """Train on an intents file and save into a model folder, yielding progress records.

    Imports torch. Raises IntentsError, ModelError or chatbot.learning.TrainingError.
    """
    from chatbot.learning import Settings, train_file

    return train_file(Path(intents), Path(model), Settings(seed=seed))

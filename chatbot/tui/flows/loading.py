"""Reading bot and intents file for the app, in threads: each function returns the message to post.

The heavy imports are inside: nothing of them is needed before the first paint.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.common import ChatbotError, Locations
from chatbot.tui.messages import BotFailed, BotLoaded, IntentsBroken, IntentsChanged

if TYPE_CHECKING:
    from chatbot.conversation import Replier


def new_replier(seed: int | None) -> Replier:
    """Return what chooses the replies."""
    from chatbot.conversation import Replier, user_name

    return Replier(user_name(), seed)


def load_bot(locations: Locations, replier: Replier) -> BotLoaded | BotFailed:
    """Read intents file and model."""
    from chatbot.conversation import Chatbot
    from chatbot.model import NoModelError
    from chatbot.model import files as model_files
    from chatbot.opening import read_intents

    try:
        file = read_intents(locations.intents)
        return BotLoaded(Chatbot(file.intents, model_files.load(locations.model), replier))
    except ChatbotError as error:
        return BotFailed(str(error), isinstance(error, NoModelError))


def reread_intents(path: Path) -> IntentsChanged | IntentsBroken:
    """Read the intents file again."""
    from chatbot.intents import IntentsError
    from chatbot.opening import read_intents

    try:
        return IntentsChanged(read_intents(path).intents, by_us=False)
    except IntentsError as error:
        return IntentsBroken(str(error))


def file_state(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file is written: time and size, or None without a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def has_terminal() -> bool:
    """Return whether standard input is a terminal that is still there."""
    try:
        return os.isatty(sys.__stdin__.fileno()) if sys.__stdin__ else False
    except (OSError, ValueError):
        return False

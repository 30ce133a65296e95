"""Reads the bot and its intents file in threads: when the app starts, and when they change.

The heavy imports are inside the functions: the start-up does not wait for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message

from chatbot.common import (
    ChatbotError,
    FileStates,
    Locations,
    give_back_large_blocks,
    states_of,
)
from chatbot.tui.messages import BotFailed, BotLoaded, IntentsChanged
from chatbot.tui.session import Session

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot


class Loading:
    """Posts what was read; the app's handlers let it answer."""

    def __init__(self, app: App[Any], session: Session, seed: int | None) -> None:
        self._app = app
        self._session = session
        self._seed = seed
        self._read = states_of(session.locations)
        """Of the files when they were read last, or before."""
        self._reads_bot = False
        self._is_ended = False

    def read_bot(self) -> None:
        """Read the intents file and the model."""
        self._reads_bot = True
        self._in_thread(partial(_bot, self._session.locations, self._session.bot, self._seed))

    def follow(self, states: FileStates) -> None:
        """Read again what has changed since it was read last.

        A bot that is being read may hold the intents from before the change: it is read anew.
        """
        before, self._read = self._read, states
        are_intents_new = states.intents != before.intents
        if states.card not in (None, before.card) or (are_intents_new and self._reads_bot):
            self.read_bot()
        elif are_intents_new:
            self._in_thread(partial(_intents, self._session.locations))

    def end(self) -> None:
        """Post nothing any more: another bot is to be open."""
        self._is_ended = True

    def _in_thread(self, read: Callable[[], Message]) -> None:
        """Read in a thread; an earlier reading that is not done posts nothing any more."""
        if not self._is_ended:
            self._app.run_worker(
                self._post(read), group="read", exclusive=True, exit_on_error=False
            )

    async def _post(self, read: Callable[[], Message]) -> None:
        message = await asyncio.to_thread(read)
        self._reads_bot = False
        if not self._is_ended:
            self._app.post_message(message)


def _bot(locations: Locations, before: Chatbot | None, seed: int | None) -> BotLoaded | BotFailed:
    """Read intents file and model; a conversation under way goes on."""
    from chatbot.conversation import Chatbot, Replier, user_name
    from chatbot.model import NoModelError
    from chatbot.model import files as model_files
    from chatbot.opening import read_intents

    give_back_large_blocks()
    replier = Replier(user_name(), seed) if before is None else before.replier
    try:
        intents = read_intents(locations.intents).intents
    except ChatbotError as error:
        return BotFailed(str(error), needs_training=False)
    try:
        return BotLoaded(_prepared(Chatbot(intents, model_files.load(locations.model), replier)))
    except NoModelError as error:
        return BotFailed(str(error), needs_training=True, intents=intents)
    except ChatbotError as error:
        return BotFailed(str(error), needs_training=False)


def _prepared(bot: Chatbot) -> Chatbot:
    """Return the bot, with what takes a second of a million patterns done in this thread."""
    _ = bot.is_stale, bot.reader.within(()).patterns
    return bot


def _intents(locations: Locations) -> IntentsChanged | BotFailed:
    from chatbot.intents import IntentsError
    from chatbot.opening import read_intents

    try:
        intents = read_intents(locations.intents).intents
        _ = intents.digest  # a second of a million patterns, not on the interface's thread
        return IntentsChanged(intents, by_us=False)
    except IntentsError as error:
        return BotFailed(str(error), needs_training=False)

"""Answers messages in threads, so that the event loop never waits; and takes over new models."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from chatbot.common import ChatbotError, Locations, _, states_of
from chatbot.conversation import Chatbot, Turn, turn_as_json
from chatbot.service.conversations import Kept
from chatbot.service.limits import THREADS

WATCH_SECONDS = 1.0
"""Between two looks at the files: two stats, no reading."""


class Answering:
    """The bot that answers, and the threads in which it does."""

    def __init__(
        self, bot: Chatbot, locations: Locations, seed: int | None, warn: Callable[[str], None]
    ) -> None:
        """Take a bot and how it was loaded; `warn` is told of new files."""
        self.bot = bot
        self._locations = locations
        self._seed = seed
        self._warn = warn
        self._seen = states_of(locations)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")

    async def alone(self, text: str) -> bytes:
        """Return what the bot says to a message by itself, as JSON."""
        return await self._in_thread(lambda: _encoded(text, self.bot.reply(text)))

    async def within(self, kept: Kept, text: str) -> bytes:
        """Return what the bot says to a message in a conversation, as JSON."""
        async with kept.turn:
            if kept.dialogue.bot is not self.bot:  # trained again
                kept.dialogue.use(self.bot)
            found = await self._in_thread(lambda: _encoded(text, kept.dialogue.reply(text)))
            kept.messages += 1
            return found

    async def _in_thread(self, work: Callable[[], bytes]) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def watch(self) -> None:
        """Look at the files until cancelled; a new model or intents file answers from then on.

        While what is there cannot be read, the bot stays as it is.
        """
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            states = states_of(self._locations)
            if states != self._seen:
                self._seen = states
                await self._load()

    async def _load(self) -> None:
        try:
            found = await asyncio.to_thread(
                Chatbot.load, self._locations.intents, self._locations.model, self._seed
            )
        except ChatbotError as error:
            self._warn(_("The bot stays as it is: {reason}").format(reason=error))
            return
        self.bot = found
        self._warn(_("The bot has changed: the new one answers."))

    def close(self) -> None:
        """End the threads, once they have answered what they are at."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _encoded(text: str, turn: Turn) -> bytes:
    """Return a turn as JSON. It escapes what is not ASCII: half of a surrogate pair too."""
    return json.dumps(turn_as_json(text, turn)).encode()

"""Reads long messages in threads, so that the interface goes on, and tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading

AT_ONCE = 2_000
"""Characters of the longest message that is read on the interface's thread: 20 ms of work."""

TOLD_EVERY = 0.2
"""Seconds between two messages about how far a reading is."""

PAUSE = 0.001
"""Seconds that a reading rests every few words: without, the interface waits for its turn."""

Then = Callable[["Reading", int], None]
"""Takes what has been read, and how many words there are in all; on the interface's thread."""


def is_long(text: str) -> bool:
    """Return whether a message is read in a thread."""
    return len(text) > AT_ONCE


class _AbandonedError(Exception):
    """Nobody waits for the reading any more."""


@dataclass(eq=False, slots=True)
class Task:
    """A message that is being read."""

    bot: Chatbot
    message: str
    then: Then
    worker: Worker[None] | None = None


class LongReader:
    """Reads at most one message of each kind at a time; a newer one takes the older one's place."""

    @dataclass
    class Progress(Message):
        """More of a message has been read, or all."""

        kind: str
        task: Task
        reading: Reading
        words: int

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._tasks: dict[str, Task] = {}

    def read(
        self, kind: str, bot: Chatbot, message: str, then: Then, after: Reading | None = None
    ) -> None:
        """Read a message; `then` is called a few times on the way, and when all is read.

        The widget must pass every `Progress` to `take`. What `after` has read is not read again.
        """
        before = self._tasks.get(kind)
        if before is not None and before.bot is bot and before.message == message:
            before.then = then
            return
        self.cancel(kind)
        task = self._tasks[kind] = Task(bot, message, then)

        def read_on() -> None:
            worker, told = get_current_worker(), 0.0
            reader = bot.reader.within(())  # as `Chatbot.read`

            def pause() -> None:
                if worker.is_cancelled:
                    raise _AbandonedError
                sleep(PAUSE)

            with suppress(_AbandonedError):
                for reading, words in reader.slices(message, after, pause):
                    if len(reading.words) == words or monotonic() - told >= TOLD_EVERY:
                        self._widget.post_message(self.Progress(kind, task, reading, words))
                        told = monotonic()

        task.worker = self._widget.run_worker(
            read_on, thread=True, group=f"read {kind}", exit_on_error=False
        )

    def cancel(self, kind: str) -> None:
        """Stop reading the message of a kind."""
        task = self._tasks.pop(kind, None)
        if task is not None and task.worker is not None:
            task.worker.cancel()

    def take(self, progress: LongReader.Progress) -> None:
        """Pass on what was read, unless another message is read by now."""
        task = progress.task
        if self._tasks.get(progress.kind) is not task:
            return
        if len(progress.reading.words) == progress.words:
            del self._tasks[progress.kind]
        task.then(progress.reading, progress.words)

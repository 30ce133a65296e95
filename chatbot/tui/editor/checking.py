"""Checks of the editor's text in a thread: first the file, then its health, which takes longer.

The health check is imported by the thread: the start-up of the editor does not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from chatbot.intents import Finding
from chatbot.tui.editor.document import Checked, check_text

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot


@dataclass
class CheckDone(Message):
    """The check of the file has finished."""

    generation: int
    text: str
    checked: Checked


@dataclass
class HealthDone(Message):
    """The health check has found something more, or nothing."""

    generation: int
    findings: tuple[Finding, ...]


class Checking:
    """Runs checks and posts what they find to the screen."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._generation = 0

    def begin(self, text: str, bot: Chatbot | None) -> None:
        """Check a text; `bot` is the one whose model says how it reads the patterns."""
        self._generation += 1
        self._screen.run_worker(
            partial(self._check, self._generation, text, bot),
            thread=True,
            group="check",
            exit_on_error=False,
        )

    def is_latest(self, event: CheckDone | HealthDone) -> bool:
        """Return whether no other check was begun since."""
        return event.generation == self._generation

    def _check(self, generation: int, text: str, bot: Chatbot | None) -> None:
        checked = check_text(text)
        self._screen.post_message(CheckDone(generation, text, checked))
        report = checked.report
        if report.intents is None or generation != self._generation:
            return
        from chatbot.quality import examine  # start-up: it needs NumPy

        found = examine(report.document, report.intents, None if bot is None else bot.reader)
        self._screen.post_message(HealthDone(generation, found))

"""Checks of the editor's text in a thread: first the file, then its health, which takes longer.

The health check is imported by the thread: the start-up of the editor does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from chatbot.intents import Finding
from chatbot.tui.editor.document import Checked, check_text

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.intents import Report


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
    """Runs checks and posts what they find to the screen.

    However fast somebody types, at most one check of the file and one of its health run: what
    waits is the newest text, and the texts between are never checked.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._generation = 0
        self._files = NewestOnly(self._check)
        self._healths = NewestOnly(self._examine)

    def begin(self, text: str, bot: Chatbot | None) -> None:
        """Check a text; `bot` is the one whose model says how it reads the patterns."""
        self._generation += 1
        self._start(self._files, _Task(self._generation, text, bot))

    def is_latest(self, event: CheckDone | HealthDone) -> bool:
        """Return whether no other check was begun since."""
        return event.generation == self._generation

    def _start(self, lane: NewestOnly, task: _Task) -> None:
        if lane.put(task):
            self._screen.run_worker(lane.run, thread=True, group="check", exit_on_error=False)

    def _check(self, task: _Task) -> None:
        checked = check_text(task.text)
        self._screen.post_message(CheckDone(task.generation, task.text, checked))
        if checked.report.intents is not None and task.generation == self._generation:
            with_report = replace(task, report=checked.report)
            self._screen.app.call_from_thread(self._start, self._healths, with_report)

    def _examine(self, task: _Task) -> None:
        from chatbot.quality import examine  # start-up: it needs NumPy

        report, bot = task.report, task.bot
        assert report is not None and report.intents is not None  # it was checked
        found = examine(report.document, report.intents, None if bot is None else bot.reader)
        self._screen.post_message(HealthDone(task.generation, found))


@dataclass(frozen=True, slots=True)
class _Task:
    """A text to check, or to examine once it was checked."""

    generation: int
    text: str
    bot: Chatbot | None
    report: Report | None = None


class NewestOnly:
    """Does one task at a time; of those that wait meanwhile, only the newest."""

    def __init__(self, do: Callable[[_Task], None]) -> None:
        self._do = do
        self._lock = Lock()
        self._waiting: _Task | None = None
        self._is_running = False

    def put(self, task: _Task) -> bool:
        """Let a task wait; return whether `run` must be started for it."""
        with self._lock:
            self._waiting = task
            must_start, self._is_running = not self._is_running, True
        return must_start

    def run(self) -> None:
        """Do what waits until nothing does; in a thread."""
        while True:
            with self._lock:
                task, self._waiting = self._waiting, None
                if task is None:
                    self._is_running = False
                    return
            try:
                self._do(task)
            except BaseException:
                with self._lock:
                    self._is_running = False  # the next task begins anew
                raise

"""Looks at the files and the terminal once a second; nothing else in the app does."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import Any

from textual.app import App

from chatbot.tui.session import Session, states_of

WATCH_SECONDS = 1.0


class Watching:
    """Publishes the state of the files, and leaves when the terminal is gone."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session

    def start(self) -> None:
        """Look from now on."""
        self._app.set_interval(WATCH_SECONDS, self.look_at_files)
        if not self._app.is_headless:
            self._follow_signals()
            if _has_terminal():
                self._app.set_interval(WATCH_SECONDS, self._look_at_terminal)

    def _follow_signals(self) -> None:
        """Leave in order when the system asks for it, or the terminal's window is closed."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
            number = getattr(signal, name, None)
            # Windows has no such handlers, and a thread other than the main one may set none.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self._end, 128 + number)

    def _end(self, return_code: int) -> None:
        """Leave, with the code that shells give to what a signal has ended."""
        self._app.exit(return_code=return_code)

    def look_at_files(self) -> None:
        """Look now: two stats, no reading."""
        self._session.files_seen.publish(states_of(self._session.locations))

    def _look_at_terminal(self) -> None:
        """Leave when the terminal is gone: Textual would read its end for ever, at full speed."""
        if not _has_terminal():
            self._app.exit()


def _has_terminal() -> bool:
    """Return whether standard input is a terminal that is still there."""
    try:
        return os.isatty(sys.__stdin__.fileno()) if sys.__stdin__ else False
    except (OSError, ValueError):
        return False

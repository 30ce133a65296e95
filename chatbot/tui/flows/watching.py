"""Looks at the files and the terminal once a second; nothing else in the app does."""

from __future__ import annotations

import os
import sys
from typing import Any

from textual.app import App

from chatbot.common import states_of
from chatbot.tui.session import Session

WATCH_SECONDS = 1.0


class Watching:
    """Publishes the state of the files, and leaves when the terminal is gone."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session

    def start(self) -> None:
        """Look from now on."""
        self._app.set_interval(WATCH_SECONDS, self.look_at_files)
        if not self._app.is_headless and _has_terminal():
            self._app.set_interval(WATCH_SECONDS, self._look_at_terminal)

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

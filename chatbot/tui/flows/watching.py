"""Looks at the files and the terminal once a second; nothing else in the app does."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from textual.app import App

from chatbot.common import states_of
from chatbot.tui.session import Session

WATCH_SECONDS = 1.0

GRACE_SECONDS = 3.0
"""For leaving in good order when the terminal is gone. The draft is on the disk by then."""


class Watching:
    """Publishes the state of the files, and leaves when the terminal is gone."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session

    def start(self) -> None:
        """Look from now on."""
        self._app.set_interval(WATCH_SECONDS, self.look_at_files)
        # It may be gone already: a window that is closed while the app starts.
        if not self._app.is_headless and (_has_terminal() or _is_hung_up()):
            loop = asyncio.get_running_loop()
            threading.Thread(target=self._leave_with_terminal, args=(loop,), daemon=True).start()

    def look_at_files(self) -> None:
        """Look now: two stats, no reading."""
        self._session.files_seen.publish(states_of(self._session.locations))

    def _leave_with_terminal(self, loop: asyncio.AbstractEventLoop) -> None:
        """Leave when the terminal is gone: Textual would read its end for ever, at full speed.

        A thread of its own: what the app still writes to such a terminal may hold the interface's
        thread up, and the end of the app with it.
        """
        while _has_terminal():
            time.sleep(WATCH_SECONDS)
        with suppress(RuntimeError):  # the loop is closed: it is leaving
            loop.call_soon_threadsafe(self._app.exit)
        time.sleep(GRACE_SECONDS)
        os._exit(0)


def _has_terminal() -> bool:
    """Return whether standard input is a terminal that is still there."""
    try:
        return os.isatty(sys.__stdin__.fileno()) if sys.__stdin__ else False
    except (OSError, ValueError):
        return False


def _is_hung_up() -> bool:
    """Return whether standard input is a terminal that nobody holds the other end of any more.

    Such a one is no terminal for `os.isatty`, as little as a pipe is; only the error differs.
    """
    if sys.platform == "win32" or not sys.__stdin__:
        return False
    import termios

    try:
        termios.tcgetattr(sys.__stdin__.fileno())
    except termios.error as error:
        return error.args[0] in (errno.EIO, errno.ENXIO)
    except (OSError, ValueError):
        return False
    return False

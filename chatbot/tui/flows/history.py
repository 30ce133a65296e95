"""The messages of earlier sessions: read at the start; every message that is sent is added."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

from textual.app import App

from chatbot.common import paths
from chatbot.conversation import history
from chatbot.tui.messages import HistoryLoaded
from chatbot.tui.session import Session


class KeptHistory:
    """Reads and adds to the history in threads. Another window may add to it at the same time."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session
        self._path = paths.history_file(session.locations.intents)
        self._is_ended = False
        self._waiting: deque[str] = deque()
        """Messages that are not written yet."""
        self._is_read = False
        """Whether the file was read. Until then nothing is added: it would be read again."""
        self._lock = Lock()
        """Held by the thread that reads or writes."""

    def read(self) -> None:
        """Read it and post it."""
        self._app.run_worker(self._read(), group="read history", exit_on_error=False)

    def end(self) -> None:
        """Post nothing any more: another bot is to be open."""
        self._is_ended = True

    async def _read(self) -> None:
        entries = await asyncio.to_thread(self._load)
        if not self._is_ended:
            self._app.post_message(HistoryLoaded(entries))
        self._write_soon()

    def _load(self) -> list[str]:
        with self._lock:
            entries = history.load(self._path)
            self._is_read = True
        return entries

    def keep(self, messages: Sequence[str]) -> None:
        """Add messages to it, unless the session is private."""
        if not self._session.is_private:
            self._waiting += messages
            self._write_soon()

    def _write_soon(self) -> None:
        if self._is_read and self._waiting:
            self._app.run_worker(self.finish, thread=True, group="history", exit_on_error=False)

    def finish(self) -> None:
        """Write what waits. It may wait for the disk."""
        with self._lock:
            new = list(self._waiting)
            if not new:
                return
            with suppress(OSError):  # history is a comfort: no disk, no history, no trouble
                history.add(self._path, new)
            for _ in new:
                self._waiting.popleft()

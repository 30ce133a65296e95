"""The messages of earlier sessions: read at the start, kept with every message that is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from textual.app import App

from chatbot.common import paths
from chatbot.conversation import history
from chatbot.tui.messages import HistoryLoaded
from chatbot.tui.session import Session


class KeptHistory:
    """Reads and writes the history in threads."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session
        self._path = paths.history_file(session.locations.intents)
        self._is_ended = False

    def read(self) -> None:
        """Read it and post it."""
        self._app.run_worker(self._read(), group="read history", exit_on_error=False)

    def end(self) -> None:
        """Post nothing any more: another bot is to be open."""
        self._is_ended = True

    async def _read(self) -> None:
        entries = await asyncio.to_thread(history.load, self._path)
        if not self._is_ended:
            self._app.post_message(HistoryLoaded(entries))

    def keep(self, entries: Sequence[str]) -> None:
        """Write it, unless the session is private."""
        if not self._session.is_private:
            self._app.run_worker(
                partial(self._keep, list(entries)),
                thread=True,
                group="history",
                exit_on_error=False,
            )

    def _keep(self, entries: list[str]) -> None:
        with suppress(OSError):  # history is a comfort: no disk, no history, no trouble
            history.save(self._path, entries)

"""Texts in a file of their own, that outlive the app: written soon in a thread, or at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from textual.app import App

from chatbot.common import jsonlines


class KeptTexts:
    """What shall be in the file now. Whichever thread writes last, it writes the latest."""

    def __init__(self, app: App[Any], path: Path) -> None:
        self._app = app
        self.path = path
        self._wanted: tuple[str, ...] | None = None
        """None until something was read or kept."""
        self._lock = Lock()

    def load(self) -> tuple[str, ...]:
        """Return what the file holds; nothing where there is none, or it cannot be read."""
        self._wanted = tuple(jsonlines.load(self.path))
        return self._wanted

    def keep_soon(self, texts: Sequence[str]) -> None:
        """Write texts in a thread, if they are not in the file; none removes it."""
        if tuple(texts) != self._wanted:
            self._wanted = tuple(texts)
            self._app.run_worker(self._write, thread=True, group="texts", exit_on_error=False)

    def keep(self, texts: Sequence[str]) -> bool:
        """Write texts now; return whether it worked."""
        self._wanted = tuple(texts)
        return self._write()

    def _write(self) -> bool:
        with self._lock, suppress(OSError):  # no disk, nothing kept: nobody is kept from working
            if self._wanted:
                jsonlines.save(self.path, self._wanted)
            else:
                self.path.unlink(missing_ok=True)
            return True
        return False

"""The first start: a card says how to begin; it is gone with the first message, and stays gone."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread

from chatbot.common import paths, write_atomically
from chatbot.tui.session import Session


class FirstStart:
    """Remembers that the first start is over."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def end(self) -> None:
        """Note that something was said; in a private session nothing is kept."""
        if self._session.is_first_start:
            self._session.is_first_start = False
            if not self._session.is_private:
                Thread(target=_note, name="first start").start()


def _note() -> None:
    with suppress(OSError):  # without a disk the card is there again, which does no harm
        write_atomically(paths.welcomed_file(), b"")

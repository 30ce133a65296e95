"""Copying: what the terminal was asked to take goes to the system's clipboard too; a toast says so.

The terminal gets it first (OSC 52): it works over ssh too, but no terminal says whether it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App
from textual.message import Message

from chatbot.common import N_, _, ngettext
from chatbot.tui.jobs import Clipboard

DOUBT = N_(
    "If it does not arrive, allow programs to copy in the settings of the terminal; in tmux: "
    "set -g set-clipboard on"
)


@dataclass
class Copied(Message):
    """A text was copied."""

    characters: int
    is_certain: bool
    """Whether the system's clipboard has it; else it is up to the terminal."""


class Copying:
    """Puts texts on the system's clipboard, in threads."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._clipboard = Clipboard()
        self._is_told = False
        """Whether somebody knows what to do where nothing arrives."""

    def copy(self, text: str) -> None:
        """Copy a text that the terminal has got."""
        work = partial(self._copy, text)
        self._app.run_worker(work, thread=True, group="copying", exit_on_error=False)

    def _copy(self, text: str) -> None:
        self._app.post_message(Copied(len(text), self._clipboard.copy(text)))

    def tell(self, event: Copied) -> None:
        """Say what was copied, and what may be wrong."""
        count = event.characters
        copied = ngettext("Copied {count:,} character", "Copied {count:,} characters", count)
        copied = copied.format(count=count)
        if event.is_certain:
            self._app.notify(copied, markup=False)
        elif self._is_told:
            self._app.notify(_("If your terminal allows it."), title=copied, markup=False)
        else:
            self._is_told = True
            self._app.notify(_(DOUBT), title=copied, markup=False)

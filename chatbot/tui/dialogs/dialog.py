"""What all dialogs have in common: a box in the middle, Escape, and one answer only."""

from __future__ import annotations

from pathlib import Path

from textual.screen import ScreenResultType

from chatbot.common import _
from chatbot.tui.actions import keys_for
from chatbot.tui.closing import ClosingModal
from chatbot.tui.session import key_of

ROOM_BESIDE = 140
"""Columns of a terminal in which toasts lie beside a box in the middle."""


class Dialog(ClosingModal[ScreenResultType]):
    """Dismisses with its answer; Escape closes it without one."""

    # In full: a dialog that lies in another folder has this style sheet too.
    CSS_PATH = Path(__file__).with_name("dialog.tcss")
    BINDINGS = keys_for({"dialog.close": "dismiss(None)"})

    def on_mount(self) -> None:
        """Let no toast of a moment ago cover the box, where there is no room beside it."""
        if self.size.width < ROOM_BESIDE:
            self.app.clear_notifications()

    def hint(self, take: str) -> str:
        """Return the line that names the keys: that of an action takes the answer."""
        return _("{take} takes it · {close} closes").format(
            take=key_of(self, take), close=key_of(self, "dialog.close")
        )

    def answer(self, result: ScreenResultType) -> None:
        """Dismiss with an answer. A second Enter must not close what lies below."""
        if self.is_current:
            self.dismiss(result)

"""What all dialogs have in common: a box in the middle, Escape, and one answer only."""

from __future__ import annotations

from pathlib import Path

from textual.binding import Binding
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """Dismisses with its answer; Escape closes it without one."""

    # In full: a dialog that lies in another folder has this style sheet too.
    CSS_PATH = Path(__file__).with_name("dialog.tcss")
    BINDINGS = [Binding("escape", "dismiss(None)", "Close")]

    def answer(self, result: ScreenResultType) -> None:
        """Dismiss with an answer. A second Enter must not close what lies below."""
        if self.is_current:
            self.dismiss(result)

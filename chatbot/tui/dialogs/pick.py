"""Choosing some of several texts."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets.selection_list import Selection

from chatbot.common import N_, _
from chatbot.tui.actions import keys_for
from chatbot.tui.dialogs.dialog import Dialog
from chatbot.tui.fields import Marks
from chatbot.tui.session import keys_of


class PickScreen(Dialog[tuple[str, ...] | None]):
    """Dismisses with the texts that were marked, in their order, or None."""

    BINDINGS = keys_for({"cursor.choose": "take"}, priority=True)
    chooses = N_("Take them")

    def __init__(self, title: str, texts: Sequence[str]) -> None:
        super().__init__()
        self._heading = title
        self._texts = tuple(dict.fromkeys(texts))

    def compose(self) -> ComposeResult:
        """The texts."""
        with Vertical() as box:
            box.border_title = Text(self._heading)
            keys = keys_of(self)
            box.border_subtitle = _("{mark} marks · {take} takes them · {close} closes").format(
                mark=keys.written("cursor.mark"),
                take=keys.written("cursor.choose"),
                close=keys.written("dialog.close"),
            )
            yield Marks[str](*(Selection(Text(text), text) for text in self._texts))

    def action_take(self) -> None:
        """Dismiss with what is marked."""
        marked = set(self.query_one(Marks).selected)
        if marked:
            self.answer(tuple(text for text in self._texts if text in marked))

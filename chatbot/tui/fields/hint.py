"""A line that names keys: it always names those in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.content import Content
from textual.widgets import Static

from chatbot.tui.actions import Keymap
from chatbot.tui.session import follow_keys, keys_of


class Hint(Static):
    """Text made from the keys, anew when they change."""

    def __init__(self, text: Callable[[Keymap], str | Content], **more: Any) -> None:
        """Take what makes the text; `more` goes to the widget."""
        super().__init__(markup=False, **more)
        self._text = text

    def on_mount(self) -> None:
        """Write it; follow the keys."""
        follow_keys(self, self._write)

    def say(self, text: Callable[[Keymap], str | Content]) -> None:
        """Say something else from now on."""
        self._text = text
        self._write(keys_of(self))

    def say_again(self) -> None:
        """Write it anew, in another language."""
        self._write(keys_of(self))

    def _write(self, keys: Keymap) -> None:
        text = self._text(keys)
        self.update(Content(text) if isinstance(text, str) else text)

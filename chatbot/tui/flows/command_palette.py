"""Textual's command palette, without two crashes of version 8.2."""

from __future__ import annotations

from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette

from chatbot.tui.lists import can_page


class Palette(CommandPalette):
    """Textual's may show that nothing matches when its list is gone, and page in an empty one."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close, and show nothing any more."""
        self._stop_no_matches_countdown()
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Begin to wait, unless it is closing."""
        if self.is_current:
            super()._start_no_matches_countdown(search_value)

    def _action_command_list(self, action: str) -> None:
        """Move in the list, or page where it has pages."""
        if "page" not in action or all(map(can_page, self.query(CommandList))):
            super()._action_command_list(action)

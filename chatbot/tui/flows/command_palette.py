"""Textual's command palette, without crashes of version 8.2."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette
from textual.fuzzy import Matcher
from textual.system_commands import SystemCommandsProvider

from chatbot.common import N_
from chatbot.tui.fields import PlainMatcher, can_page


class Commands(SystemCommandsProvider):
    """What the app offers, found without diacritics too."""

    def matcher(self, user_input: str, case_sensitive: bool = False) -> Matcher:
        """Return what finds commands by the text in the field."""
        return PlainMatcher(user_input, match_style=self.match_style, case_sensitive=case_sensitive)


class Palette(CommandPalette):
    """Textual's looks for its list when that is gone, and pages in one without lines."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "escape", N_("Close"))]

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close, and look for nothing any more."""
        self._stop_no_matches_countdown()
        self._cancel_gather_commands()
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _gather_commands(self, search_value: str) -> Any:
        """Look for what matches, unless it is closing."""
        return super()._gather_commands(search_value) if self.is_active else None

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Begin to wait, unless it is closing."""
        if self.is_active:
            super()._start_no_matches_countdown(search_value)

    def _action_command_list(self, action: str) -> None:
        """Move in the list, or page where it has pages."""
        if "page" not in action or all(map(can_page, self.query(CommandList))):
            super()._action_command_list(action)

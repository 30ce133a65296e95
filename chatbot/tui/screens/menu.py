"""The menu: every action of the registry, with its key."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from chatbot.tui.actions import menu


class MenuScreen(ModalScreen[str | None]):
    """Dismisses with the name of the chosen action."""

    CSS_PATH = "menu.tcss"
    BINDINGS = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def compose(self) -> ComposeResult:
        """List the actions."""
        yield OptionList(
            *(
                Option(Text(f" {action.title:<19}{action.written_key:>9} "), id=action.name)
                for action in menu()
            )
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def on_click(self) -> None:
        """Close when the click is outside the list."""
        if not self.query_one(OptionList).is_mouse_over:
            self.dismiss(None)

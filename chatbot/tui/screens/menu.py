"""The menu: everything that can be done now, with its keys, and a letter that works everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from chatbot.tui.actions import keys_for
from chatbot.tui.closing import ClosingModal
from chatbot.tui.fields import Choices

TITLE_WIDTH = 24
KEY_WIDTH = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu; without a name it is the heading of those below."""

    name: str
    title: str
    letter: str = ""
    key: str = ""


class MenuScreen(ClosingModal[str | None]):
    """Dismisses with the name of the chosen action."""

    CSS_PATH = "menu.tcss"
    BINDINGS = keys_for({"dialog.close": "dismiss(None)"})

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = tuple(entries)

    def compose(self) -> ComposeResult:
        """List the actions."""
        yield Choices(
            *(
                Option(_line(entry), id=entry.name or None, disabled=not entry.name)
                for entry in self._entries
            )
        )

    def on_key(self, event: events.Key) -> None:
        """Take the letter of an entry."""
        chosen = next((e for e in self._entries if e.letter and e.letter == event.character), None)
        if chosen is not None:
            event.stop()
            self.dismiss(chosen.name)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def on_click(self) -> None:
        """Close when the click is outside the list."""
        if not self.query_one(OptionList).is_mouse_over:
            self.dismiss(None)


def _line(entry: Entry) -> Text:
    if not entry.name:
        return Text(f" {entry.title}", "bold")
    line = Text.assemble(" ", (entry.letter or " ", "bold underline"), "  ")
    line.append(set_cell_size(entry.title, TITLE_WIDTH))
    line.append(f"{entry.key:>{KEY_WIDTH}} ")
    return line

"""Choosing one of many names: type a few of its letters, Enter takes the best match."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option


class ChooseScreen(ModalScreen[str | None]):
    """Dismisses with the chosen name, or None."""

    DEFAULT_CSS = """
    ChooseScreen {
        align: center middle;
        Vertical {
            width: 50;
            max-width: 96%;
            height: 18;
            max-height: 94%;
            border: round $primary;
            background: $surface;
            border-title-color: $text-primary;
        }
        OptionList { height: 1fr; border: none; }
    }
    """
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Close", show=False),
        Binding("down", "move('down')", "Next", show=False),
        Binding("up", "move('up')", "Previous", show=False),
    ]

    def __init__(self, title: str, names: Sequence[str]) -> None:
        super().__init__()
        self._heading = title
        self._names = tuple(names)

    def compose(self) -> ComposeResult:
        """A field and the names that match."""
        with Vertical() as box:
            box.border_title = f"{self._heading} · Escape closes"
            yield Input(placeholder="some of its letters")
            yield OptionList()

    def on_mount(self) -> None:
        """Show all names."""
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, query: str) -> None:
        names = list(self._names)
        if query.strip():
            matcher = Matcher(query.strip())
            scores = {name: matcher.match(name) for name in names}
            names = sorted((n for n in names if scores[n] > 0), key=lambda n: -scores[n])
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(Text(name), id=str(self._names.index(name))) for name in names)
        options.highlighted = 0 if names else None

    def action_move(self, where: str) -> None:
        """Move over the names without leaving the field."""
        options = self.query_one(OptionList)
        if where == "down":
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted)
    def _take(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._dismiss_with(options.get_option_at_index(options.highlighted))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._dismiss_with(event.option)

    def _dismiss_with(self, option: Option) -> None:
        self.dismiss(self._names[int(option.id or 0)])

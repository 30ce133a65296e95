"""Help: what the screen is, what its figures mean, and which keys work now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text
from textual.content import Content

from chatbot.common import _
from chatbot.tui.actions import keys_for
from chatbot.tui.dialogs import PageScreen
from chatbot.tui.screens.help_text import ABOUT, OTHER

KEY_WIDTH = 20
"""Cells of the keys: two of them fit, more are broken into lines."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Keys, and what they do."""

    keys: str
    does: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that work at one place."""

    title: str
    lines: tuple[KeyLine, ...]


class HelpScreen(PageScreen):
    """One page of help about the screen below it."""

    BINDINGS = keys_for({"help": "dismiss(None)"})

    def __init__(self, place: str, groups: Sequence[KeyGroup]) -> None:
        """Take the place of the screen below, and the keys that work on it."""
        about = ABOUT.get(place, OTHER)
        lines = [Content(_(about.what))]
        if about.figures:
            lines += [Content(""), Content.styled(_("What it shows"), "bold")]
            lines += [
                Content.assemble((_(name), "bold"), f": {_(meaning)}")
                for name, meaning in about.figures
            ]
        parts: list[Content | Table] = [Content("\n").join(lines)]
        for group in groups:
            parts += [Content.assemble("\n", (group.title, "bold")), _table(group)]
        super().__init__(_("Help · {title}").format(title=_(about.title)), *parts)


def _table(group: KeyGroup) -> Table:
    """Return the keys of a group, what they do beside them."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", max_width=KEY_WIDTH)
    table.add_column()
    for line in group.lines:
        table.add_row(f"{line.keys:<{KEY_WIDTH}}", Text(line.does))
    return table

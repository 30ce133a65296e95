"""What the conversation says of its bot at the top: its name, what answers, and what is lacking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Static

from chatbot.common import _
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot


class MenuButton(Static):
    """The visible way to the menu."""

    async def on_click(self) -> None:
        """Open the menu."""
        await self.app.run_action("menu")


def title_of(intents: Path) -> str:
    """Return the name of the bot, where its file has one of its own."""
    return "chatbot" if intents.stem == "intents" else shorten(shown(intents.stem), 20)


def describe(bot: Chatbot) -> str:
    """Return what answers, in a few words."""
    card = bot.model.card
    text = _("{cell} · {units} units · {intents} intents").format(
        cell=card.cell.upper(), units=card.hidden_size, intents=len(card.intents)
    )
    accuracy = card.metrics.held_out_accuracy
    return (
        text
        if accuracy is None
        else text + _(" · {accuracy:.0%} held-out").format(accuracy=accuracy)
    )


def untrained(intents: Path, *, in_training: bool) -> str:
    """Return what to say while there is no model yet, and the way to one."""
    text = (
        _("No model for {file} yet: it is in training, F5 shows it. Messages wait until then.")
        if in_training
        else _("No model for {file} yet: F5 trains one. Messages wait until then.")
    )
    return text.format(file=shown(intents.name))

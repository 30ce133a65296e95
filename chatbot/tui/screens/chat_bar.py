"""What the conversation says of its bot at the top: its name, what answers, and what is lacking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Static

from chatbot.common import likely_range, percent
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


def describe(bot: Chatbot, width: int) -> str:
    """Return what answers, in a few words; what has no room in `width` cells is left out.

    How good it is comes first: on how many patterns that was measured, and how far chance may go.
    """
    card = bot.model.card
    metrics = card.metrics
    facts = [card.cell.upper(), f"{card.hidden_size} units", f"{len(card.intents)} intents"]
    if metrics.held_out_accuracy is not None:
        asked = metrics.held_out_patterns
        likely = likely_range(metrics.held_out_accuracy, asked)
        facts.append(f"held-out {percent(metrics.held_out_accuracy)} of {asked} ({likely})")
    texts = [" · ".join(facts[start:]) for start in range(len(facts))]
    return next((text for text in texts if len(text) <= width), texts[-1])


def untrained(intents: Path, *, in_training: bool) -> str:
    """Return what to say while there is no model yet, and the way to one."""
    way = "it is in training, F5 shows it" if in_training else "F5 trains one"
    return f"No model for {shown(intents.name)} yet: {way}. Messages wait until then."

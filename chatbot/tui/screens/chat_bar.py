"""What the conversation says of its bot at the top: its name, what answers, and what is lacking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Static

from chatbot.common import _, likely_range, ngettext, percent
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
    facts = [
        card.cell.upper(),
        _("{count} units").format(count=card.hidden_size),
        ngettext("{count} intent", "{count} intents", len(card.intents)).format(
            count=len(card.intents)
        ),
    ]
    if metrics.held_out_accuracy is not None:
        asked = metrics.held_out_patterns
        facts.append(
            _("held-out {share} of {asked} ({range})").format(
                share=percent(metrics.held_out_accuracy),
                asked=asked,
                range=likely_range(metrics.held_out_accuracy, asked),
            )
        )
    texts = [" · ".join(facts[start:]) for start in range(len(facts))]
    return next((text for text in texts if len(text) <= width), texts[-1])


def untrained(intents: Path, *, in_training: bool) -> str:
    """Return what to say while there is no model yet, and the way to one."""
    text = (
        _("No model for {file} yet: it is in training, F5 shows it. Messages wait until then.")
        if in_training
        else _("No model for {file} yet: F5 trains one. Messages wait until then.")
    )
    return text.format(file=shown(intents.name))

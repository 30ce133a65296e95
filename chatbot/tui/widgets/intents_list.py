"""The list of intents beside the editor: tag, counts of patterns and replies, sign of findings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from chatbot.intents import Intent
from chatbot.json_positions import Position
from chatbot.tui.text import shorten

TAG_WIDTH = 20


class IntentsList(OptionList):
    """Lists the intents of the last valid text and knows where each begins."""

    @dataclass
    class Chosen(Message):
        """An intent was chosen."""

        position: Position

    places: tuple[Position, ...] = ()
    """Where each intent begins in the text."""

    def show(
        self, intents: Sequence[Intent], places: tuple[Position, ...], marked: Collection[str]
    ) -> None:
        """List intents; `marked` are the tags in which something was found."""
        self.places = places
        highlighted = self.highlighted
        self.clear_options()
        for intent in intents:
            sign = "!" if intent.tag in marked else " "
            counts = f"{len(intent.patterns):>3} {len(intent.responses):>2}"
            tag = shorten(intent.tag, TAG_WIDTH)
            self.add_option(Option(Text(f"{sign} {tag:<{TAG_WIDTH}} {counts}")))
        if highlighted is not None and highlighted < self.option_count:
            self.highlighted = highlighted

    def index_at(self, line: int) -> int | None:
        """Return the index of the intent that a line (from 1) is in, None before the first."""
        before = [i for i, place in enumerate(self.places) if place.line <= line]
        return before[-1] if before else None

    def follow(self, line: int) -> None:
        """Highlight the intent that a line (from 1) is in."""
        index = self.index_at(line)
        if index is not None and index < self.option_count:
            self.highlighted = index

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self.places):
            self.post_message(self.Chosen(self.places[event.option_index]))

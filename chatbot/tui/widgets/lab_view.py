"""One view of the lab at a time: a caption, and the figures that it is true of."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from chatbot.tui.widgets.lab_tables import Styles, draw_circles, draw_curves, draw_table

if TYPE_CHECKING:
    from chatbot.lab import Lab, Sentence


class View(IntEnum):
    """The views, in their order."""

    CIRCLES = 0
    THROUGH_TIME = 1
    LAYERS = 2
    CHATTER = 3
    TRAINING = 4


TITLES = ("Circles", "Gradient", "Layers", "Chatter", "Training")
"""Short enough for tabs in 60 columns."""


class LabView(Static):
    """Draws the view that is chosen."""

    COMPONENT_CLASSES = {
        "lab--heading",
        "lab--caption",
        "lab--muted",
        "lab--untrained",
        "lab--trained",
    }
    DEFAULT_CSS = """
    LabView {
        height: auto;
        .lab--heading { text-style: bold; }
        .lab--caption { color: $text-primary; text-style: bold; }
        .lab--muted { color: $foreground-muted; }
        .lab--untrained { color: $text-warning; }
        .lab--trained { color: $text-primary; }
    }
    """

    view: reactive[View] = reactive(View.CIRCLES)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lab: Lab | None = None
        self.sentence: Sentence | None = None

    def show(self, lab: Lab, sentence: Sentence) -> None:
        """Show other figures."""
        self.lab, self.sentence = lab, sentence
        self.draw()

    def watch_view(self) -> None:
        """Draw the other view, from its top."""
        self.draw()
        if isinstance(self.parent, VerticalScroll):
            self.parent.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.draw()

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        if self.is_mounted:
            self.draw()

    def draw(self) -> None:
        """Draw caption and figures for the present size."""
        if self.lab is None or self.sentence is None or not self.size.width:
            self.update("")
            return
        width = self.size.width
        caption = Text(self._caption(self.lab, self.sentence), self._style("lab--caption"))
        lines = [*caption.wrap(self.app.console, width), Text()]
        height = self.parent.size.height if isinstance(self.parent, VerticalScroll) else 0
        lines += self._figures(self.lab, self.sentence, width, height - len(lines))
        self.update(Text("\n").join(lines))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _caption(self, lab: Lab, sentence: Sentence) -> str:
        from chatbot.lab import captions

        return (
            captions.circles(sentence),
            captions.through_time(lab),
            captions.layers(lab),
            captions.chatter(lab),
            captions.training(lab),
        )[self.view]

    def _figures(self, lab: Lab, sentence: Sentence, width: int, height: int) -> list[Text]:
        from chatbot.lab import tables

        styles = Styles(
            self._style("lab--heading"),
            self._style("lab--muted"),
            self._style("lab--untrained"),
            self._style("lab--trained"),
        )
        glyphs = self.app.no_color or self.app.console.color_system in (None, "standard")
        shown: list[tables.Table] = []
        lines: list[Text] = []
        notes: list[str] = []
        if self.view is View.CIRCLES and sentence.words:
            table = tables.shares(sentence)
            room = height - len(table.rows) - 5
            lines = [*draw_circles(sentence, width, room, styles, glyphs=glyphs), Text()]
            shown = [tables.numbered(table)]
        elif self.view is View.THROUGH_TIME:
            shown = [tables.through_time(lab)]
            shown += [tables.sentence_gradient(sentence)] if sentence.words else []
        elif self.view is View.LAYERS:
            shown = [tables.layers(lab)]
            notes = [tables.layers_note(lab)]
        elif self.view is View.CHATTER:
            shown = [tables.chatter_learned(lab)]
            shown += [tables.chatter_sentence(sentence)] if sentence.words else []
            shown += [tables.chatter_held_out(lab)] if lab.held_out_asked else []
            notes = [tables.chatter_note(lab)]
        elif self.view is View.TRAINING:
            lines = draw_curves(lab, width, height - 3, styles)
            notes = [tables.training_note(lab), tables.source_note(lab)]
        if sentence.is_cut and sentence.words:
            notes.append(f"Of your sentence the first {len(sentence.words)} words are read.")
        for table in shown:
            lines += [*draw_table(table, width, styles), Text()]
        for note in notes:
            lines += [*Text(note, styles.muted).wrap(self.app.console, width)]
        return lines

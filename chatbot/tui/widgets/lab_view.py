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
    from chatbot.lab import Lab, Page, Sentence


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
        # Here for start-up: a page needs NumPy.
        from chatbot.lab import pages_of

        width, page = self.size.width, pages_of(self.lab, self.sentence)[self.view]
        caption = Text(page.caption, self._style("lab--caption"))
        lines = [*caption.wrap(self.app.console, width), Text()]
        height = self.parent.size.height if isinstance(self.parent, VerticalScroll) else 0
        lines += self._figures(page, self.lab, self.sentence, height - len(lines))
        self.update(Text("\n").join(lines))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _figures(self, page: Page, lab: Lab, sentence: Sentence, height: int) -> list[Text]:
        from chatbot.lab import tables

        width = self.size.width
        styles = Styles(
            self._style("lab--heading"),
            self._style("lab--muted"),
            self._style("lab--untrained"),
            self._style("lab--trained"),
        )
        glyphs = self.app.no_color or self.app.console.color_system in (None, "standard")
        shown, notes = page.tables, page.notes
        lines: list[Text] = []
        if self.view is View.CIRCLES and sentence.words:
            room = height - len(shown[0].rows) - 5
            lines = [*draw_circles(sentence, width, room, styles, glyphs=glyphs), Text()]
            shown = tuple(tables.numbered(table) for table in shown)
        elif self.view is View.TRAINING:
            lines, shown = draw_curves(lab, width, height - 3, styles), ()
        if sentence.is_cut and sentence.words:
            notes += (f"Of your sentence the first {len(sentence.words)} words are read.",)
        for table in shown:
            lines += [*draw_table(table, width, styles), Text()]
        for note in notes:
            lines += [*Text(note, styles.muted).wrap(self.app.console, width)]
        return lines

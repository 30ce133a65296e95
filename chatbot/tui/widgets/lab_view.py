"""One page of the lab at a time: a caption, and the figures that it sums up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from chatbot.common import _
from chatbot.lab import CIRCLES, TRAINING, Page, pages_of, tables
from chatbot.tui.widgets import palette
from chatbot.tui.widgets.lab_tables import Styles, draw_circles, draw_curves, draw_table

if TYPE_CHECKING:
    from chatbot.lab import Lab, Page, Sentence


class LabView(Static):
    """Draws the page that is chosen."""

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

    page: reactive[int] = reactive(0)
    """Index of the page in PAGES."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lab: Lab | None = None
        self.sentence: Sentence | None = None

    def show(self, lab: Lab, sentence: Sentence) -> None:
        """Show other figures."""
        self.lab, self.sentence = lab, sentence
        self.draw()

    def watch_page(self) -> None:
        """Draw the other page, from its top."""
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
            return
        width = self.size.width
        page = pages_of(self.lab, self.sentence)[self.page]
        caption = Text(page.caption, self._style("lab--caption"))
        lines = [*caption.wrap(self.app.console, width), Text()]
        height = self.parent.size.height if isinstance(self.parent, VerticalScroll) else 0
        lines += self._figures(page, self.lab, self.sentence, width, height - len(lines))
        # Textual keeps the height of what it laid out last when a widget draws twice between two
        # idle moments, as on a resize: the height is said instead.
        self.styles.height = len(lines)
        self.update(Text("\n").join(lines))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _figures(
        self, page: Page, lab: Lab, sentence: Sentence, width: int, height: int
    ) -> list[Text]:
        """Draw the pictures of the page, its tables and its notes."""
        styles = Styles(
            self._style("lab--heading"),
            self._style("lab--muted"),
            self._style("lab--untrained"),
            self._style("lab--trained"),
        )
        glyphs = palette.has_few_colours(self.app)
        shown, lines = page.tables, []
        if page.name == CIRCLES and sentence.words:
            room = height - len(sentence.words) - 5
            lines = [*draw_circles(sentence, width, room, styles, glyphs=glyphs), Text()]
            # The numbers are the key to the slices.
            shown = tuple(tables.numbered(table) for table in shown)
        elif page.name == TRAINING:
            # The curves carry the numbers of the table.
            lines, shown = draw_curves(lab, width, height - 3, styles), ()
        for table in shown:
            lines += [*draw_table(table, width, styles), Text()]
        cut = _("Only the first {count} words of your sentence are read.").format(
            count=len(sentence.words)
        )
        for note in (*page.notes, *([cut] if sentence.is_cut else [])):
            lines += [*Text(note, styles.muted).wrap(self.app.console, width)]
        return lines

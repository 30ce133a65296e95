"""The guided tour: eight steps from a message to its answer, in the interface's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from chatbot.common import LANGUAGE_VARIABLE, LANGUAGES, _, language
from chatbot.insight import PatternStates
from chatbot.tour import EXAMPLE, figures_of, pages
from chatbot.tui.actions import bindings
from chatbot.tui.closing import ClosingScreen
from chatbot.tui.dialogs import WriteScreen
from chatbot.tui.session import follow_keys, key_of
from chatbot.tui.text import shorten, shown
from chatbot.tui.widgets import KeyFooter, in_lines, palette, picture

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.tour import Page, TourFigures


class TourScreen(ClosingScreen[None]):
    """Walks through the steps, first with the guide's message."""

    CSS_PATH = "tour.tcss"
    PLACE = "tour"
    BINDINGS = bindings(PLACE)

    @dataclass
    class Ready(Message):
        """The figures of a message are worked out."""

        figures: TourFigures | None

    def __init__(self, bot: Chatbot | None, use_language: Callable[[str], None]) -> None:
        """Take the bot that answers, and what makes another language that of the interface."""
        super().__init__()
        self._bot = bot
        self._use_language = use_language
        self._figures: TourFigures | None = None
        self._pages: tuple[Page, ...] = ()
        self._step = 0

    def compose(self) -> ComposeResult:
        """Title, heading, text, picture."""
        yield Static(id="tour-title", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static(id="tour-heading", markup=False)
            yield Static(id="tour-text", markup=False)
            yield Static(id="tour-picture", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the guide's message."""
        follow_keys(self, lambda __: self._show())
        if self._bot is not None:
            self._work_out(EXAMPLE)

    def _work_out(self, message: str) -> None:
        def work() -> None:
            assert self._bot is not None
            reader = self._bot.reader
            self.post_message(self.Ready(figures_of(reader, message, PatternStates(reader))))

        self.run_worker(work, thread=True, group="tour", exclusive=True, exit_on_error=False)

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        if event.figures is None:
            self.notify(_("A message without words has no tour."), markup=False)
            return
        self._figures = event.figures
        self._show()

    def _show(self) -> None:
        """Draw the step for the present width and language."""
        if self._bot is None:
            text = _("The tour needs a model that answers. {back} goes back, {train} trains one.")
            back, train = key_of(self, "tour.leave"), key_of(self, "retrain")
            self._write("text", text.format(back=back, train=train))
        figures = self._figures
        if figures is None:
            return
        self._pages = pages(figures)
        page = self._pages[self._step]
        quoted = " ".join(shown(figures.explanation.trace.message).split())
        place = f"{self._step + 1} / {len(self._pages)}"
        self._write("title", shorten(f"{place} · “{quoted}”", max(self.size.width - 2, 10)))
        self._write("heading", page.heading)
        self._write("text", page.text)
        lines = picture(
            page.name,
            figures,
            min(max(self.size.width - 6, 20), 100),
            max(self.size.height - 12, 5),
            glyphs=palette.has_few_colours(self.app),
            dark=self.app.current_theme.dark,
        )
        shown_picture = self.query_one("#tour-picture", Static)
        shown_picture.styles.height = len(lines)  # as in LabView: a resize draws twice
        shown_picture.update(Text("\n").join(lines))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _write(self, part: str, text: str) -> None:
        shown_part = self.query_one(f"#tour-{part}", Static)
        shown_part.update(Content(in_lines(text, shown_part.size.width)))

    def on_resize(self) -> None:
        """Draw for the new size, once the parts have theirs."""
        self.call_after_refresh(self._show)

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        if self.is_mounted:
            self._show()

    def action_go(self, by: int) -> None:
        """Go to another step."""
        if self._pages:
            self._step = min(max(self._step + by, 0), len(self._pages) - 1)
            self._show()

    def action_message(self) -> None:
        """Walk through the same steps with the person's own message."""
        if self._bot is not None:
            self.app.push_screen(WriteScreen(_("Your own message")), self._written)

    def _written(self, message: str | None) -> None:
        if message is not None:
            self._step = 0
            self._work_out(message)

    def action_language(self) -> None:
        """Switch the interface to the next language, and remember it."""
        codes = list(LANGUAGES)
        code = codes[(codes.index(language()) + 1) % len(codes)]
        self._use_language(code)
        if language() != code:
            wins = _("{variable} in the environment wins over this choice.")
            self.notify(wins.format(variable=LANGUAGE_VARIABLE), markup=False)
        self._show()
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Go back to the conversation."""
        self.dismiss()

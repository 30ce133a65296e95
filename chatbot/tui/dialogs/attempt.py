"""A question whose answer is tried at once: the dialog stays until a text can be used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from chatbot.common import ChatbotError, _
from chatbot.tui.dialogs.dialog import Dialog

T = TypeVar("T")


class AttemptScreen(Dialog[T | None]):
    """Dismisses with what was made of the text, or None.

    What is wrong with a text is shown below it, and the text stays to be mended.
    """

    def __init__(self, question: str, use: Callable[[str], T], *, text: str = "") -> None:
        """Ask; `use` runs in a thread, and raises a ChatbotError or OSError for a wrong text.

        `text` is what somebody has typed already: it is tried first.
        """
        super().__init__()
        self._question = question
        self._use = use
        self._text = text

    def compose(self) -> ComposeResult:
        """The question as the title of the field, and room for what is wrong."""
        with Vertical() as box:
            box.border_title = Text(self._question)
            box.border_subtitle = _("Enter takes it · Escape closes")
            yield Input(self._text, select_on_focus=False)
            yield Static(id="problem", markup=False)

    def on_mount(self) -> None:
        """Try what was typed before."""
        if self._text:
            self._try(self._text)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._try(event.value.strip())

    def _try(self, text: str) -> None:
        self.run_worker(self._attempt(text), group="attempt", exclusive=True)

    async def _attempt(self, text: str) -> None:
        try:
            made = await asyncio.to_thread(self._use, text)
        except ChatbotError as error:
            self._say(str(error))
        # A null character in a path is a ValueError, ~ of nobody a RuntimeError.
        except (OSError, ValueError, RuntimeError) as error:
            self._say(getattr(error, "strerror", None) or str(error))
        else:
            self.answer(made)

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(problem))

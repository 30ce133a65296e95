"""A question that is answered with a line of text; it stays until the text can be used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from chatbot.common import ChatbotError
from chatbot.tui.actions import BY_NAME
from chatbot.tui.dialogs.dialog import Dialog
from chatbot.tui.fields import Line

T = TypeVar("T")


class WriteScreen(Dialog[T | None], Generic[T]):
    """Dismisses with the text, or what was made of it, or None.

    What is wrong with a text is shown below it, and the text stays to be mended. An empty line is
    no answer, unless it `may_be_empty`.
    """

    @overload
    def __init__(
        self: WriteScreen[str],
        question: str,
        text: str = "",
        *,
        problem_of: Callable[[str], str] = ...,
        may_be_empty: bool = False,
    ) -> None: ...

    @overload
    def __init__(self, question: str, text: str = "", *, use: Callable[[str], T]) -> None: ...

    def __init__(
        self,
        question: str,
        text: str = "",
        *,
        use: Callable[[str], Any] | None = None,
        problem_of: Callable[[str], str] = lambda text: "",
        may_be_empty: bool = False,
    ) -> None:
        """Ask; `text` is what stands in the field at first.

        `problem_of` says with every key what is wrong with the text. `use` makes something of it,
        in a thread, and raises a ChatbotError or OSError where it cannot; it tries `text` at once.
        """
        super().__init__()
        self._question = question
        self._text = text
        self._use = use
        self._problem_of = problem_of
        self._may_be_empty = may_be_empty

    def compose(self) -> ComposeResult:
        """The question as the title of the field, and room for what is wrong."""
        with Vertical() as box:
            box.border_title = Text(self._question)
            box.border_subtitle = self.hint("text.enter")
            yield Line(
                self._text, select_on_focus=self._use is None, chooses=BY_NAME["text.enter"].title
            )
            yield Static(id="problem", markup=False)

    def on_mount(self) -> None:
        """Try what was typed before."""
        if self._use is not None and self._text:
            self._take(self._text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self._use is None:
            self._say(self._problem_of(event.value.strip()))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self._take(event.value.strip())

    def _take(self, text: str) -> None:
        if not text and not self._may_be_empty:
            return
        if self._use is not None:
            self.run_worker(self._attempt(self._use, text), group="attempt", exclusive=True)
        elif not self._problem_of(text):
            self.answer(text)  # type: ignore[arg-type]

    async def _attempt(self, use: Callable[[str], Any], text: str) -> None:
        try:
            made = await asyncio.to_thread(use, text)
        except ChatbotError as error:
            self._say(str(error))
        # A null character in a path is a ValueError, ~ of nobody a RuntimeError.
        except (OSError, ValueError, RuntimeError) as error:
            self._say(getattr(error, "strerror", None) or str(error))
        else:
            self.answer(made)

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(problem))

"""A question that is answered with a line of text."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from chatbot.common import N_, _
from chatbot.tui.dialogs.dialog import Dialog

HINT = N_("Enter takes it · Escape closes")


class WriteScreen(Dialog[str | None]):
    """Dismisses with what was typed, or None; an empty line is no answer, unless it `may_be_empty`.

    `problem_of` says what is wrong with a text; nothing is taken before it is put right.
    """

    def __init__(
        self,
        question: str,
        value: str = "",
        *,
        problem_of: Callable[[str], str] | None = None,
        may_be_empty: bool = False,
    ) -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._problem_of = problem_of
        self._may_be_empty = may_be_empty

    def compose(self) -> ComposeResult:
        """The question as the title of the field."""
        with Vertical() as box:
            box.border_title = Text(self._question)
            box.border_subtitle = _(HINT)
            yield Input(self._value)

    def _problem(self, text: str) -> str:
        return self._problem_of(text) if self._problem_of is not None else ""

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        problem = self._problem(event.value.strip())
        self.query_one(Vertical).border_subtitle = Text(problem or _(HINT))

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if (text or self._may_be_empty) and not self._problem(text):
            self.answer(text)

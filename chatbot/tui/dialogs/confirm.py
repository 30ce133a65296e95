"""A question with a few answers; Escape gives the safe one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from chatbot.tui.actions import keys_for
from chatbot.tui.dialogs.dialog import Dialog

MOST_BESIDE = 3
"""Answers that stand side by side: four are cut off where they are long; they are a list."""


class ConfirmScreen(Dialog[str]):
    """Dismisses with the id of the chosen answer; the last answer is the safe one."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (50, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]
    BINDINGS = keys_for(
        {
            "dialog.close": "safe",
            "cursor.left": "app.focus_previous",
            "cursor.right": "app.focus_next",
            "cursor.up": "app.focus_previous",
            "cursor.down": "app.focus_next",
        }
    )

    def __init__(self, question: str, answers: Sequence[tuple[str, str]]) -> None:
        """Ask; `answers` are pairs of id and label, the safe one last."""
        super().__init__()
        self._question = question
        self._answers = tuple(answers)
        self.set_class(len(answers) > MOST_BESIDE, "-many")
        if len(answers) <= MOST_BESIDE:
            self.moves = ("cursor.left", "cursor.right")

    def compose(self) -> ComposeResult:
        """Question above, answers below."""
        # The focus is on the answers: where there is little room, they are scrolled into sight.
        with VerticalScroll(id="box", can_focus=False):
            yield Static(self._question, markup=False)
            with Horizontal():
                for name, label in self._answers:
                    yield Button(label, id=name)

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.answer(event.button.id or self._answers[-1][0])

    def action_safe(self) -> None:
        """Change nothing."""
        self.answer(self._answers[-1][0])


async def ask(app: App[Any], question: str, *answers: tuple[str, str]) -> str | None:
    """Ask; `answers` are pairs of id and label, the safe one last. Return the id.

    None where the app closed the question.
    """
    return await app.push_screen_wait(ConfirmScreen(question, answers))

"""A question with a few answers; Escape gives the safe one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static


class ConfirmScreen(ModalScreen[str]):
    """Dismisses with the id of the chosen answer; the last answer is the safe one."""

    DEFAULT_CSS = """
    ConfirmScreen {
        align: center middle;
        #box {
            width: 64;
            max-width: 96%;
            height: auto;
            padding: 1 2;
            border: round $warning;
            background: $surface;
        }
        Static { height: auto; padding: 0 0 1 0; }
        Horizontal { height: auto; align-horizontal: right; }
        Button { margin-left: 1; min-width: 10; }
    }
    """
    BINDINGS = [
        Binding("escape", "safe", "Back", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, answers: Sequence[tuple[str, str]]) -> None:
        """Ask; `answers` are pairs of id and label, the safe one last."""
        super().__init__()
        self._question = question
        self._answers = tuple(answers)

    def compose(self) -> ComposeResult:
        """Question above, answers below."""
        with Vertical(id="box"):
            yield Static(self._question, markup=False)
            with Horizontal():
                for name, label in self._answers:
                    yield Button(label, id=name)

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id or self._answers[-1][0])

    def action_safe(self) -> None:
        """Change nothing."""
        self.dismiss(self._answers[-1][0])


def ask(
    app: App[Any],
    question: str,
    answered: Callable[[str | None], None],
    *answers: tuple[str, str],
) -> None:
    """Ask, one question at a time; `answers` are pairs of id and label, the safe one last."""
    if not isinstance(app.screen, ConfirmScreen):
        app.push_screen(ConfirmScreen(question, answers), answered)

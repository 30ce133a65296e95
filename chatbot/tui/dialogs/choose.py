"""Choosing one of many names, or a new one: type a few letters, Enter takes the best match."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from chatbot.common import N_, _
from chatbot.tui.actions import keys_for
from chatbot.tui.dialogs.dialog import Dialog
from chatbot.tui.fields import Choices, Line, PlainMatcher, is_still_there


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen."""

    name: str
    is_new: bool
    """Whether the name is not among those that were offered."""
    is_none: bool = False
    """Whether none of the names was meant."""


NEAREST = 3
"""Names before the choice of none: it is seen on every terminal, and Enter does not take it."""


class ChooseScreen(Dialog[Choice | None]):
    """Dismisses with a Choice, or None."""

    BINDINGS = keys_for({"cursor.down": "move('down')", "cursor.up": "move('up')"})

    def __init__(
        self,
        title: str,
        names: Sequence[str],
        *,
        new: str = "",
        hint: str = "",
        none: str = "",
        nothing: str = "",
        look: Callable[[str], object] | None = None,
    ) -> None:
        """Offer names, the likeliest first.

        `new` says what another name would be (`hint` how to write it), `none` what it means that no
        name is right; without them there is no such choice. `nothing` is told where no name
        matches. `look` is called with each name that one moves to.
        """
        super().__init__()
        self._heading = title
        self._names = tuple(names)
        self._new = new
        self._hint = hint or _("a name for a {new}").format(new=new)
        self._none = none
        self._nothing = nothing or _("None has these letters.")
        self._look = look
        self._offered: list[Choice] = []

    def compose(self) -> ComposeResult:
        """A field and the names that match."""
        with Vertical() as box:
            box.border_title = Text(self._heading)
            box.border_subtitle = self.hint("text.enter")
            hint = _("type some of its letters")
            if self._new:
                # Translators: in an empty field; {other} is "a name for a new intent" or the like.
                hint = _("type some of its letters, or {other}").format(other=self._hint)
            yield Line(placeholder=hint, chooses=N_("Choose"))
            yield Choices()

    def on_mount(self) -> None:
        """Show all names."""
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value.strip())

    def _show(self, query: str) -> None:
        names = list(self._names)
        if query:
            matcher = PlainMatcher(query)
            scores = {name: matcher.match(name) for name in names}
            names = sorted((n for n in names if scores[n] > 0), key=lambda n: -scores[n])
        self._offered = [Choice(name, is_new=False) for name in names]
        if self._none and (not query or PlainMatcher(query).match(self._none) > 0):
            self._offered.insert(NEAREST, Choice(self._none, is_new=False, is_none=True))
        if self._new and query and query not in self._names:
            self._offered.append(Choice(query, is_new=True))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(self._label(choice)) for choice in self._offered)
        if not self._offered:
            options.add_option(Option(Text(self._nothing, "italic"), disabled=True))
        options.highlighted = 0 if self._offered else None

    def _label(self, choice: Choice) -> Text:
        if choice.is_new:
            return Text(f"+ {self._new} “{choice.name}”")
        return Text(choice.name, "italic" if choice.is_none else "")

    @on(OptionList.OptionHighlighted)
    def _looked_at(self, event: OptionList.OptionHighlighted) -> None:
        if self._look is not None and self.is_current and is_still_there(event):
            self._look(self._offered[event.option_index].name)

    def action_move(self, where: str) -> None:
        """Move over the names without leaving the field."""
        options = self.query_one(OptionList)
        if where == "down":
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted)
    def _take(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self.answer(self._offered[highlighted])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if is_still_there(event):
            self.answer(self._offered[event.option_index])

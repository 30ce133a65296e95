"""The inbox screen: messages that got the fallback reply, similar ones together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from chatbot.common import N_, _, ngettext
from chatbot.tui.actions import Keymap, bindings
from chatbot.tui.closing import ClosingModal
from chatbot.tui.fields import Hint, Marks
from chatbot.tui.text import shorten, shown

EMPTY = N_("Nothing here: messages that get the fallback reply collect in this inbox.")
ABOUT = N_(
    "Messages that got the fallback reply, similar ones together. Mark those that belong to one "
    "intent; they become its patterns."
)


class InboxScreen(ClosingModal[None]):
    """Shows the messages; the app teaches or forgets those that are marked."""

    CSS_PATH = "inbox.tcss"
    PLACE = "inbox"
    BINDINGS = bindings(PLACE)

    @dataclass
    class Teach(Message):
        """Messages are to become patterns of an intent; the app asks which."""

        messages: tuple[str, ...]

    @dataclass
    class Forget(Message):
        """Messages are to be forgotten."""

        messages: tuple[str, ...]

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._groups = [list(group) for group in groups]

    def compose(self) -> ComposeResult:
        """The messages, group after group."""
        with Vertical() as box:
            box.border_title = _("Inbox")
            yield Static(_(ABOUT), id="inbox-about")
            yield Marks[str]()
            yield Static(_(EMPTY), id="inbox-empty")
            yield Hint(_keys, id="inbox-keys")

    def on_mount(self) -> None:
        """Draw the messages."""
        self.show(self._groups)

    @property
    def messages(self) -> list[str]:
        """All messages, in the order of the screen."""
        return [message for group in self._groups for message in group]

    @property
    def list(self) -> Marks[str]:
        """The list."""
        return self.query_one(Marks)

    def show(self, groups: Sequence[Sequence[str]]) -> None:
        """Show what is in the inbox now."""
        self._groups = [list(group) for group in groups]
        place = self.list.highlighted or 0
        self.list.clear_options()
        for number, group in enumerate(self._groups):
            for i, message in enumerate(group):
                mark = "┌" if i == 0 and len(group) > 1 else "│" if i < len(group) - 1 else "└"
                text = Text(f"{mark if len(group) > 1 else ' '} ")
                text.append(shorten(" ".join(shown(message).split()), 200))
                self.list.add_option(Selection(text, message, id=f"{number}-{i}"))
        empty = not self._groups
        self.list.display = not empty
        self.query_one("#inbox-empty").display = empty
        self.query_one("#inbox-about").display = not empty
        if not empty:
            self.list.highlighted = min(place, len(self.messages) - 1)
            self.list.focus()

    def _chosen(self) -> tuple[str, ...]:
        """Return the marked messages, or the one at the cursor."""
        marked = set(self.list.selected)
        if marked:
            return tuple(message for message in self.messages if message in marked)
        at = self.list.highlighted
        return () if at is None else (self.messages[at],)

    def action_group(self) -> None:
        """Mark all messages in the group of the one at the cursor."""
        at = self.list.highlighted
        if at is None:
            return
        message = self.messages[at]
        for other in next(group for group in self._groups if message in group):
            self.list.select(other)

    def action_teach(self) -> None:
        """Sort the chosen messages into an intent."""
        if chosen := self._chosen():
            self.post_message(self.Teach(chosen))

    def action_forget(self) -> None:
        """Take the chosen messages out of the inbox."""
        if chosen := self._chosen():
            self.post_message(self.Forget(chosen))

    @on(SelectionList.SelectedChanged)
    def _marked(self) -> None:
        count = len(self.list.selected)
        marked = ngettext("{count} marked", "{count} marked", count).format(count=count)
        self.query_one(Vertical).border_subtitle = marked if count else ""


def _keys(keys: Keymap) -> str:
    return _(
        "{mark} marks · {group} marks the group · {teach} sorts into an intent · {forget} forgets"
    ).format(
        mark=keys.signs("cursor.mark"),
        group=keys.signs("inbox.group"),
        teach=keys.signs("inbox.teach"),
        forget=keys.signs("inbox.forget"),
    )

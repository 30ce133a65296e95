"""The bots that were open: choose one to open it again, or take it out of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from chatbot.common import N_, _
from chatbot.tui.actions import keys_for
from chatbot.tui.dialogs.dialog import Dialog
from chatbot.tui.fields import Choices, is_still_there
from chatbot.tui.session import key_of, keys_of
from chatbot.tui.text import shorten, shown, shown_path

if TYPE_CHECKING:
    from chatbot.bots import Recent


class RecentScreen(Dialog["Recent | None"]):
    """Dismisses with a bot, or None."""

    BINDINGS = keys_for({"dialog.forget": "forget"})

    def __init__(
        self, bots: Sequence[tuple[Recent, bool]], forget: Callable[[Recent], None]
    ) -> None:
        """Show bots, the latest first, each with whether its file is missing."""
        super().__init__()
        self._bots = list(bots)
        self._forget = forget

    def compose(self) -> ComposeResult:
        """A name and a path for each."""
        with Vertical() as box:
            box.border_title = _("Recent bots")
            keys = keys_of(self)
            box.border_subtitle = _(
                "{choose} opens · {forget} removes from the list · {close}"
            ).format(
                choose=keys.written("cursor.choose"),
                forget=keys.written("dialog.forget"),
                close=keys.written("dialog.close"),
            )
            yield Choices(chooses=N_("Open"))
            none = _("No other bot was open yet. {new} makes one, {open} opens one.").format(
                new=keys.written("new_bot"), open=keys.written("open_bot")
            )
            yield Static(none, markup=False)

    def on_mount(self) -> None:
        """Show the list."""
        self.call_after_refresh(self._draw)  # the paths are cut to the width, known by then

    def on_resize(self, event: events.Resize) -> None:
        """Cut the paths anew."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        width = options.scrollable_content_region.width - 2
        options.clear_options()
        options.add_options(Option(_label(bot, gone, width)) for bot, gone in self._bots)
        options.highlighted = min(at, len(self._bots) - 1) if self._bots else None
        options.display = bool(self._bots)
        self.query_one(Static).display = not self._bots

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if not is_still_there(event):
            return
        bot, is_missing = self._bots[event.option_index]
        if is_missing:
            self.notify(
                _("{name} is not there any more. {key} removes it from the list.").format(
                    name=shorten(shown(bot.intents.name), 30), key=key_of(self, "dialog.forget")
                ),
                severity="warning",
                markup=False,
            )
        else:
            self.answer(bot)

    def action_forget(self) -> None:
        """Take the highlighted bot out of the list; its files stay."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._forget(self._bots.pop(at)[0])
            self._draw()


def _label(bot: Recent, is_missing: bool, width: int) -> Text:
    """Return the name in a line and the path, its end at least, in the next."""
    mark = _(" · missing") if is_missing else ""
    name = Text(shorten(shown(bot.intents.stem), width - len(mark)), "" if mark else "bold")
    path = shown(shown_path(bot.intents))
    while path and Text(path).cell_len > width - 2:
        path = "…" + path[2:]
    return Text.assemble(name, (mark, "italic"), "\n  ", path)

"""Forgetting what was said in a conversation: the value of one slot, or everything."""

from __future__ import annotations

from typing import Any

from textual.app import App

from chatbot.common import _
from chatbot.tui.dialogs import ChooseScreen, start_asking
from chatbot.tui.screens import ChatScreen
from chatbot.tui.text import shown


def forget_some(app: App[Any], chat: ChatScreen) -> None:
    """Ask which value to forget, and forget it."""
    start_asking(app, _forget_some(app, chat))


async def _forget_some(app: App[Any], chat: ChatScreen) -> None:
    known = {f"{shown(name)}: {shown(value)}": name for name, value in chat.answering.slots.items()}
    title = _("Forget what was said?")
    choice = await app.push_screen_wait(ChooseScreen(title, [_("Everything"), *known]))
    if choice is None:
        return
    chat.answering.forget(known.get(choice.name))
    said = _("Nothing is active any more.")
    if choice.name in known:
        said = _("Forgotten: {what}").format(what=choice.name)
    app.notify(said, markup=False)

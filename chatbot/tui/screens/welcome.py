"""The first steps as a page, for who wants them again."""

from __future__ import annotations

from chatbot.common import _
from chatbot.tui.actions import Keymap
from chatbot.tui.dialogs import PageScreen
from chatbot.tui.screens.first_steps import first_steps


class WelcomeScreen(PageScreen):
    """The first steps, as a page."""

    def __init__(self, keys: Keymap) -> None:
        super().__init__(_("First steps"), first_steps(keys))

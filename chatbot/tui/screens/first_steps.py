"""What the first steps are: five lines for who starts the app for the first time."""

from __future__ import annotations

from textual.content import Content

from chatbot.common import LANGUAGES, _, language
from chatbot.tui.actions import Keymap


def first_steps(keys: Keymap) -> Content:
    """Return what this is, what to type, where the panel is, where help is, and a bot of one's own.

    With the keys as they are set, and the way to the next language.
    """

    def key(action: str) -> str:
        return keys.written(action)

    lines = (
        _("A chatbot on your own machine: a network reads your words, you write its replies."),
        _("Type below and press {send}, or click an example.").format(send=key("prompt.send")),
        _("The panel shows what it remembers: {view} in other ways, {panel} word by word.").format(
            view=key("next_view"), panel=key("focus_panel")
        ),
        _("{help} helps, {menu} has everything, {tour} is a guided tour.").format(
            help=key("help"), menu=key("menu"), tour=key("tour")
        ),
        _("{new} makes a bot of your own, {edit} edits this one.").format(
            new=key("new_bot"), edit=key("edit_intents")
        ),
        f"{key('switch_language')}: {LANGUAGES[next_language()]}",
    )
    return Content("\n").join(Content.assemble(("› ", "bold"), Content(line)) for line in lines)


def next_language() -> str:
    """Return the code of the language after the one in use; after the last comes the first."""
    codes = list(LANGUAGES)
    return codes[(codes.index(language()) + 1) % len(codes)]

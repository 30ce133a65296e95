"""The registry: bindings, menu, palette, help and the settings' list of keys are made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.binding import BindingType

from chatbot.common import N_, _
from chatbot.tui.actions import conversation, editor, fields, message, screens
from chatbot.tui.actions.action import EVERYWHERE, Action
from chatbot.tui.actions.everywhere import ACTIONS, MENU_ORDER

REGISTRY: tuple[Action, ...] = (
    *ACTIONS,
    *conversation.CHAT,
    *message.MESSAGE,
    *message.CONTEXT,
    *conversation.FIND,
    *conversation.PANEL,
    *editor.EDITOR,
    *screens.TRAIN,
    *screens.LAB,
    *screens.EVALUATE,
    *screens.VERSIONS,
    *screens.INBOX,
    *screens.CONVERSATIONS,
    *screens.TOUR,
    *screens.SETTINGS,
    *fields.TEXT,
    *fields.CURSOR,
    *fields.DIALOG,
)
"""Everything that a person can do."""

BY_NAME: Mapping[str, Action] = {action.name: action for action in REGISTRY}

SPARE = "abcdefghijklmnopqrstuvwxyz0123456789"
"""Letters of a menu for what has none of its title left."""

TITLES: Mapping[str, str] = {
    EVERYWHERE: N_("Everywhere"),
    "prompt": N_("Prompt"),
    "chat": N_("Conversation"),
    "find": N_("Find bar"),
    "panel": N_("Panel"),
    "edit": N_("Editor"),
    "train": N_("Training"),
    "lab": N_("Forgetting lab"),
    "evaluate": N_("Evaluation"),
    "versions": N_("Versions"),
    "inbox": N_("Inbox"),
    "conversations": N_("Conversations"),
    "tour": N_("Guided tour"),
    "settings": N_("Settings"),
    "text": N_("Text fields"),
    "cursor": N_("Lists and pages"),
    "dialog": N_("Dialogs"),
}
"""What the places are called in English; `panel.state` is part of the panel."""


def at(place: str) -> tuple[Action, ...]:
    """Return what can be done at a place, or everywhere."""
    return tuple(action for action in REGISTRY if action.place == place)


def bindings(place: str) -> list[BindingType]:
    """Return the keys of a place, for the BINDINGS of its screen or widget."""
    return [action.binding() for action in at(place) if action.key]


def keys_for(calls: Mapping[str, str], *, priority: bool = False) -> list[BindingType]:
    """Return keys by names of actions, for a class that has its own ways to do them."""
    return [
        replace(BY_NAME[name].binding(), action=call, priority=priority)
        for name, call in calls.items()
    ]


def title_of(place: str) -> str:
    """Return what a place is called: the title of the screen that it is part of."""
    return _(TITLES[place.partition(".")[0]])


def menu() -> tuple[Action, ...]:
    """Return the menu's actions that can be done everywhere, in their order."""
    return tuple(BY_NAME[name] for name in MENU_ORDER)


def menu_call(action: Action) -> tuple[str, str]:
    """Return where the menu runs an action, and what: a view of the panel is shown first."""
    place, *__, part = action.place.partition(".")
    call = action.call or action.name
    if place == "panel" and part:
        return "panel", f"in_view('{part}', \"{call}\")"
    return action.place, call


def letters(actions: Iterable[Action]) -> dict[str, str]:
    """Return the letter of each action in a menu: small ones everywhere, capitals on one screen.

    A letter that an action asks for is its own; the others get the first free one of their title,
    the English one: a hand that knows the letters need not learn them again in another language.
    """
    asked = list(actions)
    found = {action.name: action.letter for action in asked if action.letter}
    for action in asked:
        if action.name in found:
            continue
        own = action.place != EVERYWHERE
        title = "".join(c for c in action.title if c.isascii() and c.isalpha())
        wanted = [key for key in action.keys if len(key) == 1]
        tried = (
            [c.upper() for c in (*wanted, *title, *SPARE)]
            if own
            else [c.lower() for c in (*title, *SPARE)]
        )
        letter = next((c for c in tried if c not in found.values()), "")
        found[action.name] = letter
    return found

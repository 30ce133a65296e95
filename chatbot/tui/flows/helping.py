"""Which keys work now: read from the screen on show, told in the words of the registry."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from chatbot.common import N_, _
from chatbot.tui.actions import BY_NAME, EVERYWHERE, Action, Keymap, at, title_of
from chatbot.tui.flows.offered import ALWAYS, places_on
from chatbot.tui.screens import KeyGroup, KeyLine

FIELDS = ("cursor", "text")
"""What many screens have: their keys come last."""

FIXED = ((N_("Tab, Shift+Tab"), N_("to the next part of the screen, and to the one before")),)
"""Keys that cannot be changed."""


def place_of(screen: Screen[Any]) -> str:
    """Return the place that a screen is."""
    return getattr(screen, "PLACE", "")


def key_groups(screen: Screen[Any], keys: Keymap) -> tuple[KeyGroup, ...]:
    """Return the keys that work now, by place; then those of the parts that have no focus now."""
    active = {entry.binding.id for entry in screen.active_bindings.values() if entry.enabled}
    if screen.is_modal:
        active |= ALWAYS  # they have priority, and a dialog hides no such key
    by_title: dict[str, list[KeyLine]] = {}
    elsewhere: dict[str, list[KeyLine]] = {}
    for action in BY_NAME.values():
        if action.name in active:
            by_title.setdefault(title_of(action.place), []).append(_line(action, keys))
    for place in places_on(screen):
        if place in (EVERYWHERE, place_of(screen)):
            continue
        lines = [_line(a, keys) for a in at(place) if a.name not in active and keys.of(a.name)]
        elsewhere.setdefault(title_of(place), []).extend(lines)
    general = by_title.pop(title_of(EVERYWHERE), [])
    fields = [(title, by_title.pop(title, [])) for title in map(title_of, FIELDS)]
    groups = [KeyGroup(title, tuple(lines)) for title, lines in by_title.items()]
    groups.append(KeyGroup(title_of(EVERYWHERE), tuple(general)))
    groups += [
        KeyGroup(_("{title}, while it has the focus").format(title=title), tuple(lines))
        for title, lines in elsewhere.items()
        if lines
    ]
    groups += [KeyGroup(title, tuple(lines)) for title, lines in fields if lines]
    fixed = tuple(KeyLine(_(keys), _(does)) for keys, does in FIXED)
    return (*groups, KeyGroup(_("Between the parts"), fixed))


def _line(action: Action, keys: Keymap) -> KeyLine:
    return KeyLine(keys.all_written(action.name), f"{_(action.title)} – {_(action.help)}")

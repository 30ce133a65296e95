"""What can be done now on the screen on show: for the menu, the palette and the help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual.actions import parse
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

from chatbot.tui.actions import EVERYWHERE, Action, at, letters, menu, menu_call, title_of

ALWAYS = frozenset({"quit", "menu", "help", "command_palette"})
"""What can be done even while a dialog is open."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An action, and what runs it."""

    action: Action
    letter: str
    """In the menu."""
    node: DOMNode | None
    """Which screen or widget does it; None for the app."""
    call: str

    def run(self, app: App[Any]) -> None:
        """Do it, once what was asked has closed."""
        app.call_later(self._run, app)

    async def _run(self, app: App[Any]) -> None:
        """Do it, unless the screen or widget has gone meanwhile, or is not made yet."""
        if not isinstance(self.node, Widget) or (self.node.is_attached and self.node.is_mounted):
            await app.run_action(self.call, self.node)


@dataclass(frozen=True, slots=True)
class Group:
    """What can be done at one place."""

    title: str
    """Empty for what can be done everywhere."""
    offers: tuple[Offer, ...]


def places_on(screen: Screen[Any]) -> dict[str, DOMNode]:
    """Return the screen and its widgets that have keys of their own, by place."""
    nodes: list[DOMNode] = [screen, *screen.query("*")]
    return {node.PLACE: node for node in nodes if hasattr(node, "PLACE")}


def offers_on(screen: Screen[Any]) -> tuple[Group, ...]:
    """Return what can be done on a screen, and everywhere; that comes first in the conversation."""
    places = places_on(screen)
    everywhere = [
        (action, None, action.call or action.name)
        for action in menu()
        if not screen.is_modal or action.name in ALWAYS
    ]
    own = [
        (action, places[place], call)
        for action in _own(places)
        for place, call in (menu_call(action),)
        if place in places and _is_possible(places[place], call)
    ]
    letter = letters([action for action, *_ in (*everywhere, *own)])

    def offers(entries: list[tuple[Action, DOMNode | None, str]]) -> tuple[Offer, ...]:
        return tuple(Offer(a, letter[a.name], node, call) for a, node, call in entries)

    groups: dict[str, list[tuple[Action, DOMNode | None, str]]] = {}
    for action, node, call in own:
        groups.setdefault(title_of(action.place), []).append((action, node, call))
    here = [Group(title, offers(entries)) for title, entries in groups.items()]
    general = [Group("" if "chat" in places else title_of(EVERYWHERE), offers(list(everywhere)))]
    return tuple(general + here if "chat" in places else here + general)


def _own(places: dict[str, DOMNode]) -> Iterator[Action]:
    """Yield the actions of the places on a screen that belong in its menu."""
    for place in places:
        yield from (action for action in at(place) if action.in_menu)


def _is_possible(node: DOMNode, call: str) -> bool:
    """Return whether the screen or widget would do it now."""
    *__, name, parameters = parse(call)
    return bool(node.check_action(name, parameters))

"""Finds actions by name: those of this package, and those that plug-ins register.

A plug-in registers a function under the entry point group `chatbot.actions`. An intents file can
only name what is registered: nothing in it is code.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import NamedTuple, cast

from chatbot.actions.asked import FILLS, RESULT, Action, ActionError
from chatbot.common import N_, _

GROUP = "chatbot.actions"

SHIPPED: Mapping[str, tuple[str, str]] = {
    "coin": ("chance:coin", N_("throws a coin")),
    "dice": ("chance:dice", N_("rolls dice: “two dice”, “3d20”")),
    "date": ("calendar:date", N_("says the weekday of a date, and how far away it is")),
    "time_in_city": ("clock:time_in_city", N_("says what time it is in a city")),
    "timer": ("timer:timer", N_("tells you when a while is over")),
    "stop_timers": ("timer:stop_timers", N_("stops the timers that run")),
    "units": ("units:units", N_("converts units: “5 miles in km”")),
}
"""Module and function of each of our own, and what it does. No plug-in can take their names."""


class Entry(NamedTuple):
    """An action that an intent can name."""

    name: str
    does: str
    """What it does; the distribution that a plug-in is from."""


def entries() -> tuple[Entry, ...]:
    """Return every action there is, by name."""
    shipped = {name: _(does) for name, (_target, does) in SHIPPED.items()}
    plugged = {name: _("from {package}").format(package=p) for name, (p, _t) in _plugged().items()}
    return tuple(Entry(*each) for each in sorted((plugged | shipped).items()))


def is_known(name: str) -> bool:
    """Return whether there is an action of a name."""
    return name in SHIPPED or name in _plugged()


def find(name: str) -> Action:
    """Return the function of an action. Raises ActionError if there is none, or it is broken."""
    if name in SHIPPED:
        module, _colon, function = SHIPPED[name][0].partition(":")
        return cast(Action, getattr(import_module(f"chatbot.actions.{module}"), function))
    if name not in _plugged():
        raise ActionError(_("There is no action “{name}” here").format(name=name))
    module, _colon, function = _plugged()[name][1].partition(":")
    try:
        found = getattr(import_module(module), function)
    except Exception as error:  # whatever a plug-in does when it is imported
        broken = _("The action “{name}” cannot be loaded: {error}")
        raise ActionError(broken.format(name=name, error=error)) from error
    return cast(Action, found)


def filled_by(name: str) -> frozenset[str] | None:
    """Return the slots of a reply that an action fills; None if nobody can know.

    That is where there is no such action, a plug-in is broken, or it does not declare them.
    """
    try:
        declared = getattr(find(name), FILLS, None)
    except ActionError:
        return None
    return declared | {RESULT} if isinstance(declared, frozenset) else None


@cache
def _plugged() -> Mapping[str, tuple[str, str]]:
    """Return the actions of plug-ins by name: their distribution, and `module:function`."""
    from importlib.metadata import entry_points  # start-up: only bots with actions need it

    return {
        point.name: (point.dist.name if point.dist else point.module, point.value)
        for point in entry_points(group=GROUP)
    }

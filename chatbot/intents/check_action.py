"""The action of an intent: a name that some action has here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatbot import actions
from chatbot.common import _
from chatbot.intents.json_intent import tag_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.meant import meant
from chatbot.intents.problems import Problem, type_of, warning

ACTION = "action"


def action_of(item: dict[str, Any]) -> str | None:
    """Return the action that an intent names."""
    value = item.get(ACTION)
    return value.strip() or None if isinstance(value, str) else None


def filled_in_replies(item: dict[str, Any]) -> frozenset[str] | None:
    """Return the slots that the action of an intent fills in its replies; None: any may be."""
    name = action_of(item)
    return frozenset() if name is None else actions.filled_by(name)


def action_problems(item: dict[str, Any], path: JsonPath) -> Iterator[Problem]:
    """Yield what is wrong with the action of an intent; `path` leads to it."""
    value, tag = item.get(ACTION), tag_of(item)
    if value is not None and not isinstance(value, str):
        message = _("“{key}” is {type} and does not count")
        message = message.format(key=ACTION, type=type_of(value))
        yield warning((*path, ACTION), message, _('Write the name of one: "dice"'), tag)
        return
    name = action_of(item)
    if name is None or actions.is_known(name):
        return
    known = [entry.name for entry in actions.entries()]
    install = _("Install the plug-in that has it, or write one of these: {names}")
    yield warning(
        (*path, ACTION),
        _("there is no action “{name}” here, so it does not count").format(name=name),
        meant(name, known, install.format(names=", ".join(known))),
        tag,
    )

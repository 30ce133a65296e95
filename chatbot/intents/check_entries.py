"""The check of lists: the entry that a slot has, and what intents do to the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatbot.common import _
from chatbot.intents.json_intent import tag_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.meant import meant
from chatbot.intents.problems import Problem, error, type_of, warning
from chatbot.intents.slot_types import SLOTS_KEY, EntryAction, parts_of_entry

ENTRY, ENTRIES = "entry", "entries"

_OF_OTHERS = ("values", "regex", "kind", "closed", "remember")
"""What a slot with an entry has none of."""


def entries_of(item: dict[str, Any]) -> Iterator[tuple[str, EntryAction]]:
    """Yield the lists that an intent has to do with, and what it does; it has passed the check."""
    for name, action in (item.get(ENTRIES) or {}).items():
        yield name.strip(), EntryAction(action)


def list_names(slots: Any) -> frozenset[str]:
    """Return the declared slots that are lists, however wrong the rest is."""
    found = slots.items() if isinstance(slots, dict) else ()
    return frozenset(
        name.strip() for name, slot in found if isinstance(slot, dict) and slot.get(ENTRY)
    )


def entry_problems(slots: dict[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the entries of the lists that a file declares."""
    lists = list_names(slots)
    plain = [name.strip() for name in slots if name.strip() not in lists]
    slots_are = _("The slots are {slots}").format(slots=", ".join(f"{{{name}}}" for name in plain))
    for name, slot in slots.items():
        if name.strip() not in lists or not isinstance(slot[ENTRY], str):
            continue
        path: JsonPath = (SLOTS_KEY, name, ENTRY)
        parts = parts_of_entry(slot[ENTRY])
        for part in parts:
            if part not in plain:
                message = _("an entry of “{name}” names “{slot}”, which is no slot with values")
                remedy = meant(part, plain, slots_are)
                yield error(path, message.format(name=name, slot=part), remedy)
        if sum(default is None for default in parts.values()) != 1:
            message = _("an entry of “{name}” must have one slot without a default")
            remedy = _('Write a default for each slot but one: "{example}"')
            yield error(path, message.format(name=name), remedy.format(example="{count|1} {dish}"))
        for key in _OF_OTHERS:
            if slot.get(key) is not None:
                message = _("“{name}” is a list of entries, so “{key}” does not count")
                message = message.format(name=name, key=key)
                yield warning((SLOTS_KEY, name, key), message, _("Delete it"))


def entries_problems(
    item: dict[str, Any], path: JsonPath, lists: frozenset[str]
) -> Iterator[Problem]:
    """Yield what is wrong with what an intent does to lists; `path` leads to it."""
    tag, written, path = tag_of(item), item.get(ENTRIES), (*path, ENTRIES)
    if written is None:
        return
    actions = [action.value for action in EntryAction]
    choices = ", ".join(f"“{action}”" for action in actions)
    if not isinstance(written, dict):
        message = _("“{key}” is {type}").format(key=ENTRIES, type=type_of(written))
        yield error(path, message, _('Write an object: {"order": "add"}'), tag)
        return
    for name, action in written.items():
        if action not in actions:
            message = _("an intent cannot do “{action}” with a list")
            shown = action if isinstance(action, str) else type_of(action)
            remedy = meant(shown, actions, _("It can {choices}").format(choices=choices))
            yield error((*path, name), message.format(action=shown), remedy, tag)
        if name.strip() not in lists:
            message = _("there is no list “{name}”, so this does not count").format(name=name)
            declare = _('Declare it under "slots": {{"{name}": {{"entry": "{example}"}}}}')
            example = "{count|1} {dish}"
            remedy = meant(name, lists, declare.format(name=name, example=example))
            yield warning((*path, name), message, remedy, tag)

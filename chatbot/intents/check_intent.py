"""The check of one intent by itself: its tag, its patterns, its replies."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from chatbot.common import HALF_CHARACTER, _
from chatbot.intents.check_action import action_of, filled_in_replies
from chatbot.intents.check_slots import slot_problems
from chatbot.intents.conditions import (
    conditional_problems,
    has_only_conditional,
    is_conditional,
    is_meant_as_conditional,
    slips_of_parts,
)
from chatbot.intents.findings import Fix, FixAction
from chatbot.intents.json_intent import is_empty, lookalike, tag_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.key_names import Role, role_of
from chatbot.intents.problems import Problem, error, half_character, type_of, warning

_MOST_NAMED = 5
"""Unknown keys that a message names."""


def intent_problems(
    item: dict[str, Any], path: JsonPath, is_fallback: bool, slots: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield what is wrong with one intent; `path` leads to it, `slots` are those of the file."""
    tag = tag_of(item)
    yield from _tag_problems(item, path, tag)
    acts, fills = action_of(item) is not None, filled_in_replies(item)
    for key, must_be_there in (("patterns", not is_fallback), ("responses", not acts)):
        if item.get(key) == [""] and must_be_there:
            continue  # a form to fill in: that there is none is told below
        yield from _list_problems(item.get(key, []), (*path, key), tag, slots, fills)
    number = int(path[-1]) + 1
    if is_empty(item, "patterns") and not is_fallback:
        message = (
            _("“{intent}” has no patterns, so it is never the answer")
            if tag
            else _("intent {number} has no patterns, so it is never the answer")
        ).format(intent=tag, number=number)
        remedy = _renaming(item, "patterns") or _("Add 12 to 25 varied examples")
        yield warning((*path, "patterns"), message, remedy, tag)
    if is_empty(item, "responses") and not acts:
        message = (
            _("“{intent}” has no responses") if tag else _("intent {number} has no responses")
        ).format(intent=tag, number=number)
        remedy = _renaming(item, "responses") or _("Add one or more replies")
        yield warning((*path, "responses"), message, remedy, tag)
    elif has_only_conditional(item):
        message = _("every reply of “{intent}” has a condition").format(intent=tag or number)
        remedy = _("Add one without, for when none of them holds")
        yield warning((*path, "responses"), message, remedy, tag)


def _tag_problems(item: dict[str, Any], path: JsonPath, tag: str | None) -> Iterator[Problem]:
    if "tag" not in item:
        message = _("intent {number} has no tag").format(number=int(path[-1]) + 1)
        yield error(path, message, _renaming(item, "tag") or _('Add "tag": "a_short_name"'))
        return
    written, path = item["tag"], (*path, "tag")
    if not isinstance(written, str):
        message = _("the tag is {type}").format(type=type_of(written))
        yield error(path, message, _('Write it as text: "tag": "name"'))
    elif tag is None:
        yield error(path, _("the tag is empty"), _("Give the intent a short name"))
    elif HALF_CHARACTER.search(tag):
        yield half_character(path, _("the tag"), tag)
    elif tag != written:
        message = _("the tag “{tag}” has blanks around it, which are ignored").format(tag=written)
        fix = Fix("trim_tag", tag, written)
        yield warning(path, message, _("Delete them"), tag, fix=fix)


def _list_problems(
    values: Any,
    path: JsonPath,
    tag: str | None,
    slots: Collection[str],
    fills: frozenset[str] | None,
) -> Iterator[Problem]:
    """Yield what is wrong with the patterns or the responses of an intent.

    `fills` are the slots of its action; None if it may fill any.
    """
    key = path[-1]
    if not isinstance(values, list):
        example = json.dumps(values, ensure_ascii=False) if isinstance(values, str) else '"…"'
        message = _("“{key}” is {type}").format(key=key, type=type_of(values))
        yield error(path, message, _("Write a list: [{example}]").format(example=example), tag)
        return
    for k, value in enumerate(values):
        if key == "responses" and is_conditional(value):
            yield from conditional_problems(value, (*path, k), tag, slots, fills)
        elif key == "responses" and is_meant_as_conditional(value):
            yield from slips_of_parts(value, (*path, k), tag)
        elif not isinstance(value, str) or not value.strip() or HALF_CHARACTER.search(value):
            yield _item_problem(value, (*path, k), tag)
        elif key == "responses" and fills is not None:
            yield from slot_problems(value, (*path, k), tag, fills.union(slots))


def _item_problem(value: Any, path: JsonPath, tag: str | None) -> Problem:
    """Return what is wrong with an item of a list, which is no text, blank or half a character."""
    *_above, key, place = path
    item = _("item {number} of “{key}”").format(number=int(place) + 1, key=key)
    if not isinstance(value, str):
        message = _("{what} is {type}").format(what=item, type=type_of(value))
        return error(path, message, _('Write it as text: "…"'), tag)
    if value.strip():
        return half_character(path, item, tag)
    action: FixAction = "remove_pattern" if key == "patterns" else "remove_reply"
    fix = None if tag is None else Fix(action, tag, value)
    message = _("{what} is blank and not used").format(what=item)
    return warning(path, message, _("Delete it"), tag, fix=fix)


def _renaming(item: dict[str, Any], key: Role) -> str | None:
    """Return the remedy for a key that another program calls differently, or that nobody knows."""
    other = lookalike(item, key)
    if other is not None:
        return _("Rename “{other}” to “{key}”").format(other=other, key=key)
    others = unknown_keys(item) if key not in item else []
    return naming(others, key) if others else None


def naming(unknown: Sequence[str], key: Role) -> str:
    """Return the remedy where keys are there that nobody knows, and one of ours is missing."""
    names = ", ".join(f"“{name}”" for name in unknown[:_MOST_NAMED])
    if len(unknown) == 1:
        return _("If {names} holds them, rename it to “{key}”").format(names=names, key=key)
    remedy = _("Not understood: {names}. Rename the one that holds them to “{key}”")
    return remedy.format(names=names, key=key)


def unknown_keys(item: dict[str, Any]) -> list[str]:
    """Return the keys of an intent that hold texts, and are none of ours by any name."""
    return [
        key
        for key, value in item.items()
        if role_of(key) is None
        and (
            (isinstance(value, str) and value.strip())
            or (isinstance(value, list) and any(isinstance(v, str) and v.strip() for v in value))
        )
    ]

"""The check of one intent by itself: its tag, its patterns, its replies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from chatbot.common import HALF_CHARACTER
from chatbot.intents.check_slots import slot_problems
from chatbot.intents.findings import Fix, FixAction
from chatbot.intents.json_intent import is_empty, lookalike, tag_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, error, half_character, type_of, warning


def intent_problems(item: dict[str, Any], path: JsonPath, is_fallback: bool) -> Iterator[Problem]:
    """Yield what is wrong with one intent; `path` leads to it."""
    tag = tag_of(item)
    yield from _tag_problems(item, path, tag)
    for key in ("patterns", "responses"):
        yield from _list_problems(item.get(key, []), (*path, key), tag)
    what = f"“{tag}”" if tag else f"intent {int(path[-1]) + 1}"
    if is_empty(item, "patterns") and not is_fallback:
        message = f"{what} has no patterns, so it is never the answer"
        remedy = _renaming(item, "patterns") or "Add 12 to 25 varied examples"
        yield warning((*path, "patterns"), message, remedy, tag)
    if is_empty(item, "responses"):
        remedy = _renaming(item, "responses") or "Add one or more replies"
        yield warning((*path, "responses"), f"{what} has no responses", remedy, tag)


def _tag_problems(item: dict[str, Any], path: JsonPath, tag: str | None) -> Iterator[Problem]:
    if "tag" not in item:
        remedy = _renaming(item, "tag") or 'Add "tag": "a_short_name"'
        yield error(path, f"intent {int(path[-1]) + 1} has no tag", remedy)
        return
    written, path = item["tag"], (*path, "tag")
    if not isinstance(written, str):
        yield error(path, f"the tag is {type_of(written)}", 'Write it as text: "tag": "name"')
    elif tag is None:
        yield error(path, "the tag is empty", "Give the intent a short name")
    elif HALF_CHARACTER.search(tag):
        yield half_character(path, "the tag", tag)
    elif tag != written:
        message = f"the tag “{written}” has blanks around it, which are ignored"
        yield warning(path, message, "Delete them", tag, fix=Fix("trim_tag", tag, written))


def _list_problems(values: Any, path: JsonPath, tag: str | None) -> Iterator[Problem]:
    """Yield what is wrong with the patterns or the responses of an intent."""
    key = path[-1]
    if not isinstance(values, list):
        example = json.dumps(values, ensure_ascii=False) if isinstance(values, str) else '"…"'
        yield error(path, f"“{key}” is {type_of(values)}", f"Write a list: [{example}]", tag)
        return
    for k, value in enumerate(values):
        what = f"item {k + 1} of “{key}”"
        if not isinstance(value, str):
            yield error((*path, k), f"{what} is {type_of(value)}", 'Write it as text: "…"', tag)
        elif not value.strip():
            action: FixAction = "remove_pattern" if key == "patterns" else "remove_reply"
            fix = None if tag is None else Fix(action, tag, value)
            yield warning((*path, k), f"{what} is blank and not used", "Delete it", tag, fix=fix)
        elif HALF_CHARACTER.search(value):
            yield half_character((*path, k), what, tag)
        elif key == "responses":
            yield from slot_problems(value, (*path, k), tag)


def _renaming(item: dict[str, Any], key: str) -> str | None:
    """Return the remedy for a key that another program calls differently."""
    other = lookalike(item, key)
    return other and f"Rename “{other}” to “{key}”"

"""The contexts of an intent as files write them: read, and checked.

`context_set` and `context_filter` are the classic keys. A plain `context` sets, and in the form
`{"in": …, "out": …}` it also needs. An empty text means none: many files write `[""]`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from chatbot.common import HALF_CHARACTER, _
from chatbot.intents.conditions import contexts_in
from chatbot.intents.json_intent import tag_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.meant import meant
from chatbot.intents.problems import Problem, error, half_character, type_of, warning
from chatbot.intents.types import Context

TURNS = 5
"""Messages for which a context stays active where the file does not say. Dialogflow's default."""

MOST_TURNS = 1_000
"""More than this is for ever."""

NEEDS, SETS, BOTH = "context_filter", "context_set", "context"


def contexts_set(item: dict[str, Any]) -> tuple[Context, ...]:
    """Return what the answer of an intent that passed the check makes active."""
    found: dict[str, Context] = {}
    for value in (item.get(SETS), _part(item, "out")):
        for name, turns in _with_turns(value):
            found.setdefault(name, Context(name, turns))
    return tuple(found.values())


def contexts_needed(item: Any) -> tuple[str, ...]:
    """Return what must be active for an intent; what is wrong in it is left out."""
    values = (item.get(NEEDS), _part(item, "in")) if isinstance(item, dict) else ()
    return tuple(dict.fromkeys(name for value in values for name in _names(value)))


def context_problems(item: dict[str, Any], path: JsonPath) -> Iterator[Problem]:
    """Yield what is wrong with the contexts of one intent; `path` leads to it."""
    tag = tag_of(item)
    yield from _set_problems(item.get(SETS), (*path, SETS), tag)
    yield from _needed_problems(item.get(NEEDS), (*path, NEEDS), tag)
    both = item.get(BOTH)
    if not isinstance(both, dict) or not both.keys() & {"in", "out"}:
        yield from _set_problems(both, (*path, BOTH), tag)
        return
    yield from _needed_problems(both.get("in"), (*path, BOTH, "in"), tag)
    yield from _set_problems(both.get("out"), (*path, BOTH, "out"), tag)
    for key in both.keys() - {"in", "out"}:
        yield warning(
            (*path, BOTH, key),
            _("“{key}” is not a part of “context” and does not count").format(key=key),
            _('The parts are "in" (what must be active) and "out" (what becomes active)'),
            tag,
        )


def unset_problems(items: list[Any]) -> Iterator[Problem]:
    """Yield contexts that an intent needs and no answer makes active."""
    intents = [(i, item) for i, item in enumerate(items) if isinstance(item, dict)]
    there = {context.name for _, item in intents for context in contexts_set(item) if context.turns}
    for i, item in intents:
        tag = tag_of(item)
        never = _("no answer makes the context “{name}” active, so “{intent}” is never the answer")
        for name in contexts_needed(item):
            if name not in there:
                message = never.format(name=name, intent=tag)
                yield _unset(name, there, message, _path_of(item, name, ("intents", i)), tag)
        never = _("no answer makes the context “{name}” active, so this reply is never given")
        for name, place in contexts_in(item):
            if name not in there:
                yield _unset(name, there, never.format(name=name), ("intents", i, *place), tag)


def _unset(
    name: str, there: Collection[str], message: str, path: JsonPath, tag: str | None
) -> Problem:
    add = _("Add it under “context_set” to the intent that this one follows")
    return warning(path, message, meant(name, there, add), tag)


def _part(item: dict[str, Any], part: str) -> Any:
    """Return what `context` says of what comes in or goes out."""
    value = item.get(BOTH)
    if isinstance(value, dict) and value.keys() & {"in", "out"}:
        return value.get(part)
    return value if part == "out" else None


def _names(value: Any) -> list[str]:
    """Return the names in a text, a list or an object; what is wrong is left out."""
    values = [value] if isinstance(value, str) else value if isinstance(value, list | dict) else []
    return [name.strip() for name in values if isinstance(name, str) and name.strip()]


def _with_turns(value: Any) -> list[tuple[str, int]]:
    if isinstance(value, dict):
        return [(name.strip(), turns) for name, turns in value.items() if _is_turns(turns)]
    return [(name, TURNS) for name in _names(value)]


def _is_turns(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TURNS


def _needed_problems(value: Any, path: JsonPath, tag: str | None) -> Iterator[Problem]:
    if isinstance(value, dict):
        message = _("“{key}” is {type}").format(key=path[-1], type=type_of(value))
        yield error(path, message, _('Write a name or a list: ["…"]'), tag)
    else:
        yield from _name_problems(value, path, tag)


def _set_problems(value: Any, path: JsonPath, tag: str | None) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield from _name_problems(value, path, tag)
        return
    for name, turns in value.items():
        if not name.strip():
            yield error((*path, name), _("a context has no name"), _('Write {"name": 5}'), tag)
        elif HALF_CHARACTER.search(name):
            yield half_character((*path, name), _("the name of a context"), tag)
        elif not _is_turns(turns):
            yield error(
                (*path, name),
                _("the context “{name}” is active for {turns} messages").format(
                    name=name, turns=_written(turns)
                ),
                _("Write a whole number from 0 (it ends) to {most}").format(most=MOST_TURNS),
                tag,
            )


def _written(value: Any) -> str:
    return f"{value}" if isinstance(value, int | float) else type_of(value)


def _name_problems(value: Any, path: JsonPath, tag: str | None) -> Iterator[Problem]:
    """Yield what is wrong with a name or a list of names; null and blanks mean none."""
    if value is None:
        return
    if not isinstance(value, str | list):
        message = _("“{key}” is {type}").format(key=path[-1], type=type_of(value))
        yield error(path, message, _('Write a name: "…"'), tag)
        return
    for place, name in [(path, value)] if isinstance(value, str) else _items(value, path):
        if not isinstance(name, str):
            message = _("a context is {type}").format(type=type_of(name))
            yield error(place, message, _('Write it as text: "…"'), tag)
        elif HALF_CHARACTER.search(name):
            yield half_character(place, _("the name of a context"), tag)


def _items(values: list[Any], path: JsonPath) -> Iterator[tuple[JsonPath, Any]]:
    for k, value in enumerate(values):
        yield (*path, k), value


def _path_of(item: dict[str, Any], name: str, path: JsonPath) -> JsonPath:
    """Return where an intent needs a context."""
    for value, at in ((item.get(NEEDS), (*path, NEEDS)), (_part(item, "in"), (*path, BOTH, "in"))):
        if isinstance(value, str) and value.strip() == name:
            return at
        if isinstance(value, list):
            for k, each in enumerate(value):
                if isinstance(each, str) and each.strip() == name:
                    return (*at, k)
    return path

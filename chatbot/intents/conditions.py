"""Replies that depend on the conversation and the hour: read, checked, and asked whether they hold.

A response is a text, or an object: `{"text": "…", "when": {"hour": "6-11"}}`. A list under `text`
is one reply of several messages. All parts of `when` must hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chatbot.common import HALF_CHARACTER, _
from chatbot.intents.check_slots import slot_problems
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.meant import meant
from chatbot.intents.problems import Problem, error, half_character, type_of, warning
from chatbot.intents.types import ConditionalReply, When

TEXT, WHEN = "text", "when"
PARTS = ("slots", "context", "hour", "day", "language")

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""By number: 1 is Monday (ISO 8601)."""

_DAYS: Mapping[str, frozenset[int]] = {
    **{name: frozenset({number}) for number, name in enumerate(DAYS, start=1)},
    **{name[:3]: frozenset({number}) for number, name in enumerate(DAYS, start=1)},
    "weekday": frozenset(range(1, 6)),
    "weekend": frozenset({6, 7}),
}

_HOURS = re.compile(r"\s*(\d{1,2})\s*(?:[-–]\s*(\d{1,2})\s*)?")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a reply can depend on."""

    now: datetime
    language: str
    """Code of the interface's language."""
    slots: Mapping[str, str]
    """What is known, by name of the slot."""
    contexts: Collection[str]
    """Those that are active."""


def holds(when: When, situation: Situation) -> bool:
    """Return whether everything holds that a reply asks for."""
    return (
        all(_slot_holds(situation.slots.get(name), wanted) for name, wanted in when.slots)
        and all(name in situation.contexts for name in when.contexts)
        and (not when.hours or any(_within(situation.now.hour, *span) for span in when.hours))
        and (not when.days or situation.now.isoweekday() in when.days)
        and (not when.languages or situation.language in when.languages)
    )


def _slot_holds(value: str | None, wanted: bool | tuple[str, ...]) -> bool:
    if isinstance(wanted, bool):
        return (value is not None) == wanted
    return value is not None and value.casefold() in map(str.casefold, wanted)


def _within(hour: int, first: int, last: int) -> bool:
    """Whether an hour is in a span, both ends counted; one from 22 to 5 goes over midnight."""
    return first <= hour <= last if first <= last else hour >= first or hour <= last


def is_conditional(value: Any) -> bool:
    """Return whether a response is one of our objects: no other program's has just these keys."""
    return isinstance(value, dict) and TEXT in value and value.keys() <= {TEXT, WHEN}


def conditional_replies(item: dict[str, Any]) -> tuple[ConditionalReply, ...]:
    """Return the replies of an intent that are objects; it has passed the check."""
    values = item.get("responses")
    return tuple(
        ConditionalReply(_texts(value[TEXT]), _when(value.get(WHEN) or {}))
        for value in (values if isinstance(values, list) else ())
        if is_conditional(value)
    )


def conditional_problems(
    value: Any,
    path: JsonPath,
    tag: str | None,
    slots: Collection[str],
    fills: frozenset[str] | None,
) -> Iterator[Problem]:
    """Yield what is wrong with a response that is an object; `path` leads to it.

    `slots` are those of the file, `fills` those of the action, None if it may fill any.
    """
    texts = value[TEXT]
    for place, text in _items(texts, (*path, TEXT)):
        if not isinstance(text, str):
            message = _("the text of a reply is {type}").format(type=type_of(text))
            yield error(place, message, _('Write "text": "…", or a list for several messages'), tag)
        elif HALF_CHARACTER.search(text):
            yield half_character(place, _("the text of a reply"), tag)
        elif not text.strip():
            yield error(place, _("the text of a reply is blank"), _("Write it, or delete it"), tag)
        elif fills is not None:
            yield from slot_problems(text, place, tag, fills.union(slots), mendable=False)
    if texts == []:
        message = _("the reply has no text")
        yield error((*path, TEXT), message, _('Write "text": "…"'), tag)
    if value.get(WHEN) is not None:
        yield from _when_problems(value[WHEN], (*path, WHEN), tag, slots)


def is_meant_as_conditional(value: Any) -> bool:
    """Return whether a response is an object that has a part of ours, or nearly its name."""
    return isinstance(value, dict) and any(
        key in (TEXT, WHEN) or meant(key.casefold(), (TEXT, WHEN)) for key in value
    )


def slips_of_parts(value: dict[str, Any], path: JsonPath, tag: str | None) -> Iterator[Problem]:
    """Yield the parts of such an object that are none, or else that it has no text."""
    others = [key for key in value if key not in (TEXT, WHEN)]
    for key in others:
        message = _("“{key}” is no part of a reply").format(key=key)
        parts = _("The parts are “{text}” and “{when}”").format(text=TEXT, when=WHEN)
        yield error((*path, key), message, meant(key.casefold(), (TEXT, WHEN), parts), tag)
    if not others:
        yield error(path, _("the reply has no text"), _('Write "text": "…"'), tag)


def as_json(reply: ConditionalReply) -> dict[str, Any]:
    """Return a reply as the object that an intents file holds."""
    when = reply.when
    parts: dict[str, Any] = {}
    if when.slots:
        parts["slots"] = {n: w if isinstance(w, bool) else _one_or_all(w) for n, w in when.slots}
    if when.contexts:
        parts["context"] = _one_or_all(when.contexts)
    if when.hours:
        spans = tuple(f"{a}" if a == b else f"{a}-{b}" for a, b in when.hours)
        parts["hour"] = _one_or_all(spans)
    if when.days:
        parts["day"] = _one_or_all(tuple(DAYS[number - 1] for number in sorted(when.days)))
    if when.languages:
        parts["language"] = _one_or_all(when.languages)
    written: dict[str, Any] = {TEXT: _one_or_all(reply.texts)}
    return written | ({WHEN: parts} if parts else {})


def has_only_conditional(item: dict[str, Any]) -> bool:
    """Return whether an intent has replies, and each of them only sometimes."""
    values = item.get("responses")
    return (
        isinstance(values, list)
        and bool(values)
        and all(is_conditional(value) and value.get(WHEN) for value in values)
    )


def _one_or_all(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _when(value: dict[str, Any]) -> When:
    wanted = value.get("slots") or {}
    return When(
        tuple((n.strip(), w if isinstance(w, bool) else _texts(w)) for n, w in wanted.items()),
        tuple(text.strip() for text in _given(value, "context")),
        tuple(span for each in _given(value, "hour") if (span := _hours(each)) is not None),
        frozenset(n for each in _given(value, "day") for n in _DAYS[each.strip().lower()]),
        tuple(each.strip().lower() for each in _given(value, "language")),
    )


def _given(value: dict[str, Any], part: str) -> list[Any]:
    """Return what a part of `when` lists."""
    given = value.get(part)
    return given if isinstance(given, list) else [] if given is None else [given]


def _hours(value: Any) -> tuple[int, int] | None:
    """Return the first and the last hour of "6-11" or 9; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    found = _HOURS.fullmatch(str(value))
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last) if first < 24 and last < 24 else None


def _when_problems(
    value: Any, path: JsonPath, tag: str | None, slots: Collection[str]
) -> Iterator[Problem]:
    if not isinstance(value, dict):
        message = _("“{key}” is {type}").format(key=WHEN, type=type_of(value))
        yield error(path, message, _('Write what must hold: {"hour": "6-11"}'), tag)
        return
    for key in value:
        if key not in PARTS:
            known = ", ".join(f"“{part}”" for part in PARTS)
            yield error(
                (*path, key),
                _("a reply cannot depend on “{key}”").format(key=key),
                meant(key, PARTS, _("It can on {parts}").format(parts=known)),
                tag,
            )
    yield from _wanted_problems(value.get("slots"), (*path, "slots"), tag, slots)
    for part, is_right, remedy in (
        ("context", _is_name, _('Write the name of a context: "…"')),
        ("hour", lambda each: _hours(each) is not None, _('Write "6-11", or 9, from 0 to 23')),
        ("day", _is_day, _('Write "monday" to "sunday", "weekday" or "weekend"')),
        ("language", _is_language, _('Write the code of a language: "en"')),
    ):
        for place, each in _items(value.get(part), (*path, part)):
            if each is not None and not is_right(each):
                shown = each if isinstance(each, str | int | float) else type_of(each)
                message = _("“{value}” is no {part}").format(value=shown, part=part)
                yield error(place, message, remedy, tag)


def _wanted_problems(
    value: Any, path: JsonPath, tag: str | None, slots: Collection[str]
) -> Iterator[Problem]:
    if value is None:
        return
    remedy = _('Write {"slots": {"city": "Hue"}}; true means that it is known, false that not')
    if not isinstance(value, dict):
        message = _("“{key}” is {type}").format(key="slots", type=type_of(value))
        yield error(path, message, remedy, tag)
        return
    for name, wanted in value.items():
        if not name.strip():
            yield error((*path, name), _("a slot has no name"), remedy, tag)
        elif not isinstance(wanted, bool) and (
            wanted == [] or not all(isinstance(each, str) for _place, each in _items(wanted, path))
        ):
            message = _("what the slot “{name}” must be is {type}")
            message = message.format(name=name, type=type_of(wanted))
            yield error((*path, name), message, remedy, tag)
        elif name.strip() not in slots:
            yield warning(
                (*path, name),
                _("the file declares no slot “{name}”, so it is never known").format(name=name),
                meant(name, slots, _("Declare it under “slots”")),
                tag,
            )


def contexts_in(item: Any) -> Iterator[tuple[str, JsonPath]]:
    """Yield the contexts that the replies of an intent depend on, and where within the intent.

    What is wrong is left out.
    """
    values = item.get("responses") if isinstance(item, dict) else None
    for k, value in enumerate(values if isinstance(values, list) else ()):
        when = value.get(WHEN) if is_conditional(value) else None
        for place, name in _items(
            when.get("context") if isinstance(when, dict) else None,
            ("responses", k, WHEN, "context"),
        ):
            if _is_name(name):
                yield name.strip(), place


def _items(value: Any, path: JsonPath) -> list[tuple[JsonPath, Any]]:
    if isinstance(value, list):
        return [((*path, k), each) for k, each in enumerate(value)]
    return [(path, value)]


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and value.strip().lower() in _DAYS


def _is_language(value: Any) -> bool:
    return isinstance(value, str) and _LANGUAGE.fullmatch(value.strip()) is not None

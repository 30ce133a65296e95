"""The check of the slots that a file declares, and of those that its intents and texts use."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from chatbot.common import HALF_CHARACTER, _
from chatbot.intents.annotated import names_in, parts_of
from chatbot.intents.check_entries import entries_problems, entry_problems, list_names
from chatbot.intents.check_gaps import gap_problems
from chatbot.intents.check_slots import slot_problems
from chatbot.intents.json_intent import tag_of, texts_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.meant import meant
from chatbot.intents.problems import Problem, error, half_character, type_of, warning
from chatbot.intents.slot_regex import problem_of
from chatbot.intents.slot_types import KINDS, SLOTS_KEY
from chatbot.intents.slots import slot_names, texts_in, uses, values_of

MOST_SLOTS = 200
"""Each costs time in every message; a bot of Rasa's examples has five."""

MOST_VALUES = 50_000
"""Of all lists together: with their synonyms they fill a few megabytes."""

LONGEST_NAME = 100

_NOT_IN_NAMES = frozenset("[](){}|:\n\t")
"""They mark slots in patterns and replies."""

_KEYS = ("values", "regex", "kind", "closed", "default", "remember", "entry", "description")
_USE_KEYS = ("ask", "required")


def declaration_problems(data: dict[str, Any], items: Sequence[Any]) -> Iterator[Problem]:
    """Yield what is wrong with the slots of a file, and with those of its intents and patterns."""
    slots = data.get(SLOTS_KEY)
    if slots is None:
        return
    if not isinstance(slots, dict):
        message = _("“{key}” is {type}").format(key=SLOTS_KEY, type=type_of(slots))
        remedy = _('Write an object: {"city": {"values": ["…", "…"]}}')
        yield error((SLOTS_KEY,), message, remedy)
        return
    if len(slots) > MOST_SLOTS:
        message = _("there are {count:,} slots, and at most {most:,} are read")
        remedy = _("Put those together that mean the same")
        yield error((SLOTS_KEY,), message.format(count=len(slots), most=MOST_SLOTS), remedy)
        return
    names: dict[str, str] = {}
    for name, slot in slots.items():
        yield from _name_problems(name, names)
        yield from _slot_problems(name, slot, (SLOTS_KEY, name))
    yield from _count_problems(slots)
    yield from entry_problems(slots)
    lists = list_names(slots)
    known = slot_names(data)
    always = {
        name.strip()
        for name, each in slots.items()
        if isinstance(each, dict) and each.get("default")
    }
    has_values = {name.strip() for name, slot in slots.items() if _says_values(slot)}
    for i, item in enumerate(items):
        if isinstance(item, dict):
            yield from _use_problems(item, ("intents", i), known, lists)
            yield from _pattern_problems(item, ("intents", i), known, lists)
            yield from entries_problems(item, ("intents", i), lists)
            needed = {use.name for use in uses(item) if use.required}
            added = item.get("entries")
            needed |= set(added) if isinstance(added, dict) else set()
            yield from gap_problems(item, ("intents", i), set(known) - always - needed)
            for __, written in texts_of(item, "patterns"):
                has_values |= {p.slot for p in parts_of(written, known) if p.slot and p.text}
    for name in slots:
        if name.strip() and name.strip() not in has_values and isinstance(slots[name], dict | None):
            yield warning(
                (SLOTS_KEY, name),
                _("nothing says what the values of the slot “{name}” are").format(name=name),
                _(
                    'Give it "values", a "regex" or a "kind", or mark some in patterns: '
                    "[a value]({name})"
                ).format(name=name),
            )


def _says_values(slot: Any) -> bool:
    return isinstance(slot, dict) and any(
        slot.get(key) for key in ("values", "regex", "kind", "entry")
    )


def _name_problems(name: str, names: dict[str, str]) -> Iterator[Problem]:
    path: JsonPath = (SLOTS_KEY, name)
    if not name.strip():
        yield error(path, _("a slot has no name"), _('Write {"city": { … }}'))
    elif HALF_CHARACTER.search(name):
        yield half_character(path, _("the name of a slot"), None)
    elif _NOT_IN_NAMES.intersection(name) or len(name) > LONGEST_NAME:
        message = _("the slot “{name}” cannot be written in a pattern").format(name=name[:40])
        remedy = _("A name has at most {most} characters, and none of [ ] ( ) {{ }} | :")
        yield error(path, message, remedy.format(most=LONGEST_NAME))
    elif names.setdefault(name.strip(), name) != name:
        message = _("the slot “{name}” is there twice").format(name=name.strip())
        yield error(path, message, _("Merge the two"), None, (SLOTS_KEY, names[name.strip()]))


def _slot_problems(name: str, slot: Any, path: JsonPath) -> Iterator[Problem]:
    """Yield what is wrong with one declaration."""
    if slot is None:
        return
    if not isinstance(slot, dict):
        message = _("the slot “{name}” is {type}").format(name=name, type=type_of(slot))
        yield error(path, message, _('Write an object: {"values": ["…", "…"]}'))
        return
    for key, value in slot.items():
        if key not in _KEYS:
            yield _unknown_key((*path, key), key, _KEYS)
        elif key == "values":
            yield from _value_problems(value, (*path, key))
        elif key in ("closed", "remember"):
            if not isinstance(value, bool | None):
                message = _("“{key}” is {type}").format(key=key, type=type_of(value))
                yield error((*path, key), message, _("Write true or false"))
        elif value is not None and not isinstance(value, str):
            message = _("“{key}” is {type}").format(key=key, type=type_of(value))
            yield error((*path, key), message, _('Write a text: "…"'))
        elif key == "regex" and value:
            yield from problem_of(value, name, (*path, key))
        elif key == "kind" and value is not None and value not in KINDS:
            message = _("there is no kind of slot “{kind}”").format(kind=value)
            kinds = _("The kinds are {kinds}").format(kinds=", ".join(KINDS))
            yield error((*path, key), message, f"{meant(value.casefold(), KINDS)} {kinds}".strip())
        elif isinstance(value, str) and HALF_CHARACTER.search(value):
            yield half_character((*path, key), f"“{key}”", None)


def _value_problems(values: Any, path: JsonPath) -> Iterator[Problem]:
    """Yield what is wrong with a list of values, or with an object of values and synonyms."""
    if values is None:
        return
    if not isinstance(values, list | dict):
        message = _("“{key}” is {type}").format(key=path[-1], type=type_of(values))
        remedy = _('Write a list, ["…", "…"], or an object of synonyms: {"Hanoi": ["Ha Noi"]}')
        yield error(path, message, remedy)
        return
    listed = list(enumerate(values)) if isinstance(values, list) else []
    for value, synonyms in values.items() if isinstance(values, dict) else ():
        if HALF_CHARACTER.search(value):
            yield half_character((*path, value), _("a value"), None)
        if not isinstance(synonyms, str | list | None):
            message = _("the synonyms of “{value}” are {type}")
            message = message.format(value=value, type=type_of(synonyms))
            yield error((*path, value), message, _('Write a list: ["…", "…"]'))
        for k, text in enumerate(synonyms if isinstance(synonyms, list) else ()):
            yield from _text_problems(text, (*path, value, k))
    for k, text in listed:
        yield from _text_problems(text, (*path, k))


def _text_problems(text: Any, path: JsonPath) -> Iterator[Problem]:
    if not isinstance(text, str):
        message = _("a value is {type}").format(type=type_of(text))
        yield error(path, message, _('Write it as text: "…"'))
    elif HALF_CHARACTER.search(text):
        yield half_character(path, _("a value"), None)
    elif not text.strip():
        yield warning(path, _("a value is blank and not used"), _("Delete it"))


def _count_problems(slots: dict[str, Any]) -> Iterator[Problem]:
    count = sum(
        len(listed.texts)
        for slot in slots.values()
        if isinstance(slot, dict) and _are_texts(slot.get("values"))
        for listed in values_of(slot.get("values"))
    )
    if count > MOST_VALUES:
        message = _("the slots have {count:,} values and synonyms, and at most {most:,} are read")
        message = message.format(count=count, most=MOST_VALUES)
        yield error((SLOTS_KEY,), message, _("A regular expression, or marked examples, will do"))


def _are_texts(values: Any) -> bool:
    lists = values.values() if isinstance(values, dict) else [values]
    return all(all(isinstance(text, str) for text in texts_in(each)) for each in lists)


def _use_problems(
    item: dict[str, Any], path: JsonPath, known: Sequence[str], lists: Collection[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the slots that an intent needs."""
    tag, needed = tag_of(item), item.get(SLOTS_KEY)
    path = (*path, SLOTS_KEY)
    if needed is None:
        return
    if not isinstance(needed, str | list | dict):
        message = _("“{key}” is {type}").format(key=SLOTS_KEY, type=type_of(needed))
        yield error(path, message, _('Write a list of names: ["…"]'), tag)
        return
    names = needed if isinstance(needed, dict) else dict(enumerate(texts_in(needed)))
    for key, value in names.items():
        place = path if isinstance(needed, str) else (*path, key)
        name = key if isinstance(needed, dict) else value
        if not isinstance(name, str):
            message = _("a slot is {type}").format(type=type_of(name))
            yield error(place, message, _('Write its name: "…"'), tag)
            continue
        if name.strip() not in known:
            yield _unknown_slot(place, name, known, tag)
        elif name.strip() in lists:
            yield _is_list(place, name, tag)
        if isinstance(needed, dict):
            yield from _ask_problems(value, place, tag, known)


def _ask_problems(
    use: Any, path: JsonPath, tag: str | None, known: Sequence[str]
) -> Iterator[Problem]:
    """Yield what is wrong with how an intent asks for a slot: questions, or an object."""
    ask, ask_path = use, path
    if isinstance(use, dict):
        ask, ask_path = use.get("ask"), (*path, "ask")
        for key in use:
            if key not in _USE_KEYS:
                yield _unknown_key((*path, key), key, _USE_KEYS, tag)
        if not isinstance(use.get("required"), bool | None):
            message = _("“{key}” is {type}").format(
                key="required", type=type_of(use.get("required"))
            )
            yield error((*path, "required"), message, _("Write true or false"), tag)
    if not isinstance(ask, str | list | None):
        message = _("“{key}” is {type}").format(key=ask_path[-1], type=type_of(ask))
        yield error(ask_path, message, _('Write questions: ["Which city?"]'), tag)
        return
    for k, text in enumerate(texts_in(ask)):
        place = ask_path if isinstance(ask, str) else (*ask_path, k)
        if not isinstance(text, str):
            message = _("a question is {type}").format(type=type_of(text))
            yield error(place, message, _('Write it as text: "…"'), tag)
        elif HALF_CHARACTER.search(text):
            yield half_character(place, _("a question"), tag)
        else:
            yield from slot_problems(text, place, tag, known, mendable=False)


def _pattern_problems(
    item: dict[str, Any], path: JsonPath, known: Sequence[str], lists: Collection[str]
) -> Iterator[Problem]:
    """Yield slots in patterns that are not declared, or are lists."""
    for k, written in texts_of(item, "patterns"):
        for name, __ in names_in(written):
            if name not in known:
                yield _unknown_slot((*path, "patterns", k), name, known, tag_of(item))
            elif name in lists:
                yield _is_list((*path, "patterns", k), name, tag_of(item))


def _is_list(path: JsonPath, name: str, tag: str | None) -> Problem:
    message = _("“{name}” is a list of entries, and no message names a whole one")
    remedy = _("Name the slots of an entry")
    return error(path, message.format(name=name.strip()), remedy, tag)


def _unknown_slot(path: JsonPath, name: str, known: Sequence[str], tag: str | None) -> Problem:
    declare = _('Declare it under "slots": {{"{name}": {{ … }}}}').format(name=name)
    remedy = meant(name, known, declare)
    return warning(path, _("there is no slot “{name}”").format(name=name), remedy, tag)


def _unknown_key(path: JsonPath, key: str, known: Sequence[str], tag: str | None = None) -> Problem:
    keys = _("The keys are {keys}").format(keys=", ".join(known))
    remedy = meant(key.casefold(), known, keys)
    return warning(path, _("“{key}” is no part of a slot").format(key=key), remedy, tag)

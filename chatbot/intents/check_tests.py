"""The check of the key "tests": messages whose answers must always hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from chatbot.common import HALF_CHARACTER, _
from chatbot.intents.contexts import contexts_needed
from chatbot.intents.json_intent import tag_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.meant import meant
from chatbot.intents.problems import Problem, error, half_character, type_of, warning

KEYS = ("message", "intent", "after", "context")

MOST_BEFORE = 50
"""Messages before one that is asked: all are read at every training."""

EXAMPLE = '{"message": "…", "intent": "a_tag"}'


def test_problems(tests: Any, intents: list[Any]) -> Iterator[Problem]:
    """Yield what is wrong with the tests of a file, and with the intents that they name.

    A message asked twice with two answers and a tag that no model can learn are warnings: such a
    test always fails, as `chatbot check` reports, but the bot can answer all the same.
    """
    if not isinstance(tests, list):
        what = _("“{key}” is {type}").format(key="tests", type=type_of(tests))
        yield error(("tests",), what, _("Write a list: [{example}]").format(example=EXAMPLE))
        return
    known = _contexts_of(intents)
    learnable = {
        tag for item in intents if (tag := tag_of(item)) is not None and item.get("patterns")
    }
    first: dict[Any, tuple[Any, JsonPath]] = {}
    for i, test in enumerate(tests):
        path: JsonPath = ("tests", i)
        if not isinstance(test, dict):
            what = _("test {number} is {type}").format(number=i + 1, type=type_of(test))
            yield error(path, what, _("Write {example}").format(example=EXAMPLE))
            continue
        yield from _problems_of_one(test, path, learnable)
        yield from _before_problems(test, path, known)
        message, intent = test.get("message"), test.get("intent")
        if isinstance(message, str) and isinstance(intent, str | None):
            said = " ".join(message.split()).casefold()
            asked = (said, repr(test.get("after") or []), repr(test.get("context") or []))
            other, there = first.setdefault(asked, (intent, path))
            if other != intent:
                what = _("“{message}” has tests with two answers, and only one can hold")
                yield warning(
                    (*path, "intent"),
                    what.format(message=message),
                    _("Delete one of the two"),
                    None,
                    there,
                )


def _problems_of_one(
    test: dict[str, Any], path: JsonPath, learnable: set[str]
) -> Iterator[Problem]:
    number = int(path[-1]) + 1
    message = test.get("message")
    if "message" not in test:
        what = _("test {number} has no message").format(number=number)
        yield error(path, what, _('Add "message": "…"'))
    elif not isinstance(message, str):
        what = _("the message is {type}").format(type=type_of(message))
        yield error((*path, "message"), what, _('Write it as text: "…"'))
    elif HALF_CHARACTER.search(message):
        yield half_character((*path, "message"), _("the message"), None)
    intent = test.get("intent")
    if "intent" not in test:
        what = _("test {number} does not say which intent").format(number=number)
        yield error(path, what, _('Add "intent": "a_tag", or null for the fallback'))
    elif not isinstance(intent, str | None):
        what = _("the intent is {type}").format(type=type_of(intent))
        yield error((*path, "intent"), what, _("Write a tag, or null for the fallback"))
    elif intent is not None and intent.strip() not in learnable:
        what = _("no intent “{intent}” has patterns, so this test always fails")
        remedy = _("Name an intent that has patterns, or null for the fallback")
        yield warning((*path, "intent"), what.format(intent=intent), remedy)


def _contexts_of(intents: list[Any]) -> frozenset[str]:
    """Return the contexts that some intent needs."""
    return frozenset(name for item in intents for name in contexts_needed(item))


def _before_problems(
    test: dict[str, Any], path: JsonPath, known: Collection[str]
) -> Iterator[Problem]:
    """Yield what is wrong with what is said before a message, and with what is active."""
    for key in ("after", "context"):
        value = test.get(key)
        if not isinstance(value, str | list | None):
            what = _("“{key}” is {type}").format(key=key, type=type_of(value))
            yield error((*path, key), what, _('Write a text, or a list: ["…", "…"]'))
            continue
        texts = value if isinstance(value, list) else []
        placed: list[tuple[JsonPath, Any]] = [
            ((*path, key, k), text) for k, text in enumerate(texts)
        ]
        if isinstance(value, str):
            placed = [((*path, key), value)]
        for place, text in placed:
            if not isinstance(text, str):
                what = _("an item of “{key}” is {type}").format(key=key, type=type_of(text))
                yield error(place, what, _('Write it as text: "…"'))
            elif HALF_CHARACTER.search(text):
                yield half_character(place, f"“{key}”", None)
            elif key == "context" and text.strip() and text.strip() not in known:
                what = _("no intent needs the context “{name}”").format(name=text.strip())
                yield warning(place, what, meant(text, known, _("Delete it")))
        if key == "after" and len(texts) > MOST_BEFORE:
            what = _("{count:,} messages are said before it, and at most {most:,} are read")
            what = what.format(count=len(texts), most=MOST_BEFORE)
            yield error((*path, key), what, _("Leave out those that change nothing"))
    for key in test.keys() - set(KEYS):
        if remedy := meant(key.casefold(), KEYS):
            what = _("“{key}” is no part of a test").format(key=key)
            yield warning((*path, key), what, remedy)

"""The check of the key "tests": messages whose answers must always hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatbot.common import HALF_CHARACTER, _
from chatbot.intents.json_intent import tag_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, error, half_character, type_of, warning

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
    learnable = {
        tag for item in intents if (tag := tag_of(item)) is not None and item.get("patterns")
    }
    first: dict[str, tuple[Any, JsonPath]] = {}
    for i, test in enumerate(tests):
        path: JsonPath = ("tests", i)
        if not isinstance(test, dict):
            what = _("test {number} is {type}").format(number=i + 1, type=type_of(test))
            yield error(path, what, _("Write {example}").format(example=EXAMPLE))
            continue
        yield from _problems_of_one(test, path, learnable)
        message, intent = test.get("message"), test.get("intent")
        if isinstance(message, str) and isinstance(intent, str | None):
            other, there = first.setdefault(" ".join(message.split()).casefold(), (intent, path))
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

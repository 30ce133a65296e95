"""The check of the key "tests": messages whose answers must always hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatbot.common import HALF_CHARACTER
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
        yield error(("tests",), f"“tests” is {type_of(tests)}", f"Write a list: [{EXAMPLE}]")
        return
    learnable = {
        tag for item in intents if (tag := tag_of(item)) is not None and item.get("patterns")
    }
    first: dict[str, tuple[Any, JsonPath]] = {}
    for i, test in enumerate(tests):
        path: JsonPath = ("tests", i)
        if not isinstance(test, dict):
            yield error(path, f"test {i + 1} is {type_of(test)}", f"Write {EXAMPLE}")
            continue
        yield from _problems_of_one(test, path, learnable)
        message, intent = test.get("message"), test.get("intent")
        if isinstance(message, str) and isinstance(intent, str | None):
            other, there = first.setdefault(" ".join(message.split()).casefold(), (intent, path))
            if other != intent:
                yield warning(
                    (*path, "intent"),
                    f"“{message}” has tests with two answers, and only one can hold",
                    "Delete one of the two",
                    None,
                    there,
                )


def _problems_of_one(
    test: dict[str, Any], path: JsonPath, learnable: set[str]
) -> Iterator[Problem]:
    number = int(path[-1]) + 1
    message = test.get("message")
    if "message" not in test:
        yield error(path, f"test {number} has no message", 'Add "message": "…"')
    elif not isinstance(message, str):
        remedy = 'Write it as text: "…"'
        yield error((*path, "message"), f"the message is {type_of(message)}", remedy)
    elif HALF_CHARACTER.search(message):
        yield half_character((*path, "message"), "the message", None)
    intent = test.get("intent")
    if "intent" not in test:
        remedy = 'Add "intent": "a_tag", or null for the fallback'
        yield error(path, f"test {number} does not say which intent", remedy)
    elif not isinstance(intent, str | None):
        remedy = "Write a tag, or null for the fallback"
        yield error((*path, "intent"), f"the intent is {type_of(intent)}", remedy)
    elif intent is not None and intent.strip() not in learnable:
        remedy = "Name an intent that has patterns, or null for the fallback"
        what = f"no intent “{intent}” has patterns, so this test always fails"
        yield warning((*path, "intent"), what, remedy)

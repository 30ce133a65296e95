"""The check of the key "out_of_scope": messages that the bot cannot answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatbot.common import HALF_CHARACTER
from chatbot.intents.json_intent import tag_of, texts_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, error, half_character, type_of, warning
from chatbot.intents.types import OUT_OF_SCOPE
from chatbot.words import spoken, words


def scope_problems(data: dict[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the out-of-scope examples of a file whose intents are a list.

    One that is a pattern too is a warning: such a message is left to the network.
    """
    values = data.get(OUT_OF_SCOPE, [])
    if not isinstance(values, list):
        yield error(
            (OUT_OF_SCOPE,), f"“{OUT_OF_SCOPE}” is {type_of(values)}", 'Write a list: ["a message"]'
        )
        return
    patterns = {
        tuple(spoken(words(text))): (tag_of(item) or f"intent {i + 1}", k, i)
        for i, item in enumerate(data["intents"])
        for k, text in texts_of(item, "patterns")
    }
    for k, value in enumerate(values):
        path: JsonPath = (OUT_OF_SCOPE, k)
        what = f"item {k + 1} of “{OUT_OF_SCOPE}”"
        if not isinstance(value, str):
            yield error(path, f"{what} is {type_of(value)}", 'Write it as text: "…"')
        elif not value.strip():
            yield warning(path, f"{what} is blank and not used", "Delete it")
        elif HALF_CHARACTER.search(value):
            yield half_character(path, what, None)
        elif (read := tuple(spoken(words(value)))) and read in patterns:
            tag, pattern, intent = patterns[read]
            message = f"“{value}” is out of scope and a pattern of “{tag}”"
            remedy = "Keep it in one of them"
            yield warning(path, message, remedy, None, ("intents", intent, "patterns", pattern))

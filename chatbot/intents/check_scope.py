"""The check of the key "out_of_scope": messages that the bot cannot answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatbot.common import HALF_CHARACTER, _
from chatbot.intents.json_intent import texts_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, error, half_character, name_of, type_of, warning
from chatbot.intents.types import OUT_OF_SCOPE
from chatbot.words import letters, spoken, words


def scope_problems(data: dict[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the out-of-scope examples of a file whose intents are a list.

    One that is a pattern too is a warning: such a message is left to the network.
    """
    values = data.get(OUT_OF_SCOPE, [])
    if not isinstance(values, list):
        message = _("“{key}” is {type}").format(key=OUT_OF_SCOPE, type=type_of(values))
        yield error((OUT_OF_SCOPE,), message, _('Write a list: ["a message"]'))
        return
    wanted = set(letters([text for text in values if isinstance(text, str)] or [""]))
    patterns = {
        spoken(words(text)): (name_of(item, i), k, i)
        for i, item in enumerate(data["intents"] if values else ())
        if (texts := texts_of(item, "patterns"))
        for (k, text), own in zip(texts, letters([text for _k, text in texts]), strict=True)
        if own in wanted
    }
    for k, value in enumerate(values):
        path: JsonPath = (OUT_OF_SCOPE, k)
        what = _("item {number} of “{key}”").format(number=k + 1, key=OUT_OF_SCOPE)
        if not isinstance(value, str):
            message = _("{what} is {type}").format(what=what, type=type_of(value))
            yield error(path, message, _('Write it as text: "…"'))
        elif not value.strip():
            message = _("{what} is blank and not used").format(what=what)
            yield warning(path, message, _("Delete it"))
        elif HALF_CHARACTER.search(value):
            yield half_character(path, what, None)
        elif (read := spoken(words(value))) and read in patterns:
            tag, pattern, intent = patterns[read]
            message = _("“{message}” is out of scope and a pattern of “{intent}”").format(
                message=value, intent=tag
            )
            first: JsonPath = ("intents", intent, "patterns", pattern)
            yield warning(path, message, _("Keep it in one of them"), None, first)

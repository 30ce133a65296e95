"""Replies that name a slot which may not be known, and do not say what then: they have a gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from chatbot.common import _
from chatbot.intents.annotated import names_in
from chatbot.intents.check_action import filled_in_replies
from chatbot.intents.conditions import TEXT, WHEN, is_conditional
from chatbot.intents.json_intent import tag_of, texts_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, warning
from chatbot.intents.types import SLOTS


def gap_problems(item: dict[str, Any], path: JsonPath, open_slots: set[str]) -> Iterator[Problem]:
    """Yield the gaps in the replies of an intent; `path` leads to it.

    `open_slots` are those of the file that have no default, and are not asked for.
    """
    patterns = [{name for name, __ in names_in(text)} for __, text in texts_of(item, "patterns")]
    always = set.intersection(*patterns) if patterns else set()
    unsure = open_slots - always - SLOTS - (filled_in_replies(item) or frozenset())
    for reply in _replies(item) if unsure else ():
        for name in sorted(unsure - reply.known):
            if f"{{{name}}}" in reply.text:
                yield warning(
                    (*path, "responses", *reply.place),
                    _("{slot} has no value where nobody has said one").format(slot=f"{{{name}}}"),
                    _('Write {other}, or let the intent ask for it: "slots": ["{name}"]').format(
                        other=f"{{{name}|…}}", name=name
                    ),
                    tag_of(item),
                )


class _Reply(NamedTuple):
    """A text of a reply."""

    place: JsonPath
    """Among the responses."""
    text: str
    known: frozenset[str]
    """The slots that are known whenever it is given."""


def _replies(item: dict[str, Any]) -> Iterator[_Reply]:
    for k, text in texts_of(item, "responses"):
        yield _Reply((k,), text, frozenset())
    values = item.get("responses")
    for k, value in enumerate(values if isinstance(values, list) else ()):
        if not is_conditional(value):
            continue
        when, texts = value.get(WHEN), value[TEXT]
        wanted = when.get("slots") if isinstance(when, dict) else None
        named = wanted.items() if isinstance(wanted, dict) else ()
        known = frozenset(name.strip() for name, how in named if how)
        for j, text in enumerate(texts) if isinstance(texts, list) else [(None, texts)]:
            if isinstance(text, str):
                yield _Reply((k, TEXT) if j is None else (k, TEXT, j), text, known)

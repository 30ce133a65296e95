"""Where the intents are, in a file of our own format or of a relative: listed, named or joined."""

from __future__ import annotations

import re
from typing import Any

from chatbot.intents import best, fallback_keys, is_group, names_fallback, names_intent, plain_name

_NUMBERED = re.compile(r".*\d")
"""A key like "1" or "faq_3": it counts entries, and names none."""


def items_of(data: Any) -> list[Any] | None:
    """Return the intents, whatever holds them; None if there are none."""
    if isinstance(data, list):
        if roots := roots_of(data):
            return [item for part in roots for item in part["intents"]]
        return data if any(_is_intent(item) for item in data) else None
    if not isinstance(data, dict):
        return None
    intents = data.get("intents")
    if isinstance(intents, list):
        return None if intents and all(map(_is_question, intents)) else intents
    for value in (intents, data):
        named = _by_name(value) if isinstance(value, dict) else {}
        if named and not all(_is_question(i) and _NUMBERED.fullmatch(k) for k, i in named.items()):
            return [{"tag": name, **item} for name, item in named.items()]
    if joined := joined_keys(data):
        patterns, replies = (data[key] for key in joined)
        names = dict.fromkeys([*patterns, *(n for n in replies if names_fallback(n))])
        return [
            {"tag": n, "patterns": patterns.get(n, []), "responses": replies.get(n, [])}
            for n in names
        ]
    lists = [v for v in data.values() if isinstance(v, list) and any(map(_is_intent, v))]
    return lists[0] if lists else None


def roots_of(data: Any) -> list[dict[str, Any]]:
    """Return the objects beside whose intents other keys stand: of JSON Lines, say, each line."""
    if isinstance(data, dict):
        return [data]
    whole = [d for d in data if isinstance(d, dict) and isinstance(d.get("intents"), list)]
    return whole if len(whole) == len(data) else []


def joined_keys(data: dict[str, Any]) -> tuple[str, str] | None:
    """Return the keys of two objects, one from names of intents to examples, one to replies."""
    replies = best(data, "responses")
    patterns = next((k for k in data if k == "intents"), None) or best(data, "patterns")
    if replies is None or patterns is None:
        return None
    said, answered = data[patterns], data[replies]
    if not isinstance(said, dict) or not isinstance(answered, dict) or not said:
        return None
    texts = [*said.values(), *answered.values()]
    fits = all(isinstance(value, str | list) for value in texts) and any(map(answered.get, said))
    return (patterns, replies) if fits and not all(name.isdigit() for name in said) else None


def _by_name(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the intents of an object that names them; none if it holds anything else.

    The fallback among them needs no examples; and a name, a version may stand beside them.
    """
    beside = fallback_keys(data)
    named = {k: v for k, v in data.items() if isinstance(v, dict)}
    others = [v for k, v in data.items() if k not in named and k not in beside]
    if any(isinstance(value, list) for value in others):
        return {}
    fits = all(_has_examples(v) or (names_fallback(k) and _answers(v)) for k, v in named.items())
    return named if fits and any(map(_has_examples, named.values())) else {}


def _answers(item: dict[str, Any]) -> bool:
    return best(item, "responses") is not None


def _is_intent(item: Any) -> bool:
    return (
        _has_examples(item)
        and best(_but_patterns(item), "tag") is not None
        and not _is_question(item)
    )


def _but_patterns(item: dict[str, Any]) -> list[str]:
    return [key for key in item if key != best(item, "patterns")]


def _has_examples(item: Any) -> bool:
    """Tell whether an object has examples; a group of questions with answers has none."""
    key = best(item, "patterns") if isinstance(item, dict) else None
    return key is not None and not (
        isinstance(item[key], list) and any(map(_is_question, item[key]))
    )


def _is_question(item: Any) -> bool:
    """Tell whether an object is a question with its answer, and not an intent with a name."""
    if not isinstance(item, dict) or any(map(names_intent, item)):
        return False
    asked, answered = best(item, "patterns"), best(item, "responses")
    if asked is None or answered is None:
        return False
    heading = best(_but_patterns(item), "tag")
    named = heading is not None and not is_group(heading) and plain_name(heading) != "id"
    return not (named and isinstance(item[asked], list))

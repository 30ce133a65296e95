"""One-key remedies: makes a finding's fix in the text of an intents file, keeping its layout."""

from __future__ import annotations

from typing import Any

from chatbot.common import ChatbotError, _
from chatbot.intents.changes import merge, together
from chatbot.intents.check_action import filled_in_replies
from chatbot.intents.check_slots import corrected
from chatbot.intents.findings import Fix
from chatbot.intents.json_edit import with_data
from chatbot.intents.json_intent import tag_of
from chatbot.intents.json_text import BrokenJsonError, load
from chatbot.intents.slots import slot_names


class FixError(ChatbotError):
    """The text has changed, so that a fix cannot be made any more; says why."""


def apply(text: str, fix: Fix) -> str:
    """Return the text of an intents file with a fix made. Raises FixError if it cannot be made."""
    try:
        data = load(text)
    except BrokenJsonError as error:
        broken = _("The file is broken: {message}. {remedy}")
        raise FixError(broken.format(message=error.message, remedy=error.remedy)) from error
    if fix.action == "merge_tags":
        _intent(data, fix.tag)  # raises where it is not there any more
        return with_data(text, together(data, fix.tag))
    if fix.action == "merge_intents":
        for tag in (fix.tag, fix.target or ""):
            _texts(data, tag, "patterns")
        return merge(text, fix.tag, fix.target or "")
    if fix.action == "trim_tag":
        _intent(data, fix.tag)["tag"] = fix.tag
        return with_data(text, data)
    key = "patterns" if fix.action in ("remove_pattern", "move_pattern") else "responses"
    texts = _texts(data, fix.tag, key)
    if fix.pattern not in texts:
        gone = (
            _("“{text}” is not a pattern of “{intent}” any more. Check again")
            if key == "patterns"
            else _("“{text}” is not a reply of “{intent}” any more. Check again")
        )
        raise FixError(gone.format(text=fix.pattern, intent=fix.tag))
    target = None if fix.target is None else _texts(data, fix.target, key)
    # The last one: a repeated text is reported where it is repeated.
    place = len(texts) - 1 - texts[::-1].index(fix.pattern)
    if fix.action == "correct_slots":
        filled = filled_in_replies(_intent(data, fix.tag)) or ()
        texts[place] = corrected(fix.pattern, {*slot_names(data), *filled})
    else:
        del texts[place]
    if target is not None and fix.pattern not in target:
        target.append(fix.pattern)
    return with_data(text, data)


def _texts(data: Any, tag: str, key: str) -> list[Any]:
    """Return the list of an intent's patterns or responses."""
    texts = _intent(data, tag).get(key)
    if not isinstance(texts, list):
        none = _("“{intent}” has no {key} any more. Check again")
        raise FixError(none.format(intent=tag, key=key))
    return texts


def _intent(data: Any, tag: str) -> dict[str, Any]:
    items = data.get("intents") if isinstance(data, dict) else None
    for item in items if isinstance(items, list) else ():
        if tag_of(item) == tag:
            intent: dict[str, Any] = item
            return intent
    none = _("There is no intent “{intent}” any more. Check again")
    raise FixError(none.format(intent=tag))

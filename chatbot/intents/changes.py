"""Changes to the intents of a file: rename, merge, split, move, remove, search, and forms.

Every change takes the file's JSON text and returns the new one; everything else
stays as it was. Intents are named by their tags without the blanks around them (`tag_of`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from chatbot.common import ChatbotError, _
from chatbot.intents.conditions import is_conditional
from chatbot.intents.json_edit import with_data
from chatbot.intents.json_intent import tag_of
from chatbot.intents.json_text import BrokenJsonError, load

Data = list[dict[str, Any]]


class ChangeError(ChatbotError):
    """A change that cannot be made; says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern or reply that a search found."""

    tag: str
    kind: str
    """ "patterns" or "responses"."""
    index: int
    """In the list of that kind."""
    text: str


def rename(text: str, tag: str, new: str) -> str:
    """Give an intent another tag. Raises ChangeError when another intent has it."""

    def change(intents: Data) -> None:
        _refuse_taken(intents, new, unless=tag)
        _one(intents, tag)["tag"] = new

    return _changed(text, change, renamed={tag: new})


def merge(text: str, tag: str, into: str) -> str:
    """Move the patterns and replies of an intent into another, each once."""

    def change(intents: Data) -> None:
        if tag == into:
            raise ChangeError(_("An intent cannot be merged with itself"))
        source, target = _one(intents, tag), _one(intents, into)
        for key in ("patterns", "responses"):
            own, other = target.get(key) or [], source.get(key) or []
            target[key] = [*own, *(value for value in other if value not in own)]
        intents.remove(source)

    return _changed(text, change, renamed={tag: into})


def together(data: Any, tag: str | None = None) -> Any:
    """Return the data of a file with the intents of a tag, or of every tag, as one each.

    The first one gets what the others have: patterns and replies each once, and keys that it lacks.
    """
    found = json.loads(json.dumps(data))  # a copy of its own
    first: dict[str, dict[str, Any]] = {}
    kept = []
    for item in found["intents"]:
        name = tag_of(item)
        target = item if name is None else first.setdefault(name, item)
        if target is item or tag not in (None, name):
            kept.append(item)
            continue
        for key, value in item.items():
            own = target.setdefault(key, value)
            if isinstance(own, list) and isinstance(value, list) and own is not value:
                own += [text for text in value if text not in own]
    found["intents"] = kept
    return found


def split(text: str, tag: str, patterns: Collection[str], new: str, reply: str) -> str:
    """Move some patterns of an intent to a new one, right after it."""

    def change(intents: Data) -> None:
        _refuse_taken(intents, new)
        source = _one(intents, tag)
        moved = [pattern for pattern in source.get("patterns") or [] if pattern in patterns]
        kept = [pattern for pattern in source.get("patterns") or [] if pattern not in patterns]
        if not moved or not kept:
            raise ChangeError(_("Choose some of the patterns, not all and not none"))
        source["patterns"] = kept
        added = {"tag": new, "patterns": moved, "responses": [reply]}
        intents.insert(intents.index(source) + 1, added)

    return _changed(text, change)


def move(text: str, tag: str, by: int) -> str:
    """Move an intent up (negative) or down in the file; at an end it stays."""

    def change(intents: Data) -> None:
        intent = _one(intents, tag)
        place = min(max(intents.index(intent) + by, 0), len(intents) - 1)
        intents.remove(intent)
        intents.insert(place, intent)

    return _changed(text, change)


def remove(text: str, tag: str) -> str:
    """Remove an intent from the file."""
    return _changed(text, lambda intents: intents.remove(_one(intents, tag)))


def fill_in(
    text: str, tag: str, new_tag: str, patterns: Sequence[str], replies: Sequence[str]
) -> str:
    """Set the tag, the patterns and the replies of an intent, as a form shows them."""

    def change(intents: Data) -> None:
        _refuse_taken(intents, new_tag, unless=tag)
        intent = _one(intents, tag)
        if new_tag != tag:
            intent["tag"] = new_tag
        for key, values in (("patterns", patterns), ("responses", replies)):
            # A form shows neither blank ones nor replies with conditions: they are no reason to
            # write the list anew, and those with conditions stay.
            before = intent.get(key) or []
            if list(values) != [v for v in before if isinstance(v, str) and v.strip()]:
                intent[key] = [*values, *(v for v in before if not isinstance(v, str))]

    return _changed(text, change, renamed={tag: new_tag})


def search(text: str, words: str) -> list[Found]:
    """Return the patterns and replies that hold all the words, ignoring case.

    Raises ChangeError for a text that is broken.
    """
    wanted = words.casefold().split()
    return [
        Found(tag_of(intent) or "", kind, index, value)
        for intent in _usable(text)["intents"]
        for kind in ("patterns", "responses")
        for index, value in enumerate(map(_text_of, intent.get(kind) or []))
        if all(word in value.casefold() for word in wanted)
    ]


def _text_of(value: Any) -> str:
    """Return what a pattern or a reply says."""
    if isinstance(value, str):
        return value
    texts = value["text"]
    return texts if isinstance(texts, str) else " ".join(map(str, texts))


def _usable(text: str) -> dict[str, Any]:
    """Return the data of a text whose intents can be changed, though it may have errors.

    Raises ChangeError for any other: what somebody is typing has errors until it was checked.
    """
    try:
        data = load(text)
    except BrokenJsonError as error:
        broken = _("The file is broken: {message}. {remedy}")
        raise ChangeError(broken.format(message=error.message, remedy=error.remedy)) from error
    intents = data.get("intents") if isinstance(data, dict) else None
    if not (isinstance(intents, list) and all(map(_is_intent, intents))):
        raise ChangeError(_("The file has errors. Fix them first"))
    usable: dict[str, Any] = data
    return usable


def _is_intent(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    lists = [item.get(key) or [] for key in ("patterns", "responses")]
    return all(
        isinstance(texts, list)
        and all(isinstance(text, str) or is_conditional(text) for text in texts)
        for texts in lists
    )


def _one(intents: Data, tag: str) -> dict[str, Any]:
    found = next((intent for intent in intents if tag_of(intent) == tag), None)
    if found is None:
        raise ChangeError(_("There is no intent {intent} any more").format(intent=tag))
    return found


def _refuse_taken(intents: Data, tag: str, unless: str | None = None) -> None:
    """Raise ChangeError where an intent has this tag, unless it is the one that is changed."""
    if tag != unless and any(tag_of(intent) == tag for intent in intents):
        taken = _("There is an intent {intent} already. Merge the two instead")
        raise ChangeError(taken.format(intent=tag))


def _changed(
    text: str, change: Callable[[Data], None], renamed: dict[str, str] | None = None
) -> str:
    """Return the text after a change of its intents; its tests follow a renamed tag."""
    data = json.loads(json.dumps(_usable(text)))  # a copy of its own
    change(data["intents"])
    tests = data.get("tests")
    for test in tests if isinstance(tests, list) else ():
        intent = test.get("intent") if isinstance(test, dict) else None
        if renamed and isinstance(intent, str) and intent.strip() in renamed:
            test["intent"] = renamed[intent.strip()]
    return with_data(text, data)

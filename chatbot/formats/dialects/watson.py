"""IBM Watson Assistant: a skill's export, with intents, counterexamples and dialog nodes.

A root node whose condition is one or several intents (`#hours`, `#hours || #open`) holds their
replies; that of `anything_else` those of the fallback.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.entities import slot_name
from chatbot.formats.entity_marks import marks_in
from chatbot.formats.format import Format, objects, string, strings
from chatbot.formats.gathering import Gathering

_MARKS = {"dialog_nodes", "counterexamples", "workspace_id", "learning_opt_out", "skill_id"}
_INNER = ("workspace", "skill", "dialog_skill")
_ALTERNATIVES = re.compile(r"\|\|| or ", re.IGNORECASE)
_INTENT = re.compile(r"#([^\s&|()!#]+)")
_REFERENCE = re.compile(
    r"<\?[ ]{0,9}@([\w-]{1,100})(?:\.\w{1,30})?[ ]{0,9}\?>|(?<![\w@])@([\w-]{1,100})"
)
"""An entity in a reply."""
_ANYTHING = {"anything_else", "irrelevant", "true"}
"""Conditions of a node that answers whatever no other does."""
_ACTION_FALLBACKS = {"fallback", "anything_else"}
"""IDs of the action for what no other understands."""
_MOST_CONDITION = 1_000
"""Characters of a condition; a longer one is no list of intents."""


def _recognises(document: Document) -> bool:
    skill = _skill(document)
    if bool(_MARKS & (skill.keys() | document.object.keys())):
        return "intents" in skill or "dialog_nodes" in skill
    return any(
        {"entity", "values"} <= item.keys() for item in objects(skill.get("entities"))
    ) and any({"intent", "examples"} <= item.keys() for item in objects(skill.get("intents")))


def _skill(document: Document) -> dict[str, Any]:
    """Return the object with the intents: the root, or what holds it in newer exports."""
    inner = (document.object.get(key) for key in _INNER)
    return next((item for item in inner if isinstance(item, dict)), document.object)


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
        _read_skill(_skill(document), into)


def _read_skill(skill: dict[str, Any], into: Gathering) -> None:
    for entity in objects(skill.get("entities")):
        _declare(entity, into)
    replies: dict[str, list[str]] = {}
    nodes = objects(skill.get("dialog_nodes"))
    by_id = {name: node for node in nodes if (name := string(node.get("dialog_node")))}
    for node in nodes:
        _read_node(node, by_id, replies, into)
    for action in objects(skill.get("actions")):
        name, said = _reply_of(action)
        if name in _ACTION_FALLBACKS:
            into.add_fallback(said)
        elif name:
            replies.setdefault(name, []).extend(said)
    for intent in objects(skill.get("intents")):
        name = string(intent.get("intent"))
        examples = objects(intent.get("examples"))
        texts = [_example(example, into) for example in examples]
        into.add(name, texts, replies.pop(name, []))
    into.add_fallback((), [string(c.get("text")) for c in objects(skill.get("counterexamples"))])
    left = [text for texts in replies.values() for text in texts]
    into.note("replies to intents that are not there were left out", len(left), left)
    names = [string(entity.get("entity")) for entity in objects(skill.get("entities"))]
    unknown = [name for name in names if not into.entities.has(name)]
    into.note("entities were left out", len(unknown), filter(None, unknown))
    for key, what in (
        ("actions", "actions were left out"),
        ("variables", "variables were left out"),
    ):
        found = [item for item in objects(skill.get(key)) if not _is_said(item)]
        names = [string(item.get("title")) for item in found]
        into.note(what, len(found), filter(None, names))


def _is_said(action: dict[str, Any]) -> bool:
    return bool(_reply_of(action)[1])


def _reply_of(action: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the intent of an action, and what its only step says; nothing of a longer dialog."""
    condition = action.get("condition")
    name = string(condition.get("intent")) if isinstance(condition, dict) else ""
    steps = objects(action.get("steps"))
    output = steps[0].get("output") if len(steps) == 1 else None
    found = []
    for part in objects(output.get("generic") if isinstance(output, dict) else None):
        for value in objects(part.get("values")):
            expression = value.get("text_expression")
            pieces = objects(expression.get("concat") if isinstance(expression, dict) else None)
            if not pieces or not all(isinstance(piece.get("scalar"), str) for piece in pieces):
                return "", []
            found.append("".join(piece["scalar"] for piece in pieces))
    return name or string(action.get("action")), found


def _declare(entity: dict[str, Any], into: Gathering) -> None:
    """Add an entity with its values and its patterns, which are regular expressions."""
    name, found = string(entity.get("entity")), objects(entity.get("values"))
    are_patterns = [each for each in found if each.get("type") == "patterns"]
    values = {
        string(each.get("value")): strings(each.get("synonyms"))
        for each in found
        if each not in are_patterns
    }
    patterns = [text for each in are_patterns for text in strings(each.get("patterns"))]
    regex = patterns[0] if len(patterns) == 1 else "|".join(f"(?:{each})" for each in patterns)
    into.entities.declare(name, values, regex)


def _example(example: dict[str, Any], into: Gathering) -> str:
    """Return an example with what it mentions marked."""
    text, mentions = string(example.get("text")), []
    for each in objects(example.get("mentions")):
        place = each.get("location")
        start, end = place if isinstance(place, list) and len(place) == 2 else (None, None)
        mentions.append({"entity": each.get("entity"), "start": start, "end": end})
    return into.entities.marked(text, marks_in(mentions, "start", "end", into, text))


def _read_node(
    node: dict[str, Any],
    by_id: dict[str, dict[str, Any]],
    replies: dict[str, list[str]],
    into: Gathering,
) -> None:
    """Add the replies of a dialog node to those of its intents, or to the fallback's."""
    said = (text for text in _texts(node.get("output"), into) if text.strip())
    texts = [_with_slots(text, into) for text in said]
    if not texts:
        return
    condition = string(node.get("conditions")).strip()
    parent = by_id.get(string(node.get("parent")))
    if node.get("type") == "response_condition" and parent is not None:
        # One of several replies of its parent; without a condition of its own it is the usual one.
        condition = string(parent.get("conditions")) if condition in {*_ANYTHING, ""} else "other"
        parent = by_id.get(string(parent.get("parent")))
    if node.get("disabled") is True:
        into.note("replies of nodes that are switched off were left out", len(texts), texts)
    elif parent is not None and parent.get("type") != "folder":
        what = "replies of nodes below other nodes, said only after these, were left out"
        into.note(what, len(texts), texts)
    elif condition in _ANYTHING:
        into.add_fallback(texts)
    elif names := _named(condition):
        for name in names:
            replies.setdefault(name, []).extend(texts)
    else:
        what = "replies with other conditions than an intent were left out"
        into.note(what, len(texts), texts)


def _with_slots(text: str, into: Gathering) -> str:
    """Return a reply with our slots in place of entities: `@city`, `<? @city.literal ?>`."""

    def slot(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return "{" + slot_name(name) + "}" if into.entities.has(name) else found[0]

    return _REFERENCE.sub(slot, text)


def _named(condition: str) -> list[str]:
    """Return the intents of which any fulfils a condition; none if it asks for more."""
    if len(condition) > _MOST_CONDITION:
        return []
    parts = [_INTENT.fullmatch(part.strip(" ()")) for part in _ALTERNATIVES.split(condition)]
    return [part[1] for part in parts if part is not None] if all(parts) else []


def _texts(output: Any, into: Gathering) -> Iterator[str]:
    """Yield the texts that a node says, in the shapes that Watson has written over the years."""
    if not isinstance(output, dict):
        return
    text = output.get("text")
    yield from strings(text.get("values") if isinstance(text, dict) else text)
    for part in objects(output.get("generic")):
        if part.get("response_type", "text") != "text":
            said = [string(part.get(key)) for key in ("title", "source", "response_type")]
            what = "pauses, options, images and the like in replies were left out"
            into.note(what, 1, list(filter(None, said))[:1])
            continue
        yield from strings(part.get("text"))
        values = part.get("values")
        yield from (string(value.get("text")) for value in objects(values))
        yield from strings(values if not objects(values) else None)


FORMAT = Format("Watson Assistant", _recognises, _read)
